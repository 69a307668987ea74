package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// ImportState accepts a DN, a GUID or a number as the ID, or the identity. It fills every attribute
// that a configuration may leave out.
func (r *projectResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	names, err := importedNames(ctx, req, resp)
	if err != nil {
		resp.Diagnostics.AddError("Invalid import ID",
			"The import ID of a project is its DN, its GUID or its number: "+err.Error()+".")
	}
	if resp.Diagnostics.HasError() {
		return
	}
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return
	}
	ref := names.address().ref
	r.RefreshLog().Refreshed.Add(ref)
	p, err := reconcile.GetSettingsCached(ctx, api, ref)
	if err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), fmt.Sprintf("Unable to import project "+
			"%s", ref), importError{err})
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

// importedNames has the name by which the project is imported.
func importedNames(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) (projectNames, error) {
	names := noNames()
	if req.ID != "" || req.Identity == nil || req.Identity.Raw.IsNull() {
		err := names.setName(req.ID)
		return names, err
	}
	var identity statusIdentity
	resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
	if err := checkGUID(identity.GUID.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("guid"), "Invalid import ID",
			"The guid of the identity is not valid: "+err.Error()+".")
	}
	names.GUID = attr.NewGUIDValue(identity.GUID.ValueString())
	return names, nil
}
