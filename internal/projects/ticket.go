package projects

import (
	"context"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
)

// submission is what is known of a project's submission, by which its flow ticket
// is told from others on the same DN.
type submission struct {
	dn    string
	since time.Time // when the project was submitted last; zero where the server does not tell
	not   []int64   // tickets that were there before
}

// clocks is how far the times that one server writes may be apart.
const clocks = time.Minute

// findTicket finds the pending flow ticket of a submission among those that the
// caller may see, nil if there is none (yet). It refuses to choose between
// several: one could be the project's deletion.
func findTicket(ctx context.Context, client API, of submission) (*api.FlowTicket, error) {
	for _, product := range products {
		tickets, err := client.FlowTickets(ctx, product)
		if err != nil {
			return nil, err
		}
		switch found := slices.DeleteFunc(tickets, of.excludes); len(found) {
		case 0:
		case 1:
			return &found[0], nil
		default:
			return nil, &AmbiguousTicketError{Dn: of.dn, Tickets: ids(found)}
		}
	}
	return nil, nil
}

// products is where tickets are looked for: the product code of project flows is
// not published, so first among those of code signing, then among all.
var products = []int64{api.ProductCodeSigning, 0}

// earlierTickets are the pending tickets of a project that is about to be
// submitted: none of them is the submission's. Those that can't be seen can't be
// mistaken for it either, so an error is no reason to stop.
func earlierTickets(ctx context.Context, client API, dn string) []int64 {
	var seen []int64
	for _, product := range products {
		tickets, err := client.FlowTickets(ctx, product)
		if err == nil {
			seen = append(seen, ids(slices.DeleteFunc(tickets, submission{dn: dn}.excludes))...)
		}
	}
	slices.Sort(seen)
	return slices.Compact(seen)
}

// excludes is true for what can't be the ticket of the submission. A key-use
// ticket lets somebody sign and never counts.
func (s submission) excludes(t api.FlowTicket) bool {
	return !sameDn(t.ObjectDn(), s.dn) || t.ProductCode == api.ProductCodeKeyUse || t.RejectionStatus != 0 ||
		slices.Contains(s.not, t.Id) || s.isYoungerThan(t)
}

func (s submission) isYoungerThan(t api.FlowTicket) bool {
	return !s.since.IsZero() && !t.CreationTime.IsZero() && t.CreationTime.Add(clocks).Before(s.since)
}

func ids(tickets []api.FlowTicket) []int64 {
	list := make([]int64, 0, len(tickets))
	for _, t := range tickets {
		list = append(list, t.Id)
	}
	return list
}
