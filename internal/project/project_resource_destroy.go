package project

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// planDestroy fails for a protected project, and for one with environments.
func (r *projectResource) planDestroy(
	ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse,
) {
	plannedProjectKey.Clear(ctx, resp.Private, &resp.Diagnostics)
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
	newSettingsPlan(api, r.RefreshLog(), &resp.Diagnostics, nameOf(p), projectPaths()).checkDeletion(ctx)
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
