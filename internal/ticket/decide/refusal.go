package decide

import (
	"errors"
	"fmt"
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
	return refusal{
		request: Request{GUID: guid}, err: err,
		message:   fmt.Sprintf("workflow ticket %s could not be read: %v", guid, err),
		attribute: failure.Object, remedy: "The server does not accept this GUID. Compare it with the GUID of the " +
			"ticket.",
	}.error()
}

// refusedError is for a decision that the server refused, or that was not sent.
func refusedError(request Request, err error) error {
	attribute, remedy := badValue(request)
	return refusal{
		request: request, err: err,
		message: fmt.Sprintf("the decision %s on workflow ticket %s was not carried out: %v", request.Decision,
			request.GUID, err),
		attribute: attribute, remedy: remedy,
	}.error()
}

// refusal explains an answer of the server by its code.
type refusal struct {
	request Request
	message string
	err     error
	// attribute and remedy apply if the server does not accept one of the values that were sent.
	attribute failure.Attribute
	remedy    string
}

func (r refusal) error() error {
	result := &failure.Error{
		Code: failure.Refused, Attribute: failure.NoAttribute, Message: r.message, Cause: r.err,
	}
	answer, ok := errors.AsType[*client.Error](r.err)
	if !ok || answer.Reason != client.Refused && answer.Reason != client.Forbidden {
		return result
	}
	switch code := codeOf(answer); {
	case code == noPrivileges:
		result.Attribute = failure.Object
		result.Remedy = "Only approvers of a ticket can decide it. Make the identity of the provider an approver, or " +
			"use the credentials of an approver."
	case code == badArguments:
		result.Attribute, result.Remedy = r.attribute, r.remedy
	case code == noObject && r.request.ObjectDN != "":
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

// badValue is the attribute of a value that the server does not accept. The server does not say
// which, but not every version of it documents all of them (OAS).
func badValue(request Request) (failure.Attribute, string) {
	const text = "The server does not accept one of the values that were sent, and does not say which. "
	switch extras := request.extras(); len(extras) {
	case 0:
		return failure.Status, text + "They are the status, the times of the schedule and the explanation. The log " +
			"of the server may say more."
	case 1:
		return extras[0], text + "Not every version of it documents " + string(extras[0]) +
			". Remove it, because the decision does not need it."
	default:
		return failure.Status, text + "Not every version of it documents " + join(extras) +
			". Remove them, because the decision does not need them."
	}
}

// extras are the values in the request that not every version of the server documents.
func (r Request) extras() []failure.Attribute {
	var sent []failure.Attribute
	for _, extra := range []struct {
		attribute failure.Attribute
		given     bool
	}{
		{failure.Approvers, len(r.Approvers) > 0},
		{failure.ObjectDN, r.ObjectDN != ""},
		{failure.Reason, r.Reason != ""},
		{failure.UserData, r.UserData != ""},
	} {
		if extra.given {
			sent = append(sent, extra.attribute)
		}
	}
	return sent
}

func join(attributes []failure.Attribute) string {
	names := make([]string, 0, len(attributes))
	for _, a := range attributes {
		names = append(names, string(a))
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
