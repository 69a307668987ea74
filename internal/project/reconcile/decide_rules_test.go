package reconcile

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

func (s *scripted) decision(planned Submission, approval Approval) *decision {
	return newDecision(s.tracker(), planned, approval)
}

func TestDecision_CheckPlanned_Date(t *testing.T) {
	for name, c := range map[string]struct {
		planned, found time.Time
		current        bool
		message        string
	}{
		"not planned":     {time.Time{}, submittedAt, true, ""},
		"the same":        {submittedAt, submittedAt.In(time.FixedZone("", 3600)), true, ""},
		"a late read":     {submittedAt, submittedAt.Add(-time.Second), false, ""},
		"submitted again": {submittedAt, submittedAt.Add(time.Second), false, "found 2"},
		"not reported":    {submittedAt, time.Time{}, false, "none"},
	} {
		s := pendingProject()
		s.project.ApprovalSubmissionDate = c.found
		current, err := s.decision(Submission{SubmittedAt: c.planned}, Approval{}).checkPlanned()
		if current != c.current || (err != nil) != (c.message != "") {
			t.Errorf("%s: got %t, %v", name, current, err)
		}
		if err != nil && (failure.CodeOf(err) != failure.ChangedSincePlan ||
			!strings.Contains(err.Error(), c.message)) {
			t.Errorf("%s: got %v, want %s", name, err, c.message)
		}
	}
}

// A read that lags behind neither fails nor sends.
func TestDecide_ReadLagsBehindPlan(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		planned := Submission{SubmittedAt: submittedAt, Ticket: 5}
		s.project.ApprovalSubmissionDate = submittedAt.Add(-time.Hour)
		s.changeAfter(5*time.Second, func() {
			if s.writes != 0 {
				t.Error("an approval was sent after a late read")
			}
			s.project.ApprovalSubmissionDate = submittedAt
		})
		start := time.Now()
		decided, err := s.reconciler().Decide(t.Context(), client.ByDN(paymentsDN), "", planned, Approval{})
		if err != nil || s.writes != 1 || !decided.Sent || time.Since(start) < 5*time.Second {
			t.Errorf("%d writes after %s: %+v, %v", s.writes, time.Since(start), decided, err)
		}
	})
}

func TestDecision_CheckPlanned(t *testing.T) {
	for status, fails := range map[lifecycle.Status]bool{
		lifecycle.Pending: true, lifecycle.Draft: true, lifecycle.Enabled: false, lifecycle.Disabled: false,
	} {
		for _, decided := range []bool{true, false} {
			current, err := projectOf(status).decision(Submission{Decided: decided}, Approval{}).checkPlanned()
			if wantErr := decided && fails; (err != nil) != wantErr || current == wantErr {
				t.Errorf("%v, decided at plan %t: got %t, %v", status, decided, current, err)
			}
		}
	}
}

// An own approval that was sent makes a change of the date harmless.
func TestDecision_PlanIsCheckedBeforeFirstAttempt(t *testing.T) {
	s := pendingProject()
	d := s.decision(Submission{SubmittedAt: submittedAt.Add(-time.Hour)}, Approval{})
	if _, err := d.step(t.Context()); failure.CodeOf(err) != failure.ChangedSincePlan {
		t.Errorf("got %v", err)
	}
	d.approver.attempts, d.approver.done = 1, true
	if done, err := d.step(t.Context()); !done || err != nil {
		t.Errorf("got %t, %v", done, err)
	}
}

// Another approver was faster: the step fails without another read.
func TestDecision_StepSeesFasterApprover(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := pendingProject()
		s.approvals = []error{&client.Error{Reason: client.Refused}}
		s.onWrite = func() { s.project.Status = lifecycle.Draft }
		d := s.decision(Submission{}, Approval{})
		if done, err := d.step(t.Context()); done || failure.CodeOf(err) != failure.DecidedOtherwise {
			t.Errorf("got %t, %v", done, err)
		}
		if s.project.Status != lifecycle.Draft || s.writes != 1 {
			t.Errorf("%d writes, the project is %s", s.writes, s.project.Status)
		}
	})
}

func TestDecision_CheckRevision(t *testing.T) {
	for name, c := range map[string]struct {
		planned int64
		message string
	}{"not planned": {0, ""}, "the same": {1, ""}, "another": {2, "2"}} {
		s := pendingProject()
		d := s.decision(Submission{Revision: c.planned}, Approval{})
		err := d.checkRevision(t.Context())
		if (err != nil) != (c.message != "") || d.found.Revision != 1 {
			t.Errorf("%s: revision %d, %v", name, d.found.Revision, err)
		}
		if err != nil && strings.Contains(err.Error(), "none") {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestDecision_Settled(t *testing.T) {
	for _, c := range []struct {
		reject, pending bool
		waited          time.Duration
		want            bool
	}{
		{false, false, 0, true},
		{true, true, 0, true},
		{true, false, 9 * time.Second, false},
		{true, false, 10 * time.Second, true},
		{true, false, 11 * time.Second, true},
	} {
		d := pendingProject().decision(Submission{}, Approval{Reject: c.reject})
		d.pending, d.tracker.start = c.pending, time.Now().Add(-c.waited)
		if got := d.settled(); got != c.want {
			t.Errorf("%+v: got %t", c, got)
		}
	}
}

func TestDecision_State(t *testing.T) {
	for name, c := range map[string]struct {
		status          lifecycle.Status
		reject, pending bool
		submitted       bool
		want            decisionState
		fails           failure.Code
	}{
		"a draft":                {lifecycle.Draft, false, false, false, notSubmitted, ""},
		"a draft again":          {lifecycle.Draft, false, false, true, notSubmitted, ""},
		"rejected by another":    {lifecycle.Draft, false, true, true, 0, failure.DecidedOtherwise},
		"rejected":               {lifecycle.Draft, true, true, false, hasDecision, ""},
		"rejected before":        {lifecycle.Draft, true, false, true, hasDecision, ""},
		"a draft to be rejected": {lifecycle.Draft, true, false, false, notSubmitted, ""},
		"pending":                {lifecycle.Pending, false, true, true, awaitsDecision, ""},
		"to be rejected":         {lifecycle.Pending, true, false, false, awaitsDecision, ""},
		"approved":               {lifecycle.Enabled, false, false, true, hasDecision, ""},
		"approved, no date":      {lifecycle.Enabled, false, false, false, hasDecision, ""},
		"approved by another":    {lifecycle.Enabled, true, true, true, 0, failure.DecidedOtherwise},
		"disabled":               {lifecycle.Disabled, false, false, true, 0, failure.NotApplicable},
		"disabled, a rejection":  {lifecycle.Disabled, true, false, false, 0, failure.NotApplicable},
		"deleted":                {lifecycle.Deleted, false, true, true, 0, failure.NotApplicable},
		"disabled by its parent": {lifecycle.DisabledByParent, true, false, true, 0, failure.NotApplicable},
		"an unknown status":      {lifecycle.Status(9), false, false, true, 0, failure.NotApplicable},
	} {
		s := projectOf(c.status)
		if !c.submitted {
			s.project.ApprovalSubmissionDate = time.Time{}
		}
		d := s.decision(Submission{}, Approval{Reject: c.reject})
		d.pending = c.pending
		if state, err := d.state(); state != c.want || failure.CodeOf(err) != c.fails {
			t.Errorf("%s: got %v, %v, want %v", name, state, err, c.want)
		}
	}
}

func TestDecision_Result(t *testing.T) {
	s := pendingProject()
	d := s.decision(Submission{}, Approval{})
	seen := submittedAt.Add(time.Hour)
	d.found.Revision = 7
	got := d.result()
	if got.Ticket != nil || got.Sent || got.Submission != (Submission{SubmittedAt: submittedAt, Revision: 7}) {
		t.Errorf("got %+v", got)
	}
	s.project.ApprovalSubmissionDate, s.tickets[0].CreationTime = seen, seen
	d.tracker.project = &s.project
	if _, err := d.step(t.Context()); err != nil || d.approver.attempts != 1 {
		t.Fatal(err)
	}
	got = d.result()
	if got.Ticket == nil || !got.Sent || got.Submission != (Submission{SubmittedAt: seen, Revision: 1, Ticket: 5}) {
		t.Errorf("got %+v", got)
	}
}

// The result has the project from after the approval, and is not read again where nothing was sent.
func TestDecide_ReadsResultAfterApproval(t *testing.T) {
	for _, approved := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			s := pendingProject()
			if approved {
				s.tickets[0].Approvals = approvedBy(me)
			}
			s.onWrite = func() { s.project.Status = lifecycle.Enabled }
			decided, err := s.reconciler().Decide(t.Context(), client.ByDN(paymentsDN), "", Submission{}, Approval{})
			want := lifecycle.Enabled
			if approved {
				want = lifecycle.Pending
			}
			if err != nil || decided.Project.Status != want || decided.Sent == approved {
				t.Errorf("got %+v, %v", decided.Project, err)
			}
		})
	}
}

func TestDecision_TimeoutAdvice(t *testing.T) {
	const (
		again     = "does not decide twice"
		submitted = "be submitted for approval"
	)
	for name, c := range map[string]struct {
		status          lifecycle.Status
		reject, ticket  bool
		message, remedy string
	}{
		"a draft":                {lifecycle.Draft, false, false, submitted, "Its owner must submit it first"},
		"a draft to be rejected": {lifecycle.Draft, true, false, submitted, "rejected before"},
		"sent": {
			lifecycle.Pending, false, true, "it is unknown whether flow ticket 5 was approved", again,
		},
		"rejection sent": {lifecycle.Pending, true, true, "it is unknown whether flow ticket 5 was rejected", again},
		"no ticket": {
			lifecycle.Pending, false, false, "its flow ticket is not visible", "only to its approvers",
		},
	} {
		s := pendingProject()
		s.project.Status = c.status
		d := s.decision(Submission{}, Approval{Reject: c.reject})
		if c.ticket {
			d.approver.ticket = &s.tickets[0]
		}
		failed, ok := d.timeoutError(t.Context()).(*failure.Error)
		if !ok || !strings.Contains(failed.Message, c.message) || !strings.Contains(failed.Remedy, c.remedy) ||
			!strings.Contains(failed.Remedy, again) {
			t.Errorf("%s: message %q, remedy %q", name, failed.Message, failed.Remedy)
		}
		if sent := strings.Contains(failed.Message, "; "); sent != (c.status == lifecycle.Pending) {
			t.Errorf("%s: message %q", name, failed.Message)
		}
	}
}

func TestExplainApproval(t *testing.T) {
	older := submittedAt.Add(-time.Hour)
	type change = *statusChange
	for name, c := range map[string]struct {
		change       func(*scripted, change)
		remedy, more string
		attribute    bool
	}{
		"foreign": {
			func(_ *scripted, c change) { c.request.SelfApprove = true },
			"The submission is not from this run", "Still undecided: flow ticket 5", true,
		},
		"foreign, not visible": {
			func(s *scripted, c change) { c.request.SelfApprove, s.tickets = true, nil },
			"The submission is not from this run", "approve it. A new plan", true,
		},
		"older tickets": {func(s *scripted, c change) {
			c.request.SelfApprove, c.approver.submitted, s.tickets[0].CreationTime = true, true, older
		}, "The flow tickets [5] of the project seem to be older", "Still undecided: flow ticket 5", true},
		"undecided": {func(*scripted, change) {}, "Still undecided: flow ticket 5, 0 of 2", "", false},
		"gone": {func(s *scripted, c change) {
			c.request.SelfApprove, c.approver.submitted, c.approver.gone, s.tickets = true, true, 5, nil
			c.approver.ticket = &client.FlowTicket{ID: 5}
		}, "Flow ticket 5 no longer existed", "", false},
		"not visible to self_approve": {func(s *scripted, c change) {
			c.request.SelfApprove, c.approver.submitted, s.tickets = true, true, nil
		}, "The provider found no flow ticket to approve", "waiting for its approval since 20", true},
		"not visible": {
			func(s *scripted, _ change) { s.tickets = nil },
			"The project has been waiting", "only to its approvers", false,
		},
		"no date": {func(s *scripted, c change) {
			s.tickets, c.tracker.project.ApprovalSubmissionDate = nil, time.Time{}
		}, "Only the approvers of the flow ticket", "", false},
	} {
		s := pendingProject()
		a := s.approver()
		a.self = true
		change := &statusChange{tracker: a.tracker, approver: a, request: Request{Status: lifecycle.Enabled}}
		c.change(s, change)
		err := &failure.Error{}
		change.explainApproval(t.Context(), err)
		if !strings.HasPrefix(err.Remedy, c.remedy) || !strings.Contains(err.Remedy, c.more) {
			t.Errorf("%s: remedy %q", name, err.Remedy)
		}
		if (err.Attribute == failure.Approval) != c.attribute {
			t.Errorf("%s: attribute %q", name, err.Attribute)
		}
	}
}
