// Package ticket is everything typed workflow_*: the resource workflow_ticket_decision, the action
// workflow_decide_ticket, and the data sources workflow_ticket and workflow_tickets.
package ticket

import (
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// TypeName is the name of the resource. It does not begin with the provider's prefix.
const TypeName = "workflow_ticket_decision"

// NewDecisionResource returns workflow_ticket_decision.
func NewDecisionResource() resource.Resource {
	return &decisionResource{
		Definition: tfresource.Definition{
			TypeName: TypeName, NewSchema: decisionSchema,
			Validators: []resource.ConfigValidator{tfresource.Validate((*model).validate)},
		},
		Identity: tfresource.Identity{"guid": guidDescription},
	}
}

type decisionResource struct {
	config.ResourceClient
	tfresource.Definition
	tfresource.Identity
}

var (
	_ resource.ResourceWithImportState = &decisionResource{}
	_ resource.ResourceWithModifyPlan  = &decisionResource{}
)

// newDecider logs its steps.
func newDecider(ctx context.Context, api *client.Client) *decide.Decider {
	d := decide.New(api)
	d.Report = diags.Reporter(ctx)
	return d
}

// validate reports errors and warnings about the known values. Create and Update apply the rules again
// to the others.
func (r *request) validate(diagnostics *diag.Diagnostics) {
	for _, p := range r.problems() {
		if p.Warning {
			diagnostics.AddAttributeWarning(pathOf(p.At), "Schedule with an undocumented part", problemText(p))
		}
	}
	r.requireValid(diagnostics, "")
}

// requireValid reports errors only. It returns false if there are any.
func (r *request) requireValid(diagnostics *diag.Diagnostics, remedy string) bool {
	problems := slices.DeleteFunc(r.problems(), func(p schedule.Problem) bool { return p.Warning })
	for _, p := range problems {
		diagnostics.AddAttributeError(pathOf(p.At), "Schedule does not fit the status", problemText(p)+remedy)
	}
	return len(problems) == 0
}

// problemText names the attribute, because the CLI may not show its line.
func problemText(p schedule.Problem) string { return "Attribute " + string(p.At) + ": " + p.Text }

// pathOf is the path for which the CLI shows the line of an attribute.
func pathOf(place schedule.Place) path.Path {
	attribute, member, isMember := strings.Cut(string(place), ".")
	if !isMember {
		return path.Root(attribute)
	}
	return attr.ReportablePath(path.Root(attribute).AtName(member))
}
