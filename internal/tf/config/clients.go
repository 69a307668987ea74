package config

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
)

// ActionClient is embedded by actions.
type ActionClient struct{ data *Data }

// Configure keeps the shared client.
func (c *ActionClient) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	c.data = FromProvider(req.ProviderData, &resp.Diagnostics)
}

// Client is nil at validate, and while an argument of the provider is not known:
// a plan then looks at nothing.
func (c *ActionClient) Client() *client.Client {
	if c.data == nil {
		return nil
	}
	return c.data.Client
}

// RequireClient is Client for an invocation, where a provider that is still not
// known is an error.
func (c *ActionClient) RequireClient(diagnostics *diag.Diagnostics) *client.Client {
	return c.data.require(diagnostics)
}

// Timing is zero where no client is configured.
func (c *ActionClient) Timing() Timing { return c.data.timing() }

// ListClient is embedded by list resources, which are configured like resources.
type ListClient struct{ data *Data }

// Configure keeps the shared client.
func (c *ListClient) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	c.data = FromProvider(req.ProviderData, &resp.Diagnostics)
}

// RequireClient is nil together with an error that names the provider arguments which
// are not known.
func (c *ListClient) RequireClient(diagnostics *diag.Diagnostics) *client.Client {
	return c.data.require(diagnostics)
}

// Login is how the provider logs in, for those who obtain tokens of their own.
type Login struct {
	Block, Environment auth.Settings
	Options            auth.Options
	Sessions           *auth.Sessions // of this process, whose grants are revoked at its end
}

// EphemeralClient is embedded by ephemeral resources.
type EphemeralClient struct{ data *Data }

// Configure keeps what the provider was configured with.
func (c *EphemeralClient) Configure(_ context.Context, req ephemeral.ConfigureRequest, resp *ephemeral.ConfigureResponse) {
	c.data = FromProvider(req.ProviderData, &resp.Diagnostics)
}

// Login is nil together with an error that names the provider arguments which
// are not known yet.
func (c *EphemeralClient) Login(diagnostics *diag.Diagnostics) *Login {
	if c.data.require(diagnostics) == nil {
		return nil
	}
	return &c.data.Login
}
