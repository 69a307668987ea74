// Package accesstoken is the ephemeral resource codesign_access_token: a token
// for the length of a run, which no state and no plan ever holds.
package accesstoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

type tokenResource struct{ config.EphemeralClient }

var (
	_ ephemeral.EphemeralResourceWithConfigure = &tokenResource{}
	_ ephemeral.EphemeralResourceWithRenew     = &tokenResource{}
	_ ephemeral.EphemeralResourceWithClose     = &tokenResource{}
)

// New is the constructor that the provider lists.
func New() ephemeral.EphemeralResource { return &tokenResource{} }

func (*tokenResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_access_token"
}
