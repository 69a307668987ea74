// Package reconcile changes the status of a project and decides its submission: it reads the
// project, takes one step, verifies it, and waits.
package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// API is the part of the client that reads projects, and changes their status.
type API interface {
	GetProject(ctx context.Context, ref client.ProjectRef) (*client.Project, error)
	// Cached reads may share an answer with others.
	GetProjectCached(ctx context.Context, ref client.ProjectRef) (*client.Project, error)
	GetSettingsCached(ctx context.Context, ref client.ProjectRef) (*client.Project, error)
	EnumerateProjects(ctx context.Context, f client.ProjectFilter, each func(*client.Project) error) error
	IsValid(ctx context.Context, ref client.ProjectRef) (revision int64, err error)
	FlowTickets(ctx context.Context, productCode int64) ([]client.FlowTicket, error)
	ValidateIdentity(ctx context.Context, prefixed string) (*client.Identity, error)
	UpdateProjectStatus(ctx context.Context, ref client.ProjectRef, s lifecycle.Status) error
	ApproveFlowTicket(ctx context.Context, id int64, comment string) error
	RejectFlowTicket(ctx context.Context, id int64, comment string, final bool) error
	RefreshPermissions(ctx context.Context) error
	SelfNames(ctx context.Context) []string
	GetGlobalConfigurationCached(ctx context.Context) (*client.GlobalConfiguration, error)
}

var _ API = (*client.Client)(nil)

// Request is the desired status of a project.
type Request struct {
	Status lifecycle.Status
	// SelfApprove approves, as the caller, the flow ticket that a submission creates.
	SelfApprove bool
	// Comment goes with that approval. The server requires one, so an empty one gets a default.
	Comment string
	// Ticket is the pending flow ticket that the plan showed, 0 for none. SelfApprove approves only
	// this one, or that of a submission which this run makes.
	Ticket int64
	// GUID is the project that the plan is for, if known. Another project with the same name is not
	// changed.
	GUID string
}

// Reconciler changes projects.
type Reconciler struct {
	poll.Timing
	API API
	// Report logs progress, in sentences for a person.
	Report func(format string, args ...any)
}

// New returns a Reconciler with the intervals for a real server.
func New(api API) *Reconciler {
	return &Reconciler{API: api, Timing: poll.DefaultTiming, Report: func(string, ...any) {}}
}

// Reconcile gives the project the requested status. It returns the project as last read, also with
// an error. It sends nothing if the status is as requested, and takes no step twice. Errors are
// *failure.Error or *client.Error.
func (r *Reconciler) Reconcile(ctx context.Context, ref client.ProjectRef, request Request) (*client.Project, error) {
	start := time.Now()
	key, err := r.lockKey(ctx, ref, request.GUID)
	if err != nil {
		return nil, err
	}
	unlock, err := keymutex.Lock(ctx, r.API, key)
	if err != nil {
		return nil, err
	}
	defer unlock()
	p, err := r.getPlanned(ctx, ref, request.GUID)
	if err != nil {
		return p, err
	}
	t := newTracker(r, p, start)
	change := &statusChange{tracker: t, request: request, approver: &approver{
		tracker: t, approval: Approval{Comment: request.Comment}, self: true, plannedTicket: request.Ticket,
	}}
	err = change.run(ctx)
	if err != nil && (change.sent || change.approver.attempts > 0) {
		t.refresh(ctx)
	}
	return t.project, err
}

// lockKey is the same for all operations of this process on one project, whichever of its names
// they use.
func (r *Reconciler) lockKey(ctx context.Context, ref client.ProjectRef, guid string) (string, error) {
	if guid != "" {
		return client.ByGUID(guid).Folded(), nil
	}
	p, err := Get(ctx, r.API, ref)
	if err != nil {
		return "", err
	}
	return RefOf(p).Folded(), nil
}

// getPlanned reads a project. It fails if the project is not the one that the plan is for.
func (r *Reconciler) getPlanned(ctx context.Context, ref client.ProjectRef, guid string) (*client.Project, error) {
	p, err := Get(ctx, r.API, ref)
	if err == nil && guid != "" && !dn.EqualGUID(guid, p.GUID) {
		err = replacedError(ref, guid, p.GUID)
	}
	return p, err
}

// statusChange is one call of Reconcile.
type statusChange struct {
	tracker  *tracker
	approver *approver // for self_approve
	request  Request
	sent     bool // a status was written
}

func (c *statusChange) run(ctx context.Context) error {
	for !lifecycle.Met(c.request.Status, c.tracker.project.Status) {
		step, err := lifecycle.Next(c.tracker.project.Status, c.request.Status)
		if err != nil {
			return err
		}
		if err := c.take(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// take returns when the project has the status that the step leads to. Any other status is a change
// by another client, and an error.
func (c *statusChange) take(ctx context.Context, step lifecycle.Transition) error {
	switch {
	case step.Action == lifecycle.Approve && c.request.SelfApprove: // the caller is one of the approvers
		return c.await(ctx, step, c.approver.sendOnce)
	case step.Action == lifecycle.Approve:
		return c.await(ctx, step, nil)
	}
	if step.Action == lifecycle.Submit && c.request.SelfApprove && c.submittedBefore(ctx, step) {
		return nil
	}
	c.tracker.report("setting project %s from %s to %s", c.tracker.name(), step.From, step.To)
	own, err := c.write(ctx, step)
	if err != nil {
		return err
	}
	c.approver.submitted = own && step.Action == lifecycle.Submit
	return c.await(ctx, step, nil)
}

// submittedBefore records the tickets from before a submission, which self_approve never approves.
// One of them may belong to a submission that the server shows late, for example of a run that was
// killed. So if there are tickets, it waits for another status, up to the consistency window.
func (c *statusChange) submittedBefore(ctx context.Context, step lifecycle.Transition) bool {
	t := c.tracker
	earlier := pendingTickets(ctx, t.reconciler.API, t.project.DN)
	c.approver.earlier = earlier
	if len(earlier.ids) == 0 {
		return false
	}
	t.report("project %s has flow tickets %v: checking whether it was submitted before", t.name(), earlier.ids)
	window := t.reconciler.ConsistencyWindow
	for start, interval := time.Now(), t.reconciler.Interval(); time.Since(start) < window && interval.Wait(ctx); {
		if p, err := t.get(ctx); err == nil && p.Status != step.From {
			t.update(p)
			c.approver.earlier = ticketIDs{}
			return true
		}
	}
	return false
}

// await reads the project until it has the status that the step leads to. Before each read it calls
// between, which may be nil.
func (c *statusChange) await(ctx context.Context, step lifecycle.Transition,
	between func(context.Context) error,
) error {
	w := wait{
		tracker: c.tracker, target: func() string { return "become " + step.To.String() },
		timeoutError: func(ctx context.Context) error { return c.timeoutError(ctx, step) },
	}
	if step.Action == lifecycle.Approve {
		w.describe = c.approver.describeTicket
	}
	return w.until(ctx, func(ctx context.Context, _ time.Duration) (bool, error) {
		if between != nil {
			if err := c.tracker.ignoreTransient(ctx, between(ctx)); err != nil {
				return false, err
			}
		}
		return c.reached(ctx, step)
	})
}

// reached reads the project once. A status that is neither the start nor the end of the step is a
// change by another client.
func (c *statusChange) reached(ctx context.Context, step lifecycle.Transition) (bool, error) {
	p, err := GetCached(ctx, c.tracker.reconciler.API, RefOf(c.tracker.project))
	if err != nil {
		return false, c.tracker.ignoreTransient(ctx, err)
	}
	c.tracker.update(p)
	switch {
	case lifecycle.Met(step.To, p.Status):
		return true, nil
	case p.Status == step.From:
		return false, nil
	case step.Action == lifecycle.Approve && p.Status == lifecycle.Draft:
		return false, rejectedError(p)
	default:
		return false, ChangedConcurrently(p, step.From, step.To, nil)
	}
}

// write sends the status that the step leads to. If the outcome is not known, it reads the project:
// applied, not applied (then it sends once more), or changed by another client. Own is false if the
// server refused the write and the project has the status anyway: another client was faster.
func (c *statusChange) write(ctx context.Context, step lifecycle.Transition) (own bool, err error) {
	const attempts = 2
	for attempt := 1; ; attempt++ {
		c.sent = true
		err := c.tracker.reconciler.API.UpdateProjectStatus(ctx, RefOf(c.tracker.project), step.To)
		if err == nil {
			return true, nil
		}
		own = own || client.IsUnclear(err)
		result := c.verifyWrite(ctx, step, err)
		p := c.tracker.project
		switch {
		case result == poll.Applied:
			return own, nil
		case result == poll.Superseded:
			return false, ChangedConcurrently(p, step.From, step.To, err)
		case !client.IsUnclear(err):
			return false, refusedError(step, err)
		case result != poll.NotApplied, attempt == attempts, ctx.Err() != nil:
			return false, outcomeUnknownError(p, step, result, err)
		}
		c.tracker.report("the answer to the change was lost and project %s is still %s: sending it once more",
			c.tracker.name(), step.From)
	}
}

// verifyWrite reads the project after a failed write, as long as the server may show the old
// status. Its context outlives the caller's. It also reads after a refusal, because another client
// may have taken the step.
func (c *statusChange) verifyWrite(
	ctx context.Context, step lifecycle.Transition, cause error,
) (result poll.WriteResult) {
	t := c.tracker
	t.reconciler.Verify(ctx, t.reconciler.window(step, cause), func(ctx context.Context) bool {
		result = poll.Unknown
		if p, err := t.get(ctx); err == nil {
			result = resultOf(step, t.project, p)
			if result == poll.NotApplied { // keep the date that identifies a later submission
				p.ApprovalSubmissionDate = t.project.ApprovalSubmissionDate
			}
			t.update(p)
		}
		return result != poll.NotApplied
	})
	return result
}

// window is how long the status after a failed write may show late. A second submission would
// create a second ticket, so a lost answer to a submission is worth the wait. Sending Enabled or
// Disabled twice does no harm. A step that the server refuses may have been taken by a faster
// client.
func (r *Reconciler) window(step lifecycle.Transition, cause error) time.Duration {
	unclear := client.IsUnclear(cause)
	if unclear && step.Action == lifecycle.Submit || !unclear && client.ReasonOf(cause) == client.Refused {
		return r.ConsistencyWindow
	}
	return 0
}

func resultOf(step lifecycle.Transition, before, after *client.Project) poll.WriteResult {
	submittedSince := step.Action == lifecycle.Submit &&
		!after.ApprovalSubmissionDate.Equal(before.ApprovalSubmissionDate)
	switch {
	case lifecycle.Met(step.To, after.Status), submittedSince:
		return poll.Applied
	case after.Status == step.From:
		return poll.NotApplied
	default:
		return poll.Superseded
	}
}
