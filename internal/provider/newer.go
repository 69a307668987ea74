package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"

	"github.com/codesign-tf/terraform-provider-codesign/internal/accesstoken"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket"
)

// What follows takes a CLI newer than the oldest one that the provider works
// with; older ones do not ask for it.
var (
	_ provider.ProviderWithActions            = &codesignProvider{}
	_ provider.ProviderWithEphemeralResources = &codesignProvider{}
	_ provider.ProviderWithListResources      = &codesignProvider{}
)

// EphemeralResources takes Terraform 1.10 or OpenTofu 1.11.
func (p *codesignProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		accesstoken.New,
	}
}

// ListResources takes Terraform 1.14.
func (p *codesignProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		project.NewStatusList,
	}
}

// Actions takes Terraform 1.14.
func (p *codesignProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		project.NewAction,
		ticket.NewAction,
	}
}
