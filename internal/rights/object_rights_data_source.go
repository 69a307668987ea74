package rights

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Read asks the server for the rights and, where wanted, for the identities.
func (d *objectDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m objectModel
	api := d.Begin(ctx, req, &m, resp)
	if api == nil {
		return
	}
	list, err := grants.OfObject(ctx, api, m.DN.ValueString())
	if err != nil {
		diags.AddError(&resp.Diagnostics, diags.AttributeFor(path.Root("dn"), err), "Could not read the rights on "+m.DN.ValueString(), err)
		return
	}
	if err := CheckMapKeys(grants.Trustees(list)); err != nil {
		diags.AddError(&resp.Diagnostics, path.Root("dn"), "Unable to map the rights on "+m.DN.ValueString(), err)
		return
	}
	var identities map[string]client.Identity
	if m.ResolveIdentities.ValueBool() {
		if identities, err = grants.Resolve(ctx, api, grants.Trustees(list)); err != nil {
			diags.AddWarning(&resp.Diagnostics, path.Root("resolve_identities"), "Some trustees have no name", err)
		}
	}
	m.show(list, identities)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
