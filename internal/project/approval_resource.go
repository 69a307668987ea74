// Package projectapproval is the resource codesign_project_approval: an approver
// decides, once, the flow ticket that the submission of a project raised.
package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewApprovalResource is the constructor that the provider lists.
func NewApprovalResource() resource.Resource { return &approvalResource{} }

type approvalResource struct{ config.ResourceClient }

var (
	_ resource.ResourceWithConfigure      = &approvalResource{}
	_ resource.ResourceWithModifyPlan     = &approvalResource{}
	_ resource.ResourceWithValidateConfig = &approvalResource{}
)

func (r *approvalResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_project_approval"
}

// ValidateConfig knows what a rejection needs, and what only a rejection can have.
func (r *approvalResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config approvalModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	switch config.Decision.ValueString() {
	case rejected:
		if !config.Comment.IsUnknown() && config.Comment.ValueString() == "" {
			resp.Diagnostics.AddAttributeError(config.commentOrDecision(), "A rejection needs a comment",
				"The server refuses a rejection without a comment. Say in comment what its owner has to mend.")
		}
	case approved:
		if config.Final.ValueBool() {
			resp.Diagnostics.AddAttributeError(path.Root("final"), "Only a rejection can be final",
				"Leave final out, or set it to false, beside decision = \"Approved\".")
		}
	}
}

// commentOrDecision is the line that is there to be shown.
func (m approvalModel) commentOrDecision() path.Path {
	if m.Comment.IsNull() {
		return path.Root("decision")
	}
	return path.Root("comment")
}
