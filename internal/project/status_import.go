package project

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// ImportState accepts a DN, a GUID or a number as the ID, or the identity. It reads the project, so
// that the error of an import that finds nothing names what was looked for.
func (r *statusResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	get := func(api *client.Client, ref client.ProjectRef) (*client.Project, error) {
		return reconcile.GetCached(ctx, api, ref)
	}
	names, p := importProject(ctx, &r.ResourceClient, req, resp, get)
	if p == nil {
		return
	}
	imported := statusModel{projectNames: names}
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

// importProject reads the project that an import names, so that the error of an import that finds
// nothing says what was looked for. It returns nil after an error.
func importProject(
	ctx context.Context, r *config.ResourceClient, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
	get func(*client.Client, client.ProjectRef) (*client.Project, error),
) (projectNames, *client.Project) {
	names, err := importedNames(ctx, req, resp)
	if err != nil {
		resp.Diagnostics.AddError("Invalid import ID",
			"The import ID of a project is its DN, its GUID or its number: "+err.Error()+".")
	}
	if resp.Diagnostics.HasError() {
		return names, nil
	}
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return names, nil
	}
	ref := names.address().ref
	r.RefreshLog().Refreshed.Add(ref)
	p, err := get(api, ref)
	if err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), fmt.Sprintf("Unable to import project %s", ref),
			importError{err})
		return names, nil
	}
	return names, p
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

func checkGUID(guid string) error {
	err := dn.ValidateGUID(guid)
	if err == nil && strings.Trim(dn.CanonicalGUID(guid), "0-") == "" {
		return errors.New("the GUID is all zeros")
	}
	return err
}
