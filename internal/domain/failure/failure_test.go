package failure_test

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

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

func TestDuration(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 400 * time.Millisecond: "0s", 90 * time.Second: "1m30s", 20*time.Minute + 300*time.Millisecond: "20m",
		time.Hour: "1h", 2 * time.Hour: "2h", time.Hour + 30*time.Second: "1h0m30s", 90 * time.Minute: "1h30m",
		10 * time.Second: "10s", 10 * time.Minute: "10m", 10 * time.Hour: "10h", 45 * time.Second: "45s",
	} {
		if got := failure.Duration(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}

func TestList(t *testing.T) {
	for total, want := range map[int]string{1: "a, b", 2: "a, b", 5: "a, b, and 3 more"} {
		if got := failure.List([]string{"a", "b"}, total); got != want {
			t.Errorf("of %d: got %q, want %q", total, got, want)
		}
	}
}

func TestErrorf(t *testing.T) {
	cause := errors.New("connection reset")
	err := failure.Errorf(failure.Refused, "%s failed: %w", "the step", cause).Advise("Run again.")
	if err.Code != failure.Refused || err.Message != "the step failed: connection reset" || err.Cause != cause ||
		err.Remedy != "Run again." {
		t.Errorf("got %+v", err)
	}
	if err := failure.Errorf(failure.Refused, "%d %%", 7); err.Message != "7 %" || err.Cause != nil {
		t.Errorf("got %+v", err)
	}
}
