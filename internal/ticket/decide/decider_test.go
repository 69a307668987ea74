package decide

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

func TestDecide_PendingTicketOnce(t *testing.T) {
	for _, d := range []schedule.Decision{
		approved(), rejected(), between(1),
		{Status: schedule.ApprovedAfter, Start: noon},
	} {
		f := &fake{ticket: ticket(pending())}
		got, err := f.decider().Decide(t.Context(), first(d))
		if err != nil || !got.Sent || got.Processed || got.Ticket.Status != d.Status {
			t.Errorf("%s: got %+v, %v", d, got, err)
		}
		f.wantCalls(t, "Details,Update,Details")
	}
}

func TestDecide_SendsEveryField(t *testing.T) {
	f := &fake{ticket: ticket(pending())}
	var sent client.TicketDecision
	recorder := &recorder{fake: f, sent: &sent}
	d := New(recorder)
	d.Now = func() time.Time { return noon }
	order := Request{TicketDecision: client.TicketDecision{
		GUID: guid, Decision: between(1), Explanation: "CHG1", Reason: "7", UserData: "u", ObjectDN: `\VED\x`,
		Approvers: []string{"local:{a}"},
	}}
	if _, err := d.Decide(t.Context(), order); err != nil {
		t.Fatal(err)
	}
	if sent.GUID != guid || !sent.Decision.Equal(order.Decision) || sent.Explanation != "CHG1" || sent.Reason != "7" ||
		sent.UserData != "u" || sent.ObjectDN != `\VED\x` || len(sent.Approvers) != 1 {
		t.Errorf("sent %+v", sent)
	}
}

func TestDecide_AdoptsSameDecision(t *testing.T) {
	f := &fake{ticket: ticket(between(1))}
	got, err := f.decider().Decide(t.Context(), first(between(1)))
	if err != nil || got.Sent || len(got.Notes) != 0 {
		t.Errorf("got %+v, %v", got, err)
	}
	f.wantCalls(t, "Details")
}

func TestDecide_AdoptsWithoutWindow(t *testing.T) {
	f := &fake{ticket: ticket(between(1)), untimed: true}
	got, err := f.decider().Decide(t.Context(), first(between(3)))
	if err != nil || got.Sent || !noted(got, "does not show the window") {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestDecide_Conflict(t *testing.T) {
	for name, c := range map[string]struct{ wanted, found schedule.Decision }{
		"rejected":                  {approved(), rejected()},
		"approved":                  {rejected(), approved()},
		"another window":            {between(1), between(2)},
		"no window":                 {approved(), between(1)},
		"an approval in short form": {between(1), approved()},
		"an unknown status":         {approved(), schedule.Decision{Status: "On Hold"}},
	} {
		f := &fake{ticket: ticket(c.found)}
		f.ticket.ApprovalExplanation, f.ticket.ApprovalFrom, f.ticket.Updated = "not on Fridays", "local:jane", noon
		_, err := f.decider().Decide(t.Context(), first(c.wanted))
		wantError(t, err, failure.Conflict, guid, c.wanted.String(), c.found.String(), "not on Fridays", "local:jane",
			"2026-12-01T12:00:00Z")
		if name == "an approval in short form" {
			wantAdvice(t, err, "does not show whether", "import the ticket")
		} else {
			wantAdvice(t, err, "does not overwrite")
		}
		f.wantCalls(t, "Details")
	}
}

func TestDecide_ChangesInPlace(t *testing.T) {
	for name, c := range map[string]struct{ from, to schedule.Decision }{
		"another window":        {between(1), between(2)},
		"an approval withdrawn": {between(1), rejected()},
		"reopened since":        {pending(), approved()},
		"drift put right":       {rejected(), between(1)},
		"a new explanation":     {between(1), between(1)},
	} {
		f := &fake{ticket: ticket(c.from)}
		order := change(c.from, c.to)
		order.Explanation = "again"
		got, err := f.decider().Decide(t.Context(), order)
		if err != nil || !got.Sent || f.ticket.Status != c.to.Status || f.ticket.ApprovalExplanation != "again" {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
		f.wantCalls(t, "Details,Update,Details")
	}
}

func TestDecide_ChangesWindowThatIsNotShown(t *testing.T) {
	f := &fake{ticket: ticket(between(1)), untimed: true}
	got, err := f.decider().Decide(t.Context(), change(between(1), between(2)))
	if err != nil || !got.Sent || !f.ticket.ScheduledStart.Equal(between(2).Start) {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestDecide_ChangedSincePlan(t *testing.T) {
	for _, found := range map[string]schedule.Decision{
		"rejected since": rejected(), "reopened since": pending(),
		"moved since": between(5),
	} {
		f := &fake{ticket: ticket(found)}
		_, err := f.decider().Decide(t.Context(), change(between(1), between(2)))
		wantError(t, err, failure.Conflict, found.String(), between(1).String())
		wantAdvice(t, err, "after the plan", "Plan again")
		f.wantCalls(t, "Details")
	}
}

func TestDecide_ChangeOfKilledRun(t *testing.T) {
	f := &fake{ticket: ticket(between(2))}
	got, err := f.decider().Decide(t.Context(), change(between(1), between(2)))
	if err != nil || got.Sent {
		t.Errorf("a new window: got %+v, %v", got, err)
	}
	f.ticket.ApprovalExplanation = "new"
	order := change(between(2), between(2))
	order.Explanation = "new"
	got, err = f.decider().Decide(t.Context(), order)
	if err != nil || got.Sent {
		t.Errorf("a new explanation: got %+v, %v", got, err)
	}
	f.wantCalls(t, "Details,Details")
}

func TestDecide_WindowClosed(t *testing.T) {
	over := between(-5)
	f := &fake{ticket: ticket(pending())}
	_, err := f.decider().Decide(t.Context(), first(over))
	wantError(t, err, failure.WindowClosed, "2026-12-01T09:00:00Z")
	f.wantCalls(t, "Details")
	for name, f := range map[string]*fake{
		"adopted":                   {ticket: ticket(over)},
		"adopted, window not shown": {ticket: ticket(over), untimed: true},
	} {
		if got, err := f.decider().Decide(t.Context(), first(over)); err != nil || got.Sent {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
}

func TestDecide_MissingTicket(t *testing.T) {
	f := &fake{}
	_, err := f.decider().Decide(t.Context(), first(approved()))
	wantError(t, err, failure.NotFound, guid)
	_, err = f.decider().Decide(t.Context(), change(between(1), between(2)))
	wantError(t, err, failure.Consumed, guid, "consumed")
	if f.sent() != 0 {
		t.Error("a decision was sent")
	}
}

func TestCheck_SendsNothing(t *testing.T) {
	f := &fake{ticket: ticket(pending())}
	if found, _, err := f.decider().Check(t.Context(), first(between(1))); err != nil || found.Status != "Pending" {
		t.Error(found, err)
	}
	_, _, err := f.decider().Check(t.Context(), first(between(-5)))
	wantError(t, err, failure.WindowClosed)
	f.decidedByAnother(rejected())
	_, _, err = f.decider().Check(t.Context(), first(approved()))
	wantError(t, err, failure.Conflict)
	f.wantCalls(t, "Details,Details,Details")
}

func TestDecide_RefreshesPermissions(t *testing.T) {
	f := &fake{ticket: ticket(pending()), noRight: errForbidden}
	if got, err := f.decider().Decide(t.Context(), first(approved())); err != nil || !got.Sent {
		t.Errorf("got %+v, %v", got, err)
	}
	f.wantCalls(t, "Details,Update,Refresh,Update,Details")

	synctest.Test(t, func(t *testing.T) {
		f := &fake{ticket: ticket(pending()), noRight: errForbidden, refresh: errScope}
		_, err := f.decider().Decide(t.Context(), first(approved()))
		wantError(t, err, failure.Refused, "not carried out", "InsufficientPrivileges (4)")
		if client.ReasonOf(err) != client.Forbidden {
			t.Errorf("the reason is lost: %v", err)
		}
		f.wantCalls(t, "Details,Update,Refresh"+lateReads)
	})
}
