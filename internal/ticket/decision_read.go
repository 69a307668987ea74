package ticket

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

const readRemedy = "The resource stays in the state. To remove it without reading the ticket, remove its block or " +
	"destroy, with -refresh=false."

// Read never removes the resource: a ticket that no longer exists was consumed after its decision.
func (r *decisionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	recorded := loadRecord(ctx, req.Private, &resp.Diagnostics)
	if resp.Identity != nil { // also without a client: CLIs before 1.12 store no identity
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("guid"), state.canonicalGUID())...)
	}
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return
	}
	r.RefreshLog().Refreshed.Add(state.ref())
	isImport := state.Status.IsNull()
	get := newDecider(ctx, api).Get
	if state.isConsumed() {
		get = newDecider(ctx, api).GetConsumed
	}
	ticket, err := get(ctx, state.canonicalGUID())
	switch {
	case err == nil && isImport:
		recorded = state.importFrom(ticket)
	case err == nil:
		state.refresh(ticket, recorded)
	case failure.CodeOf(err) == failure.NotFound && !isImport:
		state.setConsumed()
	case isImport:
		reportImport(&resp.Diagnostics, state.GUID.ValueString(), err)
	default:
		report(&resp.Diagnostics, readSummary(state.GUID.ValueString()), diags.WithRemedy(withRemoval(err), readRemedy))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	if recorded != nil {
		recordKey.Set(ctx, resp.Private, *recorded, &resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// ImportState takes the GUID of the ticket as the ID or as the identity. It reads the ticket, because
// the CLI's own message for a missing object does not name it.
func (r *decisionResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var guid types.String
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("guid"), &guid)...)
		id = guid.ValueString()
	}
	if problem := idProblem(id); problem != "" {
		resp.Diagnostics.AddError("Invalid import ID", "A workflow ticket is imported by its GUID. "+problem+".")
		return
	}
	if api := r.Client(); api != nil {
		if _, err := newDecider(ctx, api).Get(ctx, dn.CanonicalGUID(id)); err != nil {
			reportImport(&resp.Diagnostics, id, err)
			return
		}
	}
	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("guid"), path.Root("guid"), req, resp)
}

// reportImport names no attribute: an import has no configuration.
func reportImport(diagnostics *diag.Diagnostics, guid string, err error) {
	if failure.CodeOf(err) == failure.NotFound {
		err = diags.WithRemedy(err, "A ticket that was consumed after its decision cannot be imported and needs no "+
			"block.")
	}
	diags.AddError(diagnostics, path.Empty(), "Unable to import workflow ticket "+guid, err)
}

// idProblem is empty for a GUID that can be that of a ticket.
func idProblem(id string) string {
	err := dn.ValidateGUID(id)
	switch {
	case strings.TrimSpace(id) == "":
		return "The ID is empty"
	case err != nil:
		return "The ID is not a GUID: " + err.Error()
	case strings.Trim(dn.CanonicalGUID(id), "0-") == "":
		return "The ID is the GUID of all zeros, which no ticket has"
	default:
		return ""
	}
}
