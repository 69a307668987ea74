package schedule_test

import (
	"testing"
	"time"

	. "github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
)

var (
	none    = time.Time{}
	after   = Decision{ApprovedAfter, noon, none}
	between = Decision{ApprovedBetween, noon, later}
	both    = Decision{ApprovedAfter, noon, later}
)

func TestWhatAServerTellsComparedWithADecision(t *testing.T) {
	for _, c := range []struct {
		decision, told Decision
		want           Match
	}{
		{Decision{Status: Approved}, Decision{Status: Approved}, Same},
		{Decision{Status: Approved}, Decision{Approved, noon, later}, Vague},
		{Decision{Status: Approved}, Decision{Status: "Approved by the board"}, Vague},
		{Decision{Status: Approved}, Decision{Status: ApprovedAfter}, Different},
		{Decision{Status: Approved}, between, Different},
		{Decision{Status: Approved}, Decision{Status: Rejected}, Different},
		{Decision{Status: Approved}, Decision{Status: Pending}, Different},

		{Decision{Status: Rejected}, Decision{Status: Rejected}, Same},
		{Decision{Status: Rejected}, Decision{Rejected, noon, later}, Same},
		{Decision{Status: Rejected}, Decision{Status: Approved}, Different},
		{Decision{Status: Pending}, Decision{Status: Pending}, Same},

		{after, after, Same},
		{after, Decision{Status: ApprovedAfter}, Same},
		{after, Decision{ApprovedAfter, later, none}, Different},
		{after, Decision{ApprovedAfter, noon, later}, Vague},
		{after, Decision{Status: Approved}, Vague},
		{after, Decision{Approved, noon, none}, Same},
		{after, Decision{Approved, noon, later}, Vague},
		{after, Decision{Approved, later, none}, Different},
		{after, between, Different},
		{after, Decision{Status: ApprovedBetween}, Different},
		{after, Decision{Status: Rejected}, Different},
		{after, Decision{Status: Pending}, Different},

		{between, between, Same},
		{between, Decision{Status: ApprovedBetween}, Same},
		{between, Decision{ApprovedBetween, noon, none}, Same},
		{between, Decision{ApprovedBetween, noon, later.Add(time.Hour)}, Different},
		{between, Decision{ApprovedBetween, noon.Add(-time.Hour), later}, Different},
		{between, Decision{Status: Approved}, Vague},
		{between, Decision{Approved, noon, later}, Same},
		{between, Decision{Approved, noon, none}, Vague},
		{between, Decision{Approved, noon, noon.Add(time.Minute)}, Different},
		{between, Decision{Status: "Approved (scheduled)"}, Vague},
		{between, Decision{Status: ApprovedAfter}, Different},
		{between, Decision{Status: Rejected}, Different},

		{both, Decision{ApprovedBetween, noon, later}, Same},
		{both, Decision{ApprovedAfter, noon, none}, Same},
		{both, Decision{ApprovedAfter, noon, noon}, Different},
		{Decision{Status: ApprovedBetween}, Decision{Status: ApprovedAfter}, Different},
	} {
		if got := c.decision.Compare(Shown{Decision: c.told}); got != c.want {
			t.Errorf("%s, told %s: got %d, want %d", c.decision, c.told, got, c.want)
		}
	}
}

func TestAServerThatKeepsSecondsTellsTheSameDecision(t *testing.T) {
	wanted := Decision{ApprovedBetween, noon.Add(123456789), later.Add(999 * time.Millisecond)}
	if got := wanted.Compare(Shown{Decision: between}); got != Same {
		t.Errorf("got %d", got)
	}
}

func TestEqualInstantsInTwoZonesAreEqual(t *testing.T) {
	paris := time.FixedZone("", 3600)
	moved := Decision{ApprovedBetween, noon.In(paris), later.In(paris)}
	if !between.Equal(moved) || between.Compare(Shown{Decision: moved}) != Same {
		t.Error("a decision in another zone is another decision")
	}
	if between.Equal(Decision{ApprovedBetween, noon, later.Add(Precision)}) {
		t.Error("a microsecond is lost")
	}
	if !between.Equal(Decision{ApprovedBetween, noon, later.Add(time.Nanosecond)}) {
		t.Error("a nanosecond, which never reaches the server, counts")
	}
}

func TestWhatAServerMeansByWhatItTells(t *testing.T) {
	for _, c := range []struct{ told, want Decision }{
		{Decision{Approved, noon, none}, after},
		{Decision{Approved, noon, later}, between},
		{Decision{Approved, none, later}, Decision{Approved, none, later}},
		{Decision{Status: Approved}, Decision{Status: Approved}},
		{between, between},
		{Decision{Rejected, noon, later}, Decision{Status: Rejected}},
		{Decision{Pending, noon, later}, Decision{Status: Pending}},
	} {
		if got := Infer(c.told); got != c.want {
			t.Errorf("%s: got %s, want %s", c.told, got, c.want)
		}
	}
}

func TestADecisionInOneLine(t *testing.T) {
	paris := time.FixedZone("", 3600)
	d := Decision{ApprovedBetween, noon.In(paris), later}
	if got := d.String(); got != "Approved Between, from 2026-12-01T12:00:00Z, until 2026-12-01T14:00:00Z" {
		t.Error(got)
	}
	if got := (Decision{Status: Rejected}).String(); got != "Rejected" {
		t.Error(got)
	}
}

// shownAt is what a server shows of a decision with both ends moved.
func shownAt(d Decision, start, stop time.Duration, noZone bool) Shown {
	d.Start, d.Stop = d.Start.Add(start), d.Stop.Add(stop)
	return Shown{d, noZone}
}

func TestCompare_RoundedTimes(t *testing.T) {
	const half = 30 * time.Second
	wanted := Decision{ApprovedBetween, noon.Add(half), later.Add(half)}
	for _, c := range []struct {
		start, stop time.Duration // from the wanted time to the shown one
		want        Match
	}{
		{0, 0, Same},
		{999 * time.Millisecond, -999 * time.Millisecond, Same},
		{time.Second, 0, Different},
		{-half, -half, Rounded},
		{half, half, Rounded},
		{-half, half, Rounded},
		{0, half, Rounded},
		{-half, 0, Rounded},
		{-half, -20 * time.Second, Different},
		{-half - time.Minute, -half, Different},
		{-half, half + time.Minute, Different},
	} {
		if got := wanted.Compare(shownAt(wanted, c.start, c.stop, false)); got != c.want {
			t.Errorf("%s, %s: got %d, want %d", c.start, c.stop, got, c.want)
		}
	}
	whole := Decision{ApprovedBetween, noon, later}
	for shift, want := range map[time.Duration]Match{time.Minute: Different, -time.Minute: Different, 59 * time.Second: Different, 500 * time.Millisecond: Same} {
		if got := whole.Compare(shownAt(whole, shift, 0, false)); got != want {
			t.Errorf("%s from a whole minute: got %d, want %d", shift, got, want)
		}
	}
	short := shownAt(wanted, -half, -half, false)
	short.Status = Approved
	if got := wanted.Compare(short); got != Rounded {
		t.Errorf("in short form: %d", got)
	}
	if got := (Decision{ApprovedAfter, wanted.Start, none}).Compare(Shown{Decision: Decision{ApprovedAfter, noon, none}}); got != Rounded {
		t.Errorf("a start alone: %d", got)
	}
}

func TestCompare_TimesWithoutZone(t *testing.T) {
	wanted := Decision{ApprovedBetween, noon.Add(15 * time.Second), later.Add(15 * time.Second)}
	for _, c := range []struct {
		start, stop time.Duration
		want        Match
	}{
		{0, 0, Same},
		{2 * time.Hour, 2 * time.Hour, Unzoned},
		{-8 * time.Hour, -8 * time.Hour, Unzoned},
		{5*time.Hour + 45*time.Minute, 5*time.Hour + 45*time.Minute, Unzoned},
		{14 * time.Hour, 14 * time.Hour, Unzoned},
		{2*time.Hour - 15*time.Second, 2*time.Hour - 15*time.Second, Unzoned}, // and rounded
		{time.Hour, 2 * time.Hour, Unzoned},                                   // daylight saving time begins
		{0, time.Hour, Unzoned},
		{-15 * time.Second, -15 * time.Second, Rounded},
		{time.Hour, 3 * time.Hour, Different},
		{3 * time.Hour, -3 * time.Hour, Different},
		{15 * time.Hour, 15 * time.Hour, Different},
		{-14*time.Hour - 15*time.Minute, -14*time.Hour - 15*time.Minute, Different},
		{2*time.Hour + 7*time.Minute, 2*time.Hour + 7*time.Minute, Different},
		{2*time.Hour + 2*time.Second, 2*time.Hour + 2*time.Second, Different},
	} {
		if got := wanted.Compare(shownAt(wanted, c.start, c.stop, true)); got != c.want {
			t.Errorf("%s, %s: got %d, want %d", c.start, c.stop, got, c.want)
		}
		if got := wanted.Compare(shownAt(wanted, c.start, c.stop, false)); c.want == Unzoned && got != Different {
			t.Errorf("%s, %s in a zone: got %d", c.start, c.stop, got)
		}
	}
	from := Decision{ApprovedAfter, noon, none}
	if got := from.Compare(Shown{Decision{ApprovedAfter, later, none}, true}); got != Unzoned {
		t.Errorf("a start alone: %d", got)
	}
	if got := wanted.Compare(Shown{Decision{ApprovedBetween, wanted.Start.Add(time.Hour), none}, true}); got != Unzoned {
		t.Errorf("a stop that is not shown: %d", got)
	}
	if got := wanted.Compare(Shown{Decision{ApprovedAfter, wanted.Start.Add(time.Hour), none}, true}); got != Different {
		t.Errorf("another status: %d", got)
	}
}

func TestMatch_Predicates(t *testing.T) {
	for match, want := range map[Match][2]bool{
		Different: {false, false}, Unzoned: {true, true}, Rounded: {true, true}, Vague: {true, false}, Same: {true, false},
	} {
		if got := [2]bool{match.IsCompatible(), match.IsUncertain()}; got != want {
			t.Errorf("%d: compatible and uncertain are %t, want %t", match, got, want)
		}
	}
}

func TestIsStill(t *testing.T) {
	half := 30 * time.Second
	wanted := Decision{ApprovedBetween, noon.Add(half), later.Add(half)}
	exact, minutes := Shown{Decision: wanted}, shownAt(wanted, -half, -half, false)
	hours, local := shownAt(wanted, -half-time.Hour, -half, false), shownAt(wanted, time.Hour, time.Hour, true)
	without := Shown{Decision: Decision{Status: ApprovedBetween}}
	short := Shown{Decision: Decision{Status: Approved}}
	rejected := Shown{Decision: Decision{Status: Rejected}}
	for name, c := range map[string]struct {
		now    Shown
		before *Shown
		want   bool
	}{
		"exact, first": {exact, nil, true}, "rounded, first": {minutes, nil, true}, "local, first": {local, nil, true},
		"hours, first": {hours, nil, false}, "another status, first": {rejected, nil, false},
		"exact, again": {exact, &exact, true}, "rounded, again": {minutes, &minutes, true}, "local, again": {local, &local, true},
		"hours, again": {hours, &hours, true}, "rounded after exact": {minutes, &exact, false}, "local after exact": {local, &exact, false},
		"without times after exact": {without, &exact, true}, "short after exact": {short, &exact, true}, "exact after rounded": {exact, &minutes, true},
		"another status after exact": {rejected, &exact, false}, "hours after rounded": {hours, &minutes, false},
	} {
		if got := wanted.IsStill(c.now, c.before); got != c.want {
			t.Errorf("%s: %t", name, got)
		}
	}
	zoned := local
	zoned.NoZone = false
	if local.Equal(zoned) || !local.Equal(local) || local.Equal(minutes) {
		t.Error("two answers of a server are compared wrongly")
	}
}
