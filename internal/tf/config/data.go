// Package tfkit is the glue between Terraform and the API client that every
// resource, data source and action of the provider shares.
package config

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Data is what the provider hands to everything it serves.
type Data struct {
	// Client is nil while an argument of the provider is not known.
	Client *client.Client
	// Unknown are those arguments.
	Unknown []string
	// Login holds only while all of them are known.
	Login Login
	// Recollection is that of everything this client refreshed.
	RefreshLog RefreshLog
	// Timing is zero, except in tests.
	Timing Timing
}

// Timing replaces the intervals of the reconcilers. Zero fields keep their defaults.
type Timing struct {
	PollInterval      time.Duration // between the first two reads
	ConsistencyWindow time.Duration // how long the server may show an old status after a write
}

// Apply sets the intervals of one reconciler.
func (t Timing) Apply(pollInterval, consistencyWindow *time.Duration) {
	if t.PollInterval > 0 {
		*pollInterval = t.PollInterval
	}
	if t.ConsistencyWindow > 0 {
		*consistencyWindow = t.ConsistencyWindow
	}
}

// FromProvider unpacks what Configure got; nil before the provider is configured.
func FromProvider(providerData any, diagnostics *diag.Diagnostics) *Data {
	if providerData == nil {
		return nil
	}
	data, ok := providerData.(*Data)
	if !ok {
		diagnostics.AddError("Unexpected provider data", fmt.Sprintf("Expected %T, got %T. This is a bug of the provider.", data, providerData))
	}
	return data
}

// ResourceClient is embedded by resources.
type ResourceClient struct{ data *Data }

// Configure keeps the shared client.
func (c *ResourceClient) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	c.data = FromProvider(req.ProviderData, &resp.Diagnostics)
}

// Client is nil at validate, and while an argument of the provider is not
// known: resources then wait quietly.
func (c *ResourceClient) Client() *client.Client {
	if c.data == nil {
		return nil
	}
	return c.data.Client
}

// RequireClient is Client for an apply, where a provider that is still not
// known is an error.
func (c *ResourceClient) RequireClient(diagnostics *diag.Diagnostics) *client.Client {
	return c.data.require(diagnostics)
}

// RefreshLog is of what this process refreshed; empty where there is no client.
func (c *ResourceClient) RefreshLog() *RefreshLog {
	if c.data == nil {
		return &RefreshLog{}
	}
	return &c.data.RefreshLog
}

// Timing is zero where no client is configured.
func (c *ResourceClient) Timing() Timing { return c.data.timing() }

func (d *Data) timing() Timing {
	if d == nil {
		return Timing{}
	}
	return d.Timing
}

// DataSourceClient is embedded by data sources.
type DataSourceClient struct{ data *Data }

// Configure keeps the shared client.
func (c *DataSourceClient) Configure(_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse) {
	c.data = FromProvider(req.ProviderData, &resp.Diagnostics)
}

// RequireClient is nil together with an error that names the provider arguments which
// are not known yet: the CLI reads data sources at plan all the same.
func (c *DataSourceClient) RequireClient(diagnostics *diag.Diagnostics) *client.Client {
	return c.data.require(diagnostics)
}

// Begin is how a read begins: what is configured, and the shared client. Nil is the
// end of it, with the reason among the diagnostics.
func (c *DataSourceClient) Begin(ctx context.Context, req datasource.ReadRequest, config any, resp *datasource.ReadResponse) *client.Client {
	resp.Diagnostics.Append(req.Config.Get(ctx, config)...)
	if resp.Diagnostics.HasError() {
		return nil
	}
	return c.RequireClient(&resp.Diagnostics)
}

func (d *Data) require(diagnostics *diag.Diagnostics) *client.Client {
	if d == nil || d.Client != nil {
		if d == nil {
			diagnostics.AddError("The provider is not configured", "This is a bug of the provider: it was asked to work before it was configured.")
			return nil
		}
		return d.Client
	}
	diagnostics.AddError("The provider is not known yet", fmt.Sprintf(
		"The provider argument %s depends on something that is only known after an apply, so the server can't be asked now. "+
			"Add depends_on with the resource it comes from: this defers the read until the apply. "+
			"Or apply that resource first, with -target.", strings.Join(d.Unknown, ", ")))
	return nil
}
