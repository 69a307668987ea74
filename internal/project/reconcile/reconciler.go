// Package projects drives a code-signing project to a status: it looks, takes
// the steps that the rules of package lifecycle allow, and waits for what the
// server and the approvers do in between. It knows nothing of Terraform.
package reconcile

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
)

// API is what driving a project asks of the server; *api.Client satisfies it.
type API interface {
	// GetProject always asks the server; ReadProject may share an answer with others.
	GetProject(ctx context.Context, ref client.ProjectRef) (*client.Project, error)
	GetProjectCached(ctx context.Context, ref client.ProjectRef) (*client.Project, error)
	UpdateProjectStatus(ctx context.Context, ref client.ProjectRef, s lifecycle.Status) error
	FlowTickets(ctx context.Context, productCode int64) ([]client.FlowTicket, error)
	ApproveFlowTicket(ctx context.Context, id int64, comment string) error
	RejectFlowTicket(ctx context.Context, id int64, comment string, final bool) error
	RefreshPermissions(ctx context.Context) error
	SelfNames(ctx context.Context) []string
	ValidateIdentity(ctx context.Context, prefixed string) (*client.Identity, error)
	IsValid(ctx context.Context, ref client.ProjectRef) (client.ConfigObject, error)
}

// Request is what a caller wants of a project.
type Request struct {
	Status lifecycle.Status
	// SelfApprove approves, as the caller, the flow ticket that a submission raises.
	SelfApprove bool
	// Comment is that approval's comment; the server wants one, so an empty one gets a default.
	Comment string
	// Ticket is the pending flow ticket that the plan showed, 0 for none. SelfApprove approves this
	// one, or that of a submission which this run makes.
	Ticket int64
	// Guid is the project that was planned for, if that is known: another one
	// that goes by the same name now is not touched.
	GUID string
}

// Reconciler drives projects. The zero values of its pauses are replaced by defaults.
type Reconciler struct {
	API API
	// FirstPause is the wait between the first two looks; each is longer than
	// the one before, up to LongestPause.
	PollInterval, MaxPollInterval time.Duration
	// ConsistencyWindow is how long the server may show an old status or ticket after a write. A
	// write of unclear outcome counts as not carried out only after this time.
	ConsistencyWindow time.Duration
	// CleanupTimeout bounds the reads after the caller's context has ended, beyond the
	// ConsistencyWindow where they need that.
	CleanupTimeout time.Duration
	// Report is told what happens, in sentences for a person; nil is silence.
	Report func(format string, args ...any)
}

// New has the pauses that suit a real server.
func New(api API) *Reconciler {
	return &Reconciler{
		API:               api,
		PollInterval:      500 * time.Millisecond,
		MaxPollInterval:   15 * time.Second,
		ConsistencyWindow: 10 * time.Second,
		CleanupTimeout:    5 * time.Second,
		Report:            func(string, ...any) {},
	}
}

// Reconcile takes the project to the goal and returns it as last seen, also beside
// an error. Nothing is sent while the goal is met, and no step is taken twice.
// Errors are those of this package, *lifecycle.NoWayError or *api.Error.
func (d *Reconciler) Reconcile(ctx context.Context, ref client.ProjectRef, order Request) (*client.Project, error) {
	name, err := d.lockName(ctx, ref, order.GUID)
	if err != nil {
		return nil, err
	}
	unlock, err := keymutex.Lock(ctx, name)
	if err != nil {
		return nil, err
	}
	defer unlock()
	p, err := d.find(ctx, ref, order.GUID)
	if err != nil {
		return p, err
	}
	r := &run{order: order}
	r.Reconciler, r.seen, r.verdict, r.self, r.planTicket = d, p, Approval{Comment: order.Comment}, true, order.Ticket
	err = r.drive(ctx)
	if err != nil && (r.sent || r.tried > 0) {
		r.refreshOnce(ctx)
	}
	return r.seen, err
}

// lockName is what operations of this process on one project share, whichever of its names they use:
// the client and the GUID.
func (d *Reconciler) lockName(ctx context.Context, ref client.ProjectRef, guid string) (any, error) {
	type key struct {
		client API
		name   string
	}
	if guid != "" {
		return key{d.API, client.ByGUID(guid).Folded()}, nil
	}
	p, err := Get(ctx, d.API, ref)
	if err != nil {
		return nil, err
	}
	return key{d.API, RefOf(p).Folded()}, nil
}

// find looks for a project, and makes sure that it is the one that was planned
// for, if that is known.
func (d *Reconciler) find(ctx context.Context, ref client.ProjectRef, guid string) (*client.Project, error) {
	p, err := Get(ctx, d.API, ref)
	if err == nil && guid != "" && !sameGUID(guid, p.GUID) {
		err = &OtherProjectError{Ref: ref, Planned: guid, Found: p.GUID}
	}
	return p, err
}

// run is one drive: what was seen last and what was done so far.
type run struct {
	decider // of the project's ticket, where the order says so
	order   Request
	sent    bool // a status was written
}

// drive takes at most as many steps as the longest route has: with a wrong table of transitions it
// fails instead of writing for ever.
func (r *run) drive(ctx context.Context) error {
	for taken := 0; !lifecycle.Met(r.order.Status, r.seen.Status); taken++ {
		step, err := lifecycle.Next(r.seen.Status, r.order.Status)
		if err == nil && taken == lifecycle.MaxSteps {
			err = lifecycle.TooManySteps(r.seen.Status, r.order.Status)
		}
		if err != nil {
			return err
		}
		if err := r.take(ctx, step); err != nil {
			return err
		}
	}
	return nil
}

// take ends with the project at the step's goal, or with an error: a project
// that turns up anywhere else was moved by somebody else, and is left alone.
func (r *run) take(ctx context.Context, step lifecycle.Transition) error {
	if step.Action == lifecycle.Approve {
		return r.awaitApproval(ctx, step)
	}
	if step.Action == lifecycle.Submit && r.order.SelfApprove && r.submittedBefore(ctx, step) {
		return nil
	}
	r.Report("setting %s from %s to %s", r.seen.DN, step.From, step.To)
	own, err := r.send(ctx, step)
	if err != nil {
		return err
	}
	r.submitted = own && step.Action == lifecycle.Submit
	return r.await(ctx, step, nil)
}
