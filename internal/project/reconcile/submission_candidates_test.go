package reconcile_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// listing is the real client with lists of flow tickets of its own.
type listing struct {
	reconcile.API
	list func(product int64, seen []client.FlowTicket) ([]client.FlowTicket, error)
}

func (l *listing) FlowTickets(ctx context.Context, product int64) ([]client.FlowTicket, error) {
	tickets, err := l.API.FlowTickets(ctx, product)
	if err != nil {
		return nil, err
	}
	return l.list(product, tickets)
}

// lists replaces what the driver sees of flow tickets.
func (b *fixture) lists(list func(product int64, seen []client.FlowTicket) ([]client.FlowTicket, error)) {
	b.driver.API = &listing{b.driver.API, list}
}

func about(id int64, dn string) client.FlowTicket {
	return client.FlowTicket{ID: id, RequiredApprovals: 1, Environment: map[string]string{"ObjectDn": dn}}
}

func TestReview_CandidatesByName(t *testing.T) {
	upper, lower := strings.ToUpper(payments), strings.ToLower(payments)
	for name, c := range map[string]struct {
		tickets   []client.FlowTicket
		want      int64
		ambiguous []int64
		names     []string
	}{
		"exact":                    {tickets: []client.FlowTicket{about(5, payments)}, want: 5},
		"another spelling":         {tickets: []client.FlowTicket{about(5, upper)}, want: 5},
		"exact wins, listed first": {tickets: []client.FlowTicket{about(5, payments), about(6, upper)}, want: 5},
		"exact wins, listed last": {tickets: []client.FlowTicket{
			about(6, upper), about(7, lower),
			about(5, payments),
		}, want: 5},
		"two other spellings": {
			tickets:   []client.FlowTicket{about(6, upper), about(7, lower)},
			ambiguous: []int64{6, 7}, names: []string{"spell the DN as " + upper + " and " + lower},
		},
		"two of one other spelling": {
			tickets:   []client.FlowTicket{about(6, upper), about(7, upper)},
			ambiguous: []int64{6, 7},
		},
		"two exact": {
			tickets:   []client.FlowTicket{about(6, payments), about(7, payments)},
			ambiguous: []int64{6, 7},
		},
		"an invisible character": {tickets: []client.FlowTicket{about(6, payments+"\u200f")}},
		"long s":                 {tickets: []client.FlowTicket{about(6, strings.Replace(payments, "s", "ſ", 1))}},
		"a longer name":          {tickets: []client.FlowTicket{about(6, payments+" 2")}},
		"a name in it":           {tickets: []client.FlowTicket{about(6, payments+`\Production`)}},
		"no name":                {tickets: []client.FlowTicket{{ID: 6}}},
		"rejected, to be retried": {tickets: []client.FlowTicket{{
			ID: 6, RejectionStatus: 1,
			Environment: about(6, payments).Environment,
		}}},
		"rejected beside another": {tickets: []client.FlowTicket{{
			ID: 6, RejectionStatus: 2,
			Environment: about(6, payments).Environment,
		}, about(5, payments)}, want: 5},
		"the use of a key": {tickets: []client.FlowTicket{{
			ID: 6, ProductCode: client.ProductCodeKeyUse,
			Environment: about(6, payments).Environment,
		}}},
		"the use of a key beside another": {tickets: []client.FlowTicket{{
			ID: 6, ProductCode: client.ProductCodeKeyUse,
			Environment: about(6, payments).Environment,
		}, about(5, payments)}, want: 5},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
				b.lists(func(int64, []client.FlowTicket) ([]client.FlowTicket, error) {
					return slices.Clone(c.tickets), nil
				})
				review, err := b.driver.Review(b.within(time.Minute), client.ByDN(payments), reconcile.Approval{})
				if len(c.ambiguous) > 0 {
					b.fails(err, failure.Ambiguous, append(c.names, fmt.Sprint(c.ambiguous))...)
					return
				}
				if err != nil || review.Submission.Ticket != c.want {
					b.Errorf("got %+v, %v", review, err)
				}
			})
		})
	}
}

// The list of all products can hold the exact spelling that the list of code signing lacks.
func TestReview_ExactNameInTheOtherList(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.lists(func(product int64, _ []client.FlowTicket) ([]client.FlowTicket, error) {
			if product == client.ProductCodeSigning {
				return []client.FlowTicket{about(6, strings.ToUpper(payments))}, nil
			}
			return []client.FlowTicket{about(6, strings.ToUpper(payments)), about(5, payments)}, nil
		})
		if got := b.review().Submission.Ticket; got != 5 {
			b.Errorf("got ticket %d", got)
		}
	})
}

// A deletion of the project has a ticket, and the list of tickets before the submission fails: no
// time shows that the ticket is not the submission's, so it is left alone.
func TestReconcile_IncompleteListBeforeSubmission(t *testing.T) {
	for name, c := range map[string]struct {
		fails    func(product int64) bool
		created  func() time.Time
		approved int
	}{
		"both lists fail, no time": {func(int64) bool { return true }, func() time.Time { return time.Time{} }, 0},
		"the list of all fails, no time": {
			func(p int64) bool { return p == 0 }, func() time.Time { return time.Time{} },
			0,
		},
		"older than the submission": {
			func(int64) bool { return true },
			func() time.Time { return time.Now().Add(-time.Minute) }, 0,
		},
		"raised with the submission": {func(int64) bool { return true }, time.Now, 1},
		"complete, whatever the times say": {func(int64) bool {
			return false
		}, func() time.Time { return time.Time{} }, 1},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
				created := c.created()
				b.lists(func(product int64, seen []client.FlowTicket) ([]client.FlowTicket, error) {
					if b.server.Count(update) == 0 && c.fails(product) {
						return nil, &client.Error{Reason: client.Unavailable}
					}
					for i := range seen {
						seen[i].CreationTime, seen[i].CreationNoZone = created, false
					}
					return seen, nil
				})
				_, _ = b.drive(b.within(time.Minute), selfApproved)
				if n := b.server.Count(approve); n != c.approved {
					b.Errorf("%d approvals were sent, want %d", n, c.approved)
				}
			})
		})
	}
}

// Tickets from before the submission are in either list.
func TestReconcile_TicketsBeforeSubmissionOfEitherList(t *testing.T) {
	for _, only := range []int64{client.ProductCodeSigning, 0} {
		inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
			b.lists(func(product int64, seen []client.FlowTicket) ([]client.FlowTicket, error) {
				if product == only {
					return append(seen, about(foreign, payments)), nil
				}
				return seen, nil
			})
			b.reaches(lifecycle.Enabled, selfApproved)
			for _, r := range b.server.Requests() {
				if r.Path == approve && strings.Contains(r.Body, fmt.Sprint(foreign)) {
					b.Errorf("a ticket from before the submission was approved: %s", r.Body)
				}
			}
		})
	}
}

// Another person's approval is not the caller's.
func TestDecide_ApprovalOfAnotherPerson(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{RequiredApprovals: 3}, func(b *fixture) {
		if err := b.server.ApproveFlow(payments, "ada"); err != nil {
			b.Fatal(err)
		}
		if decided := b.decides(reconcile.Approval{}, lifecycle.Pending); !decided.Sent {
			b.Error("the approval was not sent")
		}
		if tickets := b.server.FlowTickets(payments); len(tickets[0].Approvals) != 2 {
			b.Errorf("approvals: %+v", tickets[0].Approvals)
		}
	})
}

// nameless is a caller without names.
type nameless struct{ reconcile.API }

func (nameless) SelfNames(context.Context) []string { return nil }

func TestDecide_CallerWithoutNames(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{RequiredApprovals: 3}, func(b *fixture) {
		b.driver.API = nameless{b.driver.API}
		_ = b.server.ApproveFlow(payments, "ada")
		b.inject(approve, simulator.ResetAfterCommit, 1)
		if decided := b.decides(reconcile.Approval{}, lifecycle.Pending); !decided.Sent ||
			b.server.Count(approve) != 1 {
			b.Errorf("%d approvals were sent", b.server.Count(approve))
		}
	})
}

// Two resources name one project by its DN and by its number, and know no GUID.
func TestReconcile_NamesOfOneProjectAreSerialized(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{StatusLag: 1200}, func(b *fixture) {
		p := b.server.Projects()[0]
		var all sync.WaitGroup
		for _, ref := range []client.ProjectRef{
			client.ByDN(payments), client.ByDN(strings.ToLower(payments)),
			client.ByGUID(p.GUID), client.ByID(p.ID),
		} {
			all.Go(func() {
				if _, err := b.driver.Reconcile(b.within(5*time.Minute), ref, selfApproved); err != nil {
					b.Errorf("%s: %v", ref, err)
				}
			})
		}
		all.Wait()
		b.once(simulator.EventSubmitted, simulator.EventFlowApproved)
		if n := b.server.Count(update); n != 1 {
			b.Errorf("submitted %d times", n)
		}
	})
}
