package project

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

const (
	roleIDForm   = "The import ID of a role is the GUID of the project, a slash and the role, for example GUID/Use: "
	memberIDForm = "The import ID of a member is the GUID of the project, the role and the trustee, with slashes " +
		"between them, for example GUID/Use/local:{…}: "
)

// ImportState accepts `GUID/role`, or the identity. The imported trustees count as configured.
func (r *roleResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	var id roleIdentity
	err := splitID(req.ID, &id.GUID, &id.Role)
	if isImportByIdentity(req) {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &id)...)
		err = nil
	}
	guid, role := id.GUID.ValueString(), id.Role.ValueString()
	if err == nil {
		err = errors.Join(checkGUID(guid), checkRole(role))
	}
	if err != nil {
		resp.Diagnostics.AddError("Invalid import ID", roleIDForm+oneLine(err)+".")
	}
	p := readImported(ctx, r.ResourceClient, guid, &resp.Diagnostics)
	if p == nil {
		return
	}
	m := newRoleModel(role)
	m.GUID = attr.NewGUIDValue(guid)
	m.refresh(p)
	for name, value := range map[string]any{
		"dn": m.DN, "guid": m.GUID, "project_id": m.ProjectID, "role": m.Role, "trustees": m.Trustees,
		"on_drift": types.StringValue(repairDrift),
	} {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
	storeAppliedRole(ctx, resp.Private, p.DN, m.trustees(), &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, newRoleIdentity(guid, m.Role))...)
}

// ImportState accepts `GUID/role/trustee`, or the identity. A trustee may contain slashes.
func (r *memberResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	var id memberIdentity
	err := splitID(req.ID, &id.GUID, &id.Role, &id.Trustee)
	if isImportByIdentity(req) {
		resp.Diagnostics.Append(req.Identity.Get(ctx, &id)...)
		err = nil
	}
	guid, role, trustee := id.GUID.ValueString(), id.Role.ValueString(), id.Trustee.ValueString()
	if err == nil {
		err = errors.Join(checkGUID(guid), checkRole(role), attr.CheckTrustee(trustee))
	}
	if err != nil {
		resp.Diagnostics.AddError("Invalid import ID", memberIDForm+oneLine(err)+".")
	}
	p := readImported(ctx, r.ResourceClient, guid, &resp.Diagnostics)
	if p == nil {
		return
	}
	m := memberModel{projectNames: noNames(), Role: types.StringValue(role), Trustee: attr.NewTrusteeValue(trustee)}
	m.GUID = attr.NewGUIDValue(guid)
	if m.refresh(p); !m.Active.ValueBool() {
		diags.AddError(&resp.Diagnostics, path.Empty(), fmt.Sprintf("Unable to import the role %s of project %s",
			role, nameOf(p)), m.notMemberError(p))
		return
	}
	for name, value := range map[string]any{
		"dn": m.DN, "guid": m.GUID, "project_id": m.ProjectID, "role": m.Role, "trustee": m.Trustee, "active": m.Active,
	} {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
	storeAppliedRole(ctx, resp.Private, p.DN, nil, &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, m.identity())...)
}

func (m memberModel) notMemberError(p *client.Project) error {
	holders := edit.SettingsOf(p).Trustees(m.role())
	remedy := "The role has no trustees."
	if len(holders) > 0 {
		remedy = "The role belongs to: " + strings.Join(slices.Sorted(slices.Values(holders)), ", ") + "."
	}
	return &failure.Error{
		Code: failure.NotFound, Remedy: remedy,
		Message: fmt.Sprintf("%s does not have the role %s of project %s", m.Trustee.ValueString(), m.role(), p.DN),
	}
}

func isImportByIdentity(req resource.ImportStateRequest) bool {
	return req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull()
}

// splitID sets the parts of an import ID. The last part may contain slashes.
func splitID(id string, parts ...*types.String) error {
	values := strings.SplitN(id, "/", len(parts))
	if len(values) < len(parts) {
		return fmt.Errorf("%q has %d of %d parts", redact.Visible(id), len(values), len(parts))
	}
	for i, part := range parts {
		*part = types.StringValue(values[i])
	}
	return nil
}

func checkRole(role string) error {
	if !slices.Contains(roleNames(), role) {
		return fmt.Errorf("%q is not a role of a project: the roles are %s", redact.Visible(role),
			strings.Join(roleNames(), ", "))
	}
	return nil
}

func oneLine(err error) string { return strings.ReplaceAll(err.Error(), "\n", "; ") }

// readImported reads a project, so that the error of an import that finds nothing names what was
// looked for. It returns nil together with an error.
func readImported(
	ctx context.Context, r config.ResourceClient, guid string, diagnostics *diag.Diagnostics,
) *client.Project {
	if diagnostics.HasError() {
		return nil
	}
	api := r.RequireClient(diagnostics)
	if api == nil {
		return nil
	}
	ref := client.ByGUID(guid)
	r.RefreshLog().Refreshed.Add(ref)
	p, err := reconcile.GetSettingsCached(ctx, api, ref)
	if err != nil {
		diags.AddError(diagnostics, path.Empty(), fmt.Sprintf("Unable to import project %s", ref), importError{err})
		return nil
	}
	return p
}
