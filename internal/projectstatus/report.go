package projectstatus

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
	"github.com/codesign-tf/terraform-provider-codesign/internal/servertext"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// report puts an error at the attribute to mend: the one that names the project
// if the project is at fault, the goal if the way there is, self_approve if the
// approval is. What no attribute can mend has none.
func report(diags *diag.Diagnostics, tried string, named path.Path, err error) {
	tfkit.AddError(diags, attributeAtFault(named, err), tried, err)
}

// warn shows invisible characters of the names in its texts. The attribute path is empty where none is
// at fault.
func warn(diags *diag.Diagnostics, at path.Path, summary, detail string) {
	summary, detail = servertext.Visible(summary), servertext.VisibleLines(detail)
	if at.Equal(path.Empty()) {
		diags.AddWarning(summary, detail)
		return
	}
	diags.AddAttributeWarning(at, summary, detail)
}

// reportPlan is report for what a plan finds.
func reportPlan(diags *diag.Diagnostics, named path.Path, err error) {
	tried := "Could not look at the project"
	if as[*lifecycle.NoWayError](err) {
		tried = "The project can't get to this status"
	}
	report(diags, tried, named, err)
}

// departedError is a GoneError about a project of the state, whose name is known
// to have been right.
type departedError struct {
	project string
	cause   error
}

func (e *departedError) Error() string {
	return sprintf("the server knows no project %s any more", e.project)
}
func (e *departedError) Unwrap() error { return e.cause }

// Advice is to refresh.
func (e *departedError) Advice() string {
	return "It was deleted after the last refresh. Nothing was sent. Make a new plan: it removes the project from the state."
}

// ofState tells of a project of the state as one that is known.
func (m model) ofState(err error) error {
	if as[*projects.GoneError](err) {
		return &departedError{m.called(), err}
	}
	return err
}

func attributeAtFault(named path.Path, err error) path.Path {
	var noWay *lifecycle.NoWayError
	var waited *projects.WaitError
	switch {
	case as[*projects.GoneError](err), as[*projects.DoubtError](err), as[*projects.OtherProjectError](err), as[*changedError](err):
		return named
	case errors.As(err, &noWay) && lifecycle.Blocked(noWay.Current) != "":
		return named
	case as[*projects.VerdictError](err), as[*projects.AmbiguousTicketError](err), as[*projects.SubmissionChangedError](err), errors.As(err, &waited) && waited.Unseen:
		return path.Root("self_approve")
	case noWay != nil, as[*projects.RefusedError](err), as[*projects.MovedError](err), as[*projects.UnclearError](err),
		as[*projects.RejectedError](err), as[*projects.WaitError](err):
		return path.Root("status")
	default:
		return path.Empty()
	}
}

func as[E error](err error) bool {
	var target E
	return errors.As(err, &target)
}
