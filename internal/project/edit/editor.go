// Package edit changes the settings of projects: it reads a project, changes only what a caller
// manages, and compares everything afterwards. All changes of one project in this process are made
// by one writer, which merges those that wait.
package edit

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// API is the part of the client that an Editor uses.
type API interface {
	reconcile.API
	CreateProject(ctx context.Context, dn string) (*client.Project, error)
	UpdateProject(ctx context.Context, u *client.ProjectUpdate) error
	RenameProject(ctx context.Context, ref client.ProjectRef, newDN string) error
	DeleteProject(ctx context.Context, ref client.ProjectRef) error
}

var _ API = (*client.Client)(nil)

// Request is a change of the settings of one project.
type Request struct {
	Change settings.Change
	// Pending is what an earlier run sent and did not see applied, zero without one.
	Pending Pending
	// Create says that no earlier run can be recorded. An open flow ticket of the project may then
	// belong to one, so it is awaited before anything is sent.
	Create bool
	// Release marks a change of an object that is destroyed. It leaves alone what another resource
	// of this run asks for.
	Release bool

	known   *client.Project // read or created just before, nil otherwise
	created time.Time       // of a project that may show late, zero otherwise
}

// Pending is a change that was sent and waits for an approval.
type Pending struct {
	Digest string `json:"digest"`           // of the change, and of the values that it replaces
	Ticket int64  `json:"ticket,omitempty"` // the flow ticket, 0 if the caller did not see it
	// Unsure says that the answer was lost: the server may not have received the change.
	Unsure bool `json:"unsure,omitempty"`
}

// IsZero reports whether nothing waits.
func (p Pending) IsZero() bool { return p.Digest == "" }

// Result is what became of a request. It is complete after an error, too.
type Result struct {
	// Project is the project as last read, nil if it was not read. After LostAccess it has the
	// settings that were sent.
	Project *client.Project
	// Adopted says that a project to create existed: an earlier run created it and did not finish.
	Adopted bool
	// Unfinished says that the project was created and does not have its settings.
	Unfinished bool
	// Sent says that an update was sent for the request.
	Sent bool
	// Pending is to be passed to the next request for the same object.
	Pending Pending
	// LostAccess says that the update took the caller's own access to the project.
	LostAccess bool
	// Doubt is an error of the server that says that a part of the update failed, although the
	// project shows all of it. It is nil without one.
	Doubt error
	// Kept are items that a Release left alone.
	Kept []string
}

// Editor changes projects.
type Editor struct {
	poll.Timing
	API API
	// Shared is common to all editors of a process.
	Shared *Shared
	// Report logs progress, in sentences for a person.
	Report func(format string, args ...any)
}

// New returns an Editor with the intervals for a real server.
func New(api API, shared *Shared) *Editor {
	return &Editor{
		API: api, Shared: shared, Timing: poll.DefaultTiming, Report: func(string, ...any) {},
	}
}

// Edit makes a change. GUID is the project that the plan is for; if it is empty, ref finds the
// project. Errors are *failure.Error or *client.Error.
func (e *Editor) Edit(ctx context.Context, ref client.ProjectRef, guid string, request Request) (Result, error) {
	if guid == "" {
		p, err := reconcile.Get(ctx, e.API, ref)
		if err != nil {
			return Result{}, err
		}
		guid = p.GUID
	}
	return e.edit(ctx, guid, request)
}

func (e *Editor) edit(ctx context.Context, guid string, request Request) (Result, error) {
	entry := &entry{ctx: ctx, editor: e, request: request, done: make(chan outcome, 1)}
	queue := e.Shared.enqueue(guid, entry) //nolint:contextcheck // the writer outlives the first caller
	select {
	case out := <-entry.done:
		return out.result, out.err
	case <-ctx.Done():
	}
	if queue.withdraw(entry) {
		return Result{}, notSentError(ctx, guid, queue.busyWith())
	}
	out := <-entry.done // the batch ends soon after the context
	return out.result, out.err
}

// mayNeedApproval is false only if the server certainly has no flow for updates.
func (e *Editor) mayNeedApproval(ctx context.Context) bool {
	needed, _ := reconcile.UpdatesNeedApproval(ctx, e.API)
	return needed
}

// window is how long the server may show a project as it was before a write. Cause is the error of
// the write, nil if the server accepted it.
func (e *Editor) window(cause error) time.Duration {
	if cause == nil || client.IsUnclear(cause) {
		return e.ConsistencyWindow
	}
	return 0
}
