package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewApprovalResource returns the resource codesign_project_approval.
func NewApprovalResource() resource.Resource { return &approvalResource{} }

type approvalResource struct{ config.ResourceClient }

var (
	_ resource.ResourceWithConfigure      = &approvalResource{}
	_ resource.ResourceWithModifyPlan     = &approvalResource{}
	_ resource.ResourceWithValidateConfig = &approvalResource{}
)

func (r *approvalResource) Metadata(
	_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_project_approval"
}

// ValidateConfig requires the comment of a rejection and accepts final only for a rejection.
func (r *approvalResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var m approvalModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	switch m.Decision.ValueString() {
	case rejected:
		if m.Comment.IsUnknown() || m.Comment.ValueString() != "" {
			return
		}
		at := path.Root("comment")
		if m.Comment.IsNull() {
			at = path.Root("decision") // the CLI shows no line of an argument that is not set
		}
		resp.Diagnostics.AddAttributeError(at, "Missing comment of a rejection",
			"The server requires a comment for a rejection. Set comment to what the owner of the project must change.")
	case approved:
		if m.Final.ValueBool() {
			resp.Diagnostics.AddAttributeError(path.Root("final"), "Invalid argument for an approval",
				"Only a rejection can be final. Remove final, or set it to false.")
		}
	}
}
