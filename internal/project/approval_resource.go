package project

import (
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// NewApprovalResource returns the resource codesign_project_approval.
func NewApprovalResource() resource.Resource {
	return &approvalResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project_approval", NewSchema: approvalSchema,
			Validators: []resource.ConfigValidator{tfresource.Validate((*approvalModel).checkConfig)},
		},
	}
}

type approvalResource struct {
	config.ResourceClient
	tfresource.Definition
}

var _ resource.ResourceWithModifyPlan = &approvalResource{}

// checkConfig requires the comment of a rejection and accepts final only for a rejection.
func (m *approvalModel) checkConfig(diagnostics *diag.Diagnostics) {
	switch m.Decision.ValueString() {
	case rejected:
		if m.Comment.IsUnknown() || m.Comment.ValueString() != "" {
			return
		}
		at := path.Root("comment")
		if m.Comment.IsNull() {
			at = path.Root("decision") // the CLI shows no line of an argument that is not set
		}
		diagnostics.AddAttributeError(at, "Missing comment of a rejection",
			"The server requires a comment for a rejection. Set comment to what the owner of the project must change.")
	case approved:
		if m.Final.ValueBool() {
			diagnostics.AddAttributeError(path.Root("final"), "Invalid argument for an approval",
				"Only a rejection can be final. Remove final, or set it to false.")
		}
	}
}
