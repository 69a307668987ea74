package project

import (
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// NewMemberResource returns the resource codesign_project_role_member.
func NewMemberResource() resource.Resource {
	return &memberResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project_role_member", NewSchema: memberSchema,
			Validators: nameValidators((*memberModel).checkCombination),
		},
		Identity: tfresource.Identity{
			"guid": guidOfIdentity, "role": roleChoices(), "trustee": "Prefixed universal of the trustee.",
		},
	}
}

type memberResource struct {
	config.ResourceClient
	tfresource.Definition
	tfresource.Identity
}

var (
	_ resource.ResourceWithImportState = &memberResource{}
	_ resource.ResourceWithModifyPlan  = &memberResource{}
)

type memberIdentity struct {
	GUID    types.String `tfsdk:"guid"`
	Role    types.String `tfsdk:"role"`
	Trustee types.String `tfsdk:"trustee"`
}

func (m *memberModel) identity() any {
	of := newRoleIdentity(m.GUID.ValueString(), m.Role)
	return memberIdentity{of.GUID, of.Role, m.Trustee.StringValue}
}
