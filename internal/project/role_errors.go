package project

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// newEditor returns an editor that logs each step.
func newEditor(ctx context.Context, api *client.Client, shared *edit.Shared, timing config.Timing) *edit.Editor {
	e := edit.New(api, shared)
	e.Report = diags.Reporter(ctx)
	timing.Apply(&e.PollInterval, &e.ConsistencyWindow)
	return e
}

func unableToSetRole(role settings.Role, project string) string {
	return fmt.Sprintf("Unable to set the role %s of project %s", role, project)
}

func unableToRevoke(role settings.Role, project string) string {
	return fmt.Sprintf("Unable to revoke the role %s on project %s", role, project)
}

// addRoleError reports an error at the argument that holds the trustees, or at the name of the
// project.
func addRoleError(
	diagnostics *diag.Diagnostics, named, trustees path.Path, role settings.Role, summary string, err error,
) {
	diags.AddError(diagnostics, roleErrorPath(named, trustees, role, err), summary, err)
}

func roleErrorPath(named, trustees path.Path, role settings.Role, err error) path.Path {
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok {
		return diags.AttributeFor(path.Empty(), err)
	}
	switch at := cmp.Or(failed.Attribute, attributes[failed.Code]); {
	case at == failure.Object:
		return named
	case slices.Contains([]failure.Attribute{failure.Status, failure.Attribute(role.Field())}, at):
		return trustees
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
