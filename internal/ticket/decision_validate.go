package ticket

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

var prefixedUniversal = stringvalidator.RegexMatches(regexp.MustCompile(`^[^:\s][^:]*:\S.*$`),
	"has to be a prefixed universal, like local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}")

// ValidateConfig applies the rules to what is known. An apply does so again: a
// value that is only known then has been seen by nobody.
func (r *decisionResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config model
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if !resp.Diagnostics.HasError() {
		warnOfSchedule(&config.request, &resp.Diagnostics)
		check(&config.request, &resp.Diagnostics)
	}
}

func warnOfSchedule(r *request, diagnostics *diag.Diagnostics) {
	for _, problem := range r.problems() {
		if problem.Warning {
			diagnostics.AddAttributeWarning(pathOf(problem.At), "Schedule with an undocumented part", decisionText(problem))
		}
	}
}

func check(r *request, diagnostics *diag.Diagnostics) {
	for _, problem := range r.errors() {
		diagnostics.AddAttributeError(pathOf(problem.At), "Schedule does not fit the status", decisionText(problem))
	}
}

// errors are the problems that are no warnings.
func (r *request) errors() []schedule.Problem {
	return slices.DeleteFunc(r.problems(), func(p schedule.Problem) bool { return p.Warning })
}

// decisionText names the attribute too: a value that comes from elsewhere has no line of its own.
func decisionText(p schedule.Problem) string { return "Attribute " + string(p.At) + ": " + p.Text }

// pathOf is where the CLI finds the line of a place.
func pathOf(place schedule.Place) path.Path {
	attribute, member, isMember := strings.Cut(string(place), ".")
	if !isMember {
		return path.Root(attribute)
	}
	return attr.ReportablePath(path.Root(attribute).AtName(member))
}
