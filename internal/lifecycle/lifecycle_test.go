package lifecycle_test

import (
	"errors"
	"strings"
	"testing"

	. "github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
)

const undocumented = "!"

// route writes a route as "Pending, Enabled", an undocumented step with "!".
func route(current, goal Status) string {
	steps, err := Route(current, goal)
	if err != nil {
		return "never"
	}
	names := make([]string, 0, len(steps))
	for _, s := range steps {
		name := s.To.String()
		if !s.Documented {
			name += undocumented
		}
		names = append(names, name)
	}
	return strings.Join(names, ", ")
}

func TestTheRouteFromEveryStatusToEveryGoal(t *testing.T) {
	unknown := Status(9)
	for _, c := range []struct {
		current, goal Status
		want          string
	}{
		{Disabled, Disabled, ""},
		{Enabled, Disabled, "Disabled"},
		{Draft, Disabled, "Disabled"},
		{Pending, Disabled, "Disabled!"},
		{Deleted, Disabled, "never"},
		{DisabledByParent, Disabled, "never"},
		{unknown, Disabled, "Disabled!"},

		{Disabled, Enabled, "Enabled"},
		{Enabled, Enabled, ""},
		{Draft, Enabled, "Pending, Enabled"},
		{Pending, Enabled, "Enabled"},
		{Deleted, Enabled, "never"},
		{DisabledByParent, Enabled, "never"},
		{unknown, Enabled, "Enabled!"},

		{Disabled, Draft, "Draft!"},
		{Enabled, Draft, "Draft!"},
		{Draft, Draft, ""},
		{Pending, Draft, "Draft!"},
		{Deleted, Draft, "never"},
		{DisabledByParent, Draft, "never"},
		{unknown, Draft, "Draft!"},

		{Disabled, Pending, "never"},
		{Enabled, Pending, ""},
		{Draft, Pending, "Pending"},
		{Pending, Pending, ""},
		{Deleted, Pending, "never"},
		{DisabledByParent, Pending, "never"},
		{unknown, Pending, "never"},
	} {
		if got := route(c.current, c.goal); got != c.want {
			t.Errorf("from %s to %s: got %q, want %q", c.current, c.goal, got, c.want)
		}
	}
}

func TestEnabledIsNeverSentToADraftOrPendingProject(t *testing.T) {
	for _, current := range []Status{Draft, Pending} {
		steps, err := Route(current, Enabled)
		if err != nil {
			t.Fatal(err)
		}
		if last := steps[len(steps)-1]; last.Action != Approve {
			t.Errorf("from %s the last step to Enabled is %q, which goes round the approval", current, last.Action)
		}
	}
}

func TestPendingIsOnlyEverSentToADraft(t *testing.T) {
	for current := Status(-1); current < 12; current++ {
		for goal := Disabled; goal <= Pending; goal++ {
			steps, _ := Route(current, goal)
			for _, s := range steps {
				if s.To == Pending && (s.From != Draft || s.Action != Submit) {
					t.Errorf("%s to %s sends Pending to %s", current, goal, s.From)
				}
			}
		}
	}
}

func TestWhoCannotBeDrivenSaysWhy(t *testing.T) {
	_, err := Next(DisabledByParent, Enabled)
	var noWay *NoWayError
	if !errors.As(err, &noWay) || !strings.Contains(err.Error(), "parent has to be enabled") {
		t.Errorf("got %v", err)
	}
}

func TestStatusNames(t *testing.T) {
	for s, want := range map[Status]string{
		0: "Disabled", 1: "Enabled", 2: "Draft", 3: "Pending", 4: "Deleted", 5: "DisabledByParent", 6: "Unknown (6)", -1: "Unknown (-1)",
	} {
		if got := s.String(); got != want {
			t.Errorf("%d: got %q, want %q", int(s), got, want)
		}
		parsed, ok := ParseStatus(want)
		if ok != s.Known() || (ok && parsed != s) {
			t.Errorf("%q: parsed as %d, %t", want, int(parsed), ok)
		}
		if _, ok := ParseGoal(want); ok != (s >= 0 && s <= 3) {
			t.Errorf("%q is a goal: %t", want, ok)
		}
	}
}
