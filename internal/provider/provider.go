// Package provider is the provider block, and the list of resources, data sources, functions and
// actions.
package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/accesstoken"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/environment"
	"github.com/codesign-tf/terraform-provider-codesign/internal/functions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/identity"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
	"github.com/codesign-tf/terraform-provider-codesign/internal/serverinfo"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket"
)

type codesignProvider struct {
	version  string
	sessions auth.Sessions
	timing   poll.Timing
	now      func() time.Time
}

// Option changes how the provider works. No argument of the provider block does the same.
type Option func(*codesignProvider)

// WithTiming replaces the intervals at which a write is verified, so that tests do not wait as long as a
// real server may need, the time in which changes are gathered, and the clock that decides whether a
// role has expired, unless it is nil.
func WithTiming(t poll.Timing, now func() time.Time) Option {
	return func(p *codesignProvider) { p.timing, p.now = t, now }
}

// Shutdown revokes the grants that this process obtained. The plugin server calls it after the CLI
// has closed the connection.
func (p *codesignProvider) Shutdown(ctx context.Context) error { return p.sessions.Close(ctx) }

var (
	_ provider.Provider              = &codesignProvider{}
	_ provider.ProviderWithFunctions = &codesignProvider{}
)

// New returns the constructor of the provider. The version is part of the user agent.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider {
		p := &codesignProvider{version: version, timing: poll.DefaultTiming}
		for _, option := range options {
			option(p)
		}
		return p
	}
}

func (p *codesignProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "codesign"
	resp.Version = p.version
}

func (p *codesignProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		project.NewApprovalResource,
		project.NewMemberResource,
		project.NewResource,
		project.NewRoleResource,
		project.NewStatusResource,
		ticket.NewDecisionResource,
	}
}

func (p *codesignProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		environment.New,
		identity.New,
		rights.NewObjectDataSource,
		project.NewDataSource,
		project.NewListDataSource,
		rights.NewMatrixDataSource,
		serverinfo.New,
		serverinfo.NewConfiguration,
		ticket.NewDataSource,
		ticket.NewList,
		rights.NewTrusteeDataSource,
	}
}

func (p *codesignProvider) Functions(context.Context) []func() function.Function {
	return functions.All()
}

// Older CLIs do not ask for these.
var (
	_ provider.ProviderWithActions            = &codesignProvider{}
	_ provider.ProviderWithEphemeralResources = &codesignProvider{}
	_ provider.ProviderWithListResources      = &codesignProvider{}
)

// EphemeralResources requires Terraform 1.10 or OpenTofu 1.11.
func (p *codesignProvider) EphemeralResources(context.Context) []func() ephemeral.EphemeralResource {
	return []func() ephemeral.EphemeralResource{
		accesstoken.New,
	}
}

// ListResources requires Terraform 1.14.
func (p *codesignProvider) ListResources(context.Context) []func() list.ListResource {
	return []func() list.ListResource{
		project.NewList,
		project.NewMemberList,
		project.NewRoleList,
		project.NewStatusList,
	}
}

// Actions requires Terraform 1.14.
func (p *codesignProvider) Actions(context.Context) []func() action.Action {
	return []func() action.Action{
		project.NewAction,
		ticket.NewAction,
	}
}
