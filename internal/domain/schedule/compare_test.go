package schedule_test

import (
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

var (
	none    = time.Time{}
	after   = schedule.Decision{schedule.ApprovedAfter, noon, none}
	between = schedule.Decision{schedule.ApprovedBetween, noon, later}
	both    = schedule.Decision{schedule.ApprovedAfter, noon, later}
)

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		decision, shown schedule.Decision
		want            schedule.Match
	}{
		{schedule.Decision{Status: schedule.Approved}, schedule.Decision{Status: schedule.Approved}, schedule.Same},
		{
			schedule.Decision{Status: schedule.Approved},
			schedule.Decision{schedule.Approved, noon, later},
			schedule.Vague,
		},
		{
			schedule.Decision{Status: schedule.Approved},
			schedule.Decision{Status: "Approved by the board"},
			schedule.Vague,
		},
		{
			schedule.Decision{Status: schedule.Approved},
			schedule.Decision{Status: schedule.ApprovedAfter},
			schedule.Different,
		},
		{schedule.Decision{Status: schedule.Approved}, between, schedule.Different},
		{
			schedule.Decision{Status: schedule.Approved},
			schedule.Decision{Status: schedule.Rejected},
			schedule.Different,
		},
		{schedule.Decision{Status: schedule.Approved}, schedule.Decision{Status: schedule.Pending}, schedule.Different},

		{schedule.Decision{Status: schedule.Rejected}, schedule.Decision{Status: schedule.Rejected}, schedule.Same},
		{
			schedule.Decision{Status: schedule.Rejected},
			schedule.Decision{schedule.Rejected, noon, later},
			schedule.Same,
		},
		{
			schedule.Decision{Status: schedule.Rejected},
			schedule.Decision{Status: schedule.Approved},
			schedule.Different,
		},
		{schedule.Decision{Status: schedule.Pending}, schedule.Decision{Status: schedule.Pending}, schedule.Same},

		{after, after, schedule.Same},
		{after, schedule.Decision{Status: schedule.ApprovedAfter}, schedule.Same},
		{after, schedule.Decision{schedule.ApprovedAfter, later, none}, schedule.Different},
		{after, schedule.Decision{schedule.ApprovedAfter, noon, later}, schedule.Vague},
		{after, schedule.Decision{Status: schedule.Approved}, schedule.Vague},
		{after, schedule.Decision{schedule.Approved, noon, none}, schedule.Same},
		{after, schedule.Decision{schedule.Approved, noon, later}, schedule.Vague},
		{after, schedule.Decision{schedule.Approved, later, none}, schedule.Different},
		{after, between, schedule.Different},
		{after, schedule.Decision{Status: schedule.ApprovedBetween}, schedule.Different},
		{after, schedule.Decision{Status: schedule.Rejected}, schedule.Different},
		{after, schedule.Decision{Status: schedule.Pending}, schedule.Different},

		{between, between, schedule.Same},
		{between, schedule.Decision{Status: schedule.ApprovedBetween}, schedule.Same},
		{between, schedule.Decision{schedule.ApprovedBetween, noon, none}, schedule.Same},
		{between, schedule.Decision{schedule.ApprovedBetween, noon, later.Add(time.Hour)}, schedule.Different},
		{between, schedule.Decision{schedule.ApprovedBetween, noon.Add(-time.Hour), later}, schedule.Different},
		{between, schedule.Decision{Status: schedule.Approved}, schedule.Vague},
		{between, schedule.Decision{schedule.Approved, noon, later}, schedule.Same},
		{between, schedule.Decision{schedule.Approved, noon, none}, schedule.Vague},
		{between, schedule.Decision{schedule.Approved, noon, noon.Add(time.Minute)}, schedule.Different},
		{between, schedule.Decision{Status: "Approved (scheduled)"}, schedule.Vague},
		{between, schedule.Decision{Status: schedule.ApprovedAfter}, schedule.Different},
		{between, schedule.Decision{Status: schedule.Rejected}, schedule.Different},

		{both, schedule.Decision{schedule.ApprovedBetween, noon, later}, schedule.Same},
		{both, schedule.Decision{schedule.ApprovedAfter, noon, none}, schedule.Same},
		{both, schedule.Decision{schedule.ApprovedAfter, noon, noon}, schedule.Different},
		{
			schedule.Decision{Status: schedule.ApprovedBetween},
			schedule.Decision{Status: schedule.ApprovedAfter},
			schedule.Different,
		},
	} {
		if got := c.decision.Compare(schedule.Shown{Decision: c.shown}); got != c.want {
			t.Errorf("%s, shown %s: got %d, want %d", c.decision, c.shown, got, c.want)
		}
	}
}

func TestCompare_WholeSeconds(t *testing.T) {
	wanted := schedule.Decision{schedule.ApprovedBetween, noon.Add(123456789), later.Add(999 * time.Millisecond)}
	if got := wanted.Compare(schedule.Shown{Decision: between}); got != schedule.Same {
		t.Errorf("got %d", got)
	}
}

func TestDecision_Equal(t *testing.T) {
	paris := time.FixedZone("", 3600)
	moved := schedule.Decision{schedule.ApprovedBetween, noon.In(paris), later.In(paris)}
	if !between.Equal(moved) || between.Compare(schedule.Shown{Decision: moved}) != schedule.Same {
		t.Error("a decision in another zone is another decision")
	}
	if between.Equal(both) {
		t.Error("two statuses are equal")
	}
	if between.Equal(schedule.Decision{schedule.ApprovedBetween, noon, later.Add(schedule.Precision)}) {
		t.Error("a microsecond is lost")
	}
	if !between.Equal(schedule.Decision{schedule.ApprovedBetween, noon, later.Add(time.Nanosecond)}) {
		t.Error("a nanosecond, which never reaches the server, counts")
	}
}

func TestInfer(t *testing.T) {
	for _, c := range []struct{ shown, want schedule.Decision }{
		{schedule.Decision{schedule.Approved, noon, none}, after},
		{schedule.Decision{schedule.Approved, noon, later}, between},
		{schedule.Decision{schedule.Approved, none, later}, schedule.Decision{schedule.Approved, none, later}},
		{schedule.Decision{Status: schedule.Approved}, schedule.Decision{Status: schedule.Approved}},
		{between, between},
		{
			schedule.Decision{
				schedule.ApprovedBetween, noon, none,
			}, schedule.Decision{schedule.ApprovedBetween, noon, none},
		},
		{both, both},
		{schedule.Decision{schedule.Rejected, noon, later}, schedule.Decision{Status: schedule.Rejected}},
		{schedule.Decision{schedule.Pending, noon, later}, schedule.Decision{Status: schedule.Pending}},
	} {
		if got := schedule.Infer(c.shown); got != c.want {
			t.Errorf("%s: got %s, want %s", c.shown, got, c.want)
		}
	}
}

func TestDecision_String(t *testing.T) {
	paris := time.FixedZone("", 3600)
	d := schedule.Decision{schedule.ApprovedBetween, noon.In(paris), later}
	if got := d.String(); got != "Approved Between, from 2026-12-01T12:00:00Z, until 2026-12-01T14:00:00Z" {
		t.Error(got)
	}
	if got := (schedule.Decision{Status: schedule.Rejected}).String(); got != "Rejected" {
		t.Error(got)
	}
}

// shownAt is what a server shows of a decision with both ends moved.
func shownAt(d schedule.Decision, start, stop time.Duration, noZone bool) schedule.Shown {
	d.Start, d.Stop = d.Start.Add(start), d.Stop.Add(stop)
	return schedule.Shown{d, noZone}
}

func TestCompare_RoundedTimes(t *testing.T) {
	const half = 30 * time.Second
	wanted := schedule.Decision{schedule.ApprovedBetween, noon.Add(half), later.Add(half)}
	for _, c := range []struct {
		start, stop time.Duration // from the wanted time to the shown one
		want        schedule.Match
	}{
		{0, 0, schedule.Same},
		{999 * time.Millisecond, -999 * time.Millisecond, schedule.Same},
		{time.Second, 0, schedule.Different},
		{-half, -half, schedule.Rounded},
		{half, half, schedule.Rounded},
		{-half, half, schedule.Rounded},
		{0, half, schedule.Rounded},
		{-half, 0, schedule.Rounded},
		{-half, -20 * time.Second, schedule.Different},
		{-half - time.Minute, -half, schedule.Different},
		{-half, half + time.Minute, schedule.Different},
	} {
		if got := wanted.Compare(shownAt(wanted, c.start, c.stop, false)); got != c.want {
			t.Errorf("%s, %s: got %d, want %d", c.start, c.stop, got, c.want)
		}
	}
	whole := schedule.Decision{schedule.ApprovedBetween, noon, later}
	for shift, want := range map[time.Duration]schedule.Match{
		time.Minute:  schedule.Different,
		-time.Minute: schedule.Different, 59 * time.Second: schedule.Different, 500 * time.Millisecond: schedule.Same,
	} {
		if got := whole.Compare(shownAt(whole, shift, 0, false)); got != want {
			t.Errorf("%s from a whole minute: got %d, want %d", shift, got, want)
		}
	}
	short := shownAt(wanted, -half, -half, false)
	short.Status = schedule.Approved
	if got := wanted.Compare(short); got != schedule.Rounded {
		t.Errorf("in short form: %d", got)
	}
	if got := (schedule.Decision{
		schedule.ApprovedAfter, wanted.Start,
		none,
	}).Compare(schedule.Shown{Decision: schedule.Decision{
		schedule.ApprovedAfter, noon,
		none,
	}}); got != schedule.Rounded {
		t.Errorf("a start alone: %d", got)
	}
}

func TestCompare_TimesWithoutZone(t *testing.T) {
	wanted := schedule.Decision{schedule.ApprovedBetween, noon.Add(15 * time.Second), later.Add(15 * time.Second)}
	for _, c := range []struct {
		start, stop time.Duration
		want        schedule.Match
	}{
		{0, 0, schedule.Same},
		{2 * time.Hour, 2 * time.Hour, schedule.Unzoned},
		{-8 * time.Hour, -8 * time.Hour, schedule.Unzoned},
		{5*time.Hour + 45*time.Minute, 5*time.Hour + 45*time.Minute, schedule.Unzoned},
		{14 * time.Hour, 14 * time.Hour, schedule.Unzoned},
		{2*time.Hour - 15*time.Second, 2*time.Hour - 15*time.Second, schedule.Unzoned}, // and rounded
		{time.Hour, 2 * time.Hour, schedule.Unzoned},                                   // daylight saving time begins
		{0, time.Hour, schedule.Unzoned},
		{-15 * time.Second, -15 * time.Second, schedule.Rounded},
		{time.Hour, 3 * time.Hour, schedule.Different},
		{3 * time.Hour, -3 * time.Hour, schedule.Different},
		{15 * time.Hour, 15 * time.Hour, schedule.Different},
		{-14*time.Hour - 15*time.Minute, -14*time.Hour - 15*time.Minute, schedule.Different},
		{2*time.Hour + 7*time.Minute, 2*time.Hour + 7*time.Minute, schedule.Different},
		{2*time.Hour + 2*time.Second, 2*time.Hour + 2*time.Second, schedule.Different},
	} {
		if got := wanted.Compare(shownAt(wanted, c.start, c.stop, true)); got != c.want {
			t.Errorf("%s, %s: got %d, want %d", c.start, c.stop, got, c.want)
		}
		if got := wanted.Compare(shownAt(wanted, c.start, c.stop, false)); c.want == schedule.Unzoned &&
			got != schedule.Different {
			t.Errorf("%s, %s in a zone: got %d", c.start, c.stop, got)
		}
	}
	for shift, want := range map[time.Duration]schedule.Match{
		2*time.Hour + time.Second:            schedule.Different,
		2*time.Hour + 999*time.Millisecond:   schedule.Unzoned,
		14*time.Hour + 15*time.Minute:        schedule.Different,
		-14*time.Hour - 999*time.Millisecond: schedule.Unzoned,
	} {
		if got := wanted.Compare(shownAt(wanted, shift, shift, true)); got != want {
			t.Errorf("%s: got %d, want %d", shift, got, want)
		}
	}
	stop := schedule.Shown{schedule.Decision{schedule.ApprovedBetween, none, wanted.Stop.Add(time.Hour)}, true}
	if got := wanted.Compare(stop); got != schedule.Unzoned {
		t.Errorf("a start that is not shown: %d", got)
	}
	from := schedule.Decision{schedule.ApprovedAfter, noon, none}
	if got := from.Compare(schedule.Shown{
		schedule.Decision{schedule.ApprovedAfter, later, none},
		true,
	}); got != schedule.Unzoned {
		t.Errorf("a start alone: %d", got)
	}
	if got := wanted.Compare(schedule.Shown{schedule.Decision{
		schedule.ApprovedBetween, wanted.Start.Add(time.Hour),
		none,
	}, true}); got != schedule.Unzoned {
		t.Errorf("a stop that is not shown: %d", got)
	}
	if got := wanted.Compare(schedule.Shown{
		schedule.Decision{schedule.ApprovedAfter, wanted.Start.Add(time.Hour), none},
		true,
	}); got != schedule.Different {
		t.Errorf("another status: %d", got)
	}
}

func TestMatch_IsUncertain(t *testing.T) {
	for match, want := range map[schedule.Match]bool{
		schedule.Different: false, schedule.Unzoned: true, schedule.Rounded: true, schedule.Vague: false,
		schedule.Same: false,
	} {
		if got := match.IsUncertain(); got != want {
			t.Errorf("%d: uncertain is %t, want %t", match, got, want)
		}
	}
}

func TestIsStill(t *testing.T) {
	half := 30 * time.Second
	wanted := schedule.Decision{schedule.ApprovedBetween, noon.Add(half), later.Add(half)}
	exact, minutes := schedule.Shown{Decision: wanted}, shownAt(wanted, -half, -half, false)
	hours, local := shownAt(wanted, -half-time.Hour, -half, false), shownAt(wanted, time.Hour, time.Hour, true)
	without := schedule.Shown{Decision: schedule.Decision{Status: schedule.ApprovedBetween}}
	short := schedule.Shown{Decision: schedule.Decision{Status: schedule.Approved}}
	rejected := schedule.Shown{Decision: schedule.Decision{Status: schedule.Rejected}}
	for name, c := range map[string]struct {
		now    schedule.Shown
		before *schedule.Shown
		want   bool
	}{
		"exact, first": {exact, nil, true}, "rounded, first": {minutes, nil, true}, "local, first": {local, nil, true},
		"hours, first": {hours, nil, false}, "another status, first": {rejected, nil, false},
		"exact, again": {exact, &exact, true}, "rounded, again": {minutes, &minutes, true},
		"local, again": {local, &local, true},
		"hours, again": {hours, &hours, true}, "rounded after exact": {minutes, &exact, false},
		"local after exact":         {local, &exact, false},
		"without times after exact": {without, &exact, true}, "short after exact": {short, &exact, true},
		"exact after rounded":        {exact, &minutes, true},
		"another status after exact": {rejected, &exact, false}, "hours after rounded": {hours, &minutes, false},
	} {
		if got := wanted.IsStill(c.now, c.before); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	zoned := local
	zoned.NoZone = false
	again := local
	if local.Equal(zoned) || !local.Equal(again) || local.Equal(minutes) {
		t.Error("two answers of a server are compared wrongly")
	}
}
