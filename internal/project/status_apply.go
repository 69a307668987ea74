package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Create sets the desired status. A failure leaves nothing in the state: otherwise the CLI would
// mark the resource as tainted and replace it. The next apply finds the project as this one left
// it.
func (r *statusResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan statusModel
	configured := configuredNames(ctx, req.Config, &resp.Diagnostics)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	api, ctx, cancel := r.BeginApply(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	// The framework passes no private state of the plan to a create, and nothing is ignored in one.
	at := configured.address()
	logOf(&r.ResourceClient).applied.add(plan.serverRef())
	r.recordStatus(plan.serverRef(), plan.InitialStatus)
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, at.ref, plan.request(plan.desired()))
	if err != nil {
		addStatusError(&resp.Diagnostics, at.path, unableToSet(nameOf(plan.project()), plan.desired()), err)
		return
	}
	plan.fill(p)
	appliedKey.Set(ctx, resp.Private, lastApplied{DN: at.ref.DN}, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Read removes a project from the state only if it certainly does not exist.
func (r *statusResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state statusModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	// Set it on every path: CLIs before 1.12 keep no identity.
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, state.GUID.ValueString())...)
	p := state.readForRefresh(ctx, &r.ResourceClient, state.byGUID().path, reconcile.GetCached, req, resp)
	if p == nil {
		return
	}
	state.refresh(p)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update sets the desired status of the project of the state, even if it was renamed. After a
// failure the state keeps the previous desired status and records the current one.
func (r *statusResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state statusModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	planned, _ := plannedKey.Get(ctx, req.Private, &resp.Diagnostics)
	plannedKey.Clear(ctx, resp.Private, &resp.Diagnostics) // even if the update fails
	api, ctx, cancel := r.BeginApply(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	logOf(&r.ResourceClient).applied.add(state.serverRef())
	r.recordStatus(state.serverRef(), state.CurrentStatus)
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, state.byGUID().ref, plan.request(plan.desired()))
	if err == nil {
		err = plan.checkPlannedStatus(p)
	}
	if err != nil {
		if p != nil {
			state.CurrentStatus = types.StringValue(p.Status.String())
			resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
		}
		addStatusError(&resp.Diagnostics, planned.address().path,
			unableToSet(nameOf(state.project()), plan.desired()), state.missing(err))
		return
	}
	plan.fill(p)
	appliedKey.Set(ctx, resp.Private, lastApplied{DN: planned.DN}, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// recordStatus records the status that a project had before the first write of this apply.
func (r *statusResource) recordStatus(project client.ProjectRef, status types.String) {
	logOf(&r.ResourceClient).statusBefore.LoadOrStore(project.Folded(), status.ValueString())
}

// checkPlannedStatus fails if the plan showed one of several statuses that meet the desired one,
// and the project has another of them now.
func (m statusModel) checkPlannedStatus(p *client.Project) error {
	planned, known := lifecycle.ParseStatus(m.CurrentStatus.ValueString())
	if !known || planned == p.Status {
		return nil
	}
	return reconcile.ChangedConcurrently(p, planned, m.desired(), nil)
}

// Delete sets status_on_destroy, or leaves the project unchanged.
func (r *statusResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state statusModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	// Only a replacement passes a plan with a project: that of the next object.
	next, replaced := plannedKey.Get(ctx, req.Private, &resp.Diagnostics)
	replaced = replaced && next.Project != ""
	desired, configured := lifecycle.ParseDesired(state.StatusOnDestroy.ValueString())
	if resp.Diagnostics.HasError() || !configured && !replaced {
		return
	}
	api, ctx, cancel := r.BeginApply(ctx, state.Timeouts.Delete, defaultDeleteTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	if replaced {
		if err := next.checkUnchanged(ctx, api); err != nil {
			addStatusError(&resp.Diagnostics, next.address().path,
				"Unable to replace the resource of project "+nameOf(state.project()), err)
			return
		}
	}
	project := state.serverRef()
	switch {
	case !configured:
	case replaced && next.Project == project.Folded(), logOf(&r.ResourceClient).applied.has(project):
		addWarning(&resp.Diagnostics, path.Root("status_on_destroy"),
			"Status of project "+nameOf(state.project())+" left unchanged", fmt.Sprintf(
				"This apply creates or updates another object for the project %s. status_on_destroy = %q of the "+
					"destroyed object is ignored, so that the project keeps the desired status of the other "+
					"object.", state.fullName(), desired))
	default:
		r.recordStatus(project, state.CurrentStatus)
		r.setStatusOnDestroy(ctx, api, state, desired, resp)
	}
}

// setStatusOnDestroy succeeds for a project that does not exist or is queued for deletion.
func (r *statusResource) setStatusOnDestroy(
	ctx context.Context, api *client.Client, state statusModel, desired lifecycle.Status, resp *resource.DeleteResponse,
) {
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, state.byGUID().ref, state.request(desired))
	at, name := path.Root("status_on_destroy"), nameOf(state.project())
	switch {
	case err == nil, isNotFound(err):
	case p != nil && p.Status == lifecycle.Deleted:
		warnQueued(&resp.Diagnostics, at, name, "Its status is unchanged. The resource is removed from the state.")
	case p != nil && p.Status == lifecycle.DisabledByParent && desired == lifecycle.Disabled:
		addWarning(&resp.Diagnostics, at, "Project "+name+" is disabled by its parent", fmt.Sprintf(
			"The project %s cannot be used, so status_on_destroy = \"Disabled\" is met. Nothing was sent. The "+
				"resource is removed from the state. When the parent is enabled again, the server may restore the "+
				"previous status of the project.",
			state.fullName()))
	default:
		diags.AddError(&resp.Diagnostics, diags.AttributeFor(at, err), unableToSet(name, desired),
			diags.WithRemedy(err, destroyRemedy("project")))
	}
}

// changedError is for a replacement whose second half cannot be applied as planned.
func (p plannedStatus) changedError(found *client.Project) error {
	message := fmt.Sprintf("the status of the project %s changed after the plan: from %s to %s",
		configuredAs(p.address()), p.InitialStatus, found.Status)
	if !p.describes(found) {
		message = fmt.Sprintf("the argument %s names another project than at plan: planned %s with number %d, found "+
			"%s with number %d", configuredAs(p.address()), p.ServerDN, p.ServerID, found.DN, found.ID)
	}
	return failure.Errorf(failure.Replaced, "%s", message).Advise("Nothing was sent. Make a new plan and review it.")
}

// checkUnchanged stops a replacement before its first request if its second half would fail. The
// CLI compares the plan with what the server reports then and describes a difference as a provider
// bug.
func (p plannedStatus) checkUnchanged(ctx context.Context, api reconcile.API) error {
	project, err := reconcile.Get(ctx, api, p.address().ref)
	if err != nil {
		return err
	}
	if !p.describes(project) || project.Status.String() != p.InitialStatus {
		return p.changedError(project)
	}
	return nil
}

// planDestroy warns of a step that may fail and of a conflict with another resource.
func (r *statusResource) planDestroy(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	plannedKey.Clear(ctx, resp.Private, &resp.Diagnostics) // a failed replacement leaves it
	var state statusModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	desired, configured := lifecycle.ParseDesired(state.StatusOnDestroy.ValueString())
	project := state.serverRef()
	if resp.Diagnostics.HasError() || !configured || logOf(&r.ResourceClient).applied.has(project) {
		return
	}
	at := path.Root("status_on_destroy")
	if current, known := lifecycle.ParseStatus(state.CurrentStatus.ValueString()); known {
		_ = checkRoute(&resp.Diagnostics, at, current, desired) // the destroy reports an error
	}
	own := desiredStatus{
		name: fmt.Sprintf("dn = %q", state.DN.ValueString()), status: desired.String(), onDestroy: true,
	}
	logOf(&r.ResourceClient).addDesired(own, project.Folded(), at, &resp.Diagnostics)
}
