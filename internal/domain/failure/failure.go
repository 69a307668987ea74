// Package failure holds the error that the reconcilers of projects and workflow tickets report.
package failure

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Code classifies a failure.
type Code string

// The codes.
const (
	// NotFound: the server is certain that the object does not exist.
	NotFound Code = "NotFound"
	// Indeterminate: the object could not be read, and it is not certain that it does not exist.
	Indeterminate Code = "Indeterminate"
	// Replaced: the name belongs to another object than at plan.
	Replaced Code = "Replaced"
	// NoRoute: the status cannot be reached from the current one.
	NoRoute Code = "NoRoute"
	// Refused: the server refused a read or a write, or the write was not sent.
	Refused Code = "Refused"
	// OutcomeUnknown: the answer to a write was lost, and reading the object did not show the outcome.
	OutcomeUnknown Code = "OutcomeUnknown"
	// ChangedConcurrently: another client changed the object during the operation.
	ChangedConcurrently Code = "ChangedConcurrently"
	// ChangedSincePlan: the submission is not the one that the plan showed.
	ChangedSincePlan Code = "ChangedSincePlan"
	// Rejected: an approver rejected the submission that the operation waited for.
	Rejected Code = "Rejected"
	// DecidedOtherwise: the submission already has the opposite decision.
	DecidedOtherwise Code = "DecidedOtherwise"
	// NotApplicable: the operation does not apply to the object as it is now.
	NotApplicable Code = "NotApplicable"
	// Ambiguous: more than one flow ticket may belong to the submission.
	Ambiguous Code = "Ambiguous"
	// TimedOut: the deadline passed first.
	TimedOut Code = "TimedOut"
	// Interrupted: the caller cancelled the operation.
	Interrupted Code = "Interrupted"
	// Conflict: the ticket already has another decision.
	Conflict Code = "Conflict"
	// Consumed: the server has consumed the ticket.
	Consumed Code = "Consumed"
	// Obsolete: the workflow of the ticket, or the object that it blocks, no longer exists.
	Obsolete Code = "Obsolete"
	// PartlyApplied: the server carried out a part of the change.
	PartlyApplied Code = "PartlyApplied"
	// UnexpectedChange: after a change, the object differs in what was not to change.
	UnexpectedChange Code = "UnexpectedChange"
	// Exists: the name is in use.
	Exists Code = "Exists"
	// WindowClosed: the window of the decision is in the past.
	WindowClosed Code = "WindowClosed"
	// NotShown: the server accepted a write and does not show it.
	NotShown Code = "NotShown"
)

// Attribute is the input at fault. Resources translate it to an attribute of theirs.
type Attribute string

// The attributes. The empty one leaves the choice to the code.
const (
	// NoAttribute: no other configuration would avoid the failure.
	NoAttribute Attribute = "none"
	// Object is the attribute that names the project or ticket.
	Object Attribute = "object"
	// Status is the desired status, or the decision.
	Status Attribute = "status"
	// Approval is the consent to approve, or the decision on a submission.
	Approval     Attribute = "approval"
	ScheduleStop Attribute = "schedule.stop"
	Approvers    Attribute = "approvers"
	ObjectDN     Attribute = "object_dn"
	Reason       Attribute = "reason"
	UserData     Attribute = "user_data"
)

// Error is a failed operation on a project or a ticket.
type Error struct {
	Code      Code
	Attribute Attribute
	Message   string // what happened
	Remedy    string // the next step
	Cause     error  // of the client or the context; may be nil
}

// Errorf returns an Error with a message. The cause is what %w formats.
func Errorf(code Code, format string, args ...any) *Error {
	err := fmt.Errorf(format, args...)
	return &Error{Code: code, Message: err.Error(), Cause: errors.Unwrap(err)}
}

// Advise sets the next step.
func (e *Error) Advise(remedy string) *Error {
	e.Remedy = remedy
	return e
}

// At sets the attribute at fault.
func (e *Error) At(attribute Attribute) *Error {
	e.Attribute = attribute
	return e
}

func (e *Error) Error() string { return e.Message }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Cause }

// Advice returns the next step, for the second paragraph of a diagnostic.
func (e *Error) Advice() string { return e.Remedy }

// Stopped returns the code of an operation that the end of its context stopped, and says so in a
// message.
func Stopped(err error) (code Code, what string) {
	if errors.Is(err, context.Canceled) {
		return Interrupted, "interrupted"
	}
	return TimedOut, "timed out"
}

// CodeOf returns the code of the first Error in the chain, or "".
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return ""
}

// AttributeOf returns the attribute at fault of the first Error in the chain: the one that it names, or
// that of its code. It is "" if no other input helps.
func AttributeOf(err error) Attribute {
	e, ok := errors.AsType[*Error](err)
	switch {
	case !ok:
		return ""
	case e.Attribute != "":
		return e.Attribute
	}
	switch e.Code {
	case NotFound, Indeterminate, Replaced, Consumed:
		return Object
	case Ambiguous, ChangedSincePlan:
		return Approval
	case WindowClosed:
		return ScheduleStop
	case NoRoute, Refused, OutcomeUnknown, ChangedConcurrently, Rejected, Conflict, NotShown, TimedOut, Interrupted:
		return Status
	default:
		return ""
	}
}

// Duration is a duration in whole seconds, without units that are zero: "20m".
func Duration(d time.Duration) string {
	text := d.Round(time.Second).String()
	for _, zero := range []string{"m0s", "h0m"} {
		if strings.HasSuffix(text, zero) {
			text = text[:len(text)-2]
		}
	}
	return text
}

// List joins the first items of a list, and adds how many more of the total there are.
func List(first []string, total int) string { return strings.Join(withRest(first, total), ", ") }

// Lines is List with a line for each item.
func Lines(first []string, total int) string {
	return "  - " + strings.Join(withRest(first, total), "\n  - ")
}

func withRest(first []string, total int) []string {
	if more := total - len(first); more > 0 {
		return append(slices.Clip(first), fmt.Sprintf("and %d more", more))
	}
	return first
}

// Shorten returns a text of the server with at most limit characters, and an ellipsis for the others.
func Shorten(s string, limit int) string {
	if runes := []rune(s); len(runes) > limit {
		return string(runes[:limit]) + "…"
	}
	return s
}
