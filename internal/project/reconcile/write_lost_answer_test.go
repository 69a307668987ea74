package reconcile_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	update  = "Codesign/UpdateProjectStatus"
	approve = "Flow/Tickets/Approve"
)

var selfApproved = reconcile.Request{Status: lifecycle.Enabled, SelfApprove: true}

// lost are the ways in which the answer to a write gets lost.
var lost = map[string]struct {
	kind   simulator.FaultKind
	commit bool
}{
	"reset before it is carried out": {simulator.ResetBeforeCommit, false},
	"reset after it is carried out":  {simulator.ResetAfterCommit, true},
	"502 instead of it":              {simulator.Status502, false},
	"504 instead of it":              {simulator.Status504, false},
	"502 after it":                   {simulator.Gateway502AfterCommit, true},
	"504 after it":                   {simulator.Gateway504AfterCommit, true},
	"500 instead of it":              {simulator.Other500, false},
	"no answer at all":               {simulator.Hang, false},
	"no answer after it":             {simulator.HangAfterCommit, true},
	"a login page after it":          {simulator.WrongContentType, true},
	"half an answer after it":        {simulator.TruncatedBody, true},
}

func TestReconcile_LostAnswerToSubmission(t *testing.T) {
	for name, c := range lost {
		for lag, omitted := range map[int]bool{0: false, 4000: false, 4001: true} {
			t.Run(name, func(t *testing.T) {
				inVirtualTime(t, "Draft", simulator.Settings{
					StatusLag: lag, SubmissionDateOmitted: omitted,
				}, func(b *fixture) {
					b.inject(update, c.kind, 1)
					b.reaches(lifecycle.Pending, reconcile.Request{Status: lifecycle.Pending})
					b.once(simulator.EventSubmitted)
					if n := b.server.Count(update); c.commit && n != 1 {
						b.Errorf("a submission that was carried out was sent %d times", n)
					}
				})
			})
		}
	}
}

func TestReconcile_LostAnswerToApproval(t *testing.T) {
	for name, c := range lost {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
				b.inject(approve, c.kind, 1)
				b.reaches(lifecycle.Enabled, selfApproved)
				b.once(simulator.EventSubmitted, simulator.EventFlowApproved)
			})
		})
	}
}

func TestReconcile_LostAnswerToOneOfSeveralApprovals(t *testing.T) {
	for name, c := range lost {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Draft", simulator.Settings{RequiredApprovals: 2}, func(b *fixture) {
				b.inject(approve, c.kind, 1)
				_, err := b.drive(b.within(5*time.Minute), selfApproved)
				if advice := b.fails(err, failure.TimedOut).Advice(); !strings.Contains(advice,
					"1 of 2 approvals given") {
					b.Error(advice)
				}
				b.once(simulator.EventFlowApproved)
			})
		})
	}
}

func TestReconcile_LostAnswerToDisable(t *testing.T) {
	for name, c := range lost {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) {
				b.inject(update, c.kind, 1)
				b.reaches(lifecycle.Disabled, reconcile.Request{Status: lifecycle.Disabled})
				if n := b.server.Count(update); c.commit && n != 1 {
					b.Errorf("what was carried out was sent %d times", n)
				}
			})
		})
	}
}

func TestReconcile_WriteNeverAnswered(t *testing.T) {
	inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) {
		b.inject(update, simulator.ResetBeforeCommit, 0)
		_, err := b.drive(b.within(10*time.Minute), reconcile.Request{Status: lifecycle.Disabled})
		b.fails(err, failure.OutcomeUnknown, "still Enabled")
		if n := b.server.Count(update); n != 2 {
			b.Errorf("sent %d times, want the first and once more", n)
		}
	})
}

func TestReconcile_OutcomeUnknown(t *testing.T) {
	inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) {
		b.server.OnRequest(func(r simulator.Request) {
			if r.Path == update {
				b.inject("Codesign/GetProject", simulator.Status503, 0)
			}
		})
		b.inject(update, simulator.ResetAfterCommit, 1)
		_, err := b.drive(b.within(10*time.Minute), reconcile.Request{Status: lifecycle.Disabled})
		b.fails(err, failure.OutcomeUnknown, "the outcome is unknown")
	})
}

func TestReconcile_ChangedConcurrentlyAfterLostAnswer(t *testing.T) {
	inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) {
		b.inject(update, simulator.ResetBeforeCommit, 1)
		b.server.OnRequest(func(r simulator.Request) {
			if r.Path == update {
				b.server.SetProjectStatus(payments, "DisabledByParent")
			}
		})
		_, err := b.drive(b.within(time.Minute), reconcile.Request{Status: lifecycle.Disabled})
		b.fails(err, failure.ChangedConcurrently, "status is DisabledByParent, expected Disabled after Enabled")
		if n := b.server.Count(update); n != 1 {
			b.Errorf("%d updates were sent", n)
		}
	})
}

func TestReconcile_InterruptedWrite(t *testing.T) {
	for name, c := range map[string]struct {
		kind   simulator.FaultKind
		status string
	}{
		"before it is carried out": {simulator.Hang, "Enabled"},
		"after it is carried out":  {simulator.HangAfterCommit, "Disabled"},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, "Enabled", simulator.Settings{}, func(b *fixture) {
				b.inject(update, c.kind, 1)
				ctx, cancel := context.WithCancel(context.Background())
				b.server.OnRequest(func(r simulator.Request) {
					if r.Path == update {
						time.AfterFunc(time.Second, cancel)
					}
				})
				began := time.Now()
				got, err := b.drive(ctx, reconcile.Request{Status: lifecycle.Disabled})
				if got != c.status || b.server.Count(update) != 1 {
					b.Errorf("seen %s after %d updates: %v", got, b.server.Count(update), err)
				}
				if took := time.Since(began); took > 2*time.Second {
					b.Errorf("took %s after the interruption", took)
				}
			})
		})
	}
}
