package serverinfo

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Read asks for both; what the token's scopes do not reach stays null.
func (d *dataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	api := d.Client(&resp.Diagnostics)
	if api == nil {
		return
	}
	var m model
	self, selfErr := api.Self(ctx)
	m.showCaller(self)
	report(&resp.Diagnostics, "The server does not tell who the caller is", selfErr, false)
	if resp.Diagnostics.HasError() {
		return
	}
	version, err := api.ServerVersion(ctx)
	m.Version = attr.StringOrNull(version)
	report(&resp.Diagnostics, "The server does not tell its version", err, selfErr == nil)
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// report makes a warning of what the token does not reach or the server does not
// know, and an error of a server that does not answer or refuses the token. Where
// the token is known to be good, 401 is how some servers say that a scope lacks.
func report(diagnostics *diag.Diagnostics, what string, err error, goodToken bool) {
	reason := client.ReasonOf(err)
	switch {
	case err == nil:
	case client.IsAboutObject(err), reason == client.MissingScope, reason == client.Unsupported, reason == client.BadToken && goodToken:
		diags.AddWarning(diagnostics, path.Empty(), what, err)
	default:
		diags.AddError(diagnostics, path.Empty(), what, err)
	}
}
