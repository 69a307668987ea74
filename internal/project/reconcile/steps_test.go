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
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

var errScope = &client.Error{Reason: client.MissingScope, Delivery: client.Answered}

func (s *scripted) reconcile(ctx context.Context, request Request) (*client.Project, error) {
	return s.reconciler().Reconcile(ctx, client.ByDN(paymentsDN), request)
}

// projectOf is a project in a status, with the tickets of pendingProject.
func projectOf(status lifecycle.Status) *scripted {
	s := pendingProject()
	s.project.Status = status
	return s
}

// An operation that sent something and failed reads the project once more, for its result.
func TestReconcile_ReadsAfterFailure(t *testing.T) {
	for name, c := range map[string]struct {
		status  lifecycle.Status
		request Request
		answers []error
		reads   int
	}{
		// One read for the lock, one to compare with the plan, and one after a step.
		"success":      {lifecycle.Enabled, Request{Status: lifecycle.Disabled}, nil, 3},
		"nothing sent": {lifecycle.Deleted, Request{Status: lifecycle.Enabled}, nil, 2},
		"refused":      {lifecycle.Enabled, Request{Status: lifecycle.Disabled}, []error{errScope}, 4},
		"not approved": {
			lifecycle.Pending, Request{Status: lifecycle.Enabled, SelfApprove: true, Ticket: 5}, []error{errScope}, 4,
		},
		"already so":     {lifecycle.Enabled, Request{Status: lifecycle.Enabled}, nil, 2},
		"GUID is locked": {lifecycle.Enabled, Request{Status: lifecycle.Enabled, GUID: paymentsGUID}, nil, 1},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := projectOf(c.status)
				s.project.GUID = paymentsGUID
				s.updates, s.approvals = c.answers, c.answers
				if c.answers == nil {
					s.onWrite = func() { s.project.Status = c.request.Status }
				}
				ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
				defer cancel()
				if _, err := s.reconcile(ctx, c.request); s.reads != c.reads {
					t.Errorf("%d reads, want %d: %v", s.reads, c.reads, err)
				}
			})
		})
	}
}

func TestReconcile_FirstReadFails(t *testing.T) {
	s := projectOf(lifecycle.Enabled)
	s.getErr = errScope
	s.onRead = func() {
		if s.reads > 1 {
			s.getErr = nil
		}
	}
	if p, err := s.reconcile(t.Context(), Request{Status: lifecycle.Disabled}); p != nil || !errors.Is(err, errScope) ||
		s.writes != 0 {
		t.Errorf("%d writes: %v, %v", s.writes, p, err)
	}
}

const paymentsGUID = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"

func TestLockKey(t *testing.T) {
	s := projectOf(lifecycle.Enabled)
	s.project.GUID = paymentsGUID
	r := s.reconciler()
	byName, err := r.lockKey(t.Context(), client.ByDN(paymentsDN), "")
	if err != nil || byName == "" {
		t.Fatal(byName, err)
	}
	planned, err := r.lockKey(t.Context(), client.ByDN(paymentsDN), strings.ToUpper(strings.Trim(paymentsGUID, "{}")))
	if err != nil || planned != byName || s.reads != 1 {
		t.Errorf("%v and %v after %d reads: %v", byName, planned, s.reads, err)
	}
	s.project.GUID = "{aaaaaaaa-4b5a-6978-8796-a5b4c3d2e1f0}"
	if other, err := r.lockKey(t.Context(), client.ByDN(paymentsDN), ""); err != nil || other == byName {
		t.Errorf("%v for another project: %v", other, err)
	}
	s.getErr = errScope
	if key, err := r.lockKey(t.Context(), client.ByDN(paymentsDN), ""); !errors.Is(err, errScope) {
		t.Errorf("got %v, %v", key, err)
	}
}

func (s *scripted) change(request Request) *statusChange {
	a := s.approver()
	a.self = true
	return &statusChange{tracker: a.tracker, approver: a, request: request}
}

func step(t *testing.T, from, to lifecycle.Status) lifecycle.Transition {
	t.Helper()
	step, err := lifecycle.Next(from, to)
	if err != nil {
		t.Fatal(err)
	}
	return step
}

func TestWrite_Superseded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := projectOf(lifecycle.Enabled)
		s.updates = []error{errRefused}
		s.onWrite = func() { s.project.Status = lifecycle.Draft }
		own, err := s.change(Request{}).write(t.Context(), step(t, lifecycle.Enabled, lifecycle.Disabled))
		if own || failure.CodeOf(err) != failure.ChangedConcurrently || !errors.Is(err, errRefused) {
			t.Errorf("got %t, %v", own, err)
		}
	})
}

// An interrupted operation does not send a step for the second time.
func TestWrite_Interrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := projectOf(lifecycle.Enabled)
		s.updates = []error{errLost}
		ctx, cancel := context.WithCancel(t.Context())
		s.onWrite = cancel
		_, err := s.change(Request{}).write(ctx, step(t, lifecycle.Enabled, lifecycle.Disabled))
		if failure.CodeOf(err) != failure.OutcomeUnknown || s.writes != 1 {
			t.Errorf("%d writes: %v", s.writes, err)
		}
	})
}

func TestVerifyWrite(t *testing.T) {
	for name, c := range map[string]struct {
		cause *client.Error
		reads int
		took  time.Duration
	}{
		"answered": {errScope, 1, 0},
		"lost":     {errLost, 1, 0}, // Disabled may be sent twice
		"refused":  {errRefused, 0, 10 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := projectOf(lifecycle.Enabled)
				c2 := s.change(Request{})
				s.project.ApprovalSubmissionDate = submittedAt.Add(time.Hour)
				start := time.Now()
				result := c2.verifyWrite(t.Context(), step(t, lifecycle.Enabled, lifecycle.Disabled), c.cause)
				if took := time.Since(start); result != poll.NotApplied || took < c.took || took > 2*c.took {
					t.Errorf("result %d after %s", result, took)
				}
				if c.reads != 0 && s.reads != c.reads {
					t.Errorf("%d reads", s.reads)
				}
				if date := c2.tracker.project.ApprovalSubmissionDate; !date.Equal(submittedAt) {
					t.Errorf("the submission date is %s", date)
				}
			})
		})
	}
}

func TestReconcile_ChecksForEarlierSubmission(t *testing.T) {
	synctest.Test(t, func(t *testing.T) { // only before a submission
		s := projectOf(lifecycle.Enabled)
		s.onWrite = func() { s.project.Status = lifecycle.Disabled }
		start := time.Now()
		_, err := s.reconcile(t.Context(), Request{Status: lifecycle.Disabled, SelfApprove: true})
		if took := time.Since(start); err != nil || took != 0 {
			t.Errorf("after %s: %v", took, err)
		}
	})
	synctest.Test(t, func(t *testing.T) { // not after an interruption
		s := projectOf(lifecycle.Draft)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		c := s.change(Request{Status: lifecycle.Enabled, SelfApprove: true})
		start := time.Now()
		found := c.submittedBefore(ctx, step(t, lifecycle.Draft, lifecycle.Pending))
		if took := time.Since(start); found || took != time.Second {
			t.Errorf("found %t after %s", found, took)
		}
	})
	synctest.Test(t, func(t *testing.T) { // with reads that fail
		s := projectOf(lifecycle.Draft)
		s.getErr = errLost
		c := s.change(Request{Status: lifecycle.Enabled, SelfApprove: true})
		start := time.Now()
		found := c.submittedBefore(t.Context(), step(t, lifecycle.Draft, lifecycle.Pending))
		if took := time.Since(start); found || took < 10*time.Second || took > 20*time.Second {
			t.Errorf("found %t after %s", found, took)
		}
	})
}

// The tickets of a submission that shows late are not from before it.
func TestReconcile_ApprovesTicketOfSubmissionShownLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := projectOf(lifecycle.Draft)
		s.changeAfter(2*time.Second, func() { s.project.Status = lifecycle.Pending })
		s.onWrite = func() { s.project.Status = lifecycle.Enabled }
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Minute)
		defer cancel()
		p, err := s.reconcile(ctx, Request{Status: lifecycle.Enabled, SelfApprove: true, Ticket: 5})
		if err != nil || p.Status != lifecycle.Enabled || s.writes != 1 {
			t.Errorf("%d writes, %+v: %v", s.writes, p, err)
		}
	})
}

func TestAwait_DescribesTicketOfApprovalOnly(t *testing.T) {
	for status, want := range map[lifecycle.Status]lifecycle.Status{
		lifecycle.Enabled: lifecycle.Disabled, lifecycle.Pending: lifecycle.Enabled,
	} {
		synctest.Test(t, func(t *testing.T) {
			s := projectOf(status)
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			_, err := s.reconcile(ctx, Request{Status: want})
			described := strings.Contains(strings.Join(s.reports, "\n"), "waits for flow ticket 5")
			if failure.CodeOf(err) != failure.TimedOut || described != (want == lifecycle.Enabled) {
				t.Errorf("reported %q: %v", s.reports, err)
			}
		})
	}
}

func TestWait_Tick(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		asked := 0
		w := wait{
			tracker: s.tracker(), target: func() string { return "become Enabled" },
			describe: func(context.Context) string { asked++; return "flow ticket 5" },
		}
		var at []string
		start := time.Now()
		for range 25 { // each 5 seconds
			before := len(s.reports)
			w.tick(t.Context())
			for range s.reports[before:] {
				at = append(at, time.Since(start).String())
			}
			time.Sleep(5 * time.Second)
		}
		if want := []string{"0s", "10s", "1m0s", "2m0s"}; !slices.Equal(at, want) || asked != 1 {
			t.Errorf("reports at %v, want %v; the ticket was described %d times", at, want, asked)
		}
	})
}

func TestIgnoreTransient_KeepsLastError(t *testing.T) {
	before := errors.New("the one before")
	loading := &failure.Error{Code: failure.Indeterminate, Cause: &client.Error{Reason: client.LoadFailed}}
	for name, c := range map[string]struct {
		err   error
		drops bool
	}{
		"none": {nil, true}, "lost": {errLost, true}, "scope": {errScope, false}, "cancelled": {errStopped, false},
		"loading": {loading, true}, "refused": {&failure.Error{Code: failure.Refused, Cause: errLost}, false},
	} {
		tracker := pendingProject().tracker()
		tracker.lastErr = before
		want := before
		if c.drops && c.err != nil {
			want = c.err
		}
		if err := tracker.ignoreTransient(t.Context(), c.err); (err == nil) != c.drops || tracker.lastErr != want {
			t.Errorf("%s: got %v, remembers %v", name, err, tracker.lastErr)
		}
	}
}

func TestTimeoutAdvice_OfStep(t *testing.T) {
	for documented, want := range map[bool]string{
		true: "Only olga can take this step. ", false: "The server accepted",
	} {
		c := projectOf(lifecycle.Enabled).change(Request{})
		failed, ok := c.timeoutError(t.Context(), lifecycle.Transition{
			From: lifecycle.Enabled, To: lifecycle.Disabled, Action: lifecycle.Update, Who: "olga",
			Documented: documented,
		}).(*failure.Error)
		if !ok || !strings.HasPrefix(failed.Remedy, want) {
			t.Errorf("documented %t: %+v", documented, failed)
		}
	}
}
