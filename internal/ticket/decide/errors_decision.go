package decide

import (
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// ConsumedError says that the ticket was consumed before the decision, or that
// it is not known whether the decision was the reason.
type ConsumedError struct {
	GUID   string
	Wanted schedule.Decision
	Before *client.WorkflowTicket // as seen just before; nil if not seen in this run
	Err    error                  // of the write; nil if nothing was sent
}

func (e *ConsumedError) Error() string {
	switch {
	case e.Before == nil:
		return fmt.Sprintf("workflow ticket %s has been consumed, so its decision cannot be changed to %s", e.GUID, e.Wanted)
	case !client.IsUnclear(e.Err) && e.Err != nil:
		return fmt.Sprintf("workflow ticket %s was %s and has been consumed since: another approver decided it, and %s was not carried out: %v",
			e.GUID, ShownOn(e.Before), e.Wanted, e.Err)
	default:
		return fmt.Sprintf("the answer to the decision %s was lost, and workflow ticket %s, which was %s, has been consumed since. "+
			"It is not known whether it was carried out, or another decision consumed the ticket: %v", e.Wanted, e.GUID, ShownOn(e.Before), e.Err)
	}
}

// Unwrap is the error of the write.
func (e *ConsumedError) Unwrap() error { return e.Err }

// Advice is to look at what the ticket was for.
func (e *ConsumedError) Advice() string {
	return "A consumed ticket cannot be decided again. The object that the ticket was blocking shows the result."
}

// RefusedError says that the server did not accept the decision.
type RefusedError struct {
	Order Request
	Err   error
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("the decision %s on workflow ticket %s was not carried out: %v", e.Order.Decision, e.Order.GUID, e.Err)
}

// Unwrap is the server's answer.
func (e *RefusedError) Unwrap() error { return e.Err }

// Part is what the refusal is about.
func (e *RefusedError) Part() Part { return e.fault().part }

// Advice goes by the server's code.
func (e *RefusedError) Advice() string { return e.fault().advice }

func (e *RefusedError) fault() fault { return faultOf(e.Err, e.Order, badValue(e.Order)) }

// OverruledError says that the ticket has a decision that is neither the one
// before nor the one that was sent.
type OverruledError struct {
	GUID   string
	Wanted schedule.Decision
	Found  *client.WorkflowTicket
	Err    error // of the write; nil if the server had accepted it
}

func (e *OverruledError) Error() string {
	text := fmt.Sprintf("another person decided workflow ticket %s at the same time: sent was %s; the server has %s", e.GUID, e.Wanted, describe(e.Found))
	switch {
	case e.Err == nil:
		return text + "; the server had accepted the decision of this run"
	case client.IsUnclear(e.Err):
		return text + fmt.Sprintf("; the answer to the decision of this run was lost: %v", e.Err)
	default:
		return text + fmt.Sprintf("; the server refused the decision of this run: %v", e.Err)
	}
}

// Unwrap is the error of the write.
func (e *OverruledError) Unwrap() error { return e.Err }

// Advice is to settle it with the other person.
func (e *OverruledError) Advice() string {
	return "The decision of the other person was not overwritten. Find out who made it and agree on one decision, then plan again."
}

// UnclearError says that the answer to a decision was lost, and what a read of
// the ticket found.
type UnclearError struct {
	GUID    string
	Wanted  schedule.Decision
	Seen    string
	NotDone bool // else the ticket could not be read either
	Err     error
}

func (e *UnclearError) Error() string {
	what := "it is not known whether it was carried out, because the ticket could not be read afterwards"
	if e.NotDone {
		what = "it was not carried out, as far as can be seen: the ticket is still " + e.Seen
	}
	return fmt.Sprintf("the answer to the decision %s on workflow ticket %s was lost; %s: %v", e.Wanted, e.GUID, what, e.Err)
}

// Unwrap is the error of the write.
func (e *UnclearError) Unwrap() error { return e.Err }

// Advice holds in both cases, because a decision that is there is adopted.
func (e *UnclearError) Advice() string {
	return "Run again. The provider reads the ticket first, and does not send a decision again that the ticket already has."
}

// UnseenError says that the server accepted a decision but does not show it.
type UnseenError struct {
	GUID   string
	Wanted schedule.Decision
	Seen   *client.WorkflowTicket
	Cause  error // context.Canceled after an interruption, nil after the timeout
}

func (e *UnseenError) Error() string {
	text := fmt.Sprintf("the server accepted the decision %s, but workflow ticket %s is still %s", e.Wanted, e.GUID, e.Seen.Status)
	if interrupted(e.Cause) {
		text += "; interrupted while waiting for the decision to show"
	}
	return text
}

// Unwrap is the reason why the wait ended early.
func (e *UnseenError) Unwrap() error { return e.Cause }

// Advice thinks of the other approvers first.
func (e *UnseenError) Advice() string {
	others := ""
	if len(e.Seen.Approvers) > 0 {
		others = " (" + some(e.Seen.Approvers) + ")"
	}
	return "A ticket with several approvers" + others + " may wait for each of them. Run again after they have decided; " +
		"the provider adopts a decision that the ticket has by then."
}
