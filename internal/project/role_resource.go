package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// NewRoleResource returns the resource codesign_project_role.
func NewRoleResource() resource.Resource {
	return &roleResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project_role", NewSchema: roleSchema,
			Validators: nameValidators((*roleModel).checkConfig),
		},
		Identity: tfresource.Identity{"guid": guidOfIdentity, "role": roleChoices()},
	}
}

type roleResource struct {
	config.ResourceClient
	tfresource.Definition
	tfresource.Identity
}

var (
	_ resource.ResourceWithImportState = &roleResource{}
	_ resource.ResourceWithModifyPlan  = &roleResource{}
)

// checkConfig refuses a project without an owner.
func (m *roleModel) checkConfig(diagnostics *diag.Diagnostics) {
	m.checkCombination(diagnostics)
	m.checkOwners(diagnostics)
}

// checkOwners is for the configuration and for the plan, which knows more values.
func (m roleModel) checkOwners(diagnostics *diag.Diagnostics) {
	unknown := m.Role.IsUnknown() || m.Trustees.IsNull() || m.Trustees.IsUnknown()
	if unknown || m.role() != settings.Owner || len(m.Trustees.Elements()) > 0 {
		return
	}
	diagnostics.AddAttributeError(path.Root("trustees"), "A project needs an owner",
		"The set of the role Owner is empty. Nothing was sent. Add at least one trustee.")
}

// roleIdentity is the identity of both resources. Its GUID has the canonical spelling, because an
// identity must not change when the server writes the GUID differently.
type roleIdentity struct {
	GUID types.String `tfsdk:"guid"`
	Role types.String `tfsdk:"role"`
}

func newRoleIdentity(guid string, role types.String) roleIdentity {
	return roleIdentity{types.StringValue(dn.CanonicalGUID(guid)), role}
}

// setRoleIdentity keeps an identity that is set: another project, role or trustee replaces the
// resource.
func setRoleIdentity(ctx context.Context, target *tfsdk.ResourceIdentity, identity any) diag.Diagnostics {
	if target == nil || !target.Raw.IsFullyNull() {
		return nil
	}
	return target.Set(ctx, identity)
}
