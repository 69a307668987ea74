package project

import (
	"cmp"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// statusReport puts an error at the attribute to mend: the one that names the project
// if the project is at fault, the goal if the way there is, self_approve if the
// approval is. What no attribute can mend has none.
func statusReport(diagnostics *diag.Diagnostics, tried string, named path.Path, err error) {
	diags.AddError(diagnostics, attributeAtFault(named, err), tried, err)
}

// warn shows invisible characters of the names in its texts. The attribute path is empty where none is
// at fault.
func warn(diagnostics *diag.Diagnostics, at path.Path, summary, detail string) {
	summary, detail = redact.Visible(summary), redact.VisibleLines(detail)
	if at.Equal(path.Empty()) {
		diagnostics.AddWarning(summary, detail)
		return
	}
	diagnostics.AddAttributeWarning(at, summary, detail)
}

// reportPlan is report for what a plan finds.
func reportPlan(diagnostics *diag.Diagnostics, named path.Path, err error) {
	tried := "Could not look at the project"
	if failure.CodeOf(err) == failure.NoRoute {
		tried = "The project can't get to this status"
	}
	statusReport(diagnostics, tried, named, err)
}

// ofState explains a project of the state that no longer exists: its name was right.
func (m statusModel) ofState(err error) error {
	if failure.CodeOf(err) != failure.NotFound {
		return err
	}
	return &failure.Error{
		Code: failure.NotFound, Operation: "read", Object: m.DN.ValueString(), Cause: err,
		Message: sprintf("the server knows no project %s any more", m.called()),
		Remedy:  "It was deleted after the last refresh. Nothing was sent. Make a new plan: it removes the project from the state.",
	}
}

// statusAttributes are the attributes at fault, by code. Other failures have none.
var statusAttributes = map[failure.Code]failure.Attribute{
	failure.NotFound:            failure.Object,
	failure.Indeterminate:       failure.Object,
	failure.Replaced:            failure.Object,
	failure.Ambiguous:           failure.Approval,
	failure.ChangedSincePlan:    failure.Approval,
	failure.NoRoute:             failure.Status,
	failure.Refused:             failure.Status,
	failure.OutcomeUnknown:      failure.Status,
	failure.ChangedConcurrently: failure.Status,
	failure.Rejected:            failure.Status,
	failure.TimedOut:            failure.Status,
	failure.Interrupted:         failure.Status,
}

// attributeAtFault is empty where no other configuration would avoid the failure. Named is the attribute
// that names the project.
func attributeAtFault(named path.Path, err error) path.Path {
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok {
		return path.Empty()
	}
	switch cmp.Or(failed.Attribute, statusAttributes[failed.Code]) {
	case failure.Object:
		return named
	case failure.Approval:
		return path.Root("self_approve")
	case failure.Status:
		return path.Root("status")
	default:
		return path.Empty()
	}
}
