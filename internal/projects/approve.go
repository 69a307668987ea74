package projects

import (
	"context"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
)

// DefaultComment goes with an approval for which the order has no comment: the
// server requires one (OAS).
const DefaultComment = "Approved by terraform-provider-codesign"

// awaitApproval waits for the approvers of the flow ticket, and is one of them
// where the order says so.
func (r *run) awaitApproval(ctx context.Context, step lifecycle.Transition) error {
	if !r.order.SelfApprove {
		r.Report("%s is waiting for its approvers", r.seen.Dn)
		return r.await(ctx, step, nil)
	}
	return r.await(ctx, step, r.approveOnce)
}

// approveOnce puts the caller's approval on the project's ticket, unless it is
// there. A ticket that can't be seen yet is looked for again by the next call.
func (r *run) approveOnce(ctx context.Context) error {
	if r.approved {
		return nil
	}
	ticket, err := findTicket(ctx, r.API, r.seen.Dn)
	if ticket == nil && err == nil {
		r.refreshOnce(ctx)
	}
	if ticket == nil || err != nil || ticket.Id == r.dead {
		return err
	}
	if r.approvedBefore(ctx, ticket) {
		r.approved = true
		return nil
	}
	r.Report("approving flow ticket %d of %s", ticket.Id, r.seen.Dn)
	return r.approve(ctx, ticket)
}

// refreshOnce makes the server look up the caller's rights anew: a session that
// is older than a ticket may not see it before (DOC, of workflow tickets). That
// it may not be asked for, is no reason to stop.
func (r *run) refreshOnce(ctx context.Context) {
	if !r.refreshed {
		r.refreshed = true
		_ = r.API.RefreshPermissions(ctx)
	}
}

func (r *run) approve(ctx context.Context, ticket *api.FlowTicket) error {
	const attempts = 2
	comment := r.order.Comment
	if comment == "" {
		comment = DefaultComment
	}
	r.sent = true
	r.tried++
	err := r.API.ApproveFlowTicket(ctx, ticket.Id, comment)
	switch {
	case err == nil:
		r.approved = true
		return nil
	case r.decidedMeanwhile(ctx):
		return nil
	case api.IsNotFound(err):
		r.dead = ticket.Id
		return nil
	case api.IsUnclear(err) && r.tried < attempts:
		r.lastErr = err
		return nil // the next look at the ticket tells whether the approval is on it
	default:
		return &ApprovalError{Ticket: ticket.Id, Dn: r.seen.Dn, Err: err}
	}
}

// decidedMeanwhile looks whether the project has left Pending, for instance
// because two runs approved the same ticket and the other was faster.
func (r *run) decidedMeanwhile(ctx context.Context) bool {
	detached, cancel := context.WithTimeout(context.WithoutCancel(ctx), r.Grace)
	defer cancel()
	p, err := Look(detached, r.API, RefOf(r.seen))
	if err != nil {
		return false
	}
	r.seen = p
	return p.Status != lifecycle.Pending
}

// approvedBefore tells whether one of the approvals on the ticket is the
// caller's. Who the caller is, is only asked when there is an approval.
func (r *run) approvedBefore(ctx context.Context, ticket *api.FlowTicket) bool {
	if len(ticket.Approvals) == 0 {
		return false
	}
	self := r.API.SelfUniversals(ctx)
	if len(self) == 0 { // then an approval sent before, whose answer was lost, counts as one of these
		return r.tried > 0
	}
	return slices.ContainsFunc(ticket.Approvals, func(a api.FlowApproval) bool {
		return a.Universal == self[0]
	})
}

// findTicket finds the pending flow ticket of a project among those that the
// caller may see, nil if there is none (yet). The product code of project flows
// is not published: it is looked for among the code-signing tickets first, then
// among all.
func findTicket(ctx context.Context, client API, projectDn string) (*api.FlowTicket, error) {
	const everyProduct = 0
	for _, product := range []int64{api.ProductCodeSigning, everyProduct} {
		tickets, err := client.FlowTickets(ctx, product)
		if err != nil {
			return nil, err
		}
		if ticket, err := chooseTicket(tickets, projectDn); ticket != nil || err != nil {
			return ticket, err
		}
	}
	return nil, nil
}

// chooseTicket refuses to choose between several tickets: one could be the
// project's deletion. A key-use ticket lets somebody sign and never counts.
func chooseTicket(tickets []api.FlowTicket, projectDn string) (*api.FlowTicket, error) {
	var found []api.FlowTicket
	for _, t := range tickets {
		if sameDn(t.ObjectDn(), projectDn) && t.ProductCode != api.ProductCodeKeyUse && t.RejectionStatus == 0 {
			found = append(found, t)
		}
	}
	switch len(found) {
	case 0:
		return nil, nil
	case 1:
		return &found[0], nil
	default:
		return nil, &AmbiguousTicketError{Dn: projectDn, Tickets: ids(found)}
	}
}

func ids(tickets []api.FlowTicket) []int64 {
	list := make([]int64, 0, len(tickets))
	for _, t := range tickets {
		list = append(list, t.Id)
	}
	return list
}
