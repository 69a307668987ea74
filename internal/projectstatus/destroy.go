package projectstatus

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/lifecycle"
)

// A destroy begins with a refresh and a plan like any other, which the provider
// can't tell from one that is meant. What is found here must not stand in its way
// without need.

// warnOfDeparture lets a plan pass that is about a project which the refresh has
// just found gone.
func (p *planning) warnOfDeparture() {
	p.resp.Diagnostics.AddAttributeWarning(p.named.Path, "The project is not there any more",
		sprintf("The server knew %s until a short time ago. An apply of this configuration will fail here and send nothing. "+
			"If the project is gone for good, remove this block.", p.named.Ref))
}

// warnOfDestroy tells, in the plan of a destroy, of a step that may be refused.
func warnOfDestroy(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	var state model
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	goal, wanted := lifecycle.ParseGoal(state.StatusOnDestroy.ValueString())
	current, known := lifecycle.ParseStatus(state.CurrentStatus.ValueString())
	if wanted && known {
		// What can't be done at all is for the destroy itself to find out.
		_ = checkRoute(&resp.Diagnostics, path.Root("status_on_destroy"), current, goal)
	}
}
