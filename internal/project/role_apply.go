package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Create gives the role to the planned trustees. A failure leaves nothing in the state: otherwise the
// CLI would mark the resource as tainted and replace it. The next apply finds the role as this one
// left it.
func (r *roleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var config, plan roleModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diagnostics := plan.Timeouts.Create(ctx, defaultRoleTimeout)
	resp.Diagnostics.Append(diagnostics...)
	plan.checkOwners(&resp.Diagnostics)
	api := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	at := plan.only(config.projectNames).address() // the plan of a create ignores nothing
	result, err := newEditor(ctx, api, r.Edits(), r.Timing()).Edit(ctx, at.ref, plan.GUID.ValueString(),
		edit.Request{Change: plan.change(), Create: true})
	if err != nil {
		addRoleError(&resp.Diagnostics, at.path, path.Root("trustees"), plan.role(),
			unableToSetRole(plan.role(), displayName(at.ref)), err)
		return
	}
	warnResult(&resp.Diagnostics, result)
	plan.fill(ctx, api, result.Project, &resp.Diagnostics)
	storeAppliedRole(ctx, resp.Private, at.ref.DN, plan.trustees(), &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, newRoleIdentity(plan.GUID.ValueString(), plan.Role))...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// fill sets what the plan did not know.
func (m *roleModel) fill(ctx context.Context, api *client.Client, p *client.Project, diagnostics *diag.Diagnostics) {
	m.fillNames(p)
	if m.Names.IsUnknown() {
		m.Names = namesOf(ctx, api, m.ResolveIdentities, m.trustees(), diagnostics)
	}
}

// Read removes the role from the state only if its project certainly does not exist.
func (r *roleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state roleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	// Set it on every path: CLIs before 1.12 keep no identity.
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, newRoleIdentity(state.GUID.ValueString(),
		state.Role))...)
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return
	}
	at := state.byGUID()
	r.RefreshLog().Refreshed.Add(at.ref)
	p, err := reconcile.GetSettingsCached(ctx, api, at.ref)
	if isNotFound(err) {
		state.removeFromState(ctx, req, resp, r.RefreshLog())
		return
	}
	if err != nil {
		addRoleError(&resp.Diagnostics, at.path, path.Root("trustees"), state.role(),
			"Unable to read project "+nameOf(state.project()), err)
		return
	}
	state.refresh(p)
	if state.ResolveIdentities.ValueBool() {
		state.Names = namesOf(ctx, api, state.ResolveIdentities, state.trustees(), &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update gives the role to the planned trustees. After a failure the state shows who has the role.
func (r *roleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state roleModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	pending, _ := pendingKey.Get(ctx, req.Private, &resp.Diagnostics)
	planned, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	plannedRoleKey.Clear(ctx, resp.Private, &resp.Diagnostics) // even if the update fails
	timeout, diagnostics := plan.Timeouts.Update(ctx, defaultRoleTimeout)
	resp.Diagnostics.Append(diagnostics...)
	plan.checkOwners(&resp.Diagnostics)
	api := r.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	result, err := newEditor(ctx, api, r.Edits(), r.Timing()).Edit(ctx, state.byGUID().ref, state.GUID.ValueString(),
		edit.Request{Change: plan.change(), Pending: pending})
	if err != nil {
		storePending(ctx, resp.Private, result.Pending, &resp.Diagnostics)
		if result.Project != nil {
			state.refresh(result.Project)
			resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
		}
		addRoleError(&resp.Diagnostics, planned.named(), path.Root("trustees"), plan.role(),
			unableToSetRole(plan.role(), nameOf(state.project())), state.missing(err))
		return
	}
	warnResult(&resp.Diagnostics, result)
	plan.fill(ctx, api, result.Project, &resp.Diagnostics)
	storeAppliedRole(ctx, resp.Private, planned.ConfiguredDN, plan.trustees(), &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, newRoleIdentity(plan.GUID.ValueString(), plan.Role))...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}
