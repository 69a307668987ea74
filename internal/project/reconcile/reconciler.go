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

// API is the part of the client that a Reconciler uses.
type API interface {
	Getter
	TicketLister
	IdentityValidator
	// GetProjectCached may share an answer with other reads.
	GetProjectCached(ctx context.Context, ref client.ProjectRef) (*client.Project, error)
	UpdateProjectStatus(ctx context.Context, ref client.ProjectRef, s lifecycle.Status) error
	ApproveFlowTicket(ctx context.Context, id int64, comment string) error
	RejectFlowTicket(ctx context.Context, id int64, comment string, final bool) error
	RefreshPermissions(ctx context.Context) error
	SelfNames(ctx context.Context) []string
	ConfigurationReader
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
	unlock, err := keymutex.Lock(ctx, key)
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
func (r *Reconciler) lockKey(ctx context.Context, ref client.ProjectRef, guid string) (any, error) {
	type key struct {
		client API
		name   string
	}
	if guid != "" {
		return key{r.API, client.ByGUID(guid).Folded()}, nil
	}
	p, err := Get(ctx, r.API, ref)
	if err != nil {
		return nil, err
	}
	return key{r.API, RefOf(p).Folded()}, nil
}

// getPlanned reads a project. It fails if the project is not the one that the plan is for.
func (r *Reconciler) getPlanned(ctx context.Context, ref client.ProjectRef, guid string) (*client.Project, error) {
	p, err := Get(ctx, r.API, ref)
	if err == nil && guid != "" && !dn.EqualGUID(guid, p.GUID) {
		err = replacedError(ref, guid, p.GUID)
	}
	return p, err
}
