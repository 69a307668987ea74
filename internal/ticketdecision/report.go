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

// report puts an error, if there is one, at the attribute at fault.
func report(diagnostics *diag.Diagnostics, tried string, err error) {
	if err != nil {
		reportAt(diagnostics, attributeAtFault(err), tried, err)
	}
}

func reportAt(diagnostics *diag.Diagnostics, at path.Path, tried string, err error) {
	tfkit.AddError(diagnostics, at, tried, err)
}

// refusal is an error that knows the part of the order at fault.
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
	case is[*unknownDecisionError](err), is[*decisions.ConflictError](err), is[*decisions.OverruledError](err), is[*decisions.UnseenError](err), is[*decisions.UnclearError](err):
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

// wayOutOfRead is how to remove a resource whose ticket cannot be read.
const wayOutOfRead = "The resource stays in the state. To remove it without a read of the ticket, remove its block or destroy, with -refresh=false."

// wayOutOfReopen is how to destroy a resource whose ticket cannot be reopened.
const wayOutOfReopen = "The resource stays in the state. To destroy it without a change of the ticket, apply reopen_on_destroy = false first. " +
	"Or let Terraform forget it: replace its block by a removed block with destroy = false (from Terraform 1.7 on), or run terraform state rm."

// withRemoval says which errors end the use of a block. Only the resource has blocks that stay.
func withRemoval(err error) error {
	switch {
	case is[*decisions.GoneError](err):
		return tfkit.WithWayOut(err, "If the ticket was decided and consumed, this block can be removed.")
	case is[*decisions.ConsumedError](err):
		return tfkit.WithWayOut(err, "Revert the change, or remove the block. A block that was never applied can be removed as well.")
	case decisions.IsObsolete(err):
		return tfkit.WithWayOut(err, "This block can be removed.")
	default:
		return err
	}
}

// unknownDecisionError stops a replacement that would destroy a decision before
// the new one is known.
type unknownDecisionError struct{ guid, status string }

func (e *unknownDecisionError) Error() string {
	return "workflow ticket " + e.guid + " is " + e.status + ", and the decision of the new object is not known yet"
}

// Advice is to make the decision known.
func (e *unknownDecisionError) Advice() string {
	return "The ticket may not accept another decision after the replacement. Apply the resources that status and schedule depend on first, " +
		"with -target, or do not replace the resource."
}

func is[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
