package project

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
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
