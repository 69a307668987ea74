package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// NewStatusResource returns the resource codesign_project_status.
func NewStatusResource() resource.Resource {
	return &statusResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project_status", NewSchema: statusSchema,
			Validators: nameValidators((*statusModel).checkCombination),
		},
		Identity: tfresource.Identity{"guid": guidDescription},
	}
}

type statusResource struct {
	config.ResourceClient
	tfresource.Definition
	tfresource.Identity
}

var (
	_ resource.ResourceWithImportState = &statusResource{}
	_ resource.ResourceWithModifyPlan  = &statusResource{}
)

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
