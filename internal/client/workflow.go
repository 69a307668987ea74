package client

import (
	"context"
	"errors"
	"net/http"
	"strings"
)

// workflowAnswer is the common object of all Workflow/Ticket answers (OAS); unused members are
// absent or null.
type workflowAnswer struct {
	Result                                            flexInt
	Error, GUID, Status                               flexString
	GUIDs                                             items[flexString]
	ScheduledStart, ScheduledStop                     flexTime
	Approvers                                         items[trustee]
	Blocking, IssuedDueTo                             flexString
	ApprovalFrom, ApprovalReason, ApprovalExplanation flexString
	Created, Updated                                  flexTime
}

func (a *workflowAnswer) bodyResult() bodyResult {
	return resultOfCode(FamilyWorkflow, a.Result, a.Error)
}

type ticketRef struct{ GUID string }

// ticket writes a GUID as the documentation does, without braces.
func ticket(guid string) ticketRef { return ticketRef{strings.Trim(guid, "{} ")} }

// TicketDetails reads a ticket, and its status separately if Details lacks it.
func (c *Client) TicketDetails(ctx context.Context, guid string) (*WorkflowTicket, error) {
	var a workflowAnswer
	if err := c.call(ctx, opTicketDetails, ticket(guid), &a); err != nil {
		return nil, err
	}
	if a.Status == "" {
		status, err := c.TicketStatus(ctx, guid)
		if err != nil {
			return nil, err
		}
		a.Status = flexString(status)
	}
	return &WorkflowTicket{
		GUID: ticket(guid).GUID, Status: string(a.Status),
		ScheduledStart: a.ScheduledStart.Time, ScheduledStop: a.ScheduledStop.Time,
		ScheduleNoZone: a.ScheduledStart.noZone || a.ScheduledStop.noZone,
		Approvers:      texts(a.Approvers), Blocking: string(a.Blocking), IssuedDueTo: string(a.IssuedDueTo),
		ApprovalFrom: string(a.ApprovalFrom), ApprovalReason: string(a.ApprovalReason),
		ApprovalExplanation: string(a.ApprovalExplanation), Created: a.Created.Time, Updated: a.Updated.Time,
	}, nil
}

// TicketStatus returns the status; servers may return plain Approved for a scheduled approval.
func (c *Client) TicketStatus(ctx context.Context, guid string) (string, error) {
	var a workflowAnswer
	r, err := c.ask(ctx, opTicketStatus, ticket(guid), &a)
	return requiredMember(r, a.Status, "Status", err)
}

// TicketExists is false only if the server reports that there is no such ticket.
func (c *Client) TicketExists(ctx context.Context, guid string) (bool, error) {
	err := c.call(ctx, opTicketExists, ticket(guid), &workflowAnswer{})
	if IsNotFound(err) {
		return false, nil
	}
	return err == nil, err
}

// TicketEnumerate lists the GUIDs of the tickets of an object, or with the user data; empty
// arguments are left out.
func (c *Client) TicketEnumerate(ctx context.Context, objectDN, userData string) ([]string, error) {
	in := struct {
		ObjectDN string `json:",omitempty"`
		UserData string `json:",omitempty"`
	}{objectDN, userData}
	var a workflowAnswer
	if err := c.call(ctx, opTicketEnumerate, in, &a); err != nil {
		return nil, err
	}
	out := texts(a.GUIDs)
	for i := range out {
		out[i] = ticket(out[i]).GUID
	}
	return out, nil
}

// UpdateTicketStatus decides a ticket. The server accepts invalid schedules: check them before.
//
// The spelling of approvers is uncertain: the vendor's client sends strings, its documentation
// shows identities. Strings are sent first. A server that refuses them as bad arguments has done
// nothing, and is sent identities.
func (c *Client) UpdateTicketStatus(ctx context.Context, d TicketDecision) error {
	w := wireDecision{
		GUID: ticket(d.GUID).GUID, Status: d.Decision.Status, Explanation: d.Explanation,
		ScheduledStart: wireTime(d.Decision.Start), ScheduledStop: wireTime(d.Decision.Stop),
		ObjectDN: d.ObjectDN, Reason: d.Reason, UserData: d.UserData,
	}
	if len(d.Approvers) > 0 {
		w.Approvers = d.Approvers
	}
	err := c.call(ctx, opTicketUpdateStatus, w, &workflowAnswer{})
	if len(d.Approvers) == 0 || !isBadArguments(err) {
		return err
	}
	identities := make([]wireIdentityRef, 0, len(d.Approvers))
	for _, a := range d.Approvers {
		identities = append(identities, wireIdentityRef{PrefixedUniversal: a})
	}
	w.Approvers = identities
	return c.call(ctx, opTicketUpdateStatus, w, &workflowAnswer{})
}

// isBadArguments reports whether the server understood the call but not its arguments.
func isBadArguments(err error) bool {
	const badArguments = 5
	e, is := errors.AsType[*Error](err)
	return is && e.Delivery == Answered && e.Reason == Refused &&
		(e.HTTPStatus == http.StatusBadRequest || e.Code.Present && e.Code.Number == badArguments)
}

type wireDecision struct {
	GUID, Status   string
	Explanation    string `json:",omitempty"`
	ScheduledStart string `json:",omitempty"`
	ScheduledStop  string `json:",omitempty"`
	Approvers      any    `json:",omitempty"`
	ObjectDN       string `json:",omitempty"`
	Reason         string `json:",omitempty"`
	UserData       string `json:",omitempty"`
}
