package decisions

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
)

// GoneError says that the server certainly knows no such ticket (any more).
type GoneError struct {
	Guid string
	// Unrefreshed is why the permissions of the session could not be refreshed
	// before the last look; nil if they were.
	Unrefreshed error
}

func (e *GoneError) Error() string {
	text := fmt.Sprintf("the server knows no workflow ticket %s", e.Guid)
	if e.Unrefreshed != nil {
		text += fmt.Sprintf(" (the server did not refresh the permissions of this session before the last look: %v)", e.Unrefreshed)
	}
	return text
}

// Advice names both possibilities.
func (e *GoneError) Advice() string {
	text := "Either the ticket never was: then check the GUID. Or it has been decided and consumed already, for instance by a run " +
		"that was killed before it could record that: then this block has done its work and can go."
	if e.Unrefreshed != nil {
		text += " If the ticket was raised only a moment ago, a new access token sees it; or add the scope `security`, with which the server " +
			"refreshes the permissions of a session."
	}
	return text
}

// DoubtError says that a ticket could not be read, which does not prove that it is gone.
type DoubtError struct {
	Guid   string
	Exists bool // the server says so, but does not show it
	Err    error
}

func (e *DoubtError) Error() string {
	if e.Exists {
		return fmt.Sprintf("workflow ticket %s exists, but the server does not show it to this caller: %v", e.Guid, e.Err)
	}
	return fmt.Sprintf("workflow ticket %s was not found, but whether it is gone is not certain: %v", e.Guid, e.Err)
}

// Unwrap is the last answer.
func (e *DoubtError) Unwrap() error { return e.Err }

// Advice depends on whether the ticket is known to exist.
func (e *DoubtError) Advice() string {
	if e.Exists {
		return "Have the identity that the provider logs in as made an approver of the ticket, or decide it as one who is."
	}
	return "Nothing was changed. Run again when the server answers."
}

// ConflictError says that another decision than the wanted one is on the ticket.
type ConflictError struct {
	Order Order
	Found *api.WorkflowTicket
}

func (e *ConflictError) Error() string {
	text := fmt.Sprintf("workflow ticket %s is decided otherwise: wanted %s; the server has %s", e.Order.Guid, e.Order.Decision, describe(e.Found))
	if earlier := e.Order.Replaces; earlier != nil {
		text += fmt.Sprintf("; the change was planned for a ticket that was %s", earlier.Decision)
	}
	return text
}

// Advice depends on whether the found decision may be the same after all.
func (e *ConflictError) Advice() string {
	switch {
	case e.Order.Replaces != nil:
		return "Somebody changed the ticket since the plan was made, so nothing was sent. Plan again: the new plan shows what is there now."
	case e.Order.Decision.Compare(Told(e.Found)) == schedule.Vague:
		return "The server does not tell enough to say whether that is the same decision, so nothing is sent. " +
			"If it is, import the ticket; if it is not, have it set back to Pending."
	default:
		return "Somebody else made that decision, and it is not overwritten. Write the same decision in the configuration to adopt it, " +
			"import the ticket to change it, or have it set back to Pending."
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
func describe(t *api.WorkflowTicket) string {
	parts := []string{Told(t).String()}
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
