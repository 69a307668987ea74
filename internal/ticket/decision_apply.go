package ticket

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket/decide"
)

// Create decides the ticket. A failure leaves no state: the CLI would mark the resource as tainted and
// replace it. The next apply reads the ticket first.
func (r *decisionResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	plan.requireValid(&resp.Diagnostics, "")
	outcome, decided := r.decide(ctx, &plan, nil, &resp.Diagnostics)
	if !decided {
		return
	}
	r.log().created.Store(plan.canonicalGUID(), true)
	recordKey.Set(ctx, resp.Private, newRecord(&plan).after(outcome), &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("guid"), plan.canonicalGUID())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// acceptOverruled converts the error for a decision that the server accepted and another person changed
// at once into a warning: the decision belongs to the resource, and the next plan shows the change as
// drift.
func acceptOverruled(outcome decide.Outcome, err error, diagnostics *diag.Diagnostics) error {
	if !outcome.Sent || failure.CodeOf(err) != failure.ChangedConcurrently {
		return err
	}
	diags.AddWarning(diagnostics, path.Root("status"), "Another person changed the decision",
		diags.WithRemedy(err, "The next apply restores the configured decision."))
	return nil
}

// Update changes the decision in place, if there is anything to send. After a failure, the state keeps
// the former decision with the current status.
func (r *decisionResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state model
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	recorded := loadRecord(ctx, req.Private, &resp.Diagnostics)
	plan.requireValid(&resp.Diagnostics, "")
	requireSameTicket(&plan, &state, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	next := newRecord(&plan)
	if len(state.changesTo(&plan, recorded)) > 0 {
		outcome, decided := r.decide(ctx, &plan, state.earlier(recorded), &resp.Diagnostics)
		if !decided {
			state.setFailedOutcome(outcome)
			resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
			return
		}
		next = next.after(outcome)
	} else {
		plan.CurrentStatus, plan.details = state.CurrentStatus, state.details
		if recorded != nil {
			next.AwaitsOthers, next.Shown = recorded.AwaitsOthers, recorded.Shown
		}
	}
	recordKey.Set(ctx, resp.Private, next, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("guid"), plan.canonicalGUID())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// requireSameTicket is for clients that do not plan again when they know the guid.
func requireSameTicket(plan, state *model, diagnostics *diag.Diagnostics) {
	if !plan.hasGUIDOf(state) {
		diagnostics.AddAttributeError(path.Root("guid"), otherTicketSummary,
			otherTicketText(plan, state)+" The plan did not know the GUID. Nothing was sent. Plan again.")
	}
}

// decide sends the planned decision and takes over its outcome. Decided is false after an error.
func (r *decisionResource) decide(
	ctx context.Context, plan *model, replaces *decide.Earlier, diagnostics *diag.Diagnostics,
) (outcome decide.Outcome, decided bool) {
	api := r.RequireClient(diagnostics)
	if diagnostics.HasError() {
		return outcome, false
	}
	request := plan.decideRequest()
	request.Replaces = replaces
	outcome, err := newDecider(ctx, api, r.Timing()).Decide(ctx, request)
	if err = acceptOverruled(outcome, err, diagnostics); err != nil {
		report(diagnostics, plan.decideSummary(), withRemoval(err))
		return outcome, false
	}
	plan.setOutcome(outcome)
	warnUnverified(diagnostics, outcome)
	return outcome, true
}

// earlier is the decision that the plan saw on the ticket: the recorded one, or drift.
func (m *model) earlier(recorded *record) *decide.Earlier {
	earlier := &decide.Earlier{Decision: m.decision(), Explanation: m.Explanation.ValueString()}
	switch status := m.CurrentStatus.ValueString(); {
	case recorded.awaitsOthers(status):
		earlier.Decision = schedule.Decision{Status: status}
	case recorded != nil && recorded.Decision.Equal(m.decision()):
		earlier.Shown = recorded.Shown
	}
	return earlier
}

func warnUnverified(diagnostics *diag.Diagnostics, o decide.Outcome) {
	for _, note := range o.Notes {
		diagnostics.AddAttributeWarning(path.Root("status"), "Unable to verify the decision", note)
	}
}

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
	if replaced && dn.EqualGUID(next, state.GUID.ValueString()) || state.isIn(&r.log().created) {
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
	if err := newDecider(ctx, api, r.Timing()).Reopen(ctx, state.canonicalGUID()); err != nil {
		diags.AddError(&resp.Diagnostics, at, summary, diags.WithRemedy(err, reopenRemedy))
	}
}

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
	r.log().refreshed.Store(state.canonicalGUID(), true)
	isImport := state.Status.IsNull()
	get := newDecider(ctx, api, r.Timing()).Get
	if state.isConsumed() {
		get = newDecider(ctx, api, r.Timing()).GetConsumed
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
	if err := attr.CheckGUID(id); err != nil {
		resp.Diagnostics.AddError("Invalid import ID",
			"The import ID of a workflow ticket is its GUID: "+err.Error()+".")
		return
	}
	if api := r.Client(); api != nil {
		if _, err := newDecider(ctx, api, r.Timing()).Get(ctx, dn.CanonicalGUID(id)); err != nil {
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
