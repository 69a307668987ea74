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
)

// NewRoleResource returns the resource codesign_project_role.
func NewRoleResource() resource.Resource { return &roleResource{} }

type roleResource struct{ config.ResourceClient }

var (
	_ resource.ResourceWithConfigure        = &roleResource{}
	_ resource.ResourceWithConfigValidators = &roleResource{}
	_ resource.ResourceWithIdentity         = &roleResource{}
	_ resource.ResourceWithImportState      = &roleResource{}
	_ resource.ResourceWithModifyPlan       = &roleResource{}
	_ resource.ResourceWithValidateConfig   = &roleResource{}
)

func (r *roleResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_project_role"
}

func (r *roleResource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return nameValidators()
}

// ValidateConfig refuses a project without an owner.
func (r *roleResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var m roleModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	m.checkCombination(&resp.Diagnostics)
	m.checkOwners(&resp.Diagnostics)
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
