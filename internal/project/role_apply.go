package project

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Create gives the role to the planned trustees. A failure leaves nothing in the state: otherwise the CLI
// would mark the resource as tainted and replace it. The next apply finds the role as this one left it.
func (r *roleResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	plan := r.newModel()
	configured := configuredNames(ctx, req.Config, &resp.Diagnostics)
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	plan.checkPlan(r.Now(), &resp.Diagnostics)
	fields := plan.common()
	api, ctx, cancel := r.BeginApply(ctx, fields.Timeouts.Create, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	at := configured.address() // the plan of a create ignores nothing
	request := edit.Request{Change: plan.change(), Create: true}
	result, err := newEditor(ctx, api, &r.ResourceClient).Edit(ctx, at.ref, fields.GUID.ValueString(), request)
	if err != nil {
		diags.AddError(&resp.Diagnostics, roleErrorPath(at.path, plan, err),
			unableToChangeRole(fields.role(), request.Change, displayName(at.ref)), err)
		return
	}
	finishRole(ctx, api, plan, result, &resp.Diagnostics)
	storeAppliedRole(ctx, resp.Private, at.ref.DN, plan.trustees(), &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// finishRole sets what the plan did not know.
func finishRole(
	ctx context.Context, api *client.Client, plan roleObject, result edit.Result, diagnostics *diag.Diagnostics,
) {
	warnResult(diagnostics, result)
	plan.common().fillNames(result.Project)
	if plan.hasUnknownNames() {
		plan.resolveNames(ctx, api, diagnostics)
	}
}

// Read removes the resource from the state if its project certainly does not exist, or if the trustee of
// a member does not have the role any more and that did not expire.
func (r *roleResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	state := r.newModel()
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	// Set it on every path: CLIs before 1.12 keep no identity.
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, state.identity())...)
	fields := state.common()
	p := fields.readForRefresh(ctx, &r.ResourceClient, fields.byGUID().path, reconcile.GetSettingsCached, req, resp)
	if p == nil {
		return
	}
	if state.isRevoked(p, r.Now()) {
		resp.State.RemoveResource(ctx)
		return
	}
	state.refresh(p)
	if fields.ResolveIdentities.ValueBool() {
		state.resolveNames(ctx, r.Client(), &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Update gives the role to the planned trustees, or takes it from a member that expired. After a failure
// the state shows who has the role.
func (r *roleResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	plan, state := r.newModel(), r.newModel()
	resp.Diagnostics.Append(req.Plan.Get(ctx, plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	pending, _ := pendingKey.Get(ctx, req.Private, &resp.Diagnostics)
	planned, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	plannedRoleKey.Clear(ctx, resp.Private, &resp.Diagnostics) // even if the update fails
	plan.checkPlan(r.Now(), &resp.Diagnostics)
	api, ctx, cancel := r.BeginApply(ctx, plan.common().Timeouts.Update, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	fields, request := state.common(), edit.Request{Change: plan.change(), Pending: pending}
	result, err := newEditor(ctx, api, &r.ResourceClient).
		Edit(ctx, fields.byGUID().ref, fields.GUID.ValueString(), request)
	if err != nil {
		storePending(ctx, resp.Private, result.Pending, &resp.Diagnostics)
		if result.Project != nil {
			state.refresh(result.Project)
			resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
		}
		diags.AddError(&resp.Diagnostics, roleErrorPath(planned.named(), plan, err),
			unableToChangeRole(plan.common().role(), request.Change, nameOf(fields.project())), fields.missing(err))
		return
	}
	finishRole(ctx, api, plan, result, &resp.Diagnostics)
	storeAppliedRole(ctx, resp.Private, planned.ConfiguredDN, plan.trustees(), &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, plan.identity())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// Delete takes the role from the trustees that were configured, and leaves others alone. In a replacement
// by the same role it keeps the trustees of the new object.
func (r *roleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	state := r.newModel()
	resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	next, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	pending, _ := pendingKey.Get(ctx, req.Private, &resp.Diagnostics)
	fields := state.common()
	removed := slices.DeleteFunc(loadTrustees(ctx, req.Private, state, &resp.Diagnostics), func(trustee string) bool {
		return next.keeps(fields.GUID.ValueString(), fields.role(), trustee)
	})
	if resp.Diagnostics.HasError() || len(removed) == 0 {
		return
	}
	api, ctx, cancel := r.BeginApply(ctx, fields.Timeouts.Delete, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	request := edit.Request{Change: state.removal(removed), Pending: pending, Release: true}
	result, err := newEditor(ctx, api, &r.ResourceClient).
		Edit(ctx, fields.byGUID().ref, fields.GUID.ValueString(), request)
	finishRevocation(ctx, resp, fields, request.Change, result, err)
}

// finishRevocation reports the outcome of a destroy. It succeeds for a project that does not exist or
// is queued for deletion.
func finishRevocation(
	ctx context.Context, resp *resource.DeleteResponse, state *roleFields, change settings.Change,
	result edit.Result, err error,
) {
	name := nameOf(state.project())
	switch {
	case err == nil:
		warnDoubt(&resp.Diagnostics, result)
		warnKept(&resp.Diagnostics, name, state.role(), change, result)
	case isNotFound(err):
	case result.Project != nil && result.Project.Status == lifecycle.Deleted:
		warnQueued(&resp.Diagnostics, path.Empty(), name,
			"Its roles are unchanged. The resource is removed from the state.")
	default:
		storePending(ctx, resp.Private, result.Pending, &resp.Diagnostics)
		diags.AddError(&resp.Diagnostics, path.Empty(), unableToChangeRole(state.role(), change, name),
			diags.WithRemedy(err, destroyRemedy("role")))
	}
}

// warnKept names the trustees that still have the role.
func warnKept(
	diagnostics *diag.Diagnostics, name string, role settings.Role, change settings.Change, result edit.Result,
) {
	if result.LostAccess {
		return
	}
	if len(result.Kept) > 0 {
		addWarning(diagnostics, path.Empty(),
			fmt.Sprintf("Trustees of a destroyed resource keep the role %s on project %s", role, name),
			"Another resource of this run gives them the role: "+strings.Join(result.Kept, ", ")+".")
	}
	if result.Project == nil {
		return
	}
	holders := result.Project.Trustees(role)
	last := slices.DeleteFunc(slices.Clone(change.Role(role).Remove), func(trustee string) bool {
		return !settings.Contains(holders, trustee) || settings.Contains(result.Kept, trustee)
	})
	if len(last) > 0 {
		addWarning(diagnostics, path.Empty(), "The last owner of project "+name+" keeps the role",
			"A project needs an owner, so "+strings.Join(last, ", ")+" keeps the role. The resource is removed "+
				"from the state. Give the role to another trustee, then revoke it from this one.")
	}
}

// newEditor returns an editor that logs each step.
func newEditor(ctx context.Context, api *client.Client, r *config.ResourceClient) *edit.Editor {
	e := edit.New(api, config.Shared[edit.Shared](r))
	e.Timing, e.Report = r.Timing(), diags.Reporter(ctx)
	return e
}

// unableToChangeRole is the summary of a failed change of a role.
func unableToChangeRole(role settings.Role, change settings.Change, project string) string {
	if len(change.Role(role).Remove) > 0 {
		return fmt.Sprintf("Unable to revoke the role %s on project %s", role, project)
	}
	return fmt.Sprintf("Unable to set the role %s of project %s", role, project)
}

// roleErrorPath is the argument that holds the trustees, or the name of the project.
func roleErrorPath(named path.Path, object roleObject, err error) path.Path {
	switch at := failure.AttributeOf(err); {
	case at == failure.Object:
		return named
	case at == failure.Status, at == failure.Attribute(object.common().role().Field()):
		return object.attribute()
	default:
		return path.Empty()
	}
}

// warnResult reports what an update did besides making the change.
func warnResult(diagnostics *diag.Diagnostics, result edit.Result) {
	if result.LostAccess {
		addWarning(diagnostics, path.Empty(), "The provider lost access to project "+nameOf(result.Project),
			"The update removed the provider's own role on the project, and the server no longer shows the project to "+
				"it. The state has the values that were sent. The next refresh fails until the identity of the "+
				"provider has a role on the project again.")
	}
	warnDoubt(diagnostics, result)
}

func warnDoubt(diagnostics *diag.Diagnostics, result edit.Result) {
	if result.Doubt != nil {
		addWarning(diagnostics, path.Empty(), "The update of project "+nameOf(result.Project)+" may be incomplete",
			"The server reported a failure, and the project shows all values that were sent: "+result.Doubt.Error()+
				".\n\n"+
				"Permissions may be missing although the lists of trustees are right. Check in the product's user "+
				"interface that the trustees have access. To send the lists again, take a trustee out and add it "+
				"again.")
	}
}
