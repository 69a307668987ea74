package lifecycle_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

const undocumented = "!"

// route writes a route as "Pending, Enabled", an undocumented step with "!".
func route(current, goal lifecycle.Status) string {
	steps, err := lifecycle.Route(current, goal)
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
	unknown := lifecycle.Status(9)
	for _, c := range []struct {
		current, goal lifecycle.Status
		want          string
	}{
		{lifecycle.Disabled, lifecycle.Disabled, ""},
		{lifecycle.Enabled, lifecycle.Disabled, "Disabled"},
		{lifecycle.Draft, lifecycle.Disabled, "Disabled"},
		{lifecycle.Pending, lifecycle.Disabled, "Disabled!"},
		{lifecycle.Deleted, lifecycle.Disabled, "never"},
		{lifecycle.DisabledByParent, lifecycle.Disabled, "never"},
		{unknown, lifecycle.Disabled, "Disabled!"},

		{lifecycle.Disabled, lifecycle.Enabled, "Enabled"},
		{lifecycle.Enabled, lifecycle.Enabled, ""},
		{lifecycle.Draft, lifecycle.Enabled, "Pending, Enabled"},
		{lifecycle.Pending, lifecycle.Enabled, "Enabled"},
		{lifecycle.Deleted, lifecycle.Enabled, "never"},
		{lifecycle.DisabledByParent, lifecycle.Enabled, "never"},
		{unknown, lifecycle.Enabled, "Enabled!"},

		{lifecycle.Disabled, lifecycle.Draft, "Draft!"},
		{lifecycle.Enabled, lifecycle.Draft, "Draft!"},
		{lifecycle.Draft, lifecycle.Draft, ""},
		{lifecycle.Pending, lifecycle.Draft, "Draft!"},
		{lifecycle.Deleted, lifecycle.Draft, "never"},
		{lifecycle.DisabledByParent, lifecycle.Draft, "never"},
		{unknown, lifecycle.Draft, "Draft!"},

		{lifecycle.Disabled, lifecycle.Pending, "never"},
		{lifecycle.Enabled, lifecycle.Pending, ""},
		{lifecycle.Draft, lifecycle.Pending, "Pending"},
		{lifecycle.Pending, lifecycle.Pending, ""},
		{lifecycle.Deleted, lifecycle.Pending, "never"},
		{lifecycle.DisabledByParent, lifecycle.Pending, "never"},
		{unknown, lifecycle.Pending, "never"},
	} {
		if got := route(c.current, c.goal); got != c.want {
			t.Errorf("from %s to %s: got %q, want %q", c.current, c.goal, got, c.want)
		}
	}
}

func TestEnabledIsNeverSentToADraftOrPendingProject(t *testing.T) {
	for _, current := range []lifecycle.Status{lifecycle.Draft, lifecycle.Pending} {
		steps, err := lifecycle.Route(current, lifecycle.Enabled)
		if err != nil {
			t.Fatal(err)
		}
		if last := steps[len(steps)-1]; last.Action != lifecycle.Approve {
			t.Errorf("from %s the last step to Enabled is %q, which goes round the approval", current, last.Action)
		}
	}
}

func TestPendingIsOnlyEverSentToADraft(t *testing.T) {
	for current := lifecycle.Status(-1); current < 12; current++ {
		for goal := lifecycle.Disabled; goal <= lifecycle.Pending; goal++ {
			steps, _ := lifecycle.Route(current, goal)
			for _, s := range steps {
				if s.To == lifecycle.Pending && (s.From != lifecycle.Draft || s.Action != lifecycle.Submit) {
					t.Errorf("%s to %s sends Pending to %s", current, goal, s.From)
				}
			}
		}
	}
}

func TestWhoCannotBeDrivenSaysWhy(t *testing.T) {
	_, err := lifecycle.Next(lifecycle.DisabledByParent, lifecycle.Enabled)
	var noWay *lifecycle.NoRouteError
	if !errors.As(err, &noWay) || !strings.Contains(err.Error(), "parent has to be enabled") {
		t.Errorf("got %v", err)
	}
}

func TestStatusNames(t *testing.T) {
	for s, want := range map[lifecycle.Status]string{
		0: "Disabled", 1: "Enabled", 2: "Draft", 3: "Pending", 4: "Deleted", 5: "DisabledByParent", 6: "Unknown (6)", -1: "Unknown (-1)",
	} {
		if got := s.String(); got != want {
			t.Errorf("%d: got %q, want %q", int(s), got, want)
		}
		parsed, ok := lifecycle.ParseStatus(want)
		if ok != s.Known() || (ok && parsed != s) {
			t.Errorf("%q: parsed as %d, %t", want, int(parsed), ok)
		}
		if _, ok := lifecycle.ParseDesired(want); ok != (s >= 0 && s <= 3) {
			t.Errorf("%q is a goal: %t", want, ok)
		}
	}
}
