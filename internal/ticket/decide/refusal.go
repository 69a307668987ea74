package decide

import (
	"errors"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Part is a part of an order, by its name in configurations. The empty one stands for
// no part: the configuration is not at fault.
type Part string

// The parts that a server may find fault with.
const (
	PartTicket    Part = "guid"
	PartStatus    Part = "status"
	PartApprovers Part = "approvers"
	PartObjectDN  Part = "object_dn"
	PartReason    Part = "reason"
	PartUserData  Part = "user_data"
)

// Result codes of Workflow/Ticket (OAS, Core_WorkflowResult). 3, no such ticket,
// is not here, since it has errors of its own; 0, 2 and 7 tell of no fault.
const (
	noPrivileges = 4
	badArguments = 5
	noObject     = 6
	noWorkflow   = 8
)

// UnreadableError says that the server refuses to show a ticket.
type UnreadableError struct {
	GUID string
	Err  error
}

func (e *UnreadableError) Error() string {
	return "workflow ticket " + e.GUID + " could not be read: " + e.Err.Error()
}

// Unwrap is the server's answer.
func (e *UnreadableError) Unwrap() error { return e.Err }

// Part is what the refusal is about.
func (e *UnreadableError) Part() Part { return e.fault().part }

// Advice goes by the server's code.
func (e *UnreadableError) Advice() string { return e.fault().advice }

func (e *UnreadableError) fault() fault { return faultOf(e.Err, Request{}, unreadableGUID) }

// IsObsolete says that a ticket leads to nothing, because its workflow or its object is gone.
func IsObsolete(err error) bool {
	if refused, ok := errors.AsType[*RefusedError](err); ok && refused.Part() == PartObjectDN {
		return false
	}
	answer, ok := errors.AsType[*client.Error](err)
	return ok && answer.Code.Family == client.FamilyWorkflow && answer.Code.Present &&
		(answer.Code.Number == noObject || answer.Code.Number == noWorkflow)
}

var unreadableGUID = fault{PartTicket, "The server does not accept this GUID as that of a ticket. Compare it with the GUID of the ticket."}

// fault is what a refusal is about, and what to do.
type fault struct {
	part   Part
	advice string
}

// faultOf sorts a refusal by its code; argument is the fault if it is one of the
// values that were sent.
func faultOf(err error, order Request, argument fault) fault {
	refused, ok := errors.AsType[*client.Error](err)
	if !ok || refused.Reason != client.Refused && refused.Reason != client.Forbidden {
		return fault{}
	}
	switch numberOf(refused) {
	case noPrivileges:
		return fault{PartTicket, "Only approvers of a ticket can decide it. Make the identity of the provider an approver, or log in as an approver."}
	case badArguments:
		return argument
	case noObject:
		return goneObject(order)
	case noWorkflow:
		return fault{PartTicket, "The workflow that created the ticket no longer exists on the server. Delete the ticket, or have it created again."}
	default:
		return fault{"", "The answer does not point to the configuration. Run again. If the error persists, see the log of the server."}
	}
}

// numberOf is the code of a refusal, or what its HTTP status means in its place.
func numberOf(refused *client.Error) int {
	switch {
	case refused.Code.Present:
		return refused.Code.Number
	case refused.Reason == client.Forbidden:
		return noPrivileges
	case refused.HTTPStatus >= 400:
		return badArguments
	default:
		return 0
	}
}

func goneObject(order Request) fault {
	if order.ObjectDN != "" {
		return fault{PartObjectDN, "The server has no object of that name. Compare object_dn with the ticket, or leave it out: the decision does not need it."}
	}
	return fault{PartTicket, "The object that the ticket was blocking no longer exists on the server, so there is nothing left to decide. Delete the ticket."}
}

// badValue is one of the values that were sent with a decision. The server does
// not say which, but not every version of it documents all of them (OAS).
func badValue(order Request) fault {
	const whole = "The server does not accept one of the values that were sent, and does not say which. "
	switch extras := order.extras(); len(extras) {
	case 0:
		return fault{PartStatus, whole + "They are the status, the times of the schedule and the explanation. The log of the server may say more."}
	case 1:
		return fault{extras[0], whole + "Not every version of it documents " + string(extras[0]) + ": leave it out, the decision does not need it."}
	default:
		return fault{PartStatus, whole + "Not every version of it documents " + join(extras) + ": leave them out, the decision does not need them."}
	}
}

// extras are the parts that were sent and that not every version of the server
// documents.
func (o Request) extras() []Part {
	given := map[Part]bool{
		PartApprovers: len(o.Approvers) > 0, PartObjectDN: o.ObjectDN != "", PartReason: o.Reason != "", PartUserData: o.UserData != "",
	}
	var sent []Part
	for _, part := range []Part{PartApprovers, PartObjectDN, PartReason, PartUserData} {
		if given[part] {
			sent = append(sent, part)
		}
	}
	return sent
}

func join(parts []Part) string {
	names := make([]string, 0, len(parts))
	for _, p := range parts {
		names = append(names, string(p))
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}
