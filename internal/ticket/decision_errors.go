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

func (r *request) decideSummary() string {
	return "Unable to decide workflow ticket " + r.GUID.ValueString()
}

func (r *request) planSummary() string {
	return "Unable to plan the decision on workflow ticket " + r.GUID.ValueString()
}

func readSummary(guid string) string { return "Unable to read workflow ticket " + guid }

// report adds an error, if there is one, at the attribute that caused it.
func report(diagnostics *diag.Diagnostics, summary string, err error) {
	if err != nil {
		diags.AddError(diagnostics, attributeFor(err), summary, err)
	}
}

// attributeByCode is the attribute to report, by code. Other failures have none.
var attributeByCode = map[failure.Code]failure.Attribute{
	failure.WindowClosed:        failure.ScheduleStop,
	failure.NotFound:            failure.Object,
	failure.Indeterminate:       failure.Object,
	failure.Consumed:            failure.Object,
	failure.Conflict:            failure.Status,
	failure.ChangedConcurrently: failure.Status,
	failure.NotShown:            failure.Status,
	failure.OutcomeUnknown:      failure.Status,
}

func attributeFor(err error) path.Path {
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok {
		return diags.AttributeFor(path.Root("guid"), err)
	}
	switch attribute := cmp.Or(failed.Attribute, attributeByCode[failed.Code], failure.NoAttribute); attribute {
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

// withRemoval adds that the block can be removed, for errors after which the resource has no use.
func withRemoval(err error) error {
	switch failure.CodeOf(err) {
	case failure.NotFound:
		return diags.WithRemedy(err, "If the ticket was decided and consumed, this block can be removed.")
	case failure.Consumed:
		return diags.WithRemedy(err, "Revert the change, or remove the block. A block that was never applied can be "+
			"removed as well.")
	case failure.Obsolete:
		return diags.WithRemedy(err, "This block can be removed.")
	default:
		return err
	}
}

// unknownDecisionError stops a replacement that would destroy a decision before the new one is known.
func unknownDecisionError(guid, status string) error {
	return &failure.Error{
		Code: failure.NotApplicable, Attribute: failure.Status,
		Message: "workflow ticket " + guid + " is " + status + ", and the decision of the new object is not known yet",
		Remedy: "The ticket may not accept another decision after the replacement. Apply the resources that status " +
			"and schedule depend on first, with -target, or do not replace the resource.",
	}
}
