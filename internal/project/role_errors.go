package project

import (
	"cmp"
	"context"
	"fmt"

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
func newEditor(ctx context.Context, api *client.Client, r *config.ResourceClient) *edit.Editor {
	e := edit.New(api, config.Shared[edit.Shared](r))
	e.Report = diags.Reporter(ctx)
	r.Timing().Apply(&e.PollInterval, &e.ConsistencyWindow)
	e.GatherWindow = cmp.Or(r.Timing().GatherWindow, e.GatherWindow)
	return e
}

// unableToChangeRole is the summary of a failed change of a role.
func unableToChangeRole(role settings.Role, change settings.Change, project string) string {
	if len(change.Role(role).Remove) > 0 {
		return fmt.Sprintf("Unable to revoke the role %s on project %s", role, project)
	}
	return fmt.Sprintf("Unable to set the role %s of project %s", role, project)
}

// addRoleError reports an error at the argument that holds the trustees, or at the name of the
// project.
func addRoleError(diagnostics *diag.Diagnostics, named path.Path, object roleObject, summary string, err error) {
	diags.AddError(diagnostics, roleErrorPath(named, object, err), summary, err)
}

func roleErrorPath(named path.Path, object roleObject, err error) path.Path {
	switch at := attributeAtFault(err); {
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
