package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/actionvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewAction is the constructor of the action codesign_set_project_status: the
// job of the resource, on demand and without a state.
func NewAction() action.Action { return &statusAction{} }

type statusAction struct{ config.ActionClient }

var (
	_ action.ActionWithConfigure        = &statusAction{}
	_ action.ActionWithConfigValidators = &statusAction{}
	_ action.ActionWithModifyPlan       = &statusAction{}
)

type actionModel struct {
	DN              attr.DNValue   `tfsdk:"dn"`
	GUID            attr.GUIDValue `tfsdk:"guid"`
	ProjectID       types.Int64    `tfsdk:"project_id"`
	Status          types.String   `tfsdk:"status"`
	SelfApprove     types.Bool     `tfsdk:"self_approve"`
	ApprovalComment types.String   `tfsdk:"approval_comment"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

func (m actionModel) address() Address { return AddressOf(m.DN, m.GUID, m.ProjectID) }

func (m actionModel) goal() lifecycle.Status {
	goal, _ := lifecycle.ParseDesired(m.Status.ValueString())
	return goal
}

func (a *statusAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_set_project_status"
}

func (a *statusAction) ConfigValidators(context.Context) []action.ConfigValidator {
	return []action.ConfigValidator{
		actionvalidator.ExactlyOneOf(path.MatchRoot("dn"), path.MatchRoot("guid"), path.MatchRoot("project_id")),
	}
}

// ModifyPlan makes the plan fail where the invocation would. It waits quietly for
// what is not known yet.
func (a *statusAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	at, api := m.address(), a.Client()
	if resp.Diagnostics.HasError() || api == nil || !at.Known || m.Status.IsUnknown() {
		return
	}
	project, err := reconcile.GetCached(ctx, api, at.Ref)
	if err == nil {
		err = checkRoute(&resp.Diagnostics, path.Root("status"), project.Status, m.goal())
		if summary, detail, warns := warnOfPending(m, project); warns && err == nil {
			resp.Diagnostics.AddAttributeWarning(path.Root("self_approve"), summary, detail)
		}
	}
	if err != nil {
		reportPlan(&resp.Diagnostics, at.Path, err)
	}
}

// Invoke drives the project to its goal, and tells each step. A project that is
// there already is sent nothing, so that it is safe to repeat.
func (a *statusAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	timeout, diagnostics := m.Timeouts.Invoke(ctx, statusDefaultTimeout)
	resp.Diagnostics.Append(diagnostics...)
	api := a.RequireClient(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	said := false
	driver := newReconciler(ctx, api, a.Timing())
	log := driver.Report
	tell := func(format string, args ...any) {
		log(format, args...)
		said = true
		resp.SendProgress(action.InvokeProgressEvent{Message: sprintf(format, args...)})
	}
	driver.Report = tell
	order := reconcile.Request{Status: m.goal(), SelfApprove: m.SelfApprove.ValueBool(), Comment: m.ApprovalComment.ValueString()}
	p, err := driver.Reconcile(ctx, m.address().Ref, order)
	switch {
	case err != nil:
		statusReport(&resp.Diagnostics, "Could not set the project's status", m.address().Path, err)
	case !said:
		tell("%s is %s already: nothing was sent", p.DN, p.Status)
	}
}
