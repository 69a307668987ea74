package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewStatusResource returns the resource codesign_project_status.
func NewStatusResource() resource.Resource { return &statusResource{} }

type statusResource struct{ config.ResourceClient }

var (
	_ resource.ResourceWithConfigure        = &statusResource{}
	_ resource.ResourceWithConfigValidators = &statusResource{}
	_ resource.ResourceWithIdentity         = &statusResource{}
	_ resource.ResourceWithImportState      = &statusResource{}
	_ resource.ResourceWithModifyPlan       = &statusResource{}
	_ resource.ResourceWithValidateConfig   = &statusResource{}
)

func (r *statusResource) Metadata(
	_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse,
) {
	resp.TypeName = req.ProviderTypeName + "_project_status"
}

func (r *statusResource) ConfigValidators(context.Context) []resource.ConfigValidator {
	return nameValidators()
}

// ValidateConfig accepts one name or all three.
func (r *statusResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var m statusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if !resp.Diagnostics.HasError() {
		m.checkCombination(&resp.Diagnostics)
	}
}

// statusIdentity is the identity of the resource. The GUID has its canonical spelling, because an
// identity must not change when the server writes the GUID differently.
type statusIdentity struct {
	GUID types.String `tfsdk:"guid"`
}

func newStatusIdentity(guid string) statusIdentity {
	return statusIdentity{types.StringValue(dn.CanonicalGUID(guid))}
}

// setIdentity keeps an identity that already names the project: the CLI rejects an identity that
// changes or disappears.
func setIdentity(ctx context.Context, target *tfsdk.ResourceIdentity, guid string) diag.Diagnostics {
	if target == nil {
		return nil
	}
	if !target.Raw.IsFullyNull() {
		var known statusIdentity
		diagnostics := target.Get(ctx, &known)
		if diagnostics.HasError() || dn.EqualGUID(known.GUID.ValueString(), guid) {
			return diagnostics
		}
	}
	return target.Set(ctx, newStatusIdentity(guid))
}
