package project

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// ProjectQuery are the arguments of whatever lists projects. Models embed it.
type ProjectQuery struct {
	Filter   types.String `tfsdk:"filter"`
	Rights   []string     `tfsdk:"rights"`
	Statuses []string     `tfsdk:"statuses"`
}

// What the arguments mean, for the schemas.
const (
	FilterDescription = "A simple filter of names, which the server judges as it likes: its documentation does not say whether it takes wildcards. " +
		"Default: every name."
	RightsDescription = "Rights that the identity must have on a project, all of them: `Admin`, `Use`, `Audit`, `Owner`, `ProjectApproval`, " +
		"`ApplicationAdmin`, `ApproveUse`. The server judges. Default: every project that the identity may see."
	StatusesDescription = "Statuses of which a project has to have one: `Disabled`, `Enabled`, `Draft`, `Pending`, `Deleted`, `DisabledByParent`, " +
		"or `Unknown (N)` for a number without a name. Default: any."
)

// Query is what the arguments ask of the server; they have been validated.
func (q ProjectQuery) Query() (reconcile.Query, error) {
	sum, err := signright.Value(q.Rights)
	return reconcile.Query{Filter: q.Filter.ValueString(), Rights: sum, Statuses: q.Statuses}, err
}

// WarnOfNothing says that nothing was found, at the argument to loosen: the one
// that is judged last.
func (q ProjectQuery) WarnOfNothing(diagnostics *diag.Diagnostics) {
	const seen = "The server shows a project to Code Signing Administrators and to those who have a role on it."
	at := q.narrowest()
	if at.Equal(path.Empty()) {
		diagnostics.AddWarning("No project was found", "The identity that the provider logs in as sees no project at all. "+seen)
		return
	}
	diagnostics.AddAttributeWarning(at, "No project was found", "No project that the identity may see matches "+q.text()+". "+seen)
}

func (q ProjectQuery) narrowest() path.Path {
	switch {
	case len(q.Statuses) > 0:
		return path.Root("statuses")
	case len(q.Rights) > 0:
		return path.Root("rights")
	case q.Filter.ValueString() != "":
		return path.Root("filter")
	default:
		return path.Empty()
	}
}

func (q ProjectQuery) text() string {
	var parts []string
	if q.Filter.ValueString() != "" {
		parts = append(parts, fmt.Sprintf("filter = %q", q.Filter.ValueString()))
	}
	if len(q.Rights) > 0 {
		parts = append(parts, "rights = "+strings.Join(q.Rights, ", "))
	}
	if len(q.Statuses) > 0 {
		parts = append(parts, "statuses = "+strings.Join(q.Statuses, ", "))
	}
	return strings.Join(parts, "; ")
}

// ProjectStatusName accepts the name of a status that a project can have.
func ProjectStatusName() validator.String {
	names := make([]string, 0, len(lifecycle.StatusNames()))
	for _, name := range lifecycle.StatusNames() {
		names = append(names, regexp.QuoteMeta(name))
	}
	return stringvalidator.RegexMatches(regexp.MustCompile("^("+strings.Join(names, "|")+`|Unknown \(-?\d+\))$`),
		"must be the name of a status ("+strings.Join(lifecycle.StatusNames(), ", ")+"), or Unknown (N)")
}

// RightName accepts the name of a right.
func RightName() validator.String { return rightName{} }

type rightName struct{}

func (rightName) Description(context.Context) string { return "must be the name of a right" }

func (v rightName) MarkdownDescription(ctx context.Context) string { return v.Description(ctx) }

func (rightName) ValidateString(_ context.Context, req validator.StringRequest, resp *validator.StringResponse) {
	if req.ConfigValue.IsNull() || req.ConfigValue.IsUnknown() {
		return
	}
	if _, err := signright.Value([]string{req.ConfigValue.ValueString()}); err != nil {
		resp.Diagnostics.AddAttributeError(req.Path, "Invalid right", "The value of this element is wrong: "+err.Error()+".")
	}
}
