package edit

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// deletion is one call of Delete.
type deletion struct {
	editor *Editor
	ref    client.ProjectRef
	p      *client.Project // as last read
	start  time.Time
	queued bool // it was seen with the status Deleted
}

// Delete deletes a project and waits until it is gone. Force includes its environments. It sends
// nothing if the project is queued for deletion, and sends the deletion once. It returns the project
// as last read, also with an error.
func (e *Editor) Delete(ctx context.Context, guid string, force bool) (*client.Project, error) {
	d := &deletion{editor: e, ref: client.ByGUID(guid), start: time.Now()}
	unlock, err := keymutex.Lock(ctx, e.Shared, d.ref.Folded())
	if err != nil {
		return nil, err
	}
	defer unlock()
	gone, err := d.read(ctx)
	switch {
	case gone || err != nil:
		return d.p, err
	case d.queued:
	case len(d.p.Environments) > 0 && !force:
		err = EnvironmentsError(d.p)
	default:
		err = d.send(ctx)
	}
	if err == nil {
		err = d.await(ctx)
	}
	return d.p, err
}

// read reports a project that certainly does not exist as gone.
func (d *deletion) read(ctx context.Context) (gone bool, err error) {
	p, err := reconcile.Get(ctx, d.editor.API, d.ref)
	if failure.CodeOf(err) == failure.NotFound {
		return true, nil
	}
	if err == nil {
		d.p, d.queued = p, d.queued || p.Status == lifecycle.Deleted
	}
	return false, err
}

// send deletes the project. Objects that are not ready yet delay it.
func (d *deletion) send(ctx context.Context) error {
	for {
		d.editor.Report("deleting project %s", reconcile.NameOf(d.p))
		err := d.editor.API.DeleteProject(ctx, d.ref)
		if err == nil {
			return nil
		}
		if isPendingObjects(err) && poll.Sleep(ctx, postponement) {
			continue
		}
		gone := false
		d.editor.Verify(ctx, d.editor.window(err), func(ctx context.Context) bool {
			gone, _ = d.read(ctx)
			return gone || d.queued
		})
		switch {
		case gone || d.queued:
			return nil
		case client.IsUnclear(err):
			return d.error(failure.OutcomeUnknown, err, "the answer to the deletion of project %s was lost, "+
				"and the project is %s", "Destroy again: it reads the project first. If the project is queued "+
				"for deletion, the destroy waits for the decision.")
		default:
			return d.error(failure.Refused, err, "the server refused the deletion of project %s, which is %s",
				"Owners of the project and Code Signing Administrators may delete it, with the scope "+
					"`codesign:delete`. The resource stays in the state.")
		}
	}
}

// await reads the project until it is gone.
func (d *deletion) await(ctx context.Context) error {
	reported := false
	for interval := d.editor.Interval(); ; {
		gone, err := d.read(ctx)
		switch {
		case gone:
			return nil
		case ctx.Err() != nil:
		case err != nil && !client.IsTransient(err) && failure.CodeOf(err) != failure.Indeterminate:
			return err
		case d.queued && d.p.Status != lifecycle.Deleted:
			return d.error(failure.Rejected, nil, "the deletion of project %s was rejected: it is %s",
				"The project and its environments are unchanged, except that it is disabled. The resource stays in "+
					"the state. To keep the project, enable it again. The next destroy asks for the deletion again.")
		}
		if d.queued && !reported {
			reported = true
			d.editor.Report("project %s is queued for deletion: waiting for the decision", reconcile.NameOf(d.p))
		}
		if !interval.Wait(ctx) {
			return d.timeoutError(ctx)
		}
	}
}

func (d *deletion) timeoutError(ctx context.Context) error {
	code, what := failure.Stopped(ctx.Err())
	remedy := "The server accepted the deletion. The resource stays in the state. Destroy again to continue."
	if d.queued {
		remedy = "An approver must decide the deletion. The resource stays in the state. The next destroy " +
			"continues the wait and sends nothing. If approvals take longer, raise `timeouts`."
		detached, cancel := d.editor.Cleanup(ctx, 0)
		defer cancel()
		tickets, err := reconcile.ProjectTickets(detached, d.editor.API, d.p.DN)
		if err == nil && len(tickets) == 1 {
			names := reconcile.DescribeIdentities(d.editor.API)
			remedy = "Undecided: " + reconcile.DescribeTicket(detached, names, &tickets[0]) + ". " + remedy
		}
	}
	return d.error(code, ctx.Err(), what+" after "+time.Since(d.start).Round(time.Second).String()+
		" waiting for the deletion of project %s, which is %s", remedy)
}

func (d *deletion) error(code failure.Code, cause error, format, remedy string) error {
	status := d.p.Status.String()
	if d.p.Status == lifecycle.Deleted {
		status = "queued for deletion (status Deleted)"
	}
	message := fmt.Sprintf(format, reconcile.NameOf(d.p), status)
	if cause != nil && code != failure.TimedOut && code != failure.Interrupted {
		message += ": " + cause.Error()
	}
	return &failure.Error{
		Code: code, Cause: cause, Message: message, Remedy: remedy,
	}
}

// EnvironmentsError names the environments that the deletion would include.
func EnvironmentsError(p *client.Project) error {
	var names []string
	for _, e := range p.Environments[:min(len(p.Environments), maxItems)] {
		names = append(names, fmt.Sprintf("%s (%s)", dn.Name(e.DN), e.Kind))
	}
	return &failure.Error{
		Code: failure.NotApplicable, Attribute: ForceDestroy,
		Message: fmt.Sprintf("project %s has environments, and its deletion would delete their keys and certificates: "+
			"%s",
			reconcile.NameOf(p), failure.List(names, len(p.Environments))),
		Remedy: "Nothing was sent. Delete the environments first. Or set force_destroy = true and apply it, then " +
			"destroy. Or set deletion_policy to Disable or Abandon.",
	}
}

// ForceDestroy is the consent to delete environments.
const ForceDestroy failure.Attribute = "force_destroy"
