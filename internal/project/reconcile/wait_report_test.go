package reconcile_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// logged collects what is reported.
func (b *fixture) logged() *[]string {
	lines := &[]string{}
	b.driver.Report = func(format string, args ...any) { *lines = append(*lines, fmt.Sprintf(format, args...)) }
	return lines
}

func (b *fixture) wantLog(lines *[]string, want ...string) {
	b.Helper()
	if !slices.Equal(*lines, want) {
		b.Errorf("logged\n%s\nwant\n%s", strings.Join(*lines, "\n"), strings.Join(want, "\n"))
	}
}

func TestReconcile_LogsALongWait(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		lines := b.logged()
		time.AfterFunc(150*time.Second, func() { _ = b.server.ApproveFlow(payments, "ada") })
		deadline := time.Now().Add(10 * time.Minute).UTC().Format(time.RFC3339)
		b.reaches(lifecycle.Enabled, enabled)
		ticket := (*lines)[3]
		if !strings.HasPrefix(ticket, "project Payments waits for flow ticket 901, 0 of 1 approvals given, "+
			"approvers: ") {
			b.Errorf("logged %q", ticket)
		}
		waiting := "for project Payments to become Enabled"
		b.wantLog(lines,
			"setting project Payments from Draft to Pending",
			"status of project Payments changed from Draft to Pending",
			"waiting "+waiting+" (status: Pending, deadline: "+deadline+")",
			ticket,
			"still waiting "+waiting+" after 1m7s (status: Pending, deadline: "+deadline+")",
			"still waiting "+waiting+" after 2m7s (status: Pending, deadline: "+deadline+")",
			"status of project Payments changed from Pending to Enabled",
		)
	})
}

func TestReconcile_LogsNoTicketThatIsNotVisible(t *testing.T) {
	inVirtualTime(t, "Pending", simulator.Settings{}, func(b *fixture) {
		b.driver = driverFor(b.T, b.server, "olga") // an owner, and no approver
		lines := b.logged()
		ctx, cancel := context.WithCancel(context.Background())
		time.AfterFunc(50*time.Second, cancel)
		_, err := b.drive(ctx, enabled)
		failed := b.fails(err, failure.Interrupted, "interrupted after 50s waiting for project Payments to become "+
			"Enabled (last status: Pending)")
		if !strings.Contains(failed.Remedy, "has been waiting for its approval since 20") ||
			!strings.HasSuffix(failed.Remedy, "does not submit the project again.") {
			b.Errorf("advice %q", failed.Remedy)
		}
		b.wantLog(lines, "waiting for project Payments to become Enabled (status: Pending, deadline: none)")
	})
}

func TestDecide_LogsALongWait(t *testing.T) {
	inVirtualTime(t, "Draft", simulator.Settings{}, func(b *fixture) {
		lines := b.logged()
		time.AfterFunc(70*time.Second, func() { b.server.SetProjectStatus(payments, "Pending") })
		deadline := time.Now().Add(10 * time.Minute).UTC().Format(time.RFC3339)
		b.decides(reconcile.Approval{}, lifecycle.Enabled)
		if len(*lines) < 4 || !strings.HasPrefix((*lines)[1],
			"still waiting for project Payments to be submitted for approval after 1m") {
			b.Fatalf("logged %q", *lines)
		}
		b.wantLog(lines,
			"waiting for project Payments to be submitted for approval (status: Draft, deadline: "+deadline+")",
			(*lines)[1],
			"status of project Payments changed from Draft to Pending",
			"flow ticket 901 of project Payments is being approved",
			"status of project Payments changed from Pending to Enabled",
		)
	})
}

func TestReconcile_TimeoutOfAStepThatDoesNotShow(t *testing.T) {
	inVirtualTime(t, "Enabled", simulator.Settings{StatusLag: 3_600_000}, func(b *fixture) {
		_, err := b.drive(b.within(2*time.Minute), reconcile.Request{Status: lifecycle.Disabled})
		failed := b.fails(err, failure.TimedOut, "timed out after 2m waiting for project Payments to become Disabled "+
			"(last status: Enabled)")
		if !strings.HasPrefix(failed.Remedy, "Only ") ||
			!strings.Contains(failed.Remedy, "increase `timeouts` if the server is slow") {
			b.Errorf("advice %q", failed.Remedy)
		}
	})
}

func TestDecide_TimeoutAdvice(t *testing.T) {
	for _, c := range []struct {
		approval        reconcile.Approval
		message, advice string
	}{
		{reconcile.Approval{}, "to be submitted for approval (last status: Draft)", "Its owner must submit it first"},
		{
			rejection, "to be submitted for approval (last status: Draft)", "Either the project has not been " +
				"submitted yet",
		},
	} {
		inVirtualTime(t, "Draft", simulator.Settings{SubmissionDateOmitted: true}, func(b *fixture) {
			_, err := b.decide(b.within(time.Minute), c.approval)
			if failed := b.fails(err, failure.TimedOut, c.message); !strings.HasPrefix(failed.Remedy, c.advice) ||
				strings.Contains(err.Error(), ";") {
				b.Errorf("message %q, advice %q", err, failed.Remedy)
			}
		})
	}
}
