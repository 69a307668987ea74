package decisions

import (
	"fmt"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
)

// ConsumedError says that the ticket was consumed before the decision, or that
// whether the decision was the reason can't be told.
type ConsumedError struct {
	Guid   string
	Wanted schedule.Decision
	Before *api.WorkflowTicket // as seen just before; nil if not seen in this run
	Err    error               // of the write; nil if nothing was sent
}

func (e *ConsumedError) Error() string {
	switch {
	case e.Before == nil:
		return fmt.Sprintf("workflow ticket %s has been consumed, so its decision can't be changed to %s any more", e.Guid, e.Wanted)
	case api.IsNotFound(e.Err):
		return fmt.Sprintf("workflow ticket %s was %s a moment ago and is gone now: somebody else decided it, and %s was not carried out",
			e.Guid, e.Before.Status, e.Wanted)
	default:
		return fmt.Sprintf("the answer to the decision %s was lost and workflow ticket %s is gone since; "+
			"whether it was carried out, or somebody else approved the ticket, can't be told: %v", e.Wanted, e.Guid, e.Err)
	}
}

// Unwrap is the error of the write.
func (e *ConsumedError) Unwrap() error { return e.Err }

// Advice is to look at what the ticket was for.
func (e *ConsumedError) Advice() string {
	return "A ticket that is gone can't be decided any more: take the change back, or remove the block; one that was never applied can go. " +
		"The object that the ticket was blocking shows what has become of it."
}

// RefusedError says that the server did not accept the decision.
type RefusedError struct {
	Order Order
	Err   error
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("the decision %s on workflow ticket %s was not carried out: %v", e.Order.Decision, e.Order.Guid, e.Err)
}

// Unwrap is the server's answer.
func (e *RefusedError) Unwrap() error { return e.Err }

// Part is what the refusal is about.
func (e *RefusedError) Part() Part { return e.fault().part }

// Advice goes by the server's code.
func (e *RefusedError) Advice() string { return e.fault().advice }

func (e *RefusedError) fault() fault { return faultOf(e.Err, e.Order, badValue(e.Order)) }

// OverruledError says that the ticket turned up with a decision that is neither
// the one before nor the one that was sent.
type OverruledError struct {
	Guid   string
	Wanted schedule.Decision
	Found  *api.WorkflowTicket
	Err    error // of the write; nil if the server had accepted it
}

func (e *OverruledError) Error() string {
	text := fmt.Sprintf("somebody else decided workflow ticket %s at the same time: sent was %s; the server has %s", e.Guid, e.Wanted, describe(e.Found))
	if e.Err != nil {
		text += fmt.Sprintf("; the answer to the own decision was lost: %v", e.Err)
	}
	return text
}

// Unwrap is the error of the write.
func (e *OverruledError) Unwrap() error { return e.Err }

// Advice is to settle it with the other one.
func (e *OverruledError) Advice() string {
	return "Their decision was left as it is. Find out who made it and agree on one, then plan again."
}

// UnclearError says that the answer to a decision was lost, and what a look at
// the ticket found.
type UnclearError struct {
	Guid    string
	Wanted  schedule.Decision
	Seen    string
	NotDone bool // else the ticket could not be read either
	Err     error
}

func (e *UnclearError) Error() string {
	what := "whether it was carried out could not be learned, because the ticket could not be read afterwards"
	if e.NotDone {
		what = "it was not carried out, as far as can be seen: the ticket is still " + e.Seen
	}
	return fmt.Sprintf("the answer to the decision %s on workflow ticket %s was lost; %s: %v", e.Wanted, e.Guid, what, e.Err)
}

// Unwrap is the error of the write.
func (e *UnclearError) Unwrap() error { return e.Err }

// Advice holds in both cases, because a decision that is there is adopted.
func (e *UnclearError) Advice() string {
	return "Run again: the ticket is looked at first, and a decision that is there by then is not sent a second time."
}

// UnseenError says that the server accepted a decision but does not show it.
type UnseenError struct {
	Guid   string
	Wanted schedule.Decision
	Seen   *api.WorkflowTicket
	Cause  error // context.Canceled after an interruption, nil when patience was up
}

func (e *UnseenError) Error() string {
	text := fmt.Sprintf("the server accepted the decision %s, but workflow ticket %s is still %s", e.Wanted, e.Guid, e.Seen.Status)
	if interrupted(e.Cause) {
		text += "; interrupted while waiting for it to show"
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
	return "A ticket with several approvers" + others + " may wait for each of them. Run again once they have decided; " +
		"a ticket that is approved by then is adopted."
}
