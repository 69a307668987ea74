package project

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Create creates the project. A failure leaves nothing in the state: otherwise the CLI would mark the
// resource as tainted and replace it. The next apply continues with a project that exists.
func (r *projectResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	api, ctx, cancel := r.BeginApply(ctx, plan.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	name := dn.Name(plan.DN.ValueString())
	change := plan.change()
	created, err := newEditor(ctx, api, &r.ResourceClient).Create(ctx, plan.DN.ValueString(), change)
	if created.Unfinished {
		err = diags.WithRemedy(err,
			"The project exists, and the resource is not in the state. The next apply continues with this project.")
	}
	if err != nil {
		addProjectError(&resp.Diagnostics, "Unable to create project "+name, change, err)
		return
	}
	if created.Adopted {
		addWarning(&resp.Diagnostics, path.Root("dn"), "Project "+name+" was adopted",
			"The project existed as a draft without environments, as after an interrupted run of this identity. "+
				"The apply continued with it and did not create a second project.")
	}
	r.finish(ctx, api, &plan, created, &resp.Diagnostics)
	fieldsKey.Set(ctx, resp.Private, sentFields(created.Project, change.CustomFields), &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, created.Project.GUID)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// finish fills the planned model after a successful write.
func (r *projectResource) finish(
	ctx context.Context, api *client.Client, plan *resourceModel, result edit.Result, diagnostics *diag.Diagnostics,
) {
	warnResult(diagnostics, result)
	plan.fill(result.Project)
	if plan.Names.IsUnknown() {
		all, _ := plan.trustees()
		plan.Names = namesOf(ctx, api, plan.ResolveIdentities, all, diagnostics)
	}
}

// Read removes a project from the state only if it certainly does not exist.
func (r *projectResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	// Set it on every path: CLIs before 1.12 keep no identity.
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, state.GUID.ValueString())...)
	p := state.readForRefresh(ctx, &r.ResourceClient, path.Root("dn"), reconcile.GetSettingsCached, req, resp)
	if p == nil {
		return
	}
	if p.Status == lifecycle.Deleted {
		warnQueued(&resp.Diagnostics, path.Root("dn"), nameOf(p),
			"The resource stays in the state until the deletion is decided. The server does not change the project.")
	}
	sent, _ := fieldsKey.Get(ctx, req.Private, &resp.Diagnostics)
	state.refresh(p, sent)
	if state.ResolveIdentities.ValueBool() {
		all, _ := state.trustees()
		state.Names = namesOf(ctx, r.Client(), state.ResolveIdentities, all, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update renames the project, then changes its settings. After a failure the state shows what the
// project has.
func (r *projectResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state resourceModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	plannedProjectKey.Clear(ctx, resp.Private, &resp.Diagnostics)
	api, ctx, cancel := r.BeginApply(ctx, plan.Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	u := &projectUpdate{
		editor: newEditor(ctx, api, &r.ResourceClient), plan: plan, state: state, diagnostics: &resp.Diagnostics,
	}
	u.pending, _ = pendingKey.Get(ctx, req.Private, &resp.Diagnostics)
	u.sent, _ = fieldsKey.Get(ctx, req.Private, &resp.Diagnostics)
	result, ok := u.run(ctx, api)
	storePending(ctx, resp.Private, result.Pending, &resp.Diagnostics)
	if !ok {
		if result.Project != nil {
			state.refresh(result.Project, u.sent)
		}
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
		return
	}
	if result.Project != nil {
		r.finish(ctx, api, &plan, result, &resp.Diagnostics)
		fieldsKey.Set(ctx, resp.Private, u.fieldsAfter(result.Project), &resp.Diagnostics)
	}
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, state.GUID.ValueString())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// projectUpdate is one call of Update.
type projectUpdate struct {
	editor      *edit.Editor
	plan, state resourceModel
	pending     edit.Pending
	sent        map[string]sentField
	diagnostics *diag.Diagnostics
}

// run returns the project as last read. It sends and reads nothing if only arguments of the resource
// change that the server does not have.
func (u *projectUpdate) run(ctx context.Context, api *client.Client) (result edit.Result, ok bool) {
	guid, name := u.state.GUID.ValueString(), nameOf(u.state.project())
	if !dn.Equal(u.plan.DN.ValueString(), u.state.DN.ValueString()) {
		p, err := u.editor.Rename(ctx, guid, u.plan.DN.ValueString())
		if err != nil {
			addProjectError(u.diagnostics, "Unable to rename project "+name, settings.Change{}, u.state.missing(err))
			return edit.Result{Project: p, Pending: u.pending}, false
		}
		result = edit.Result{Project: p, Pending: u.pending}
	}
	change := u.plan.changeFrom(u.state)
	if change.IsEmpty() {
		return u.readUnknown(ctx, api, result)
	}
	renamed := result.Project
	result, err := u.editor.Edit(ctx, u.state.byGUID().ref, guid, edit.Request{Change: change, Pending: u.pending})
	if err != nil {
		if result.Project == nil {
			result.Project, result.Pending = renamed, u.pending
		}
		addProjectError(u.diagnostics, "Unable to update project "+name, change, u.state.missing(err))
		return result, false
	}
	return result, true
}

// readUnknown reads the project for the values that the plan left open.
func (u *projectUpdate) readUnknown(
	ctx context.Context, api *client.Client, result edit.Result,
) (edit.Result, bool) {
	open := u.plan.Description.IsUnknown()
	for _, set := range u.plan.sets() {
		open = open || set.IsUnknown()
	}
	if result.Project != nil || !open {
		return result, true
	}
	p, err := reconcile.Get(ctx, api, u.state.byGUID().ref)
	if err != nil {
		addProjectError(u.diagnostics, "Unable to read project "+nameOf(u.state.project()), settings.Change{},
			u.state.missing(err))
		return edit.Result{Pending: u.pending}, false
	}
	return edit.Result{Project: p, Pending: u.pending}, true
}

// fieldsAfter is the record of custom fields after the update. Fields that were not sent keep their
// entry.
func (u *projectUpdate) fieldsAfter(p *client.Project) map[string]sentField {
	entry, planned := map[string]sentField{}, u.plan.CustomFields.Elements()
	maps.Copy(entry, u.sent)
	maps.DeleteFunc(entry, func(name string, _ sentField) bool { return planned[name] == nil })
	maps.Copy(entry, sentFields(p, u.plan.changeFrom(u.state).CustomFields))
	return entry
}

// planDestroy fails for a protected project, and for one with environments.
func (r *projectResource) planDestroy(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	if state.DeletionProtection.ValueBool() {
		addProtectionError(&resp.Diagnostics, state.fullName())
		return
	}
	api := r.Client()
	if api == nil || state.DeletionPolicy.ValueString() != deletePolicy {
		return
	}
	checkDeleteScope(ctx, api, &resp.Diagnostics)
	p, err := reconcile.Get(ctx, api, state.byGUID().ref)
	if err != nil || p.Status == lifecycle.Deleted { // the destroy reports an error
		return
	}
	if len(p.Environments) > 0 && !state.ForceDestroy.ValueBool() {
		diags.AddError(&resp.Diagnostics, path.Root("force_destroy"), "Unable to delete project "+nameOf(p),
			edit.EnvironmentsError(p))
		return
	}
	if len(p.Environments) > 0 {
		names := make([]string, 0, len(p.Environments))
		for _, e := range p.Environments {
			names = append(names, e.DN)
		}
		addWarning(&resp.Diagnostics, path.Root("force_destroy"), "Applying this deletes keys of project "+nameOf(p),
			"Because of force_destroy, the deletion includes these environments with their keys and certificates: "+
				strings.Join(names, ", ")+".")
	}
	newSettingsPlan(api, logOf(&r.ResourceClient), &resp.Diagnostics, nameOf(p), projectRolePath).checkDeletion(ctx)
}

func addProtectionError(diagnostics *diag.Diagnostics, name string) {
	diagnostics.AddAttributeError(path.Root("deletion_protection"), "The project is protected against "+
		"deletion", fmt.Sprintf(
		"The resource of the project %s has deletion_protection = true, which is the default. Nothing was sent. "+
			"To destroy it, "+
			"set deletion_protection = false and apply, then destroy. To stop managing the project and keep it, "+
			"use a "+
			"`removed` block with `destroy = false`, or `terraform state rm`.", name))
}

// checkDeleteScope warns of a token that lacks the scope of the deletion, if the server describes the
// token.
func checkDeleteScope(ctx context.Context, api *client.Client, diagnostics *diag.Diagnostics) {
	scope, err := api.TokenScope(ctx)
	if err != nil || scope == "" || client.HasScope(scope, "codesign", "delete") {
		return
	}
	diagnostics.AddAttributeError(path.Root("deletion_policy"), "The token lacks the scope "+
		"codesign:delete", fmt.Sprintf(
		"The deletion of a project requires the scope `codesign:delete`, and the token has %s. Nothing was sent. "+
			"Add the scope to the argument `scope` of the provider, and to the API integration on the server if that "+
			"does not allow it. If `access_token` is set, issue a new token with the scope. The deletion_policy "+
			"`Disable` or `Abandon` does not need the scope.", scope))
}

// Delete does what deletion_policy says. A replacement is not visible in a plan, so the protection is
// checked again.
func (r *projectResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state resourceModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	policy := state.DeletionPolicy.ValueString()
	switch {
	case state.DeletionProtection.ValueBool():
		addProtectionError(&resp.Diagnostics, state.fullName())
		return
	case policy == abandonPolicy:
		return
	}
	api, ctx, cancel := r.BeginApply(ctx, state.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	if policy == disablePolicy {
		r.disable(ctx, api, state, &resp.Diagnostics)
		return
	}
	editor := newEditor(ctx, api, &r.ResourceClient)
	_, err := editor.Delete(ctx, state.GUID.ValueString(), state.ForceDestroy.ValueBool())
	if err != nil {
		diags.AddError(&resp.Diagnostics, projectAttribute(err, settings.Change{}),
			"Unable to delete project "+nameOf(state.project()), diags.WithRemedy(err, destroyRemedy("project")))
	}
}

// disable succeeds for a project that does not exist, is queued for deletion, or is disabled by its
// parent.
func (r *projectResource) disable(
	ctx context.Context, api *client.Client, state resourceModel, diagnostics *diag.Diagnostics,
) {
	p, err := newReconciler(ctx, api, r.Timing()).Reconcile(ctx, state.byGUID().ref, reconcile.Request{
		Status: lifecycle.Disabled, GUID: state.GUID.ValueString(),
	})
	name := nameOf(state.project())
	switch {
	case err == nil, isNotFound(err):
	case p != nil && (p.Status == lifecycle.Deleted || p.Status == lifecycle.DisabledByParent):
		addWarning(diagnostics, path.Root("deletion_policy"), "Project "+name+" is not changed", fmt.Sprintf(
			"Its status is %s, so it cannot be used. Nothing was sent. The resource is removed from the "+
				"state.", p.Status))
	default:
		diags.AddError(diagnostics, diags.AttributeFor(path.Root("deletion_policy"), err),
			unableToSet(name, lifecycle.Disabled), diags.WithRemedy(err, destroyRemedy("project")))
	}
}
