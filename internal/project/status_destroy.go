package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// destroyAlternatives are the commands that take a resource out of the state without the server.
const destroyAlternatives = "The resource stays in the state. To remove it from the state and leave the project unchanged, run `terraform state rm` with its " +
	"address, or, with Terraform 1.7 or OpenTofu 1.7 and later, replace its block by a `removed` block with `destroy = false` and apply."

// Delete leaves the project as it is, or drives it to status_on_destroy.
func (r *statusResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state statusModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	// Only a replacement brings the plan of the resource that follows.
	next, replaced := recallPlanned(ctx, req.Private, &resp.Diagnostics)
	timeout, diagnostics := state.Timeouts.Delete(ctx, defaultDeleteTimeout)
	resp.Diagnostics.Append(diagnostics...)
	goal, wanted := lifecycle.ParseDesired(state.StatusOnDestroy.ValueString())
	replaced = replaced && next.Project != ""
	if resp.Diagnostics.HasError() || !wanted && !replaced {
		return
	}
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	if replaced {
		if err := next.check(ctx, api); err != nil {
			statusReport(&resp.Diagnostics, "Unable to replace the resource", next.address().Path, err)
			return
		}
	}
	project := state.serverRef()
	if wanted && (replaced && next.Project == project.Folded() || r.RefreshLog().Applied.Has(project)) {
		warn(&resp.Diagnostics, path.Root("status_on_destroy"), "The status of the project was left unchanged", sprintf(
			"This apply creates or updates another object for the project %s. status_on_destroy = %q was not carried out for the destroyed one, "+
				"so that the project keeps the status that the other one asks for.", state.called(), goal))
		return
	}
	if wanted {
		r.noteStatus(project, state.CurrentStatus)
		r.leave(ctx, api, state, goal, resp)
	}
}

// leave drives the project to status_on_destroy. A project that is gone, or about to be, needs
// nothing.
func (r *statusResource) leave(ctx context.Context, api *client.Client, state statusModel, goal lifecycle.Status, resp *resource.DeleteResponse) {
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, state.byGUID().Ref, state.order(goal))
	at := path.Root("status_on_destroy")
	switch {
	case err == nil, failure.CodeOf(err) == failure.NotFound:
	case p != nil && p.Status == lifecycle.Deleted:
		warn(&resp.Diagnostics, at, "The project is queued for deletion", "Its status was left unchanged, and it leaves the state.")
	case p != nil && p.Status == lifecycle.DisabledByParent && goal == lifecycle.Disabled:
		warn(&resp.Diagnostics, at, "The project is disabled by its parent", sprintf(
			"The project %s can't be used, so status_on_destroy = \"Disabled\" is met. Nothing was sent, and the project leaves the state. "+
				"When its parent is enabled again, the server may restore the status that the project had before.", state.called()))
	default:
		statusReport(&resp.Diagnostics, "Could not set the project's status_on_destroy", at, diags.WithRemedy(err, destroyAlternatives))
	}
}

// changedError is for a replacement whose create cannot be carried out as planned.
func changedError(planned plannedProject, found *client.Project) error {
	message := sprintf("the status of the project that %s names changed after the plan: from %s to %s",
		planned.name(), planned.InitialStatus, found.Status)
	if !planned.isAbout(found) {
		message = sprintf("%s names another project than at plan: the plan is for %s with the number %d, the server has %s with the number %d",
			planned.name(), planned.ServerDN, planned.ServerID, found.DN, found.ID)
	}
	return &failure.Error{
		Code: failure.Replaced, Operation: "replace", Object: found.DN, Message: message,
		Remedy: "Nothing was sent. Make a new plan and review it.",
	}
}

// check stops a replacement before anything is sent if its second half would fail: the CLI compares
// what it planned with what the server says then, and calls a difference a bug of the provider.
func (p plannedProject) check(ctx context.Context, api reconcile.API) error {
	project, err := reconcile.Get(ctx, api, p.address().Ref)
	if err != nil {
		return err
	}
	if !p.isAbout(project) || project.Status.String() != p.InitialStatus {
		return changedError(p, project)
	}
	return nil
}

// isAbout is true for the project that was planned for, with every name that the plan promised.
func (p plannedProject) isAbout(project *client.Project) bool {
	return reconcile.RefOf(project).Folded() == p.Project && project.ID == p.ServerID && (p.DN != "" || project.DN == p.ServerDN)
}

// warnOfDeparture lets a plan pass that is about a project which the refresh has just found gone: a
// destroy begins with a refresh and a plan like any other, which the provider can't tell from one
// that is meant.
func (p *planning) warnOfDeparture() {
	warn(&p.resp.Diagnostics, p.named.Path, "The project is not there any more",
		sprintf("The server knew %s until a short time ago. An apply of this configuration will fail here and send nothing. "+
			"If the project is gone for good, remove this block.", p.named.Ref))
}

// checkBlindReplacement refuses a replacement of which it is not known whether it is by the same
// project: the destroy could leave that project in a status from which the new one can't be reached.
func (p *planning) checkBlindReplacement(replaced plannedProject, replaces bool) {
	if !replaces || replaced.StatusOnDestroy == "" {
		return
	}
	p.resp.Diagnostics.AddAttributeError(path.Root("status_on_destroy"), "The replacement can't be planned yet", sprintf(
		"The resource is replaced, which carries out status_on_destroy = %q, and the name of the project that replaces it is only known after an apply. "+
			"It may be the same project. First apply what the name depends on, with -target, then plan again.", replaced.StatusOnDestroy))
}

// planDestroy warns of what a destroy can't do or should not do.
func (r *statusResource) planDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	clearPrivate(ctx, resp.Private, &resp.Diagnostics, plannedKey)
	var state statusModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	goal, wanted := lifecycle.ParseDesired(state.StatusOnDestroy.ValueString())
	project := state.serverRef()
	if resp.Diagnostics.HasError() || !wanted || r.RefreshLog().Applied.Has(project) {
		return
	}
	at := path.Root("status_on_destroy")
	current, known := lifecycle.ParseStatus(state.CurrentStatus.ValueString())
	if known {
		// What can't be done at all is for the destroy itself to find out.
		_ = checkRoute(&resp.Diagnostics, at, current, goal)
	}
	wants := config.DesiredStatus{Name: sprintf("dn = %q", state.DN.ValueString()), Status: goal.String(), OnDestroy: true}
	if other, conflict := r.RefreshLog().Desired.Add(project.Folded(), wants); conflict {
		warn(&resp.Diagnostics, at, "Two resources want different statuses of one project", differentStatuses(wants, other))
	}
}
