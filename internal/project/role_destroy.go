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
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// keepRemedy is how to remove a role from the state without a request.
const keepRemedy = "The resource stays in the state. To remove it from the state and leave the role unchanged, " +
	"run `terraform state rm` with its address, or, with Terraform 1.7 or OpenTofu 1.7 and later, replace its block " +
	"with a `removed` block with `destroy = false` and apply."

// Delete takes the role from the trustees that were configured, and leaves others alone. The last
// owner stays: a project needs one. A replacement by the same role keeps the trustees of the new
// object.
func (r *roleResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state roleModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	configured, found := trusteesKey.Get(ctx, req.Private, &resp.Diagnostics)
	if !found {
		configured = state.trustees()
	}
	next, _ := plannedRoleKey.Get(ctx, req.Private, &resp.Diagnostics)
	pending, _ := pendingKey.Get(ctx, req.Private, &resp.Diagnostics)
	timeout, diagnostics := state.Timeouts.Delete(ctx, defaultRoleTimeout)
	resp.Diagnostics.Append(diagnostics...)
	removed := slices.DeleteFunc(configured, func(trustee string) bool {
		return next.keeps(state.GUID.ValueString(), state.role(), trustee)
	})
	if resp.Diagnostics.HasError() || len(removed) == 0 {
		return
	}
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	list := settings.ListChange{Remove: removed, KeepLast: state.role() == settings.Owner}
	result, err := newEditor(ctx, api, r.Edits(), r.Timing()).Edit(ctx, state.byGUID().ref, state.GUID.ValueString(),
		edit.Request{Change: changeOf(state.role(), list), Pending: pending, Release: true})
	finishRevocation(ctx, resp, state.projectNames, state.role(), removed, result, err)
}

// finishRevocation reports the outcome of a destroy. It succeeds for a project that does not exist or
// is queued for deletion.
func finishRevocation(
	ctx context.Context, resp *resource.DeleteResponse, names projectNames, role settings.Role, removed []string,
	result edit.Result, err error,
) {
	name := nameOf(names.project())
	switch {
	case err == nil:
		warnDoubt(&resp.Diagnostics, result)
		warnKept(&resp.Diagnostics, name, role, removed, result)
	case isNotFound(err):
	case result.Project != nil && result.Project.Status == lifecycle.Deleted:
		addWarning(&resp.Diagnostics, path.Empty(), "Project "+name+" is queued for deletion",
			"Its roles are unchanged. The resource is removed from the state.")
	default:
		storePending(ctx, resp.Private, result.Pending, &resp.Diagnostics)
		diags.AddError(&resp.Diagnostics, path.Empty(), unableToRevoke(role, name), diags.WithRemedy(err, keepRemedy))
	}
}

// warnKept names the trustees that still have the role.
func warnKept(
	diagnostics *diag.Diagnostics, name string, role settings.Role, removed []string, result edit.Result,
) {
	if result.LostAccess {
		return
	}
	claimed := keptBy(result)
	if len(claimed) > 0 {
		addWarning(diagnostics, path.Empty(),
			fmt.Sprintf("Trustees of a destroyed resource keep the role %s on project %s", role, name),
			"Another resource of this run gives them the role: "+strings.Join(claimed, ", ")+".")
	}
	last := slices.DeleteFunc(stillIn(result.Project, role, removed), func(trustee string) bool {
		return settings.Contains(claimed, trustee)
	})
	if len(last) > 0 {
		addWarning(diagnostics, path.Empty(), "The last owner of project "+name+" keeps the role",
			"A project needs an owner, so "+strings.Join(last, ", ")+" keeps the role. The resource is removed "+
				"from the state. Give the role to another trustee, then revoke it from this one.")
	}
}

func keptBy(result edit.Result) []string {
	var trustees []string
	for _, d := range result.Kept {
		trustees = append(trustees, d.Gained...)
	}
	return trustees
}

// stillIn are the trustees that have the role on the project.
func stillIn(p *client.Project, role settings.Role, trustees []string) []string {
	if p == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(trustees), func(trustee string) bool {
		return !settings.Contains(edit.SettingsOf(p).Trustees(role), trustee)
	})
}
