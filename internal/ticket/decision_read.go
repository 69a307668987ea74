package ticket

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

const readRemedy = "The resource stays in the state. To remove it without reading the ticket, remove its block or " +
	"destroy, with -refresh=false."

// Read never removes the resource: a ticket that no longer exists was consumed after its decision.
func (r *decisionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	recorded := loadRecord(ctx, req.Private, &resp.Diagnostics)
	setIdentity(ctx, &state, resp) // also without a client: CLIs before 1.12 store no identity
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return
	}
	r.RefreshLog().Refreshed.Add(state.ref())
	isImport := state.Status.IsNull()
	ticket, err := getTicket(ctx, newDecider(ctx, api), &state)
	switch {
	case err == nil && isImport:
		if imported := state.importFrom(ticket); imported != nil {
			recordKey.Set(ctx, resp.Private, *imported, &resp.Diagnostics)
		}
	case err == nil:
		if state.refresh(ticket, recorded); recorded != nil {
			recordKey.Set(ctx, resp.Private, *recorded, &resp.Diagnostics)
		}
	case failure.CodeOf(err) == failure.NotFound && !isImport:
		state.setConsumed()
	case isImport:
		reportImport(&resp.Diagnostics, state.GUID.ValueString(), err)
	default:
		report(&resp.Diagnostics, readSummary(state.GUID.ValueString()), diags.WithRemedy(withRemoval(err), readRemedy))
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	}
}

func getTicket(ctx context.Context, decider *decide.Decider, state *model) (*client.WorkflowTicket, error) {
	if state.isConsumed() {
		return decider.GetConsumed(ctx, state.canonicalGUID())
	}
	return decider.Get(ctx, state.canonicalGUID())
}

// setIdentity sets the canonical spelling. It may differ from the imported one only in the read that
// follows the import, in which the framework accepts it.
func setIdentity(ctx context.Context, state *model, resp *resource.ReadResponse) {
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	}
}

// ImportState takes the GUID of the ticket as the ID or as the identity. It reads the ticket, because
// the CLI's own message for a missing object does not name it.
func (r *decisionResource) ImportState(
	ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	id := req.ID
	if id == "" && req.Identity != nil && !req.Identity.Raw.IsNull() {
		var named identity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &named)...)
		id = named.GUID.ValueString()
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
