package ticket

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// Read never removes the resource: a ticket that is gone has been consumed after
// its decision, which is how it ends.
func (r *decisionResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	own := recall(ctx, req.Private, &resp.Diagnostics)
	setIdentity(ctx, &state, resp) // also where nobody can be asked: CLIs before 1.12 keep none
	api := r.Client()
	if resp.Diagnostics.HasError() || api == nil {
		return
	}
	r.RefreshLog().Refreshed.Add(state.ref())
	importing := state.Status.IsNull()
	ticket, err := look(ctx, newDriver(ctx, api), &state)
	switch {
	case err == nil && importing:
		if own := state.importFrom(ticket); own != nil {
			keep(ctx, resp.Private, *own, &resp.Diagnostics)
		}
	case err == nil:
		if state.refresh(ticket, own) {
			keep(ctx, resp.Private, *own, &resp.Diagnostics)
		}
	case failure.CodeOf(err) == failure.NotFound && !importing:
		state.consumed()
	case importing:
		reportImport(&resp.Diagnostics, err)
	default:
		report(&resp.Diagnostics, "Could not read the workflow ticket", diags.WithRemedy(withRemoval(err), wayOutOfRead))
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	}
}

func look(ctx context.Context, driver *decide.Decider, state *model) (*client.WorkflowTicket, error) {
	guid := state.order().GUID
	if state.isConsumed() {
		return driver.GetConsumed(ctx, guid)
	}
	return driver.Get(ctx, guid)
}

// setIdentity sets the canonical spelling, which changes that of a practitioner
// only in the read that follows an import, where it may.
func setIdentity(ctx context.Context, state *model, resp *resource.ReadResponse) {
	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.Set(ctx, state.identity())...)
	}
}
