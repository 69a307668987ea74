package project

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/action/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/actionvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewAction returns the action codesign_set_project_status: the resource codesign_project_status on
// demand, without a state.
func NewAction() action.Action { return &statusAction{} }

type statusAction struct{ config.ActionClient }

var (
	_ action.ActionWithConfigure        = &statusAction{}
	_ action.ActionWithConfigValidators = &statusAction{}
	_ action.ActionWithModifyPlan       = &statusAction{}
)

type actionModel struct {
	projectNames
	Status          types.String   `tfsdk:"status"`
	SelfApprove     types.Bool     `tfsdk:"self_approve"`
	ApprovalComment types.String   `tfsdk:"approval_comment"`
	Timeouts        timeouts.Value `tfsdk:"timeouts"`
}

func (m actionModel) desired() lifecycle.Status { return parseDesired(m.Status) }

func (a *statusAction) Metadata(_ context.Context, req action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_set_project_status"
}

func (a *statusAction) ConfigValidators(context.Context) []action.ConfigValidator {
	return []action.ConfigValidator{
		actionvalidator.ExactlyOneOf(path.MatchRoot("dn"), path.MatchRoot("guid"), path.MatchRoot("project_id")),
	}
}

func (a *statusAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	all := map[string]schema.Attribute{
		"status": attr.String(attr.Required, desiredStatusDescription,
			stringvalidator.OneOf(lifecycle.DesiredNames()...)),
		"self_approve": attr.Bool(attr.Optional, "Approve, as the identity of the provider, the submission of this "+
			"invocation."+waitsForApprovers),
		"approval_comment": attr.String(attr.Optional, approvalCommentDescription),
		"timeouts":         attr.ActionTimeouts(waitDescription),
	}
	all["dn"], all["guid"], all["project_id"] = nameAttributes(attr.Optional, exactlyOne)
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sets the status of a code-signing project on demand, with the steps of the resource " +
			"`codesign_project_status` and without a state, for example for an emergency stop. Needs Terraform 1.14.",
		Attributes: all,
	}
}

// ModifyPlan fails where the invocation would. It skips what is not known yet.
func (a *statusAction) ModifyPlan(ctx context.Context, req action.ModifyPlanRequest, resp *action.ModifyPlanResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	at, api := m.address(), a.Client()
	if resp.Diagnostics.HasError() || api == nil || !at.known || m.Status.IsUnknown() {
		return
	}
	name := displayName(at.ref)
	project, err := reconcile.GetCached(ctx, api, at.ref)
	if err == nil {
		name = nameOf(project)
		err = checkRoute(&resp.Diagnostics, path.Root("status"), project.Status, m.desired())
	}
	if err != nil {
		addPlanError(&resp.Diagnostics, at.path, name, m.desired(), err)
		return
	}
	if m.ignoresSubmission(project) {
		addWarning(&resp.Diagnostics, path.Root("self_approve"), "The submission of project "+name+" is not approved",
			"The project is already Pending. An action approves only the submission that it makes, so it waits for "+
				"the approvers. A codesign_project_approval resource can decide the pending submission after a review.")
	}
}

// ignoresSubmission is true for a submission that self_approve does not approve: the plan of an
// action cannot pass a ticket to the invocation.
func (m actionModel) ignoresSubmission(project *client.Project) bool {
	return m.SelfApprove.ValueBool() && m.desired() == lifecycle.Enabled && project.Status == lifecycle.Pending
}

// Invoke sets the status and reports each step. It is safe to repeat.
func (a *statusAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var m actionModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	api, ctx, cancel := a.BeginApply(ctx, m.Timeouts.Invoke, defaultTimeout, &resp.Diagnostics)
	defer cancel()
	if api == nil {
		return
	}
	reported := false
	reconciler := newReconciler(ctx, api, a.Timing())
	log := reconciler.Report
	reconciler.Report = func(format string, args ...any) {
		log(format, args...)
		reported = true
		resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
	}
	at := m.address()
	p, err := reconciler.Reconcile(ctx, at.ref, reconcile.Request{
		Status: m.desired(), SelfApprove: m.SelfApprove.ValueBool(), Comment: m.ApprovalComment.ValueString(),
	})
	switch {
	case err != nil:
		addStatusError(&resp.Diagnostics, at.path, unableToSet(displayName(at.ref), m.desired()), err)
	case !reported:
		reconciler.Report("%s is already %s: nothing was sent", p.DN, p.Status)
	}
}
