package decide

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// notFoundError is for a ticket that certainly does not exist. Refresh is why the permissions of
// the session could not be refreshed before the last read; nil if they were.
func notFoundError(guid string, refresh error) error {
	err := failure.Errorf(failure.NotFound, "workflow ticket %s does not exist", guid).Advise(
		"There are two possible causes. The ticket never existed: check the GUID. Or it was decided and the server " +
			"consumed it, for example after a run that was killed before it could record its decision.")
	if refresh != nil {
		err.Message += fmt.Sprintf(" (the server did not refresh the permissions of this session before the last "+
			"read: %v)",
			refresh)
		err.Remedy += " If the ticket was created a moment ago, a new access token can see it. Or add the scope " +
			"`security`, with which the server refreshes the permissions of a session."
	}
	return err
}

// indeterminateError is for a ticket that could not be read, which does not prove that it is gone.
func indeterminateError(guid string, err error) error {
	return failure.Errorf(failure.Indeterminate, "workflow ticket %s was not found, but may exist: %w", guid,
		err).Advise("The resource stays in the state. Run again when the server answers.")
}

// hiddenError is for a ticket that exists, but that the server does not show to the caller.
func hiddenError(guid string, err error) error {
	return failure.Errorf(failure.Indeterminate,
		"workflow ticket %s exists, but the server does not show it to this caller: %w", guid, err).Advise(
		"Make the identity of the provider an approver of the ticket, or use the credentials of an approver.")
}

// waitingError is for an operation that ended before it could lock the ticket.
func waitingError(guid string, cause error) error {
	code, _ := failure.Stopped(cause)
	err := failure.Errorf(code, "stopped during another operation on workflow ticket %s, before anything was sent: %w",
		guid, cause)
	err.Attribute = failure.NoAttribute
	return err
}

// conflictError is for a ticket that has another decision than the requested one.
func conflictError(request Request, found *client.WorkflowTicket) error {
	err := failure.Errorf(failure.Conflict, "workflow ticket %s has another decision: expected %s, the server has %s",
		request.GUID, request.Decision, describe(found))
	match := request.Decision.Compare(ShownOn(found))
	switch earlier := request.Replaces; {
	case earlier != nil:
		err.Message += fmt.Sprintf("; the change was planned for a ticket that was %s", earlier.Decision)
		err.Remedy = "The ticket changed after the plan, so nothing was sent. Plan again: the new plan shows the " +
			"current decision."
	case match == schedule.Vague, match.IsUncertain():
		err.Remedy = "The server does not show whether this is the same decision, so nothing was sent. " +
			"If it is the same, import the ticket. If it is not, set the ticket back to Pending."
	default:
		err.Remedy = "Another person made this decision, and the provider does not overwrite it. To adopt it, write " +
			"the same decision in the configuration. To change it, import the ticket, or set it back to Pending."
	}
	return err
}

// WindowClosed is the error for a decision whose window is in the past.
func WindowClosed(decision schedule.Decision) error {
	return failure.Errorf(failure.WindowClosed,
		"attribute %s: the window closed at %s, so the decision would have no effect", schedule.AtStop,
		decision.Stop.UTC().Format(time.RFC3339)).Advise("Choose a stop in the future. Nothing was sent.")
}

const consumedRemedy = "A consumed ticket cannot be decided again. The object that the ticket was blocking shows " +
	"the result."

// consumedBeforeError is for a change of a decision whose ticket no longer exists.
func consumedBeforeError(request Request) error {
	return failure.Errorf(failure.Consumed,
		"workflow ticket %s has been consumed, so its decision cannot be changed to %s", request.GUID,
		request.Decision).Advise(consumedRemedy)
}

// consumedError is for a ticket that the server consumed during the operation. Err is that of the
// write.
func consumedError(request Request, before *client.WorkflowTicket, err error) error {
	if client.IsUnclear(err) {
		return failure.Errorf(failure.Consumed, "the answer to the decision %s was lost, and workflow ticket %s, "+
			"which was %s, has been consumed since. This decision or another one consumed it: %w",
			request.Decision, request.GUID, ShownOn(before), err).Advise(consumedRemedy)
	}
	return failure.Errorf(failure.Consumed, "workflow ticket %s was %s and has been consumed since: another approver "+
		"decided it, and %s was not carried out: %w",
		request.GUID, ShownOn(before), request.Decision, err).Advise(consumedRemedy)
}

// changedConcurrentlyError is for a ticket with a decision that is neither the one before nor the
// one that was sent. Err is that of the write; nil if the server accepted it.
func changedConcurrentlyError(request Request, found *client.WorkflowTicket, err error) error {
	failed := failure.Errorf(failure.ChangedConcurrently, "another person decided workflow ticket %s at the same "+
		"time: this run sent %s, the server has %s", request.GUID, request.Decision, describe(found)).Advise(
		"The provider did not overwrite the other decision. Find out who made it and agree on one decision, then " +
			"plan again.")
	failed.Cause = err
	switch {
	case err == nil:
		failed.Message += "; the server had accepted the decision of this run"
	case client.IsUnclear(err):
		failed.Message += fmt.Sprintf("; the answer to the decision of this run was lost: %v", err)
	default:
		failed.Message += fmt.Sprintf("; the server refused the decision of this run: %v", err)
	}
	return failed
}

// outcomeUnknownError is for a decision whose answer was lost. Ticket is as last read.
func outcomeUnknownError(request Request, ticket *client.WorkflowTicket, result poll.WriteResult, err error) error {
	found := "the outcome is unknown, because the ticket could not be read afterwards"
	if result == poll.NotApplied {
		found = "it was probably not carried out: the ticket is still " + ticket.Status
	}
	return failure.Errorf(failure.OutcomeUnknown,
		"the answer to the decision %s on workflow ticket %s was lost; %s: %w", request.Decision, request.GUID, found,
		err).Advise(
		"Run again. The provider reads the ticket first, and does not send a decision that the ticket already has.")
}

// notShownError is for a decision that the server accepted but does not show. Cause is the error of
// the context, nil after verifyTimeout.
func notShownError(request Request, found *client.WorkflowTicket, cause error) error {
	message := fmt.Sprintf("the server accepted the decision %s, but workflow ticket %s is still %s", request.Decision,
		request.GUID, found.Status)
	if errors.Is(cause, context.Canceled) {
		message += "; interrupted before the server showed the decision"
	}
	others := ""
	if len(found.Approvers) > 0 {
		others = " (" + listSome(found.Approvers) + ")"
	}
	return &failure.Error{
		Code: failure.NotShown, Message: message, Cause: cause,
		Remedy: "A ticket with several approvers" + others +
			" may wait for each of them. Run again after they have decided. " +
			"The provider adopts the decision that the ticket has then.",
	}
}

// describe is the decision on a ticket, with its author, explanation and date.
func describe(t *client.WorkflowTicket) string {
	parts := []string{ShownOn(t).String()}
	if t.ApprovalFrom != "" {
		parts = append(parts, "by "+failure.Shorten(t.ApprovalFrom, maxLength))
	}
	if t.ApprovalExplanation != "" {
		parts = append(parts, fmt.Sprintf("with the explanation %q", failure.Shorten(t.ApprovalExplanation, maxLength)))
	}
	if !t.Updated.IsZero() {
		parts = append(parts, "last changed "+t.Updated.UTC().Format(time.RFC3339))
	}
	return strings.Join(parts, ", ")
}

func isNotFound(err error) bool { return failure.CodeOf(err) == failure.NotFound }

func isConsumed(err error) bool { return failure.CodeOf(err) == failure.Consumed }

// Limits of what a message repeats from the server.
const (
	maxNames  = 10
	maxLength = 100 // characters
)

// listSome lists the first names.
func listSome(names []string) string {
	var first []string
	for _, name := range names[:min(len(names), maxNames)] {
		first = append(first, failure.Shorten(name, maxLength))
	}
	return failure.List(first, len(names))
}

// Result codes of Workflow/Ticket (OAS, Core_WorkflowResult) that explain a refusal. Code 3, no
// such ticket, has errors of its own.
const (
	noPrivileges = 4
	badArguments = 5
	noObject     = 6
	noWorkflow   = 8
)

// unreadableError is for a ticket that the server refuses to show.
func unreadableError(guid string, err error) error {
	return refusal(Request{}, err, failure.Error{
		Attribute: failure.Object,
		Remedy:    "The server does not accept this GUID. Compare it with the GUID of the ticket.",
	}, fmt.Sprintf("workflow ticket %s could not be read: %v", guid, err))
}

// refusedError is for a decision that the server refused, or that was not sent.
func refusedError(request Request, err error) error {
	return refusal(request, err, badValue(request), fmt.Sprintf(
		"the decision %s on workflow ticket %s was not carried out: %v", request.Decision, request.GUID, err))
}

// refusals are the causes by code.
var refusals = map[int]failure.Error{
	noPrivileges: {Attribute: failure.Object, Remedy: "Only approvers of a ticket can decide it. Make the identity " +
		"of the provider an approver, or use the credentials of an approver."},
	noObject: {Code: failure.Obsolete, Attribute: failure.Object, Remedy: "The object that the ticket was blocking " +
		"no longer exists on the server. Delete the ticket."},
	noWorkflow: {Code: failure.Obsolete, Attribute: failure.Object, Remedy: "The workflow that created the ticket no " +
		"longer exists on the server. Delete the ticket, or create it again."},
}

// refusal explains an answer of the server by its code. BadValue is the attribute, with a remedy, if
// the server does not accept one of the values that were sent.
func refusal(request Request, err error, badValue failure.Error, message string) error {
	result := failure.Error{Attribute: failure.NoAttribute}
	answer, ok := errors.AsType[*client.Error](err)
	if ok && (answer.Reason == client.Refused || answer.Reason == client.Forbidden) {
		code := codeOf(answer)
		known, found := refusals[code]
		switch {
		case code == badArguments:
			result = badValue
		case code == noObject && request.ObjectDN != "":
			result = failure.Error{Attribute: failure.ObjectDN, Remedy: "The server has no object of that name. " +
				"Compare object_dn with the ticket, or remove it, because the decision does not need it."}
		case found:
			result = known
		default:
			result.Remedy = "Run again. If the error persists, check the log of the server."
		}
	}
	result.Code, result.Message, result.Cause = cmp.Or(result.Code, failure.Refused), message, err
	return &result
}

// codeOf is the code of a refusal, or the one that its HTTP status corresponds to.
func codeOf(answer *client.Error) int {
	switch {
	case answer.Code.Present:
		return answer.Code.Number
	case answer.Reason == client.Forbidden:
		return noPrivileges
	case answer.HTTPStatus >= 400:
		return badArguments
	default:
		return 0
	}
}

// badValue is for a value that the server does not accept. The server does not say which, but not every
// version of it documents all of them (OAS).
func badValue(r Request) failure.Error {
	at, cause := failure.Status, "They are the status, the times of the schedule and the explanation. The log of the "+
		"server may say more."
	var extras []string
	for _, extra := range []struct {
		attribute failure.Attribute
		sent      bool
	}{
		{failure.Approvers, len(r.Approvers) > 0},
		{failure.ObjectDN, r.ObjectDN != ""},
		{failure.Reason, r.Reason != ""},
		{failure.UserData, r.UserData != ""},
	} {
		if extra.sent {
			at, extras = extra.attribute, append(extras, string(extra.attribute))
		}
	}
	if len(extras) > 0 {
		cause = "Not every version of it documents " + strings.Join(extras, ", ") +
			". Remove what the decision does not need."
	}
	if len(extras) > 1 {
		at = failure.Status
	}
	return failure.Error{
		Attribute: at,
		Remedy:    "The server does not accept one of the values that were sent, and does not say which. " + cause,
	}
}
