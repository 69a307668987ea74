package project

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

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
	var claimed []string
	for _, d := range result.Kept {
		claimed = append(claimed, d.Gained...)
	}
	if len(claimed) > 0 {
		addWarning(diagnostics, path.Empty(),
			fmt.Sprintf("Trustees of a destroyed resource keep the role %s on project %s", role, name),
			"Another resource of this run gives them the role: "+strings.Join(claimed, ", ")+".")
	}
	if result.Project == nil {
		return
	}
	holders := edit.SettingsOf(result.Project).Trustees(role)
	last := slices.DeleteFunc(slices.Clone(change.Role(role).Remove), func(trustee string) bool {
		return !settings.Contains(holders, trustee) || settings.Contains(claimed, trustee)
	})
	if len(last) > 0 {
		addWarning(diagnostics, path.Empty(), "The last owner of project "+name+" keeps the role",
			"A project needs an owner, so "+strings.Join(last, ", ")+" keeps the role. The resource is removed "+
				"from the state. Give the role to another trustee, then revoke it from this one.")
	}
}
