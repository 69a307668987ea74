package reconcile

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

func TestApprover_DescribeTicket(t *testing.T) {
	older := func(s *scripted) { s.tickets[0].CreationTime = submittedAt.Add(-time.Hour) }
	for name, c := range map[string]struct {
		change       func(*scripted)
		found, older bool
	}{
		"of the submission":        {func(*scripted) {}, true, false},
		"older":                    {older, true, true},
		"none":                     {func(s *scripted) { s.tickets = nil }, false, false},
		"lists fail":               {func(s *scripted) { s.listErr = errLost }, false, false},
		"rejected":                 {func(s *scripted) { s.tickets[0].RejectionStatus = 1 }, false, false},
		"of before the submission": {func(s *scripted) { s.tickets[0].ID = 4 }, false, false},
	} {
		s := pendingProject()
		c.change(s)
		a := s.approver()
		a.earlier = ticketIDs{ids: []int64{4}}
		view := a.describeTicket(t.Context())
		if strings.HasPrefix(view, "flow ticket 5, 0 of 2") != c.found || (view != "") != c.found ||
			strings.HasSuffix(view, "; by the server's dates it is older than the submission") != c.older {
			t.Errorf("%s: got %+v", name, view)
		}
	}
}

func TestReviewPending_RefreshesPermissions(t *testing.T) {
	s := pendingProject()
	tickets := s.tickets
	s.tickets = nil
	s.onRefresh = func() { s.tickets = tickets }
	review, err := s.reconciler().ReviewPending(t.Context(), &s.project)
	if err != nil || review.Ticket == nil || review.Submission.Ticket != 5 || s.refreshes != 1 {
		t.Errorf("%d refreshes: %+v, %v", s.refreshes, review, err)
	}
	if _, err := s.reconciler().ReviewPending(t.Context(), &s.project); err != nil || s.refreshes != 1 {
		t.Errorf("%d refreshes: %v", s.refreshes, err)
	}
	s.listErr = errLost
	if review, err := s.reconciler().ReviewPending(t.Context(), &s.project); !errors.Is(err, errLost) ||
		review.Ticket != nil || s.refreshes != 1 {
		t.Errorf("%d refreshes: %+v, %v", s.refreshes, review, err)
	}
}

// byProduct has tickets for products.
type byProduct struct {
	API
	tickets map[int64][]client.FlowTicket
	failing int64
	asked   []int64
}

func (b *byProduct) FlowTickets(_ context.Context, product int64) ([]client.FlowTicket, error) {
	if b.asked = append(b.asked, product); product == b.failing {
		return b.tickets[product], errLost
	}
	return b.tickets[product], nil
}

func TestProjectTickets(t *testing.T) {
	ticket := pendingProject().tickets[0]
	folded := ticket
	folded.ID, folded.Environment = 6, map[string]string{"ObjectDn": strings.ToUpper(paymentsDN)}
	foreign := ticket
	foreign.Environment = map[string]string{"ObjectDn": paymentsDN + " 2"}
	for name, c := range map[string]struct {
		tickets []client.FlowTicket
		failing int64
		want    []int64
	}{
		"of the project": {[]client.FlowTicket{folded, ticket, foreign}, -1, []int64{6, 5}},
		"of another one": {[]client.FlowTicket{foreign}, -1, nil},
		"none":           {nil, -1, nil},
		"list fails":     {nil, everyProduct, nil},
	} {
		api := &byProduct{tickets: map[int64][]client.FlowTicket{everyProduct: c.tickets}, failing: c.failing}
		found, err := ProjectTickets(t.Context(), api, paymentsDN)
		if (err != nil) != (c.failing == everyProduct) || !slices.Equal(ids(found), c.want) || len(api.asked) != 1 {
			t.Errorf("%s: got %v of products %v: %v", name, ids(found), api.asked, err)
		}
	}
}

func TestSpellingsOf(t *testing.T) {
	one, same := pendingProject().tickets[0], pendingProject().tickets[0]
	if got := spellingsOf([]client.FlowTicket{one, same}); !slices.Equal(got, []string{paymentsDN}) {
		t.Errorf("got %q", got)
	}
}

func TestChoose_PlannedTicket(t *testing.T) {
	found := []client.FlowTicket{{ID: 5}, {ID: 6}}
	for _, planned := range []int64{5, 6} {
		if got, err := (submission{planned: planned}).choose(found); err != nil || got.ID != planned {
			t.Errorf("got %+v, %v", got, err)
		}
	}
	if got, err := (submission{planned: 7}).choose(found); err == nil {
		t.Errorf("got %+v", got)
	}
}

// configured reads projects with their settings.
type configured struct{ *scripted }

func (s configured) GetSettingsCached(ctx context.Context, ref client.ProjectRef) (*client.Project, error) {
	return s.GetProject(ctx, ref)
}

func TestGetSettingsCached(t *testing.T) {
	s := projectOf(lifecycle.Enabled)
	if p, err := GetSettingsCached(t.Context(), configured{s}, client.ByDN(paymentsDN)); err != nil ||
		p.DN != paymentsDN {
		t.Errorf("got %+v, %v", p, err)
	}
	s.getErr = errMissing
	_, err := GetSettingsCached(t.Context(), configured{s}, client.ByDN(paymentsDN))
	if failure.CodeOf(err) != failure.NotFound {
		t.Errorf("got %v", err)
	}
}

// The wait for another ticket ends after exactly 30 seconds.
func TestMayBelongToAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		s.tickets[0].CreationTime, s.tickets[0].CreationNoZone = submittedAt.Add(-time.Hour), true
		a := s.approver()
		var waits []bool
		for range 3 {
			waits = append(waits, a.mayBelongToAnother(&s.tickets[0]))
			time.Sleep(15 * time.Second)
		}
		if !slices.Equal(waits, []bool{true, true, false}) || len(s.reports) != 1 {
			t.Errorf("waits %v, reports %q", waits, s.reports)
		}
		if a.plannedTicket = 5; a.mayBelongToAnother(&s.tickets[0]) {
			t.Error("the planned ticket belongs to another submission")
		}
		a.plannedTicket, a.self = 0, true
		if !a.mayBelongToAnother(&s.tickets[0]) {
			t.Error("self_approve takes a ticket of uncertain age")
		}
		a.plannedTicket = 5
		if a.mayBelongToAnother(&s.tickets[0]) {
			t.Error("self_approve does not take the planned ticket")
		}
	})
}

func TestSubmission_OfApprover(t *testing.T) {
	for _, c := range []struct{ submitted, complete, want bool }{
		{true, true, true}, {true, false, false}, {false, true, false},
	} {
		a := pendingProject().approver()
		a.submitted, a.earlier.complete = c.submitted, c.complete
		if got := a.submission().own; got != c.want {
			t.Errorf("%+v: got %t", c, got)
		}
	}
}
