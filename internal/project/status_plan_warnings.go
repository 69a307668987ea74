package project

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// warnWait warns of an apply that waits for approvers.
func (p *statusPlanner) warnWait(ctx context.Context, project *client.Project) {
	if p.desired() != lifecycle.Enabled || p.plan.SelfApprove.ValueBool() {
		return
	}
	name, timeout := nameOf(project), failure.Duration(p.timeout(ctx))
	const wait = "The apply fails if the project is not approved in this time. "
	switch project.Status {
	case lifecycle.Draft:
		addWarning(&p.resp.Diagnostics, path.Root("status"),
			fmt.Sprintf("Applying this submits project %s for approval and waits up to %s for its approvers",
				name, timeout),
			wait+"The next apply continues to wait and does not submit the project again. To submit without waiting, "+
				"set status = \"Pending\". To allow more time, set timeouts.")
	case lifecycle.Pending:
		addWarning(&p.resp.Diagnostics, path.Root("status"),
			fmt.Sprintf("Applying this waits up to %s for the approvers of project %s", timeout, name),
			"The project is already submitted and is not submitted again. "+wait+"To allow more time, set timeouts.")
	default:
	}
}

func (p *statusPlanner) timeout(ctx context.Context) time.Duration {
	configured := p.plan.Timeouts.Create
	if p.managed {
		configured = p.plan.Timeouts.Update
	}
	timeout, _ := configured(ctx, defaultTimeout) // the apply reports an invalid one
	return timeout
}

// planTicket plans the pending flow ticket that self_approve approves. The apply approves this
// ticket or that of the submission that it makes, and no other.
func (p *statusPlanner) planTicket(ctx context.Context, project *client.Project) {
	p.plan.TicketID = types.Int64Null()
	if !p.plan.SelfApprove.ValueBool() || p.desired() != lifecycle.Enabled || project.Status != lifecycle.Pending {
		return
	}
	name := nameOf(project)
	warn := func(summary, detail string) {
		addWarning(&p.resp.Diagnostics, path.Root("self_approve"), summary, detail)
	}
	review, err := newReconciler(ctx, p.api, p.timing).ReviewPending(ctx, project)
	switch {
	case err != nil:
		p.fail(name, err)
	case review.Ticket == nil:
		warn("No flow ticket of project "+name+" to approve",
			"The project is Pending, but the caller sees no flow ticket of its submission. The server lists a ticket "+
				"only to its approvers and may list it late. The apply waits for the approvers and approves nothing "+
				"itself. To approve the submission, make a new plan when the ticket is visible.")
	case review.Uncertain:
		warn(fmt.Sprintf("Flow ticket %d of project %s is not approved", review.Ticket.ID, name), fmt.Sprintf(
			"The server writes times without a zone, and %s may be older than the submission. The apply waits for the "+
				"approvers and approves nothing itself. "+
				"A codesign_project_approval resource can decide the ticket after a review.", review.View))
	default:
		p.plan.TicketID = types.Int64Value(review.Ticket.ID)
		detail := fmt.Sprintf("The project is Pending, and another person may have submitted it: %s. ", review.View)
		if review.MayBeUpdate {
			detail += updateNote + " "
		}
		warn(fmt.Sprintf("Applying this approves flow ticket %d of project %s", review.Ticket.ID, name),
			detail+"The apply approves this ticket and no other. "+submissionChangeNote)
	}
}

// updateNote is for a ticket that is too new for the submission.
const updateNote = "The server created the ticket more than a minute after the submission, so it may be that of an " +
	"update of the project. Make sure that it belongs to the submission."

// submissionChangeNote explains the one failure that the CLI words itself: an apply plans again,
// and the CLI compares both plans before it asks the provider to apply.
const submissionChangeNote = "If the submission changes before the apply, the CLI stops with " +
	"\"Provider produced inconsistent final plan\" and nothing is sent. Review the project again and make a new plan."

// desiredStatus is what this resource registers for its project.
func (p plannedStatus) desiredStatus() desiredStatus {
	return desiredStatus{name: configuredAs(p.address()), status: p.Status}
}

// warnConflict compares the desired status with those of other resources.
func (p *statusPlanner) warnConflict() {
	if p.plan.Status.IsUnknown() || p.resp.Diagnostics.HasError() {
		return
	}
	p.planned.Compared = true
	own := p.planned.desiredStatus()
	p.removeReplaced() // not earlier: a resource that is planned meanwhile is compared with it
	p.refreshLog.addDesired(own, p.planned.Project, path.Root("status"), &p.resp.Diagnostics)
}

// removeReplaced reverts what the first plan of a replaced resource added.
func (p *statusPlanner) removeReplaced() {
	if p.replaced != nil {
		p.refreshLog.desired.remove(p.replaced.desiredStatus(), p.replaced.Project)
	}
}

// addDesired records the desired status of a planned resource. It warns of two resources with different
// desired statuses for one project: each apply would change the status again.
func (l *refreshLog) addDesired(own desiredStatus, project string, at path.Path, diagnostics *diag.Diagnostics) {
	if other, conflict := l.desired.add(own, project); conflict {
		addWarning(diagnostics, at, "Two resources set different statuses of one project", fmt.Sprintf(
			"%s, and %s. Both manage the same project, so each apply changes its status again. Keep one resource for "+
				"each project, or give both the same status.",
			describeDesired("This resource", own), describeDesired("another resource", other)))
	}
}

func describeDesired(subject string, desired desiredStatus) string {
	text := fmt.Sprintf("%s (%s) sets the status %s", subject, desired.name, desired.status)
	if desired.onDestroy {
		text += " when it is destroyed"
	}
	return text
}

// destroySucceeds is true for a project that its parent disables if status_on_destroy is Disabled.
// The plan that the CLI makes before a destroy must not fail then.
func (m statusModel) destroySucceeds(current lifecycle.Status) bool {
	return current == lifecycle.DisabledByParent && m.StatusOnDestroy.ValueString() == lifecycle.Disabled.String()
}

// warnBlocked leaves the error to the apply.
func (p *statusPlanner) warnBlocked(project *client.Project, err error) {
	p.plan.CurrentStatus = types.StringUnknown()
	diags.AddWarning(&p.resp.Diagnostics, p.named.path, unableToSet(nameOf(project), p.desired()), diags.WithRemedy(err,
		"An apply of this configuration fails here and sends nothing. A destroy succeeds and leaves the project "+
			"disabled."))
}

// checkReplacementByUnknown refuses a replacement by an unknown name. It may be the same project,
// and the destroy could leave it in a status from which the desired one cannot be reached.
func (p *statusPlanner) checkReplacementByUnknown(replaced plannedStatus, replaces bool) {
	if !replaces || replaced.StatusOnDestroy == "" {
		return
	}
	p.resp.Diagnostics.AddAttributeError(path.Root("status_on_destroy"), "Unable to plan the replacement", fmt.Sprintf(
		"The replacement sets status_on_destroy = %q, and the name of the next project is known only after the apply. "+
			"It may be the same project. Apply what the name depends on first, with -target, then make a new plan.",
		replaced.StatusOnDestroy))
}
