package project

import (
	"context"
	"errors"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// ImportState accepts a DN, a GUID or a number as the id, or the identity. It reads the project, so
// that an import of what does not exist says what was looked for.
func (r *statusResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	ref, spelled, err := importedName(ctx, req, resp)
	if err != nil {
		resp.Diagnostics.AddError("Invalid import id", "A project is imported by its DN, its GUID or its number; "+
			"the id given is none of these: "+err.Error()+".")
	}
	if resp.Diagnostics.HasError() {
		return
	}
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return
	}
	r.RefreshLog().Refreshed.Add(ref)
	p, err := reconcile.GetCached(ctx, api, ref)
	if err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), sprintf("Unable to import project %s", ref), importError{err})
		return
	}
	spelled.fill(p)
	for name, value := range map[string]any{
		"dn": spelled.DN, "guid": spelled.GUID, "project_id": spelled.ProjectID,
		"current_status": spelled.CurrentStatus, "initial_status": spelled.CurrentStatus,
	} {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(name), value)...)
	}
	rememberImported(ctx, resp.Private, p.DN, &resp.Diagnostics)
	resp.Diagnostics.Append(setIdentity(ctx, resp.Identity, p.GUID)...)
}

// importError has its own advice: the other one is about configurations.
type importError struct{ error }

func (e importError) Unwrap() error { return e.error }

// Advice names the usual mistakes.
func (e importError) Advice() string {
	if failure.CodeOf(e.error) == failure.NotFound {
		return "Check the name. In an import block each backslash of a DN is written twice; on the command line, put the DN in single quotes. " +
			"The data source codesign_projects lists the projects that the identity may see."
	}
	if advisor, ok := errors.AsType[diags.Advisor](e.error); ok {
		return advisor.Advice()
	}
	return ""
}

// importedName is what the project is imported by, and a model that keeps its spelling.
func importedName(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) (client.ProjectRef, statusModel, error) {
	m := statusModel{DN: attr.NewDNNull(), GUID: attr.NewGUIDNull(), ProjectID: types.Int64Null()}
	if req.ID == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var named identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &named)...)
		if err := checkGUID(named.GUID.ValueString()); err != nil {
			resp.Diagnostics.AddAttributeError(path.Root("guid"), "Invalid import id", "The guid of the identity is wrong: "+err.Error()+".")
		}
		m.GUID = attr.NewGUIDValue(named.GUID.ValueString())
		return m.address().Ref, m, nil
	}
	err := m.name(req.ID)
	return m.address().Ref, m, err
}

// name sets the attribute to which an id belongs.
func (m *statusModel) name(id string) error {
	number, _, notNumeric := big.ParseFloat(id, 10, 128, big.ToNearestEven)
	switch {
	case strings.TrimSpace(id) == "":
		return errors.New("it is empty")
	case notNumeric == nil:
		whole, _ := number.Int64()
		m.ProjectID = types.Int64Value(whole)
		return attr.CheckProjectID(number)
	case strings.Contains(id, dn.Separator):
		m.DN = attr.NewDNValue(id)
		return dn.Validate(id)
	default:
		m.GUID = attr.NewGUIDValue(id)
		return checkGUID(id)
	}
}

func checkGUID(guid string) error {
	err := dn.ValidateGUID(guid)
	if err == nil && strings.Trim(dn.CanonicalGUID(guid), "0-") == "" {
		return errors.New("a GUID of all zeros names nothing")
	}
	return err
}
