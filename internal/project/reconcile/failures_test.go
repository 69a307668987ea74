package reconcile_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// projects is a server that lists projects, then answers with an error.
type projects struct {
	reconcile.API
	list []*client.Project
	err  error
	seen client.ProjectFilter
}

func (p *projects) EnumerateProjects(_ context.Context, f client.ProjectFilter,
	each func(*client.Project) error,
) error {
	p.seen = f
	for _, one := range p.list {
		if err := each(one); err != nil {
			return err
		}
	}
	return p.err
}

func TestList(t *testing.T) {
	api := &projects{list: []*client.Project{
		{DN: "c", Status: lifecycle.Enabled}, {DN: "a", Status: lifecycle.Draft}, {DN: "b", Status: lifecycle.Enabled},
	}}
	for want, statuses := range map[string][]string{
		"a b c": nil, "b c": {"Enabled"}, "a": {"Draft", "Pending"},
		"": {"Pending"},
	} {
		found, err := reconcile.List(t.Context(), api, reconcile.Query{Filter: "x", Rights: 6, Statuses: statuses})
		var names []string
		for _, p := range found {
			names = append(names, p.DN)
		}
		if got := strings.Join(names, " "); err != nil || got != want || api.seen.Filter != "x" ||
			api.seen.Rights != 6 {
			t.Errorf("%v: got %q, %v, filter %+v", statuses, got, err, api.seen)
		}
	}
	var arrived []string
	err := reconcile.Each(t.Context(), api, reconcile.Query{
		Statuses: []string{"Enabled"},
	}, func(p *client.Project) { arrived = append(arrived, p.DN) })
	if err != nil || strings.Join(arrived, " ") != "c b" {
		t.Errorf("got %q, %v", arrived, err)
	}
	api.err = errors.New("away")
	if _, err := reconcile.List(t.Context(), api, reconcile.Query{}); !errors.Is(err, api.err) {
		t.Errorf("got %v", err)
	}
}

func TestReconcile_ChangedWhileWaiting(t *testing.T) {
	for name, c := range map[string]struct {
		change func(b *fixture)
		code   failure.Code
		seen   string
	}{
		"rejected": {func(b *fixture) { _ = b.server.RejectFlow(payments, "ada", "no") }, failure.Rejected, "Draft"},
		"disabled": {
			func(b *fixture) { b.server.SetProjectStatus(payments, "DisabledByParent") },
			failure.ChangedConcurrently, "DisabledByParent",
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
				time.AfterFunc(20*time.Second, func() { c.change(b) })
				start := time.Now()
				got, err := b.drive(b.within(10*time.Minute), enabled)
				b.fails(err, c.code, c.seen)
				if got != c.seen {
					b.Errorf("returned status is %s", got)
				}
				b.took(start, 20*time.Second, 40*time.Second)
			})
		})
	}
	// a step back to Draft is not a rejection
	inVirtualTime(t, "Enabled", simulator.Settings{StatusLag: 30_000}, func(b *fixture) {
		time.AfterFunc(time.Second, func() { b.server.SetProjectStatus(payments, "Draft") })
		_, err := b.drive(b.within(10*time.Minute), reconcile.Request{Status: lifecycle.Disabled})
		b.fails(err, failure.ChangedConcurrently, "status is Draft, expected Disabled after Enabled")
	})
}

func TestReconcile_NoRoute(t *testing.T) {
	inVirtualTime(t, "Deleted", simulator.Settings{}, func(b *fixture) {
		got, err := b.drive(b.within(time.Minute), enabled)
		b.fails(err, failure.NoRoute)
		if got != "Deleted" || b.server.Count(update) != 0 {
			b.Errorf("status %q, %d writes", got, b.server.Count(update))
		}
	})
}

func TestReconcile_FailsBeforeAnythingIsSent(t *testing.T) {
	guid := reconcile.Request{Status: lifecycle.Enabled, GUID: "aaaaaaaa-0000-0000-0000-000000000000"}
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		p, err := b.driver.Reconcile(b.within(time.Minute), client.ByDN(payments+"!"), enabled)
		b.fails(err, failure.NotFound)
		if p != nil {
			b.Errorf("got %+v", p)
		}
		_, err = b.drive(b.within(time.Minute), guid)
		b.fails(err, failure.Replaced)

		// keeps the test from passing with one lock for all
		unlock, err := keymutex.Lock(b.Context(), b.driver.API, "other")
		if err != nil {
			b.Fatal(err)
		}
		defer unlock()
		b.inject(readOne, simulator.InsufficientScope, 0)
		for _, request := range []reconcile.Request{enabled, guid} {
			if _, err := b.drive(b.within(time.Minute), request); client.ReasonOf(err) != client.MissingScope {
				b.Errorf("got %v", err)
			}
		}
		if _, err := b.driver.Review(b.within(time.Minute), client.ByDN(payments),
			reconcile.Approval{}); client.ReasonOf(err) != client.MissingScope {
			b.Errorf("the review: %v", err)
		}
		if decided, err := b.decide(b.within(time.Minute),
			reconcile.Approval{}); client.ReasonOf(err) != client.MissingScope || decided.Project != nil {
			b.Errorf("the decision: %v", err)
		}
		if n := b.server.Count(update) + b.server.Count(approve); n != 0 {
			b.Errorf("%d writes", n)
		}
	})
}

func TestReconcile_InterruptedBeforeLock(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		first, stop := context.WithCancel(b.Context())
		done := make(chan error)
		go func() {
			_, err := b.driver.Reconcile(first, client.ByDN(payments), enabled)
			done <- err
		}()
		time.Sleep(time.Second)
		_, err := b.drive(b.within(10*time.Second), reconcile.Request{Status: lifecycle.Disabled})
		if !errors.Is(err, context.DeadlineExceeded) || b.server.Count(update) != 0 {
			b.Errorf("got %v after %d writes", err, b.server.Count(update))
		}
		stop()
		<-done //nolint:errcheck // the result of the other request does not matter here
	})
}

// The result of a failed operation is read after the failure.
func TestReconcile_FinalReadAfterError(t *testing.T) {
	inVirtualTime(t, "Disabled", simulator.Settings{StatusLag: 3_600_000}, func(b *fixture) {
		lines := b.logged()
		time.AfterFunc(59*time.Second, func() {
			b.server.UpdateSettings(func(s *simulator.Settings) { s.StatusLag = 0 })
			b.inject(readOne, simulator.Hang, 1) // the read that the deadline interrupts
		})
		got, err := b.drive(b.within(time.Minute), enabled)
		if failure.CodeOf(err) != failure.TimedOut || got == "" || len(*lines) == 0 {
			b.Errorf("status %q, %v", got, err)
		}
	})
}

func TestReview_ByStatus(t *testing.T) {
	for _, c := range []struct {
		status           string
		pending, decided bool
		ticket           bool
	}{{"Draft", false, false, false}, {"Pending", true, false, true}, {"Enabled", false, true, false}} {
		inVirtualTime(t, c.status, simulator.Settings{}, func(b *fixture) {
			review := b.review()
			if review.Pending() != c.pending || review.Submission.Decided != c.decided ||
				(review.Ticket != nil) != c.ticket || (review.View != "") != c.ticket {
				b.Errorf("%s: got %+v", c.status, review)
			}
		})
	}
	// a draft whose submission was rejected needs no rejection
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		b.server.SetProjectStatus(payments, "Pending")
		_ = b.server.RejectFlow(payments, "ada", "no")
		review, err := b.driver.Review(b.within(time.Minute), client.ByDN(payments), rejection)
		if err != nil || review.Submission.Decided {
			b.Errorf("got %+v, %v", review, err)
		}
	})
	inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) {
		_, err := b.driver.Review(b.within(time.Minute), client.ByDN(payments), rejection)
		b.fails(err, failure.DecidedOtherwise)
	})
}

// stale is a session that sees tickets only after a refresh of its permissions.
type stale struct {
	reconcile.API
	refreshes int
	hidden    bool
	err       error
}

func (s *stale) RefreshPermissions(ctx context.Context) error {
	s.refreshes++
	s.hidden = false
	return s.API.RefreshPermissions(ctx)
}

func (s *stale) FlowTickets(ctx context.Context, product int64) ([]client.FlowTicket, error) {
	if s.err != nil || s.hidden {
		return nil, s.err
	}
	return s.API.FlowTickets(ctx, product)
}

func TestReview_RefreshesPermissions(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		api := &stale{API: b.driver.API}
		b.driver.API = api
		if review := b.review(); review.Ticket == nil || api.refreshes != 0 {
			b.Errorf("visible: %+v after %d refreshes", review, api.refreshes)
		}
		api.hidden = true
		review, err := b.driver.ReviewPending(b.within(time.Minute), b.review().Project)
		if err != nil || review.Ticket == nil || api.refreshes != 1 {
			b.Errorf("hidden: %+v, %v after %d refreshes", review, err, api.refreshes)
		}
		api.err = &client.Error{Reason: client.Unavailable}
		if _, err := b.driver.ReviewPending(b.within(time.Minute), review.Project); !errors.Is(err, api.err) ||
			api.refreshes != 1 {
			b.Errorf("no list: %v after %d refreshes", err, api.refreshes)
		}
	})
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		api := &stale{API: b.driver.API, hidden: true}
		b.driver.API = api
		b.decides(reconcile.Approval{}, lifecycle.Enabled)
		if api.refreshes != 1 {
			b.Errorf("%d refreshes", api.refreshes)
		}
	})
}

func TestReconcile_ApprovalTimeoutAdvice(t *testing.T) {
	timeout := func(b *fixture, api reconcile.API, request reconcile.Request) *failure.Error {
		b.driver.API = api
		_, err := b.drive(b.within(time.Minute), request)
		return b.fails(err, failure.TimedOut)
	}
	for name, c := range map[string]struct {
		settings  simulator.Settings
		self      bool
		advice    string
		attribute failure.Attribute
	}{
		"no ticket for self_approve": {
			simulator.Settings{},
			true, "The provider found no flow ticket to approve. ",
			failure.Approval,
		},
		"no ticket for others": {
			simulator.Settings{},
			false,
			"The project has been waiting for its approval since 20", "",
		},
		"no ticket, no submission date": {
			simulator.Settings{SubmissionDateOmitted: true},
			false,
			"Only the approvers of the flow ticket", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Draft", c.settings, func(b *fixture) {
				empty := &stale{API: b.driver.API, err: nil}
				request := reconcile.Request{Status: lifecycle.Enabled, SelfApprove: c.self}
				failed := timeout(b, noTickets{empty}, request)
				if !strings.HasPrefix(failed.Remedy, c.advice) || failed.Attribute != c.attribute ||
					!strings.HasSuffix(failed.Remedy, "which does not wait for the approval.") {
					b.Errorf("attribute %q, advice %q", failed.Attribute, failed.Remedy)
				}
			})
		})
	}
}
