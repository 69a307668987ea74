package client

import (
	"context"
	"slices"
)

const (
	flowPageSize = 100
	flowMaxPages = 1000
)

type flowPage struct{ ProductCode, TicketPageSize, TicketPageNumber int64 }

// FlowTickets lists the pending tickets the caller may decide, all pages of them. A server that ignores paging repeats itself.
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

// FlowTicket loads one ticket; servers answer it as Ticket (OAS) or as the only one of Tickets (vendor's Python client).
func (c *Client) FlowTicket(ctx context.Context, id int64) (*FlowTicket, error) {
	var a flowAnswer
	r, err := c.ask(ctx, opFlowLoad, struct {
		TicketID int64 `json:"TicketId"`
	}{id}, &a)
	if err != nil {
		return nil, err
	}
	if a.Ticket == nil {
		i := slices.IndexFunc(a.Tickets, func(t wireFlowTicket) bool { return t.ID.n == id })
		if i < 0 {
			return nil, r.empty("no ticket in the answer")
		}
		a.Ticket = &a.Tickets[i]
	}
	t := a.Ticket.ticket()
	return &t, nil
}

// ApproveFlowTicket gives the caller's approval, which need not be the last one. Comment is always sent: OAS requires it.
func (c *Client) ApproveFlowTicket(ctx context.Context, id int64, comment string) error {
	in := struct {
		TicketID int64 `json:"TicketId"`
		Comment  string
	}{id, comment}
	defer c.coalescer.writing(ProjectRef{})()
	return c.call(ctx, opFlowApprove, in, &flowAnswer{})
}

// RejectFlowTicket rejects, finally or (level 1) so that the object can be mended and submitted again.
func (c *Client) RejectFlowTicket(ctx context.Context, id int64, comment string, final bool) error {
	in := struct {
		TicketID       int64 `json:"TicketId"`
		Comment        string
		RejectionLevel int
	}{id, comment, 1}
	if final {
		in.RejectionLevel = 2
	}
	defer c.coalescer.writing(ProjectRef{})()
	return c.call(ctx, opFlowReject, in, &flowAnswer{})
}
