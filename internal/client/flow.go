package client

import (
	"context"
	"encoding/json"
)

const (
	flowPageSize = 100
	flowMaxPages = 1000
)

type flowPage struct{ ProductCode, TicketPageSize, TicketPageNumber int64 }

// FlowTickets lists the pending tickets that the caller may decide, on all pages. A server that
// ignores paging repeats the first page.
func (c *Client) FlowTickets(ctx context.Context, productCode int64) ([]FlowTicket, error) {
	var all []FlowTicket
	known := map[int64]bool{}
	for page := range int64(flowMaxPages) {
		var a flowListAnswer
		if err := c.call(ctx, opFlowEnumerate, flowPage{productCode, flowPageSize, page}, &a); err != nil {
			return nil, err
		}
		before := len(all)
		for i := range a.Tickets.list {
			if t := a.Tickets.list[i].ticket(); t.ID != 0 && !known[t.ID] {
				known[t.ID] = true
				all = append(all, t)
			}
		}
		if len(all) == before || len(a.Tickets.list) < flowPageSize {
			break
		}
	}
	return all, nil
}

// ApproveFlowTicket gives the caller's approval, which may not be the last one. Comment is always
// sent: OAS requires it.
func (c *Client) ApproveFlowTicket(ctx context.Context, id int64, comment string) error {
	return c.decideFlowTicket(ctx, opFlowApprove, flowDecision{TicketID: id, Comment: comment})
}

// RejectFlowTicket rejects for good, or (level 1) so that the object can be corrected and submitted
// again.
func (c *Client) RejectFlowTicket(ctx context.Context, id int64, comment string, final bool) error {
	in := flowDecision{TicketID: id, Comment: comment, RejectionLevel: 1}
	if final {
		in.RejectionLevel = 2
	}
	return c.decideFlowTicket(ctx, opFlowReject, in)
}

type flowDecision struct {
	TicketID       int64 `json:"TicketId"`
	Comment        string
	RejectionLevel int `json:",omitempty"`
}

func (c *Client) decideFlowTicket(ctx context.Context, op operation, in flowDecision) error {
	defer c.coalescer.writing(ProjectRef{})()
	return c.call(ctx, op, in, &flowAnswer{})
}

// flowAnswer is the answer of every Flow/Tickets call. Success is 0, so the other members show
// whether Result is absent.
type flowAnswer struct {
	Result           flexInt
	Message          *flexString
	Error            flexString
	Tickets          flowList
	Ticket           *wireFlowTicket
	InvalidTicketIDs items[flexInt]
}

func (a *flowAnswer) bodyResult() bodyResult {
	f := failedResult(codeOf(FamilyFlow, a.Result), a.text())
	switch {
	case len(a.InvalidTicketIDs) > 0 && a.Result.n == 0:
		f.reason, f.message = Refused, "the server lists the ticket under InvalidTicketIds"
	case a.Result.set:
		f.ok = a.Result.n == 0
	case a.Tickets.list != nil, a.Ticket != nil:
		f.ok = true
	case f.message == "" && a.Message != nil:
		f.ok = true
	case f.message == "":
		f.reason, f.message = EmptyAnswer, noResult
	default:
		f.reason = BadAnswer // a message without a result can mean either
	}
	return f
}

func (a *flowAnswer) text() flexString {
	if a.Message != nil && *a.Message != "" {
		return *a.Message
	}
	return a.Error
}

// flowListAnswer is the answer of Enumerate. It has a list, or null if nothing is pending, with or
// without a Result (OAS).
type flowListAnswer struct{ flowAnswer }

type flowList struct {
	list  items[wireFlowTicket]
	there bool
}

func (l *flowList) UnmarshalJSON(data []byte) error {
	l.there = true
	return l.list.UnmarshalJSON(data)
}

func (a *flowListAnswer) bodyResult() bodyResult {
	f := a.flowAnswer.bodyResult()
	if f.reason == EmptyAnswer && a.Tickets.there {
		return bodyResult{ok: true}
	}
	return f
}

type wireFlowTicket struct {
	ID, ProductCode, RequiredApprovals, RejectionStatus flexInt
	CreationTime                                        flexTime
	Approvers                                           items[trustee]
	Approvals                                           items[struct{ Universal trustee }]
	Environment                                         environment
}

// environment accepts a map (OAS) and a list of Key and Value (DOC, vendor's Python client).
type environment map[string]string

func (e *environment) UnmarshalJSON(data []byte) error {
	*e = nil
	switch data[0] {
	case '{':
		var m map[string]flexString
		err := json.Unmarshal(data, &m)
		*e = make(environment, len(m))
		for key, value := range m {
			(*e)[key] = string(value)
		}
		return err
	case '[':
		var pairs []struct{ Key, Value flexString }
		err := json.Unmarshal(data, &pairs)
		*e = make(environment, len(pairs))
		for _, pair := range pairs {
			(*e)[string(pair.Key)] = string(pair.Value)
		}
		return err
	}
	return nil
}

func (w *wireFlowTicket) ticket() FlowTicket {
	t := FlowTicket{
		ID: w.ID.n, ProductCode: w.ProductCode.n, RequiredApprovals: int(w.RequiredApprovals.n),
		CreationTime: w.CreationTime.Time, CreationNoZone: w.CreationTime.noZone,
		Approvers: texts(w.Approvers), Environment: w.Environment, RejectionStatus: int(w.RejectionStatus.n),
	}
	for _, a := range w.Approvals {
		t.Approvals = append(t.Approvals, string(a.Universal))
	}
	return t
}
