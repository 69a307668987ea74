package projects

import (
	"context"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
)

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
