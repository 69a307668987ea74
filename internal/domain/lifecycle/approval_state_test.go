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
		never, since lifecycle.ApprovalState // never submitted, and submitted before
	}{
		{lifecycle.Draft, approve, lifecycle.ApprovalNotSubmitted, lifecycle.ApprovalNotSubmitted},
		{lifecycle.Draft, reject, lifecycle.ApprovalNotSubmitted, lifecycle.ApprovalDecided},
		{lifecycle.Pending, approve, lifecycle.ApprovalPending, lifecycle.ApprovalPending},
		{lifecycle.Pending, reject, lifecycle.ApprovalPending, lifecycle.ApprovalPending},
		{lifecycle.Enabled, approve, lifecycle.ApprovalDecided, lifecycle.ApprovalDecided},
		{lifecycle.Enabled, reject, lifecycle.ApprovalDecidedOtherwise, lifecycle.ApprovalDecidedOtherwise},
		{lifecycle.Disabled, approve, lifecycle.ApprovalNotApplicable, lifecycle.ApprovalNotApplicable},
		{lifecycle.Disabled, reject, lifecycle.ApprovalNotApplicable, lifecycle.ApprovalNotApplicable},
		{lifecycle.Deleted, approve, lifecycle.ApprovalNotApplicable, lifecycle.ApprovalNotApplicable},
		{lifecycle.DisabledByParent, reject, lifecycle.ApprovalNotApplicable, lifecycle.ApprovalNotApplicable},
		{lifecycle.Status(9), approve, lifecycle.ApprovalNotApplicable, lifecycle.ApprovalNotApplicable},
	} {
		if got := lifecycle.ApprovalStateOf(c.reject, c.current, false); got != c.never {
			t.Errorf("%s, reject %t, never submitted: %d, want %d", c.current, c.reject, got, c.never)
		}
		if got := lifecycle.ApprovalStateOf(c.reject, c.current, true); got != c.since {
			t.Errorf("%s, reject %t, submitted before: %d, want %d", c.current, c.reject, got, c.since)
		}
	}
}
