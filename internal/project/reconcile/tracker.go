package reconcile

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

// tracker holds a project as one operation read it last.
type tracker struct {
	reconciler *Reconciler
	project    *client.Project
	start      time.Time                                        // of the operation
	lastErr    error                                            // of the last read, if that failed
	nameOf     func(ctx context.Context, trustee string) string // see DescribeIdentities
}

func newTracker(r *Reconciler, p *client.Project, start time.Time) *tracker {
	return &tracker{reconciler: r, project: p, start: start, nameOf: DescribeIdentities(r.API)}
}

func (t *tracker) report(format string, args ...any) { t.reconciler.Report(format, args...) }

func (t *tracker) name() string { return NameOf(t.project) }

func (t *tracker) get(ctx context.Context) (*client.Project, error) {
	return Get(ctx, t.reconciler.API, RefOf(t.project))
}

// update replaces the project after a successful read, and logs a change of status.
func (t *tracker) update(p *client.Project) {
	if p.Status != t.project.Status {
		t.report("status of project %s changed from %s to %s", t.name(), t.project.Status, p.Status)
	}
	t.project, t.lastErr = p, nil
}

// refresh reads the project for the result of a failed operation.
func (t *tracker) refresh(ctx context.Context) {
	detached, cancel := t.reconciler.Cleanup(ctx, 0)
	defer cancel()
	if p, err := t.get(detached); err == nil {
		t.update(p)
	}
}

// ignoreTransient drops an error that may pass during a wait, and keeps it for the message of a
// timeout.
func (t *tracker) ignoreTransient(ctx context.Context, err error) error {
	reason := client.ReasonOf(err)
	loading := failure.CodeOf(err) == failure.Indeterminate && reason == client.LoadFailed
	final := failure.CodeOf(err) == failure.Refused // whatever the cause: nothing is sent again
	if ctx.Err() == nil && !loading && (final || !client.IsTransient(err) || reason == client.Cancelled) {
		return err
	}
	if err != nil && ctx.Err() == nil {
		t.lastErr = err
	}
	return nil
}

// timeoutError says what the operation waited for, and how long.
func (t *tracker) timeoutError(ctx context.Context, target string) *failure.Error {
	code, what := failure.Stopped(ctx.Err())
	message := fmt.Sprintf("%s after %s waiting for project %s to %s (last status: %s)",
		what, failure.Duration(time.Since(t.start)), t.name(), target, t.project.Status)
	if t.lastErr != nil {
		message += fmt.Sprintf("; the last error was: %v", t.lastErr)
	}
	return &failure.Error{Code: code, Message: message, Cause: ctx.Err()}
}

// describeAfter is when a wait is long enough to log what it waits for.
const describeAfter = 10 * time.Second

// wait waits for a project, and logs its target and deadline, what it waits for, and one line a minute.
type wait struct {
	tracker      *tracker
	target       func() string                // "become Enabled"
	describe     func(context.Context) string // the flow ticket that the project waits for; may be nil
	timeoutError func(context.Context) error

	start, last time.Time
}

// until calls step, at growing intervals, until it reports true or the context ends.
func (w *wait) until(
	ctx context.Context, step func(ctx context.Context, waited time.Duration) (done bool, err error),
) error {
	for interval := w.tracker.reconciler.Interval(); ; {
		if done, err := step(ctx, interval.Total); done || err != nil {
			return err
		}
		w.tick(ctx)
		if !interval.Wait(ctx) {
			return w.timeoutError(ctx)
		}
	}
}

// tick is called after each read that did not end the wait.
func (w *wait) tick(ctx context.Context) {
	t, now := w.tracker, time.Now()
	if w.start.IsZero() {
		w.start, w.last = now, now
		t.report("waiting for project %s to %s (status: %s, deadline: %s)", t.name(), w.target(), t.project.Status,
			deadlineOf(ctx))
	}
	if w.describe != nil && now.Sub(w.start) >= describeAfter {
		if ticket := w.describe(ctx); ticket != "" {
			w.describe = nil // once
			t.report("project %s waits for %s", t.name(), ticket)
		}
	}
	if now.Sub(w.last) >= time.Minute {
		w.last = now
		t.report("still waiting for project %s to %s after %s (status: %s, deadline: %s)",
			t.name(), w.target(), failure.Duration(now.Sub(w.start)), t.project.Status, deadlineOf(ctx))
	}
}

func deadlineOf(ctx context.Context) string {
	deadline, limited := ctx.Deadline()
	if !limited {
		return "none"
	}
	return deadline.UTC().Format(time.RFC3339)
}
