package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewMemberResource returns the resource codesign_project_role_member.
func NewMemberResource() resource.Resource { return &memberResource{} }

type memberResource struct{ config.ResourceClient }

var (
	_ resource.ResourceWithConfigure        = &memberResource{}
	_ resource.ResourceWithConfigValidators = &memberResource{}
	_ resource.ResourceWithIdentity         = &memberResource{}
	_ resource.ResourceWithImportState      = &memberResource{}
	_ resource.ResourceWithModifyPlan       = &memberResource{}
	_ resource.ResourceWithValidateConfig   = &memberResource{}
)

func (r *memberResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_project_role_member"
}

func (r *memberResource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return nameValidators()
}

// ValidateConfig accepts one name or all three.
func (r *memberResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var m memberModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if !resp.Diagnostics.HasError() {
		m.checkCombination(&resp.Diagnostics)
	}
}

type memberIdentity struct {
	GUID    types.String `tfsdk:"guid"`
	Role    types.String `tfsdk:"role"`
	Trustee types.String `tfsdk:"trustee"`
}

func (m *memberModel) identity() any {
	of := newRoleIdentity(m.GUID.ValueString(), m.Role)
	return memberIdentity{of.GUID, of.Role, m.Trustee.StringValue}
}
