package lifecycle_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

const undocumented = "!"

// route writes a route as "Pending, Enabled", an undocumented step with "!".
func route(current, desired lifecycle.Status) string {
	steps, err := lifecycle.Route(current, desired)
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

func TestRoute_FromEveryStatus(t *testing.T) {
	unknown := lifecycle.Status(9)
	for _, c := range []struct {
		current, desired lifecycle.Status
		want             string
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
		if got := route(c.current, c.desired); got != c.want {
			t.Errorf("from %s to %s: got %q, want %q", c.current, c.desired, got, c.want)
		}
	}
}

func TestRoute_EndsWithApproval(t *testing.T) {
	for _, current := range []lifecycle.Status{lifecycle.Draft, lifecycle.Pending} {
		steps, err := lifecycle.Route(current, lifecycle.Enabled)
		if err != nil {
			t.Fatal(err)
		}
		if last := steps[len(steps)-1]; last.Action != lifecycle.Approve {
			t.Errorf("from %s the last step to Enabled is %q, which bypasses the approval", current, last.Action)
		}
	}
}

func TestRoute_SubmitsDraftsOnly(t *testing.T) {
	for current := lifecycle.Status(-1); current < 12; current++ {
		for desired := lifecycle.Disabled; desired <= lifecycle.Pending; desired++ {
			steps, _ := lifecycle.Route(current, desired)
			for _, s := range steps {
				if s.To == lifecycle.Pending && (s.From != lifecycle.Draft || s.Action != lifecycle.Submit) {
					t.Errorf("%s to %s sends Pending to %s", current, desired, s.From)
				}
			}
		}
	}
}

func TestNext_NoRoute(t *testing.T) {
	for _, c := range []struct {
		current, desired lifecycle.Status
		attribute        failure.Attribute
		message          string
	}{
		{
			lifecycle.DisabledByParent, lifecycle.Enabled, failure.Object,
			"DisabledByParent cannot become Enabled: it is disabled by its parent",
		},
		{
			lifecycle.Deleted, lifecycle.Disabled, failure.Object, "Deleted cannot become Disabled: it is queued for " +
				"deletion",
		},
		{lifecycle.Disabled, lifecycle.Pending, failure.Status, "cannot become Pending: only a draft can be submitted"},
	} {
		_, err := lifecycle.Next(c.current, c.desired)
		failed, ok := errors.AsType[*failure.Error](err)
		if !ok || failed.Code != failure.NoRoute || failed.Attribute != c.attribute ||
			!strings.Contains(err.Error(), c.message) {
			t.Errorf("%s to %s: got %v", c.current, c.desired, err)
		}
	}
}

func TestStatus_Names(t *testing.T) {
	for s, want := range map[lifecycle.Status]string{
		0: "Disabled", 1: "Enabled", 2: "Draft", 3: "Pending", 4: "Deleted", 5: "DisabledByParent", 6: "Unknown (6)",
		-1: "Unknown (-1)",
	} {
		if got := s.String(); got != want {
			t.Errorf("%d: got %q, want %q", int(s), got, want)
		}
		parsed, ok := lifecycle.ParseStatus(want)
		if ok != s.Known() || (ok && parsed != s) {
			t.Errorf("%q: parsed as %d, %t", want, int(parsed), ok)
		}
		if _, ok := lifecycle.ParseDesired(want); ok != (s >= 0 && s <= 3) {
			t.Errorf("%q can be asked for: %t", want, ok)
		}
	}
}
