package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

// ModifyPlan makes the plan fail where the apply would, as far as that can be
// told before. After the verdict nothing is planned but another verdict.
func (r *approvalResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}
	var plan, state approvalModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if req.State.Raw.IsNull() {
		r.planVerdict(ctx, &plan, resp)
	} else {
		resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
		if !r.sameProject(ctx, plan, state, resp) {
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("dn"))
			r.warnOfReplacement(ctx, plan, resp)
			return
		}
		if !plan.Decision.Equal(state.Decision) {
			r.warnOfReplacement(ctx, plan, resp)
		}
		plan.keepComputed(state)
	}
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.Plan.Set(ctx, &plan)...)
	}
}

// planVerdict shows the submission that the apply decides. Without one to show the plan warns.
func (r *approvalResource) planVerdict(ctx context.Context, plan *approvalModel, resp *resource.ModifyPlanResponse) {
	if resp.Diagnostics.HasError() {
		return
	}
	api := r.Client()
	if api == nil || plan.DN.IsUnknown() || plan.Decision.IsUnknown() {
		warnUnreviewed(&resp.Diagnostics, plan, "A value that the project or the decision depends on is known only during the apply.")
		return
	}
	review, err := newReconciler(ctx, api, r.Timing()).Review(ctx, byDN(*plan), plan.verdict())
	if err != nil {
		approvalReport(&resp.Diagnostics, "The submission can't be decided like this", err)
		return
	}
	plan.fillReview(review)
	warnOfReview(&resp.Diagnostics, plan, review)
}

// warnOfReplacement warns like the plan of the new resource, of which the CLI drops the warnings.
func (r *approvalResource) warnOfReplacement(ctx context.Context, plan approvalModel, resp *resource.ModifyPlanResponse) {
	plan.GUID = attr.NewGUIDUnknown()
	r.planVerdict(ctx, &plan, resp)
}

// sameProject is false for the name of another project. The new name of the same
// one is a change in place.
func (r *approvalResource) sameProject(ctx context.Context, plan, state approvalModel, resp *resource.ModifyPlanResponse) bool {
	switch {
	case plan.DN.IsUnknown():
		return false
	case dn.Equal(plan.DN.ValueString(), state.DN.ValueString()):
		return true
	case r.Client() == nil:
		return false
	}
	p, err := reconcile.GetCached(ctx, r.Client(), byDN(plan))
	if err != nil {
		approvalReport(&resp.Diagnostics, "Could not look at the project", err)
		return true
	}
	return dn.EqualGUID(p.GUID, state.GUID.ValueString())
}
