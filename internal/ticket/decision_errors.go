package ticket

import (
	"cmp"
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
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

// faultyAttributes are the attributes at fault, by code.
var faultyAttributes = map[failure.Code]failure.Attribute{
	failure.WindowClosed:        failure.ScheduleStop,
	failure.NotFound:            failure.Object,
	failure.Indeterminate:       failure.Object,
	failure.Consumed:            failure.Object,
	failure.Conflict:            failure.Status,
	failure.ChangedConcurrently: failure.Status,
	failure.NotShown:            failure.Status,
	failure.OutcomeUnknown:      failure.Status,
}

func attributeAtFault(err error) path.Path {
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok {
		return diags.AttributeFor(path.Root("guid"), err)
	}
	switch attribute := cmp.Or(failed.Attribute, faultyAttributes[failed.Code], failure.NoAttribute); attribute {
	case failure.NoAttribute:
		return path.Empty()
	case failure.Object:
		return path.Root("guid")
	case failure.ScheduleStop:
		return pathOf(schedule.AtStop)
	default:
		return path.Root(string(attribute))
	}
}

// wayOutOfRead is how to remove a resource whose ticket cannot be read.
const wayOutOfRead = "The resource stays in the state. To remove it without a read of the ticket, remove its block or destroy, with -refresh=false."

// wayOutOfReopen is how to destroy a resource whose ticket cannot be reopened.
const wayOutOfReopen = "The resource stays in the state. To destroy it without a change of the ticket, apply reopen_on_destroy = false first. " +
	"Or let Terraform forget it: replace its block by a removed block with destroy = false (from Terraform 1.7 on), or run terraform state rm."

// withRemoval says which errors end the use of a block. Only the resource has blocks that stay.
func withRemoval(err error) error {
	switch failure.CodeOf(err) {
	case failure.NotFound:
		return diags.WithRemedy(err, "If the ticket was decided and consumed, this block can be removed.")
	case failure.Consumed:
		return diags.WithRemedy(err, "Revert the change, or remove the block. A block that was never applied can be removed as well.")
	case failure.Obsolete:
		return diags.WithRemedy(err, "This block can be removed.")
	default:
		return err
	}
}

// unknownDecisionError stops a replacement that would destroy a decision before the new one is known.
func unknownDecisionError(guid, status string) error {
	return &failure.Error{
		Code: failure.NotApplicable, Operation: "replace", Object: guid, Attribute: failure.Status,
		Message: "workflow ticket " + guid + " is " + status + ", and the decision of the new object is not known yet",
		Remedy: "The ticket may not accept another decision after the replacement. Apply the resources that status and schedule depend on first, " +
			"with -target, or do not replace the resource.",
	}
}
