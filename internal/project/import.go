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
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// ImportState accepts a DN, a GUID or a number as the ID, or the identity.
func (r *statusResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	m := statusModel{projectNames: importedNames(ctx, req, resp)}
	p := readImported(ctx, &r.ResourceClient, m.address().ref, getCached, &resp.Diagnostics)
	if p == nil {
		return
	}
	m.fill(p)
	setValues(ctx, &resp.State, m.importedValues(), &resp.Diagnostics)
	storeImported(ctx, resp.Private, p.DN, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
}

// ImportState accepts a DN, a GUID or a number as the ID, or the identity. It fills every attribute
// that a configuration may leave out.
func (r *projectResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	ref := importedNames(ctx, req, resp).address().ref
	p := readImported(ctx, &r.ResourceClient, ref, getSettingsCached, &resp.Diagnostics)
	if p == nil {
		return
	}
	setValues(ctx, &resp.State, importedValues(p), &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
}

func isImportByIdentity(req resource.ImportStateRequest) bool {
	return req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull()
}

// importedNames has the name by which a project is imported.
func importedNames(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) projectNames {
	names := noNames()
	if !isImportByIdentity(req) {
		if err := names.setName(req.ID); err != nil {
			resp.Diagnostics.AddError("Invalid import ID",
				"The import ID of a project is its DN, its GUID or its number: "+err.Error()+".")
		}
		return names
	}
	var identity statusIdentity
	resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
	if err := checkGUID(identity.GUID.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("guid"), "Invalid import ID",
			"The guid of the identity is not valid: "+err.Error()+".")
	}
	names.GUID = attr.NewGUIDValue(identity.GUID.ValueString())
	return names
}

func checkGUID(guid string) error {
	err := dn.ValidateGUID(guid)
	if err == nil && strings.Trim(dn.CanonicalGUID(guid), "0-") == "" {
		return errors.New("the GUID is all zeros")
	}
	return err
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
	r.RefreshLog().Refreshed.Add(ref)
	p, err := get(ctx, api, ref)
	if err != nil {
		diags.AddError(diagnostics, path.Empty(), fmt.Sprintf("Unable to import project %s", ref), importError{err})
		return nil
	}
	return p
}

// importError replaces the advice of NotFound, which is about configurations.
type importError struct{ error }

func (e importError) Unwrap() error { return e.error }

// Advice is the next step.
func (e importError) Advice() string {
	if isNotFound(e.error) {
		return "Check the name. In an import block, write each backslash of a DN twice. On the command line, put the " +
			"DN in single quotes. The data source codesign_projects lists the projects that the identity of the " +
			"provider can see."
	}
	if advisor, ok := errors.AsType[diags.Advisor](e.error); ok {
		return advisor.Advice()
	}
	return ""
}

// ImportState accepts `GUID/role`, or the identity. The imported trustees count as configured.
func (r *roleResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	var id roleIdentity
	const form = "The import ID of a role is the GUID of the project, a slash and the role, for example GUID/Use: "
	p := readImportedRole(ctx, &r.ResourceClient, req, resp, form, &id,
		importPart{&id.GUID, checkGUID}, importPart{&id.Role, checkRole})
	if p != nil {
		importRole(ctx, resp, p, importedRole(id.GUID.ValueString(), id.Role.ValueString(), p))
	}
}

// ImportState accepts `GUID/role/trustee`, or the identity. A trustee may contain slashes.
func (r *memberResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	var id memberIdentity
	const form = "The import ID of a member is the GUID of the project, the role and the trustee, with slashes " +
		"between them, for example GUID/Use/local:{…}: "
	p := readImportedRole(ctx, &r.ResourceClient, req, resp, form, &id,
		importPart{&id.GUID, checkGUID}, importPart{&id.Role, checkRole}, importPart{&id.Trustee, attr.CheckTrustee})
	if p == nil {
		return
	}
	m := importedMember(id.GUID.ValueString(), id.Role.ValueString(), id.Trustee.ValueString(), p)
	if !m.Active.ValueBool() {
		diags.AddError(&resp.Diagnostics, path.Empty(), fmt.Sprintf("Unable to import the role %s of project %s",
			m.role(), nameOf(p)), m.notMemberError(p))
		return
	}
	importRole(ctx, resp, p, m)
}

// importPart is a part of an import ID, and an attribute of the identity.
type importPart struct {
	value *types.String
	check func(string) error
}

// readImportedRole decodes the ID or the identity, and reads the project that the first part names.
func readImportedRole(
	ctx context.Context, r *config.ResourceClient, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
	form string, identity any, parts ...importPart,
) *client.Project {
	var err error
	if isImportByIdentity(req) {
		resp.Diagnostics.Append(req.Identity.Get(ctx, identity)...)
	} else {
		err = splitID(req.ID, parts)
	}
	if err == nil {
		for _, part := range parts {
			err = errors.Join(err, part.check(part.value.ValueString()))
		}
	}
	if err != nil {
		resp.Diagnostics.AddError("Invalid import ID", form+strings.ReplaceAll(err.Error(), "\n", "; ")+".")
	}
	ref := client.ByGUID(parts[0].value.ValueString())
	return readImported(ctx, r, ref, getSettingsCached, &resp.Diagnostics)
}

// splitID sets the parts of an import ID. The last part may contain slashes.
func splitID(id string, parts []importPart) error {
	values := strings.SplitN(id, "/", len(parts))
	if len(values) < len(parts) {
		return fmt.Errorf("%q has %d of %d parts", redact.Visible(id), len(values), len(parts))
	}
	for i, part := range parts {
		*part.value = types.StringValue(values[i])
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

func importRole(ctx context.Context, resp *resource.ImportStateResponse, p *client.Project, imported roleObject) {
	setValues(ctx, &resp.State, imported.importedValues(), &resp.Diagnostics)
	storeAppliedRole(ctx, resp.Private, p.DN, imported.trustees(), &resp.Diagnostics)
	resp.Diagnostics.Append(setRoleIdentity(ctx, resp.Identity, imported.identity())...)
}

func (m *memberModel) notMemberError(p *client.Project) error {
	holders := edit.SettingsOf(p).Trustees(m.role())
	remedy := "The role has no trustees."
	if len(holders) > 0 {
		remedy = "The role belongs to: " + strings.Join(slices.Sorted(slices.Values(holders)), ", ") + "."
	}
	return &failure.Error{
		Code: failure.NotFound, Remedy: remedy,
		Message: fmt.Sprintf("trustee %s does not have the role %s of project %s", m.Trustee.ValueString(), m.role(),
			p.DN),
	}
}
