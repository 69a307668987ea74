package project

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
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
	if statusErrorAs[*lifecycle.NoRouteError](err) {
		tried = "The project can't get to this status"
	}
	statusReport(diagnostics, tried, named, err)
}

// missingError is a GoneError about a project of the state, whose name is known
// to have been right.
type missingError struct {
	project string
	cause   error
}

func (e *missingError) Error() string {
	return sprintf("the server knows no project %s any more", e.project)
}
func (e *missingError) Unwrap() error { return e.cause }

// Advice is to refresh.
func (e *missingError) Advice() string {
	return "It was deleted after the last refresh. Nothing was sent. Make a new plan: it removes the project from the state."
}

// ofState tells of a project of the state as one that is known.
func (m statusModel) ofState(err error) error {
	if statusErrorAs[*reconcile.GoneError](err) {
		return &missingError{m.called(), err}
	}
	return err
}

func attributeAtFault(named path.Path, err error) path.Path {
	var noWay *lifecycle.NoRouteError
	var waited *reconcile.WaitError
	switch {
	case statusErrorAs[*reconcile.GoneError](err), statusErrorAs[*reconcile.DoubtError](err), statusErrorAs[*reconcile.OtherProjectError](err), statusErrorAs[*changedError](err):
		return named
	case errors.As(err, &noWay) && lifecycle.Blocked(noWay.Current) != "":
		return named
	case statusErrorAs[*reconcile.VerdictError](err), statusErrorAs[*reconcile.AmbiguousTicketError](err), statusErrorAs[*reconcile.SubmissionChangedError](err), errors.As(err, &waited) && waited.Unseen:
		return path.Root("self_approve")
	case noWay != nil, statusErrorAs[*reconcile.RefusedError](err), statusErrorAs[*reconcile.MovedError](err), statusErrorAs[*reconcile.UnclearError](err),
		statusErrorAs[*reconcile.RejectedError](err), statusErrorAs[*reconcile.WaitError](err):
		return path.Root("status")
	default:
		return path.Empty()
	}
}

func statusErrorAs[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}
