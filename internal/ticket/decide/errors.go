package decide

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

// GoneError says that the server certainly has no such ticket.
type GoneError struct {
	GUID string
	// Unrefreshed is why the permissions of the session could not be refreshed
	// before the last read; nil if they were.
	Unrefreshed error
}

func (e *GoneError) Error() string {
	text := fmt.Sprintf("workflow ticket %s does not exist", e.GUID)
	if e.Unrefreshed != nil {
		text += fmt.Sprintf(" (the server did not refresh the permissions of this session before the last read: %v)", e.Unrefreshed)
	}
	return text
}

// Advice names both possibilities.
func (e *GoneError) Advice() string {
	text := "There are two possible causes. The ticket never existed: check the GUID. " +
		"Or it was decided and the server consumed it, for example after a run that was killed before it could record its decision."
	if e.Unrefreshed != nil {
		text += " If the ticket was created a moment ago, a new access token can see it. Or add the scope `security`, with which the server " +
			"refreshes the permissions of a session."
	}
	return text
}

// DoubtError says that a ticket could not be read, which does not prove that it is gone.
type DoubtError struct {
	GUID   string
	Exists bool // the server says so, but does not show it
	Err    error
}

func (e *DoubtError) Error() string {
	if e.Exists {
		return fmt.Sprintf("workflow ticket %s exists, but the server does not show it to this caller: %v", e.GUID, e.Err)
	}
	return fmt.Sprintf("workflow ticket %s was not found, but it is not certain that it is gone: %v", e.GUID, e.Err)
}

// Unwrap is the last answer.
func (e *DoubtError) Unwrap() error { return e.Err }

// Advice depends on whether the ticket is known to exist.
func (e *DoubtError) Advice() string {
	if e.Exists {
		return "Make the identity of the provider an approver of the ticket, or log in as an approver."
	}
	return "Nothing was changed. Run again when the server answers."
}

// ConflictError says that another decision than the wanted one is on the ticket.
type ConflictError struct {
	Order Request
	Found *client.WorkflowTicket
}

func (e *ConflictError) Error() string {
	text := fmt.Sprintf("workflow ticket %s has another decision: wanted %s; the server has %s", e.Order.GUID, e.Order.Decision, describe(e.Found))
	if earlier := e.Order.Replaces; earlier != nil {
		text += fmt.Sprintf("; the change was planned for a ticket that was %s", earlier.Decision)
	}
	return text
}

// Advice depends on whether the found decision may be the same after all.
func (e *ConflictError) Advice() string {
	match := e.Order.Decision.Compare(ShownOn(e.Found))
	switch {
	case e.Order.Replaces != nil:
		return "The ticket was changed after the plan was made, so nothing was sent. Plan again: the new plan shows the present decision."
	case match == schedule.Vague, match.IsUncertain():
		return "The server does not show enough to say whether this is the same decision, so nothing was sent. " +
			"If it is the same, import the ticket. If it is not, have the ticket set back to Pending."
	default:
		return "Another person made this decision, and the provider does not overwrite it. To adopt it, write the same decision in the configuration. " +
			"To change it, import the ticket, or have it set back to Pending."
	}
}

// WindowOverError says that a decision's window has closed before it could be sent.
type WindowOverError struct{ Decision schedule.Decision }

func (e *WindowOverError) Error() string {
	return fmt.Sprintf("attribute %s: the window closed at %s, so the decision would have no effect",
		schedule.AtStop, e.Decision.Stop.UTC().Format(time.RFC3339))
}

// Advice is to move the window.
func (e *WindowOverError) Advice() string { return "Choose a stop in the future. Nothing was sent." }

// describe is the decision on a ticket with what the server tells about its making.
func describe(t *client.WorkflowTicket) string {
	parts := []string{ShownOn(t).String()}
	if t.ApprovalFrom != "" {
		parts = append(parts, "by "+short(t.ApprovalFrom))
	}
	if t.ApprovalExplanation != "" {
		parts = append(parts, fmt.Sprintf("explained as %q", short(t.ApprovalExplanation)))
	}
	if !t.Updated.IsZero() {
		parts = append(parts, "last changed "+t.Updated.UTC().Format(time.RFC3339))
	}
	return strings.Join(parts, ", ")
}

func isGone(err error) bool {
	_, ok := errors.AsType[*GoneError](err)
	return ok
}

func isConsumed(err error) bool {
	_, ok := errors.AsType[*ConsumedError](err)
	return ok
}

func interrupted(cause error) bool { return errors.Is(cause, context.Canceled) }
