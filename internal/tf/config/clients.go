// Package config holds what the provider passes to its resources, data sources and actions, and the
// private state of resources.
package config

import (
	"context"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// Data is what Configure of the provider returns.
type Data struct {
	// Client is nil while an argument of the provider is unknown.
	Client *client.Client
	// Unknown are the names of those arguments.
	Unknown []string
	// Login is valid while no argument is unknown.
	Login Login
	// shared has the values of Shared by their types.
	shared sync.Map
	// Timing has the intervals of the reconcilers.
	Timing poll.Timing
	// Now is the clock, nil except in tests.
	Now func() time.Time
}

// fromProvider returns nil before the provider is configured.
func fromProvider(providerData any, diagnostics *diag.Diagnostics) *Data {
	if providerData == nil {
		return nil
	}
	data, ok := providerData.(*Data)
	if !ok {
		diagnostics.AddError("Unexpected provider data",
			fmt.Sprintf("Expected %T, got %T. This is a bug in the provider.", data, providerData))
	}
	return data
}

// require returns the client, or nil and an error.
func (d *Data) require(diagnostics *diag.Diagnostics) *client.Client {
	if d == nil {
		diagnostics.AddError("The provider is not configured",
			"The CLI sent a request before it configured the provider. This is a bug in the provider or the CLI.")
		return nil
	}
	if d.Client == nil {
		diagnostics.AddError("The provider is not known yet", fmt.Sprintf(
			"The provider argument %s depends on a value that is known only after the apply. Add depends_on with "+
				"the resource of this value, which defers the read until the apply, or apply that resource first with "+
				"-target.", strings.Join(d.Unknown, ", ")))
	}
	return d.Client
}

// access is what the types below have in common.
type access struct{ data *Data }

// Client returns nil before the provider is configured and while one of its arguments is unknown. A
// plan then reads nothing.
func (a *access) Client() *client.Client {
	if a.data == nil {
		return nil
	}
	return a.data.Client
}

// RequireClient returns nil together with an error.
func (a *access) RequireClient(diagnostics *diag.Diagnostics) *client.Client {
	return a.data.require(diagnostics)
}

// Timing returns the intervals of the reconcilers.
func (a *access) Timing() poll.Timing {
	if a.data == nil {
		return poll.DefaultTiming
	}
	return a.data.Timing
}

// BeginApply returns the client, and a context that ends after the configured timeout. The client is
// nil after an error.
func (a *access) BeginApply(
	ctx context.Context, configured func(context.Context, time.Duration) (time.Duration, diag.Diagnostics),
	defaultTimeout time.Duration, diagnostics *diag.Diagnostics,
) (*client.Client, context.Context, context.CancelFunc) {
	timeout, found := configured(ctx, defaultTimeout)
	diagnostics.Append(found...)
	api := a.RequireClient(diagnostics)
	if diagnostics.HasError() {
		return nil, ctx, func() {}
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	return api, ctx, cancel
}

// Now is the current time.
func (a *access) Now() time.Time {
	if a.data == nil || a.data.Now == nil {
		return time.Now()
	}
	return a.data.Now()
}

// ResourceClient is embedded by resources and by list resources.
type ResourceClient struct{ access }

// Configure keeps the provider data.
func (c *ResourceClient) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	c.data = fromProvider(req.ProviderData, &resp.Diagnostics)
}

// Shared returns the one value of a type that all resources of this process share. It is the zero value
// at first.
func Shared[T any](c *ResourceClient) *T {
	if c.data == nil {
		return new(T)
	}
	value, _ := c.data.shared.LoadOrStore(reflect.TypeFor[T](), new(T))
	return value.(*T)
}

// DataSourceClient is embedded by data sources.
type DataSourceClient struct{ access }

// Configure keeps the provider data.
func (c *DataSourceClient) Configure(
	_ context.Context, req datasource.ConfigureRequest, resp *datasource.ConfigureResponse,
) {
	c.data = fromProvider(req.ProviderData, &resp.Diagnostics)
}

// ActionClient is embedded by actions.
type ActionClient struct{ access }

// Configure keeps the provider data.
func (c *ActionClient) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	c.data = fromProvider(req.ProviderData, &resp.Diagnostics)
}

// EphemeralClient is embedded by ephemeral resources.
type EphemeralClient struct{ access }

// Configure keeps the provider data.
func (c *EphemeralClient) Configure(
	_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse,
) {
	c.data = fromProvider(req.ProviderData, &resp.Diagnostics)
}

// Login returns nil together with an error.
func (c *EphemeralClient) Login(diagnostics *diag.Diagnostics) *Login {
	if c.RequireClient(diagnostics) == nil {
		return nil
	}
	return &c.data.Login
}
