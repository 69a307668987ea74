// Package project serves every type about projects: the resources codesign_project_status and
// codesign_project_approval, the list resource codesign_project_status, the action
// codesign_set_project_status, and the data sources codesign_project and codesign_projects.
package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// address is the attribute by which a configuration names a project.
type address struct {
	path  path.Path // empty if no name is configured
	ref   client.ProjectRef
	known bool
}

// displayName is the name of a project in a summary: the last component of its DN, or the GUID or
// number by which it is configured.
func displayName(ref client.ProjectRef) string {
	if ref.DN != "" {
		return redact.Visible(dn.Name(ref.DN))
	}
	return redact.Visible(ref.String())
}

// nameOf is displayName for a project that was read.
func nameOf(p *client.Project) string {
	return displayName(client.ProjectRef{DN: p.DN, GUID: p.GUID, ID: p.ID})
}

// getProject reads a project from the cache of the client.
type getProject func(ctx context.Context, api *client.Client, ref client.ProjectRef) (*client.Project, error)

func getCached(ctx context.Context, api *client.Client, ref client.ProjectRef) (*client.Project, error) {
	return reconcile.GetCached(ctx, api, ref)
}

func getSettingsCached(ctx context.Context, api *client.Client, ref client.ProjectRef) (*client.Project, error) {
	return reconcile.GetSettingsCached(ctx, api, ref)
}

// newReconciler returns a reconciler that logs each step.
func newReconciler(ctx context.Context, api *client.Client, timing config.Timing) *reconcile.Reconciler {
	r := reconcile.New(api)
	r.Report = diags.Reporter(ctx)
	timing.Apply(&r.PollInterval, &r.ConsistencyWindow)
	return r
}
