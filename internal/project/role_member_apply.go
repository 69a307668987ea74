package project

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// Create gives the role to the trustee. A failure leaves nothing in the state: otherwise the CLI would
// mark the resource as tainted and replace it.
func (r *memberResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var config, plan memberModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	timeout, diagnostics := plan.Timeouts.Create(ctx, defaultRoleTimeout)
	resp.Diagnostics.Append(diagnostics...)
	api := r.RequireClient(&resp.Diagnostics)
	plan.checkNotExpired(r.Now(), &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	at := plan.only(config.projectNames).address() // the plan of a create ignores nothing
	result, err := newEditor(ctx, api, r.Edits(), r.Timing()).Edit(ctx, at.ref, plan.GUID.ValueString(),
		edit.Request{Change: plan.change(), Create: true})
	if err != nil {
		addRoleError(&resp.Diagnostics, at.path, path.Root("trustee"), plan.role(),
			unableToSetRole(plan.role(), displayName(at.ref)), err)
		return
	}
	warnResult(&resp.Diagnostics, result)
	plan.fill(ctx, api, result.Project)
	storeAppliedRole(ctx, resp.Private, at.ref.DN, nil, &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// checkNotExpired fails if the role ended between the plan and the apply. The CLI needs the planned
// value of active.
func (m *memberModel) checkNotExpired(now time.Time, diagnostics *diag.Diagnostics) {
	if m.isExpired(now) && !m.Active.Equal(types.BoolValue(false)) {
		diagnostics.AddAttributeError(path.Root("expires"), "The role has expired", expiredDetail(*m, now))
	}
	if m.Active.IsUnknown() {
		m.Active = types.BoolValue(true)
	}
}

// fill sets what the plan did not know.
func (m *memberModel) fill(ctx context.Context, api *client.Client, p *client.Project) {
	m.fillNames(p)
	switch {
	case !m.Name.IsUnknown():
	case m.ResolveIdentities.ValueBool():
		m.Name = nameOfTrustee(ctx, api, m.Trustee.ValueString())
	default:
		m.Name = types.StringNull()
	}
}

// Read removes the resource from the state if the trustee does not have the role any more, unless
// that expired.
func (r *memberResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state memberModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, state.identity())...)
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return
	}
	at := state.byGUID()
	r.RefreshLog().Refreshed.Add(at.ref)
	p, err := reconcile.GetSettingsCached(ctx, api, at.ref)
	switch {
	case isNotFound(err):
		state.removeFromState(ctx, req, resp, r.RefreshLog())
		return
	case err != nil:
		addRoleError(&resp.Diagnostics, at.path, path.Root("trustee"), state.role(),
			"Unable to read project "+nameOf(state.project()), err)
		return
	case !state.hasRole(p) && state.Active.ValueBool() && !state.isExpired(r.Now()):
		resp.State.RemoveResource(ctx)
		return
	}
	state.refresh(p)
	if state.ResolveIdentities.ValueBool() {
		if name := nameOfTrustee(ctx, api, state.Trustee.ValueString()); !name.IsNull() {
			state.Name = name
		}
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update gives the role to the trustee, or takes it away because it expired.
func (r *memberResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state memberModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	pending, _ := pendingKey.Get(ctx, req.Private, &resp.Diagnostics)
	planned, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	plannedRoleKey.Clear(ctx, resp.Private, &resp.Diagnostics) // even if the update fails
	timeout, diagnostics := plan.Timeouts.Update(ctx, defaultRoleTimeout)
	resp.Diagnostics.Append(diagnostics...)
	api := r.RequireClient(&resp.Diagnostics)
	plan.checkNotExpired(r.Now(), &resp.Diagnostics)
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
		addRoleError(&resp.Diagnostics, planned.named(), path.Root("trustee"), plan.role(),
			plan.unableToUpdate(state), state.missing(err))
		return
	}
	warnResult(&resp.Diagnostics, result)
	plan.fill(ctx, api, result.Project)
	storeAppliedRole(ctx, resp.Private, planned.ConfiguredDN, nil, &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

func (m memberModel) unableToUpdate(state memberModel) string {
	if m.Active.ValueBool() {
		return unableToSetRole(m.role(), nameOf(state.project()))
	}
	return unableToRevoke(m.role(), nameOf(state.project()))
}

// Delete takes the role from the trustee. A replacement by the same trustee keeps it.
func (r *memberResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state memberModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	next, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	pending, _ := pendingKey.Get(ctx, req.Private, &resp.Diagnostics)
	timeout, diagnostics := state.Timeouts.Delete(ctx, defaultRoleTimeout)
	resp.Diagnostics.Append(diagnostics...)
	trustee := state.Trustee.ValueString()
	if resp.Diagnostics.HasError() || next.keeps(state.GUID.ValueString(), state.role(), trustee) {
		return
	}
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	result, err := newEditor(ctx, api, r.Edits(), r.Timing()).Edit(ctx, state.byGUID().ref, state.GUID.ValueString(),
		edit.Request{Change: state.removal(), Pending: pending, Release: true})
	finishRevocation(ctx, resp, state.projectNames, state.role(), []string{trustee}, result, err)
}
