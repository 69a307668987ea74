package decide

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

const caller, another = "local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", "local:{bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb}"

// odd is a window that starts and stops at 17 min 30.6 s past the hour.
func odd(hours int) schedule.Decision {
	d := between(hours)
	d.Start, d.Stop = d.Start.Add(1050600*time.Millisecond), d.Stop.Add(1050600*time.Millisecond)
	return d
}

// displays are the ways in which servers show the times of a decision.
func displays() map[string]func(*client.WorkflowTicket) {
	round := func(unit time.Duration) func(*client.WorkflowTicket) {
		return func(t *client.WorkflowTicket) {
			t.ScheduledStart, t.ScheduledStop = t.ScheduledStart.Truncate(unit), t.ScheduledStop.Truncate(unit)
		}
	}
	local := func(offset time.Duration) func(*client.WorkflowTicket) {
		return func(t *client.WorkflowTicket) {
			if t.ScheduledStart.IsZero() {
				return
			}
			t.ScheduledStart, t.ScheduledStop = t.ScheduledStart.Add(offset), t.ScheduledStop.Add(offset)
			t.ScheduleNoZone = true
		}
	}
	return map[string]func(*client.WorkflowTicket){
		"seconds": round(time.Second), "minutes": round(time.Minute), "hours": round(time.Hour),
		"local times": local(2 * time.Hour), "local times of India": local(5*time.Hour + 30*time.Minute),
		"UTC without a zone": local(0),
		"local minutes":      func(t *client.WorkflowTicket) { local(-8 * time.Hour)(t); round(time.Minute)(t) },
		"no times": func(t *client.WorkflowTicket) {
			t.ScheduledStart, t.ScheduledStop = time.Time{}, time.Time{}
		},
		"the author's name": func(t *client.WorkflowTicket) { t.ApprovalFrom = "Build Robot" },
		"no author":         func(t *client.WorkflowTicket) { round(time.Minute)(t); t.ApprovalFrom = "" },
	}
}

func TestDecide_AcknowledgedDecisionIsOwn(t *testing.T) {
	for name, display := range displays() {
		for kind, order := range map[string]Request{"first": first(odd(1)), "change": change(odd(1), odd(2))} {
			t.Run(name+", "+kind, func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					f := &fake{ticket: ticket(pending()), display: display, names: []string{caller}}
					if order.Replaces != nil {
						f.ticket = ticket(odd(1))
						order.Replaces.Shown = new(shownBy(f))
					}
					start := time.Now()
					got, err := f.decider().Decide(t.Context(), order)
					if err != nil || !got.Sent || got.Shown == nil || !got.Shown.Equal(shownBy(f)) || f.sent() != 1 {
						t.Fatalf("got %+v, %v", got, err)
					}
					if waited := time.Since(start); waited != 0 {
						t.Errorf("waited %s", waited)
					}
				})
			})
		}
	}
}

// shownBy is how a fake shows the decision on its ticket.
func shownBy(f *fake) schedule.Shown {
	shown := *f.ticket
	f.display(&shown)
	return ShownOn(&shown)
}

func TestDecide_AcknowledgedDecisionOfAnotherAuthor(t *testing.T) {
	for name, found := range map[string]*client.WorkflowTicket{
		"another author":      {Status: schedule.ApprovedBetween, ApprovalFrom: another},
		"another explanation": {Status: schedule.ApprovedBetween, ApprovalExplanation: "theirs"},
		"another status":      {Status: schedule.Rejected, ApprovalFrom: caller, ApprovalExplanation: "mine"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := &fake{ticket: ticket(pending()), names: []string{caller}}
				found.ScheduledStart, found.ScheduledStop = between(5).Start, between(5).Stop
				f.updates = []func(func()) error{func(func()) error { f.ticket = found; return nil }}
				order := first(between(1))
				order.Explanation = "mine"
				start := time.Now()
				got, err := f.decider().Decide(t.Context(), order)
				wantError(t, err, failure.ChangedConcurrently, "another person")
				if waited := time.Since(start); waited < 10*time.Second || waited > 15*time.Second || !got.Sent ||
					got.Shown != nil {
					t.Errorf("waited %s for %+v", waited, got)
				}
			})
		})
	}
}

// What a run that was killed after its decision finds.
func TestDecide_AdoptsUncertainTimesByAuthorAndExplanation(t *testing.T) {
	all := displays()
	for name, c := range map[string]struct {
		display           string
		author, explained string
		adopted           bool
	}{
		"minutes, explained":              {"minutes", another, "CHG1", true},
		"minutes, own":                    {"minutes", caller, "", true},
		"minutes, unknown":                {"no author", "", "", true},
		"minutes, another's":              {"minutes", another, "", false},
		"minutes, another explanation":    {"no author", "", "theirs", false},
		"local, explained":                {"local times", "", "CHG1", true},
		"local, own":                      {"local times", caller, "", true},
		"local, own, otherwise explained": {"local times", caller, "CHG0", false},
		"local, unknown":                  {"local times", "", "", false},
		"local, another's":                {"local times", another, "", false},
		"UTC, another's":                  {"UTC without a zone", another, "theirs", true},
		"hours, explained":                {"hours", caller, "CHG1", false},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fake{ticket: ticket(odd(1)), display: all[c.display], names: []string{caller}}
			f.ticket.ApprovalFrom, f.ticket.ApprovalExplanation = c.author, c.explained
			order := first(odd(1))
			order.Explanation = "CHG1"
			got, err := f.decider().Decide(t.Context(), order)
			if !c.adopted {
				wantError(t, err, failure.Conflict, guid)
			} else if err != nil || got.Sent || !got.Shown.Equal(shownBy(f)) {
				t.Errorf("got %+v, %v", got, err)
			}
			if n := f.sent(); n != 0 {
				t.Errorf("%d decisions were sent", n)
			}
		})
	}
}

func TestDecide_AdoptsShortFormByExplanation(t *testing.T) {
	f := &fake{ticket: ticket(approved())}
	f.ticket.ApprovalExplanation = "CHG1"
	order := first(between(1))
	order.Explanation = "CHG1"
	if got, err := f.decider().Decide(t.Context(), order); err != nil || got.Sent ||
		!noted(got, "does not show the window") {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestDecide_ChangeIsComparedWithWhatWasShown(t *testing.T) {
	round := displays()["hours"]
	f := &fake{ticket: ticket(odd(1)), display: round}
	order := change(odd(1), odd(4))
	order.Replaces.Shown = new(shownBy(f))
	if got, err := f.decider().Decide(t.Context(), order); err != nil || !got.Sent {
		t.Errorf("got %+v, %v", got, err)
	}

	// A server that showed the seconds before does not round them away.
	f = &fake{ticket: ticket(between(1))}
	moved := between(1)
	moved.Start = moved.Start.Add(30 * time.Second)
	order = change(moved, rejected())
	order.Replaces.Shown = &schedule.Shown{Decision: moved}
	_, err := f.decider().Decide(t.Context(), order)
	wantError(t, err, failure.Conflict, "planned for")
}

func TestDecide_ChangeIsNotAdoptedByItsExplanationAlone(t *testing.T) {
	f := &fake{ticket: ticket(between(1))}
	f.ticket.ApprovalExplanation = "new"
	order := change(between(1), between(3))
	order.Explanation, order.Replaces.Explanation = "new", "old"
	got, err := f.decider().Decide(t.Context(), order)
	if err != nil || !got.Sent || !f.ticket.ScheduledStart.Equal(between(3).Start) {
		t.Errorf("got %+v, %v", got, err)
	}

	// The same explanation as before says nothing about a decision that was made again.
	order = change(between(3), between(3))
	order.Explanation, order.Replaces.Explanation = "new", "new"
	if got, err := f.decider().Decide(t.Context(), order); err != nil || !got.Sent {
		t.Errorf("got %+v, %v", got, err)
	}
}

func TestIsSameIdentity(t *testing.T) {
	for _, c := range []struct {
		name, found string
		same        bool
	}{
		{caller, caller, true},
		{caller, "LOCAL:0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0", true},
		{caller, "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}", true},
		{caller, another, false},
		{"local:robot", "local:robot", true},
		{"local:robot", "Robot", true},
		{"local:robot", "AD+CORP:robot", false},
		{"local:straße", "local:STRASSE", false},
		{"local:ſam", "local:sam", false},
		{"robot", "robot", true},
		{"local:", "", false},
	} {
		if got := isSameIdentity(c.name, c.found); got != c.same {
			t.Errorf("%s and %s: %t", c.name, c.found, got)
		}
	}
}
