package ticket

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/action"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewAction is the constructor of the action workflow_decide_ticket: the job of
// the resource, on demand and without a state.
func NewAction() action.Action { return &decideAction{} }

type decideAction struct{ config.ActionClient }

var (
	_ action.ActionWithConfigure      = &decideAction{}
	_ action.ActionWithModifyPlan     = &decideAction{}
	_ action.ActionWithValidateConfig = &decideAction{}
)

const (
	actionTypeName       = "workflow_decide_ticket"
	defaultActionTimeout = 5 * time.Minute
)

type actionModel struct {
	request

	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

func (a *decideAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = actionTypeName
}

// ValidateConfig applies the rules to what is known.
func (a *decideAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if !resp.Diagnostics.HasError() {
		warnOfSchedule(&m.request, &resp.Diagnostics)
		check(&m.request, &resp.Diagnostics)
	}
}

// ModifyPlan makes the plan fail where the invocation would. It waits quietly for
// what is not known yet.
func (a *decideAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	api := a.Client()
	if api == nil || m.GUID.IsUnknown() || resp.Diagnostics.HasError() {
		return
	}
	_, err := preflight(ctx, newDriver(ctx, api), &m.request)
	report(&resp.Diagnostics, unfit, err)
}

// Invoke decides the ticket, and tells what it does. The same decision found on
// the ticket is left as it is.
func (a *decideAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	timeout, diagnostics := m.Timeouts.Invoke(ctx, defaultActionTimeout)
	resp.Diagnostics.Append(diagnostics...)
	check(&m.request, &resp.Diagnostics)
	api := a.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	driver := newDriver(ctx, api)
	log := driver.Report
	driver.Report = func(format string, args ...any) {
		log(format, args...)
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}
	outcome, err := driver.Decide(ctx, m.order())
	if err != nil {
		report(&resp.Diagnostics, tried, err)
		return
	}
	warn(&resp.Diagnostics, outcome)
	if outcome.Sent {
		driver.Report("ticket %s is %s now", m.order().GUID, statusOf(outcome))
	}
}
