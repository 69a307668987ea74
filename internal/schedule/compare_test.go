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
		if got := c.decision.Compare(c.told); got != c.want {
			t.Errorf("%s, told %s: got %d, want %d", c.decision, c.told, got, c.want)
		}
	}
}

func TestAServerThatKeepsSecondsTellsTheSameDecision(t *testing.T) {
	wanted := Decision{ApprovedBetween, noon.Add(123456789), later.Add(999 * time.Millisecond)}
	if got := wanted.Compare(between); got != Same {
		t.Errorf("got %d", got)
	}
}

func TestEqualInstantsInTwoZonesAreEqual(t *testing.T) {
	paris := time.FixedZone("", 3600)
	moved := Decision{ApprovedBetween, noon.In(paris), later.In(paris)}
	if !between.Equal(moved) || between.Compare(moved) != Same {
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
