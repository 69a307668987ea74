package decide

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

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

// refusal explains an answer of the server by its code. BadValue is the attribute, with a remedy, if
// the server does not accept one of the values that were sent.
func refusal(request Request, err error, badValue failure.Error, message string) error {
	result := &failure.Error{Code: failure.Refused, Attribute: failure.NoAttribute, Message: message, Cause: err}
	answer, ok := errors.AsType[*client.Error](err)
	if !ok || answer.Reason != client.Refused && answer.Reason != client.Forbidden {
		return result
	}
	switch code := codeOf(answer); {
	case code == noPrivileges:
		result.Attribute = failure.Object
		result.Remedy = "Only approvers of a ticket can decide it. Make the identity of the provider an approver, or " +
			"use the credentials of an approver."
	case code == badArguments:
		result.Attribute, result.Remedy = badValue.Attribute, badValue.Remedy
	case code == noObject && request.ObjectDN != "":
		result.Attribute = failure.ObjectDN
		result.Remedy = "The server has no object of that name. Compare object_dn with the ticket, or remove it, " +
			"because the decision does not need it."
	case code == noObject:
		result.Code, result.Attribute = failure.Obsolete, failure.Object
		result.Remedy = "The object that the ticket was blocking no longer exists on the server. Delete the ticket."
	case code == noWorkflow:
		result.Code, result.Attribute = failure.Obsolete, failure.Object
		result.Remedy = "The workflow that created the ticket no longer exists on the server. Delete the ticket, or " +
			"create it again."
	default:
		result.Remedy = "Run again. If the error persists, check the log of the server."
	}
	return result
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
	var extras []string
	for attribute, given := range map[failure.Attribute]bool{
		failure.Approvers: len(r.Approvers) > 0, failure.ObjectDN: r.ObjectDN != "", failure.Reason: r.Reason != "",
		failure.UserData: r.UserData != "",
	} {
		if given {
			extras = append(extras, string(attribute))
		}
	}
	slices.Sort(extras)
	at, cause := failure.Status, "They are the status, the times of the schedule and the explanation. The log of the "+
		"server may say more."
	switch last := len(extras) - 1; {
	case last == 0:
		at = failure.Attribute(extras[0])
		cause = "Not every version of it documents " + extras[0] + ". Remove it, because the decision does not need it."
	case last > 0:
		cause = "Not every version of it documents " + strings.Join(extras[:last], ", ") + " and " + extras[last] +
			". Remove them, because the decision does not need them."
	}
	return failure.Error{
		Attribute: at,
		Remedy:    "The server does not accept one of the values that were sent, and does not say which. " + cause,
	}
}
