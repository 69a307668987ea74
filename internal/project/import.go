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
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// ImportState accepts a DN, a GUID or a number as the ID, or the identity.
func (r *statusResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	m := statusModel{projectNames: importedNames(ctx, req, resp), Timeouts: noTimeouts()}
	p := readImported(ctx, &r.ResourceClient, m.address().ref, reconcile.GetCached, &resp.Diagnostics)
	if p == nil {
		return
	}
	m.fill(p)
	m.InitialStatus = m.CurrentStatus
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
	appliedKey.Set(ctx, resp.Private, lastApplied{DN: p.DN, Imported: true}, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
}

// ImportState accepts a DN, a GUID or a number as the ID, or the identity. It fills every attribute
// that a configuration may leave out.
func (r *projectResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	ref := importedNames(ctx, req, resp).address().ref
	p := readImported(ctx, &r.ResourceClient, ref, reconcile.GetSettingsCached, &resp.Diagnostics)
	if p == nil {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, importedProject(p))...)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
}

func isImportByIdentity(req resource.ImportStateRequest) bool {
	return req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull()
}

// importedNames has the name by which a project is imported.
func importedNames(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) projectNames {
	var names projectNames
	if !isImportByIdentity(req) {
		if err := names.setName(req.ID); err != nil {
			resp.Diagnostics.AddError("Invalid import ID",
				"The import ID of a project is its DN, its GUID or its number: "+err.Error()+".")
		}
		return names
	}
	var identity statusIdentity
	resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
	if err := attr.CheckGUID(identity.GUID.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("guid"), "Invalid import ID",
			"The guid of the identity is not valid: "+err.Error()+".")
	}
	names.GUID = attr.NewGUIDValue(identity.GUID.ValueString())
	return names
}

// readImported reads a project, so that the error of an import that finds nothing names what was
// looked for. It returns nil after an error.
func readImported(
	ctx context.Context, r *config.ResourceClient, ref client.ProjectRef, get getProject,
	diagnostics *diag.Diagnostics,
) *client.Project {
	if diagnostics.HasError() {
		return nil
	}
	api := r.RequireClient(diagnostics)
	if api == nil {
		return nil
	}
	logOf(r).refreshed.add(ref)
	p, err := get(ctx, api, ref)
	if err != nil {
		if isNotFound(err) { // its advice is about configurations
			err = failure.Errorf(failure.NotFound, "%w", err).Advise("Check the name. In an import block, write each " +
				"backslash of a DN twice. On the command line, put the DN in single quotes. The data source " +
				"codesign_projects lists the projects that the identity of the provider can see.")
		}
		diags.AddError(diagnostics, path.Empty(), fmt.Sprintf("Unable to import project %s", ref), err)
		return nil
	}
	return p
}

// ImportState accepts `GUID/role` or `GUID/role/trustee`, or the identity. A trustee may contain slashes.
// The imported trustees count as configured.
func (r *roleResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	id, err := r.importID(ctx, req, resp)
	if err != nil {
		resp.Diagnostics.AddError("Invalid import ID", r.importForm+strings.ReplaceAll(err.Error(), "\n", "; ")+".")
	}
	p := readImported(ctx, &r.ResourceClient, client.ByGUID(id[0]), reconcile.GetSettingsCached, &resp.Diagnostics)
	if p == nil {
		return
	}
	imported := r.imported(p, id...)
	if m, isMember := imported.(*memberModel); isMember && !m.Active.ValueBool() {
		diags.AddError(&resp.Diagnostics, path.Empty(), fmt.Sprintf("Unable to import the role %s of project %s",
			m.role(), nameOf(p)), m.notMemberError(p))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, imported)...)
	storeAppliedRole(ctx, resp.Private, p.DN, imported.trustees(), &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, imported.identity())...)
}

// importPart is a part of an import ID, and an attribute of the identity.
type importPart struct {
	name  string
	check func(string) error
}

// importID decodes the ID or the identity. The last part may contain slashes.
func (r *roleResource) importID(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) (id []string, err error) {
	if isImportByIdentity(req) {
		for _, part := range r.importParts {
			var value types.String
			resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(part.name), &value)...)
			id = append(id, value.ValueString())
		}
	} else if id = strings.SplitN(req.ID, "/", len(r.importParts)); len(id) < len(r.importParts) {
		return id, fmt.Errorf("%q has %d of %d parts", redact.Visible(req.ID), len(id), len(r.importParts))
	}
	for i, part := range r.importParts {
		err = errors.Join(err, part.check(id[i]))
	}
	return id, err
}

func checkRole(role string) error {
	if !slices.Contains(roleNames(), role) {
		return fmt.Errorf("%q is not a role of a project: the roles are %s", redact.Visible(role),
			strings.Join(roleNames(), ", "))
	}
	return nil
}

func (m *memberModel) notMemberError(p *client.Project) error {
	holders := p.Trustees(m.role())
	remedy := "The role has no trustees."
	if len(holders) > 0 {
		remedy = "The role belongs to: " + strings.Join(slices.Sorted(slices.Values(holders)), ", ") + "."
	}
	return failure.Errorf(failure.NotFound, "trustee %s does not have the role %s of project %s",
		m.Trustee.ValueString(), m.role(), p.DN).Advise(remedy)
}
