package reconcile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// ContraryError says that a submission has got the other verdict already.
type ContraryError struct {
	DN     string
	Wanted Approval
	Seen   lifecycle.Status
}

func (e *ContraryError) Error() string {
	return fmt.Sprintf("the submission of %s can't be %s: it has been %s already, and the project is %s",
		e.DN, e.Wanted, Approval{Reject: !e.Wanted.Reject}, e.Seen)
}

// Advice says what comes next in either case.
func (e *ContraryError) Advice() string {
	if e.Wanted.Reject {
		return "An approval can't be taken back. A project that must not be used is disabled, with the status Disabled of the resource codesign_project_status."
	}
	return "Another approver rejected it. Once its owner has mended and submitted it again, the next apply decides the new submission."
}

// ClosedError says that a project is where no submission waits.
type ClosedError struct {
	DN   string
	Seen lifecycle.Status
}

func (e *ClosedError) Error() string {
	return fmt.Sprintf("%s is %s: no submission of it waits for a decision", e.DN, e.Seen)
}

// Advice says why, where that is known.
func (e *ClosedError) Advice() string {
	if reason := lifecycle.Blocked(e.Seen); reason != "" {
		return "A decision on its flow ticket could be about something else than a submission, so nothing is sent: " + reason
	}
	return "Only a draft is submitted for approval. A project that was approved before is enabled and disabled without another approval, and needs no decision."
}

// UndecidedError is a wait that ended before there was a ticket to decide, or
// before it was certain that the verdict is on it.
type UndecidedError struct {
	DN      string
	Verdict Approval
	Seen    lifecycle.Status
	Since   time.Time          // when the project was submitted last, if the server tells
	Ticket  *client.FlowTicket // the last one that was seen
	LastErr error
	Cause   error // context.DeadlineExceeded or context.Canceled
}

func (e *UndecidedError) Error() string {
	text := "time was up"
	if errors.Is(e.Cause, context.Canceled) {
		text = "interrupted"
	}
	text += fmt.Sprintf(" before the submission of %s could be %s: the project is %s", e.DN, e.Verdict, e.Seen)
	switch {
	case e.Seen == lifecycle.Draft:
		text += ", so there is nothing to decide"
	case e.Ticket != nil:
		text += fmt.Sprintf(", and whether flow ticket %d has been %s could not be learned", e.Ticket.ID, e.Verdict)
	default:
		text += ", and its flow ticket can't be seen"
	}
	if e.LastErr != nil {
		text += fmt.Sprintf("; the last error was: %v", e.LastErr)
	}
	return text
}
func (e *UndecidedError) Unwrap() error { return e.Cause }

// Advice depends on what was waited for.
func (e *UndecidedError) Advice() string {
	const again = "The next apply looks again, and decides nothing twice. Where it takes longer, raise `timeouts`."
	switch {
	case e.Seen == lifecycle.Draft && e.Verdict.Reject:
		return "Either the project has not been submitted yet. Or its submission has been rejected already, for instance by a run that was killed " +
			"before it could record that: then this block has done its work and can go. " + again
	case e.Seen == lifecycle.Draft:
		return "Its owner has to submit it first, for instance with the status Pending of the resource codesign_project_status. " + again
	case e.Ticket != nil:
		return again
	default:
		return "The server lists a flow ticket only to its approvers, who are fixed when it is raised; the identity that the provider logs in as may be none of them. " + again
	}
}
