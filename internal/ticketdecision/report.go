package ticketdecision

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/decisions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// report puts an error, if there is one, at the attribute to mend.
func report(diags *diag.Diagnostics, tried string, err error) {
	if err != nil {
		reportAt(diags, attributeAtFault(err), tried, err)
	}
}

func reportAt(diags *diag.Diagnostics, at path.Path, tried string, err error) {
	tfkit.AddError(diags, at, tried, err)
}

// refusal is an error that knows the part of the order to mend.
type refusal interface {
	error
	Part() decisions.Part
}

func attributeAtFault(err error) path.Path {
	if refused, ok := errors.AsType[refusal](err); ok {
		return pathOfPart(refused.Part())
	}
	switch {
	case is[*decisions.WindowOverError](err):
		return pathOf(schedule.AtStop)
	case is[*decisions.GoneError](err), is[*decisions.DoubtError](err), is[*decisions.ConsumedError](err):
		return path.Root("guid")
	case is[*decisions.ConflictError](err), is[*decisions.OverruledError](err), is[*decisions.UnseenError](err), is[*decisions.UnclearError](err):
		return path.Root("status")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return path.Empty()
	default:
		return tfkit.Blame(path.Root("guid"), err)
	}
}

func pathOfPart(part decisions.Part) path.Path {
	if part == "" {
		return path.Empty()
	}
	return path.Root(string(part))
}

// wayOutOfRead is how to have a resource go that can't even be read.
const wayOutOfRead = "The resource stays in the state. To have it go without a look at the ticket, remove its block or destroy, with -refresh=false."

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
