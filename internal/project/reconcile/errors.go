package reconcile

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// GoneError says that a project certainly does not exist.
type GoneError struct{ Ref client.ProjectRef }

func (e *GoneError) Error() string { return fmt.Sprintf("the server knows no project %s", e.Ref) }

// DoubtError says that the answer leaves open whether the project exists: it
// may be hidden from the caller, or be something else than a project.
type DoubtError struct {
	Ref client.ProjectRef
	Err error
}

func (e *DoubtError) Error() string {
	return fmt.Sprintf("project %s could not be read, and it is not certain that it does not exist: %v", e.Ref, e.Err)
}
func (e *DoubtError) Unwrap() error { return e.Err }

// MayPass is true for an answer without a project, which a busy server may give.
func (e *DoubtError) MayPass() bool {
	reason := client.ReasonOf(e.Err)
	return reason == client.EmptyAnswer || reason == client.LoadFailed
}

// OtherProjectError says that the name now belongs to another project than the
// one that was planned for.
type OtherProjectError struct {
	Ref            client.ProjectRef
	Planned, Found string // GUIDs
}

func (e *OtherProjectError) Error() string {
	return fmt.Sprintf("%s is another project now: the plan was made for the one with GUID %s, the server has %s", e.Ref, e.Planned, e.Found)
}

// RefusedError is a step that the server did not take, or that could not be sent.
type RefusedError struct {
	Step lifecycle.Transition
	Err  error
}

func (e *RefusedError) Error() string {
	return fmt.Sprintf("the step from %s to %s was not carried out: %v", e.Step.From, e.Step.To, e.Err)
}
func (e *RefusedError) Unwrap() error { return e.Err }

// UnclearError is a step whose answer was lost, with what a look at the project found.
type UnclearError struct {
	Step  lifecycle.Transition
	Found WriteResult
	Seen  lifecycle.Status
	Err   error
}

func (e *UnclearError) Error() string {
	what := "whether it was carried out could not be learned, because the project could not be read afterwards"
	if e.Found == NotApplied {
		what = fmt.Sprintf("it was not carried out, as far as can be seen: the project is still %s", e.Seen)
	}
	return fmt.Sprintf("the answer to the step from %s to %s was lost; %s: %v", e.Step.From, e.Step.To, what, e.Err)
}
func (e *UnclearError) Unwrap() error { return e.Err }

// MovedError says that somebody else changed the project meanwhile.
type MovedError struct {
	Step lifecycle.Transition
	Seen lifecycle.Status
	Err  error // of our own step, if that failed
}

func (e *MovedError) Error() string {
	return fmt.Sprintf("somebody else changed the project meanwhile: on the way from %s to %s it turned up %s", e.Step.From, e.Step.To, e.Seen)
}
func (e *MovedError) Unwrap() error { return e.Err }

// RejectedError says that the approvers sent the project back to Draft.
type RejectedError struct{ DN string }

func (e *RejectedError) Error() string {
	return fmt.Sprintf("the approval of %s was rejected: the project is Draft again", e.DN)
}

// VerdictError is an approval or a rejection that the server did not accept.
type VerdictError struct {
	Ticket  int64
	DN      string
	Verdict Approval
	Self    bool // it was the approval of one's own order
	Err     error
}

func (e *VerdictError) Error() string {
	return fmt.Sprintf("flow ticket %d of %s could not be %s: %v", e.Ticket, e.DN, e.Verdict, e.Err)
}
func (e *VerdictError) Unwrap() error { return e.Err }

// AmbiguousTicketError says that a project has several flow tickets, of which
// one could be its deletion: none is decided.
type AmbiguousTicketError struct {
	DN      string
	Tickets []int64
	Names   []string // the spellings of the DN on the tickets
}

func (e *AmbiguousTicketError) Error() string {
	text := fmt.Sprintf("%s has several pending flow tickets %v, and which of them is its submission is not certain", e.DN, e.Tickets)
	if len(e.Names) > 1 {
		text += ": they spell the DN as " + strings.Join(e.Names, " and ")
	}
	return text
}

// WaitError is a wait that ended before the project got there.
type WaitError struct {
	Step     lifecycle.Transition
	Seen     lifecycle.Status
	Cause    error       // context.DeadlineExceeded or context.Canceled
	LastErr  error       // of the last look, if that failed
	Ticket   *TicketView // what is waited for, where the caller may see it
	Since    time.Time   // when the project was submitted, if the server tells
	Approved bool        // the caller's own approval has been given
	Unseen   bool        // it was wanted, and no ticket was ever seen to give it to
	Older    []int64     // tickets that were seen, and are older than the submission
	Foreign  bool        // the submission is not of this run, and the plan did not show it
	Vanished int64       // a ticket that was gone when it was to be approved; 0 is none
}

func (e *WaitError) Error() string {
	text := "time was up"
	if errors.Is(e.Cause, context.Canceled) {
		text = "interrupted"
	}
	text += fmt.Sprintf(" while the project was %s and on its way to %s", e.Seen, e.Step.To)
	if e.LastErr != nil {
		text += fmt.Sprintf("; the last error was: %v", e.LastErr)
	}
	return text
}
func (e *WaitError) Unwrap() error { return e.Cause }
