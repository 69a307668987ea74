package failure_test

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

func TestCodeOf(t *testing.T) {
	err := &failure.Error{
		Code: failure.TimedOut, Message: "timed out", Remedy: "Raise timeouts.",
		Cause: context.DeadlineExceeded,
	}
	if got := failure.CodeOf(fmt.Errorf("wrapped: %w", err)); got != failure.TimedOut {
		t.Errorf("got code %q", got)
	}
	if got := failure.CodeOf(errors.New("other")); got != "" {
		t.Errorf("got code %q of another error", got)
	}
	if err.Error() != "timed out" || err.Advice() != "Raise timeouts." || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %q, advice %q, cause %v", err, err.Advice(), err.Cause)
	}
}
