package lifecycle_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

func TestHowEveryStatusStandsToAVerdict(t *testing.T) {
	const approve, reject = false, true
	for _, c := range []struct {
		current      lifecycle.Status
		reject       bool
		never, since lifecycle.Standing // never submitted, and submitted before
	}{
		{lifecycle.Draft, approve, lifecycle.Awaited, lifecycle.Awaited},
		{lifecycle.Draft, reject, lifecycle.Awaited, lifecycle.Given},
		{lifecycle.Pending, approve, lifecycle.Open, lifecycle.Open},
		{lifecycle.Pending, reject, lifecycle.Open, lifecycle.Open},
		{lifecycle.Enabled, approve, lifecycle.Given, lifecycle.Given},
		{lifecycle.Enabled, reject, lifecycle.Contrary, lifecycle.Contrary},
		{lifecycle.Disabled, approve, lifecycle.Closed, lifecycle.Closed},
		{lifecycle.Disabled, reject, lifecycle.Closed, lifecycle.Closed},
		{lifecycle.Deleted, approve, lifecycle.Closed, lifecycle.Closed},
		{lifecycle.DisabledByParent, reject, lifecycle.Closed, lifecycle.Closed},
		{lifecycle.Status(9), approve, lifecycle.Closed, lifecycle.Closed},
	} {
		if got := lifecycle.Stands(c.reject, c.current, false); got != c.never {
			t.Errorf("%s, reject %t, never submitted: %d, want %d", c.current, c.reject, got, c.never)
		}
		if got := lifecycle.Stands(c.reject, c.current, true); got != c.since {
			t.Errorf("%s, reject %t, submitted before: %d, want %d", c.current, c.reject, got, c.since)
		}
	}
}
