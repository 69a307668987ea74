// Package provider wires the provider together: its block, and the list of what
// it serves. It decides nothing.
package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/functions"
	"github.com/codesign-tf/terraform-provider-codesign/internal/identitydata"
	"github.com/codesign-tf/terraform-provider-codesign/internal/objectrights"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projectapproval"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projectdata"
	"github.com/codesign-tf/terraform-provider-codesign/internal/projectstatus"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rightsmatrix"
	"github.com/codesign-tf/terraform-provider-codesign/internal/serverinfo"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticketdata"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticketdecision"
	"github.com/codesign-tf/terraform-provider-codesign/internal/trusteerights"
)

type codesignProvider struct {
	version  string
	sessions auth.Sessions
}

// Shutdown revokes the grants that this process obtained. The plugin server calls it after the CLI
// has closed the connection.
func (p *codesignProvider) Shutdown(ctx context.Context) error { return p.sessions.Close(ctx) }

var (
	_ provider.Provider              = &codesignProvider{}
	_ provider.ProviderWithFunctions = &codesignProvider{}
)

// New is what the plugin server starts; the version is the one in the user agent.
func New(version string) func() provider.Provider {
	return func() provider.Provider { return &codesignProvider{version: version} }
}

func (p *codesignProvider) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "codesign"
	resp.Version = p.version
}

func (p *codesignProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		projectapproval.NewApprovalResource,
		projectstatus.NewStatusResource,
		ticketdecision.NewDecisionResource,
	}
}

func (p *codesignProvider) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{
		identitydata.New,
		objectrights.NewObjectDataSource,
		projectdata.NewDataSource,
		projectdata.NewListDataSource,
		rightsmatrix.NewMatrixDataSource,
		serverinfo.New,
		ticketdata.NewDataSource,
		ticketdata.NewList,
		trusteerights.NewTrusteeDataSource,
	}
}

func (p *codesignProvider) Functions(context.Context) []func() function.Function {
	return functions.All()
}
