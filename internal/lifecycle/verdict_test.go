package lifecycle_test

import (
	"testing"

	. "github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
)

func TestHowEveryStatusStandsToAVerdict(t *testing.T) {
	const approve, reject = false, true
	for _, c := range []struct {
		current      Status
		reject       bool
		never, since Standing // never submitted, and submitted before
	}{
		{Draft, approve, Awaited, Awaited},
		{Draft, reject, Awaited, Given},
		{Pending, approve, Open, Open},
		{Pending, reject, Open, Open},
		{Enabled, approve, Given, Given},
		{Enabled, reject, Contrary, Contrary},
		{Disabled, approve, Closed, Closed},
		{Disabled, reject, Closed, Closed},
		{Deleted, approve, Closed, Closed},
		{DisabledByParent, reject, Closed, Closed},
		{Status(9), approve, Closed, Closed},
	} {
		if got := Stands(c.reject, c.current, false); got != c.never {
			t.Errorf("%s, reject %t, never submitted: %d, want %d", c.current, c.reject, got, c.never)
		}
		if got := Stands(c.reject, c.current, true); got != c.since {
			t.Errorf("%s, reject %t, submitted before: %d, want %d", c.current, c.reject, got, c.since)
		}
	}
}
