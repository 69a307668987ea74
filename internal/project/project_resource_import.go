package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// ImportState accepts a DN, a GUID or a number as the ID, or the identity. It fills every attribute
// that a configuration may leave out.
func (r *projectResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	get := func(api *client.Client, ref client.ProjectRef) (*client.Project, error) {
		return reconcile.GetSettingsCached(ctx, api, ref)
	}
	_, p := importProject(ctx, &r.ResourceClient, req, resp, get)
	if p == nil {
		return
	}
	for name, value := range importedValues(p) {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
}

// importedValues are all values that do not depend on a configuration.
func importedValues(p *client.Project) map[string]any {
	m := resourceModel{projectNames: noNames(), Created: types.StringNull()}
	for _, set := range m.sets() {
		*set = types.SetNull(types.StringType)
	}
	m.refresh(p)
	values := map[string]any{
		"dn": m.DN, "guid": m.GUID, "project_id": m.ProjectID, "name": m.Name, "created": m.Created,
		"description": m.Description, "deletion_protection": true, "deletion_policy": deletePolicy,
		"force_destroy": false, "resolve_identities": false, "names": types.MapNull(types.StringType),
	}
	for field, set := range m.sets() {
		values[string(field)] = *set
	}
	return values
}
