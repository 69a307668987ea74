package project

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// ImportState accepts a DN, a GUID or a number as the ID, or the identity. It reads the project, so
// that the error of an import that finds nothing names what was looked for.
func (r *statusResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	imported, err := importedModel(ctx, req, resp)
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
	ref := imported.address().ref
	r.RefreshLog().Refreshed.Add(ref)
	p, err := reconcile.GetCached(ctx, api, ref)
	if err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), fmt.Sprintf("Unable to import project %s", ref),
			importError{err})
		return
	}
	imported.fill(p)
	for name, value := range map[string]any{
		"dn": imported.DN, "guid": imported.GUID, "project_id": imported.ProjectID,
		"current_status": imported.CurrentStatus, "initial_status": imported.CurrentStatus,
	} {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
	storeImported(ctx, resp.Private, p.DN, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
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

// importedModel has the name by which the project is imported, in its spelling.
func importedModel(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) (statusModel, error) {
	m := statusModel{projectNames: noNames()}
	if req.ID != "" || req.Identity == nil || req.Identity.Raw.IsNull() {
		err := m.setName(req.ID)
		return m, err
	}
	var identity statusIdentity
	resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
	if err := checkGUID(identity.GUID.ValueString()); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("guid"), "Invalid import ID",
			"The guid of the identity is not valid: "+err.Error()+".")
	}
	m.GUID = attr.NewGUIDValue(identity.GUID.ValueString())
	return m, nil
}

func checkGUID(guid string) error {
	err := dn.ValidateGUID(guid)
	if err == nil && strings.Trim(dn.CanonicalGUID(guid), "0-") == "" {
		return errors.New("the GUID is all zeros")
	}
	return err
}
