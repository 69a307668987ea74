// Package provider wires the provider together: its block, and the list of what
// it serves. It decides nothing.
package provider

import (
	"context"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/functions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/identity"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
	"github.com/codesign-tf/terraform-provider-codesign/internal/serverinfo"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket"
)

type codesignProvider struct {
	version  string
	sessions auth.Sessions
	timing   config.Timing
}

// Option changes how the provider works. No argument of the provider block does the same.
type Option func(*codesignProvider)

// WithTiming replaces the intervals at which a write is verified, so that tests do not wait as long as
// a real server may need.
func WithTiming(pollInterval, consistencyWindow time.Duration) Option {
	return func(p *codesignProvider) {
		p.timing = config.Timing{PollInterval: pollInterval, ConsistencyWindow: consistencyWindow}
	}
}

// Shutdown revokes the grants that this process obtained. The plugin server calls it after the CLI
// has closed the connection.
func (p *codesignProvider) Shutdown(ctx context.Context) error { return p.sessions.Close(ctx) }

var (
	_ provider.Provider              = &codesignProvider{}
	_ provider.ProviderWithFunctions = &codesignProvider{}
)

// New is what the plugin server starts; the version is the one in the user agent.
func New(version string, options ...Option) func() provider.Provider {
	return func() provider.Provider {
		p := &codesignProvider{version: version}
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
		project.NewStatusResource,
		ticket.NewDecisionResource,
	}
}

func (p *codesignProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		identity.New,
		rights.NewObjectDataSource,
		project.NewDataSource,
		project.NewListDataSource,
		rights.NewMatrixDataSource,
		serverinfo.New,
		ticket.NewDataSource,
		ticket.NewList,
		rights.NewTrusteeDataSource,
	}
}

func (p *codesignProvider) Functions(context.Context) []func() function.Function {
	return functions.All()
}
