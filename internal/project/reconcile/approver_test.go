package reconcile

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// scripted is a server with one project and its flow tickets, whose answers to writes are scripted.
type scripted struct {
	API
	project   client.Project
	getErr    error
	tickets   []client.FlowTicket
	listErr   error
	updates   []error // answers to updates of the status; the last one repeats
	approvals []error // answers to approvals; the last one repeats
	onWrite   func()
	onRefresh func() // of the permissions
	onRead    func() // before an answer to a read of the project
	writes    int
	reads     int
	refreshes int
	reports   []string
}

func (s *scripted) GetProject(context.Context, client.ProjectRef) (*client.Project, error) {
	s.reads++
	if s.onRead != nil {
		s.onRead()
	}
	if s.getErr != nil {
		return nil, s.getErr
	}
	p := s.project
	return &p, nil
}

// changeAfter makes a change before the first read after some time.
func (s *scripted) changeAfter(d time.Duration, change func()) {
	start := time.Now()
	s.onRead = func() {
		if time.Since(start) >= d {
			s.onRead = nil
			change()
		}
	}
}

func (s *scripted) GetProjectCached(ctx context.Context, ref client.ProjectRef) (*client.Project, error) {
	return s.GetProject(ctx, ref)
}

func (s *scripted) FlowTickets(context.Context, int64) ([]client.FlowTicket, error) {
	return s.tickets, s.listErr
}

func (s *scripted) write(answers []error) error {
	s.writes++
	if s.onWrite != nil {
		s.onWrite()
	}
	if len(answers) == 0 {
		return nil
	}
	return answers[min(s.writes, len(answers))-1]
}

func (s *scripted) UpdateProjectStatus(context.Context, client.ProjectRef, lifecycle.Status) error {
	return s.write(s.updates)
}

func (s *scripted) ApproveFlowTicket(context.Context, int64, string) error {
	return s.write(s.approvals)
}

func (s *scripted) RefreshPermissions(context.Context) error {
	s.refreshes++
	if s.onRefresh != nil {
		s.onRefresh()
	}
	return nil
}

func (s *scripted) SelfNames(context.Context) []string {
	return []string{"local:{me}", "local:" + paymentsGUID}
}

func (s *scripted) ValidateIdentity(context.Context, string) (*client.Identity, error) {
	return &client.Identity{}, nil
}

func (s *scripted) IsValid(context.Context, client.ProjectRef) (int64, error) {
	return 1, nil
}

func (s *scripted) reconciler() *Reconciler {
	r := New(s)
	r.Report = func(format string, args ...any) { s.reports = append(s.reports, fmt.Sprintf(format, args...)) }
	return r
}

func (s *scripted) reported(t *testing.T, word string) {
	t.Helper()
	if !strings.Contains(strings.Join(s.reports, "\n"), word) {
		t.Errorf("reported %q, which lacks %q", s.reports, word)
	}
}

func pendingProject() *scripted {
	return &scripted{
		project: client.Project{DN: paymentsDN, Status: lifecycle.Pending, ApprovalSubmissionDate: submittedAt},
		tickets: []client.FlowTicket{{
			ID: 5, RequiredApprovals: 2, CreationTime: submittedAt,
			Environment: map[string]string{"ObjectDn": paymentsDN},
		}},
	}
}

var (
	errLost    = &client.Error{Reason: client.Unavailable, Delivery: client.Unclear}
	errStopped = &client.Error{Reason: client.Cancelled, Delivery: client.Unclear}
	errRefused = &client.Error{Reason: client.Refused, Delivery: client.Answered}
	errMissing = &client.Error{Reason: client.NotFound, Delivery: client.Answered}
)

func TestDecide_FailedApprovals(t *testing.T) {
	for name, c := range map[string]struct {
		answers []error
		writes  int
		code    failure.Code
		message string
	}{
		"lost every time":    {[]error{errLost}, 2, failure.Refused, "could not be approved"},
		"lost, then refused": {[]error{errLost, errRefused}, 2, failure.Refused, "could not be approved"},
		"lost, then given":   {[]error{errLost, nil}, 2, "", ""},
		"stopped":            {[]error{errStopped}, 1, failure.Refused, "could not be approved"},
		"refused":            {[]error{errRefused}, 1, failure.Refused, "could not be approved"},
		"ticket not found": {
			[]error{errMissing},
			1, failure.TimedOut,
			"it is unknown whether flow ticket 5 was approved",
		},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := pendingProject()
				s.approvals = c.answers
				ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
				defer cancel()
				decided, err := s.reconciler().Decide(ctx, client.ByDN(paymentsDN), "", Submission{}, Approval{})
				if failure.CodeOf(err) != c.code || s.writes != c.writes || !decided.Sent {
					t.Fatalf("%d writes, %+v, %v", s.writes, decided, err)
				}
				if c.code != "" && !strings.Contains(err.Error(), c.message) {
					t.Errorf("message %q lacks %q", err, c.message)
				}
			})
		})
	}
}

func TestReconcile_TicketNoLongerExists(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		s.approvals = []error{errMissing}
		s.onWrite = func() { s.tickets = nil }
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		_, err := s.reconciler().Reconcile(ctx, client.ByDN(paymentsDN),
			Request{Status: lifecycle.Enabled, SelfApprove: true, Ticket: 5})
		failed, _ := err.(*failure.Error)
		if failed == nil || failed.Code != failure.TimedOut ||
			!strings.HasPrefix(failed.Remedy, "Flow ticket 5 no longer existed") || failed.Attribute != "" {
			t.Errorf("got %+v", err)
		}
		if s.refreshes != 1 {
			t.Errorf("%d refreshes", s.refreshes)
		}
	})
}

func TestReconcile_FailedListsWhileWaiting(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		s.listErr = &client.Error{Reason: client.MissingScope}
		_, err := s.reconciler().Reconcile(t.Context(), client.ByDN(paymentsDN),
			Request{Status: lifecycle.Enabled, SelfApprove: true, Ticket: 5})
		if client.ReasonOf(err) != client.MissingScope || s.refreshes != 0 || s.writes != 0 {
			t.Errorf("%d refreshes, %d writes: %v", s.refreshes, s.writes, err)
		}
	})
}

func TestReconcile_FailedWrites(t *testing.T) {
	for name, c := range map[string]struct {
		answers []error
		after   lifecycle.Status // on the server, from the first write on
		getErr  error
		writes  int
		code    failure.Code
		final   lifecycle.Status
	}{
		"refused":               {[]error{errRefused}, lifecycle.Draft, nil, 1, failure.Refused, lifecycle.Draft},
		"refused, already done": {[]error{errRefused}, lifecycle.Pending, nil, 1, "", lifecycle.Pending},
		"refused, third status": {
			[]error{errRefused},
			lifecycle.Disabled, nil, 1, failure.ChangedConcurrently,
			lifecycle.Disabled,
		},
		"lost twice": {[]error{errLost}, lifecycle.Draft, nil, 2, failure.OutcomeUnknown, lifecycle.Draft},
		"lost, unreadable project": {
			[]error{errLost},
			lifecycle.Pending, errLost, 1, failure.OutcomeUnknown,
			lifecycle.Draft,
		},
		"lost, then refused": {[]error{errLost, errRefused}, lifecycle.Draft, nil, 2, failure.Refused, lifecycle.Draft},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := &scripted{project: client.Project{DN: paymentsDN, Status: lifecycle.Draft}, updates: c.answers}
				s.onWrite = func() { s.project.Status, s.getErr = c.after, c.getErr }
				p, err := s.reconciler().Reconcile(t.Context(), client.ByDN(paymentsDN),
					Request{Status: lifecycle.Pending})
				if failure.CodeOf(err) != c.code || s.writes != c.writes || p == nil || p.Status != c.final {
					t.Errorf("%d writes, %+v, %v", s.writes, p, err)
				}
				if s.reported(t, "setting project Payments from Draft to Pending"); c.writes == 2 {
					s.reported(t, "sending it once more")
				}
			})
		})
	}
}

// A refused submission of a faster client is not one of this run; one whose first answer was lost
// is.
func TestReconcile_OwnSubmission(t *testing.T) {
	for name, c := range map[string]struct {
		answers   []error
		approvals int
	}{
		"refused":            {[]error{errRefused}, 0},
		"lost":               {[]error{errLost}, 1},
		"lost, then refused": {[]error{errLost, errRefused}, 1},
		"accepted":           {nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := pendingProject()
				tickets := s.tickets
				s.project.Status, s.tickets, s.updates = lifecycle.Draft, nil, c.answers
				last := max(len(c.answers), 1)
				approvals := 0
				s.onWrite = func() {
					switch {
					case s.writes == last:
						s.project.Status, s.tickets = lifecycle.Pending, tickets
					case s.writes > last:
						approvals++
						s.project.Status = lifecycle.Enabled
					}
				}
				ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
				defer cancel()
				_, _ = s.reconciler().Reconcile(ctx, client.ByDN(paymentsDN),
					Request{Status: lifecycle.Enabled, SelfApprove: true})
				if approvals != c.approvals {
					t.Errorf("%d approvals were sent, want %d", approvals, c.approvals)
				}
			})
		})
	}
}

func TestReconcile_ReportsEarlierTickets(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		s.project.Status = lifecycle.Draft
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		_, err := s.reconciler().Reconcile(ctx, client.ByDN(paymentsDN),
			Request{Status: lifecycle.Enabled, SelfApprove: true})
		s.reported(t, "has flow tickets [5]: checking")
		if s.writes != 1 || failure.CodeOf(err) != failure.TimedOut {
			t.Errorf("%d writes, %v", s.writes, err)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		s.tickets[0].CreationTime, s.tickets[0].CreationNoZone = submittedAt.Add(-time.Hour), true
		start := time.Now()
		decided, err := s.reconciler().Decide(t.Context(), client.ByDN(paymentsDN), "", Submission{}, Approval{})
		s.reported(t, "seems older than the submission")
		if took := time.Since(start); err != nil || !decided.Sent || took < 30*time.Second || took > 45*time.Second {
			t.Errorf("after %s: %+v, %v", took, decided, err)
		}
	})
	synctest.Test(t, func(t *testing.T) { // without self_approve the tickets from before do not matter
		s := pendingProject()
		s.project.Status = lifecycle.Draft
		s.onWrite = func() { s.project.Status = lifecycle.Pending }
		start := time.Now()
		_, err := s.reconciler().Reconcile(t.Context(), client.ByDN(paymentsDN), Request{Status: lifecycle.Pending})
		if took := time.Since(start); err != nil || took != 0 {
			t.Errorf("after %s: %v", took, err)
		}
	})
}
