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
	dn  string
	own bool    // it was made in this run, before which there were only
	not []int64 // these tickets
	// since is when the project was submitted last, and counts for the submissions of
	// others; zero where the server does not tell.
	since time.Time
}

const (
	// clocks is how far the clocks behind two times of one server may be apart.
	clocks = time.Minute
	// zones is how far such times may be apart because one of them has no zone and
	// was written in a local one.
	zones = 15 * time.Hour
)

// findTicket finds the pending flow ticket of a submission among those that the
// caller may see, nil if there is none (yet). It refuses to choose between
// several: one could be the project's deletion.
func findTicket(ctx context.Context, client API, of submission) (*api.FlowTicket, error) {
	for _, product := range products {
		tickets, err := client.FlowTickets(ctx, product)
		if err != nil {
			return nil, err
		}
		switch found := of.fresh(slices.DeleteFunc(tickets, of.excludes)); len(found) {
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
// submitted: none of them is the submission's. Complete is false where they could
// not all be listed.
func earlierTickets(ctx context.Context, client API, dn string) (seen []int64, complete bool) {
	complete = true
	for _, product := range products {
		tickets, err := client.FlowTickets(ctx, product)
		complete = complete && err == nil
		seen = append(seen, ids(slices.DeleteFunc(tickets, submission{dn: dn}.excludes))...)
	}
	slices.Sort(seen)
	return slices.Compact(seen), complete
}

// excludes is true for what can't be the ticket of the submission. A key-use
// ticket lets somebody sign and never counts.
func (s submission) excludes(t api.FlowTicket) bool {
	return !sameDn(t.ObjectDn(), s.dn) || t.ProductCode == api.ProductCodeKeyUse || t.RejectionStatus != 0 ||
		slices.Contains(s.not, t.Id) || s.isAfter(t, zones)
}

// fresh leaves out, where there is a choice, what seems to be older than the
// submission.
func (s submission) fresh(found []api.FlowTicket) []api.FlowTicket {
	stale := func(t api.FlowTicket) bool { return s.isAfter(t, clocks) }
	if len(found) < 2 || !slices.ContainsFunc(found, func(t api.FlowTicket) bool { return !stale(t) }) {
		return found
	}
	return slices.DeleteFunc(found, stale)
}

// isAfter is true if the ticket is older than the submission by more than that.
// Of one's own submission more is known than times.
func (s submission) isAfter(t api.FlowTicket, by time.Duration) bool {
	return !s.own && !s.since.IsZero() && !t.CreationTime.IsZero() && t.CreationTime.Add(by).Before(s.since)
}

func ids(tickets []api.FlowTicket) []int64 {
	list := make([]int64, 0, len(tickets))
	for _, t := range tickets {
		list = append(list, t.Id)
	}
	return list
}
