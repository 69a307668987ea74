package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/codesign-tf/terraform-provider-codesign/internal/accesstoken"
)

// What follows takes a CLI newer than the oldest one that the provider works
// with; older ones do not ask for it.
var (
	_ provider.ProviderWithEphemeralResources = &codesignProvider{}
)

// EphemeralResources takes Terraform 1.10 or OpenTofu 1.11.
func (p *codesignProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		accesstoken.New,
	}
}
