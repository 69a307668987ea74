package decide

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// Data sources and actions share these errors. Only the resource has blocks that can be removed.
var aboutBlocks = regexp.MustCompile(`\bblocks?\b`)

func TestErrors(t *testing.T) {
	found := ticket(rejected())
	found.Approvers = []string{"local:{bob}", "local:{jane}"}
	request := first(approved())
	for _, c := range []struct {
		err     error
		code    failure.Code
		message string
		advice  string
		cause   error
	}{
		{notFoundError(guid, nil), failure.NotFound, "does not exist", "two possible causes", nil},
		{notFoundError(guid, errScope), failure.NotFound, "did not refresh", "scope `security`", nil},
		{hiddenError(guid, errNotFound), failure.Indeterminate, "exists, but", "approver", errNotFound},
		{indeterminateError(guid, errAway), failure.Indeterminate, "but may exist", "Run again", errAway},
		{
			waitingError(guid, context.Canceled), failure.Interrupted, "before anything was sent", "", context.Canceled,
		},
		{
			waitingError(guid, context.DeadlineExceeded), failure.TimedOut, "before anything was sent", "",
			context.DeadlineExceeded,
		},
		{
			conflictError(request, found), failure.Conflict, "the server has Rejected", "does not overwrite",
			nil,
		},
		{consumedBeforeError(request), failure.Consumed, "cannot be changed", "cannot be decided again", nil},
		{
			consumedError(request, found, errNotFound), failure.Consumed, "was not carried out",
			"cannot be decided again", errNotFound,
		},
		{
			consumedError(request, found, errReset), failure.Consumed, "or another one consumed it",
			"cannot be decided again", errReset,
		},
		{
			changedConcurrentlyError(request, found, errReset), failure.ChangedConcurrently, "another person",
			"did not overwrite", errReset,
		},
		{
			outcomeUnknownError(request, ticket(pending()), poll.NotApplied, errReset), failure.OutcomeUnknown,
			"the ticket is still Pending", "does not send a decision that", errReset,
		},
		{
			outcomeUnknownError(request, ticket(pending()), poll.Unknown, errReset), failure.OutcomeUnknown,
			"the outcome is unknown", "Run again", errReset,
		},
		{
			notShownError(request, found, nil), failure.NotShown, "accepted", " (local:{bob}, local:{jane})",
			nil,
		},
		{
			notShownError(request, ticket(pending()), context.Canceled), failure.NotShown, "interrupted",
			"several approvers may wait", context.Canceled,
		},
	} {
		failed := wantError(t, c.err, c.code, guid, c.message)
		var attribute failure.Attribute
		if c.code == failure.Interrupted || c.code == failure.TimedOut {
			attribute = failure.NoAttribute
		}
		if failed.Attribute != attribute {
			t.Errorf("%s: attribute %q", c.code, failed.Attribute)
		}
		if c.cause != nil && (!errors.Is(c.err, c.cause) || client.ReasonOf(c.err) != client.ReasonOf(c.cause)) {
			t.Errorf("%s loses its cause", c.code)
		}
		if advice := wantAdvice(t, c.err, c.advice); aboutBlocks.MatchString(advice) {
			t.Errorf("%s advises %q", c.code, advice)
		}
	}
}

func TestErrors_RefusalsDoNotMentionBlocks(t *testing.T) {
	for code := range 10 {
		read, write := unreadableError(guid, answered(code)), refusedError(first(rejected()), answered(code))
		if text := fmt.Sprint(wantAdvice(t, read), wantAdvice(t, write)); aboutBlocks.MatchString(text) {
			t.Errorf("code %d: %q", code, text)
		}
	}
}
