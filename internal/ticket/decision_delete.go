package ticket

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// createdKey is the entry of the private state with the GUID of the ticket that a create was planned
// for; it is empty while the GUID is unknown. When the CLI replaces an object, it destroys the old one
// with the private state of that plan. So the destroy knows the ticket of the new object.
const createdKey = config.PrivateKey[string]("created_guid")

// reopenRemedy says how to destroy a resource whose ticket cannot be reopened.
const reopenRemedy = "The resource stays in the state. To destroy it without a change of the ticket, apply " +
	"reopen_on_destroy = false first. Or remove it from the state: replace its block with a removed block with " +
	"destroy = false (Terraform 1.7 or later), or run terraform state rm."

// Delete keeps the decision, or reopens the ticket if reopen_on_destroy is true. If a replacement
// decides the same ticket, the new object adopts the decision.
func (r *decisionResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	next, replaced := createdKey.Get(ctx, req.Private, &resp.Diagnostics)
	if resp.Diagnostics.HasError() || !state.ReopenOnDestroy.ValueBool() || state.isConsumed() {
		return
	}
	if replaced && dn.EqualGUID(next, state.GUID.ValueString()) || r.RefreshLog().Created.Has(state.ref()) {
		return
	}
	at, summary := path.Root("reopen_on_destroy"), "Unable to reopen workflow ticket "+state.GUID.ValueString()
	if replaced && next == "" && state.decision().Over(time.Now()) {
		err := fmt.Errorf("the decision %s cannot be sent again, and the new object may be for the same ticket",
			state.decision())
		diags.AddError(&resp.Diagnostics, at, summary, diags.WithRemedy(err, reopenRemedy))
		return
	}
	api := r.RequireClient(&resp.Diagnostics)
	if api == nil {
		return
	}
	if err := newDecider(ctx, api).Reopen(ctx, state.canonicalGUID()); err != nil {
		diags.AddError(&resp.Diagnostics, at, summary, diags.WithRemedy(err, reopenRemedy))
	}
}
