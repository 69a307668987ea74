package ticket

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewAction returns workflow_decide_ticket: the operation of the resource, without a state.
func NewAction() action.Action { return &decideAction{} }

type decideAction struct{ config.ActionClient }

var (
	_ action.ActionWithConfigure      = &decideAction{}
	_ action.ActionWithModifyPlan     = &decideAction{}
	_ action.ActionWithValidateConfig = &decideAction{}
)

const defaultActionTimeout = 5 * time.Minute

type actionModel struct {
	request

	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (a *decideAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "workflow_decide_ticket"
}

func (a *decideAction) ValidateConfig(
	ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse,
) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if !resp.Diagnostics.HasError() {
		m.validate(&resp.Diagnostics)
	}
}

// ModifyPlan fails where the invocation would fail. It does nothing while the ticket is unknown.
func (a *decideAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	api := a.Client()
	if api == nil || m.GUID.IsUnknown() || resp.Diagnostics.HasError() {
		return
	}
	_, err := checkTicket(ctx, newDecider(ctx, api, a.Timing()), &m.request)
	report(&resp.Diagnostics, m.planSummary(), err)
}

// Invoke decides the ticket and reports its progress. The ticket may already have the same decision.
func (a *decideAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	m.requireValid(&resp.Diagnostics, "")
	api, ctx, cancel := a.BeginApply(ctx, m.Timeouts.Invoke, defaultActionTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	decider := newDecider(ctx, api, a.Timing())
	log := decider.Report
	decider.Report = func(format string, args ...any) {
		log(format, args...)
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}
	outcome, err := decider.Decide(ctx, m.decideRequest())
	if err != nil {
		report(&resp.Diagnostics, m.decideSummary(), err)
		return
	}
	warnUnverified(&resp.Diagnostics, outcome)
	if outcome.Sent {
		decider.Report("ticket %s is %s now", m.canonicalGUID(), statusOf(outcome))
	}
}

func (a *decideAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	all := map[string]schema.Attribute{"timeouts": attr.ActionTimeouts("How long to wait until the server " +
		"shows the decision, as a duration such as `90s`. Default: `5m`.")}
	notes := requestNotes{window: ".", reason: "Reason for the decision.", sent: " Sent unchanged."}
	for name, attribute := range requestAttributes(notes) {
		all[name] = attribute
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Decides a workflow ticket once, on demand and without a state (Terraform 1.14)." +
			needsProvider,
		Attributes: all,
	}
}
