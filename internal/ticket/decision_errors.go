package ticket

import (
	"context"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// report puts an error, if there is one, at the attribute at fault.
func report(diagnostics *diag.Diagnostics, tried string, err error) {
	if err != nil {
		reportAt(diagnostics, attributeAtFault(err), tried, err)
	}
}

func reportAt(diagnostics *diag.Diagnostics, at path.Path, tried string, err error) {
	diags.AddError(diagnostics, at, tried, err)
}

// refusal is an error that knows the part of the order at fault.
type refusal interface {
	error
	Part() decide.Part
}

func attributeAtFault(err error) path.Path {
	if refused, ok := errors.AsType[refusal](err); ok {
		return pathOfPart(refused.Part())
	}
	switch {
	case is[*decide.WindowOverError](err):
		return pathOf(schedule.AtStop)
	case is[*decide.GoneError](err), is[*decide.DoubtError](err), is[*decide.ConsumedError](err):
		return path.Root("guid")
	case is[*unknownDecisionError](err), is[*decide.ConflictError](err), is[*decide.OverruledError](err), is[*decide.UnseenError](err), is[*decide.UnclearError](err):
		return path.Root("status")
	case errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return path.Empty()
	default:
		return diags.AttributeFor(path.Root("guid"), err)
	}
}

func pathOfPart(part decide.Part) path.Path {
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
	case is[*decide.GoneError](err):
		return diags.WithRemedy(err, "If the ticket was decided and consumed, this block can be removed.")
	case is[*decide.ConsumedError](err):
		return diags.WithRemedy(err, "Revert the change, or remove the block. A block that was never applied can be removed as well.")
	case decide.IsObsolete(err):
		return diags.WithRemedy(err, "This block can be removed.")
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
