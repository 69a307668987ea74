package projectstatus

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// report puts an error at the attribute to mend: the one that names the project
// if the project is at fault, the goal if the way there is, self_approve if the
// approval is. What no attribute can mend has none.
func report(diags *diag.Diagnostics, tried string, named path.Path, err error) {
	tfkit.AddError(diags, attributeAtFault(named, err), tried, err)
}

// reportPlan is report for what a plan finds.
func reportPlan(diags *diag.Diagnostics, named path.Path, err error) {
	tried := "Could not look at the project"
	if as[*lifecycle.NoWayError](err) {
		tried = "The project can't get to this status"
	}
	report(diags, tried, named, err)
}

func attributeAtFault(named path.Path, err error) path.Path {
	var noWay *lifecycle.NoWayError
	var waited *projects.WaitError
	switch {
	case as[*projects.GoneError](err), as[*projects.DoubtError](err), as[*projects.OtherProjectError](err):
		return named
	case errors.As(err, &noWay) && lifecycle.Blocked(noWay.Current) != "":
		return named
	case as[*projects.VerdictError](err), as[*projects.AmbiguousTicketError](err), errors.As(err, &waited) && waited.Unseen:
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
