package rights

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Read asks the server for everything that the trustee may touch.
func (d *trusteeDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m trusteeModel
	api := d.Begin(ctx, req, &m, resp)
	if api == nil {
		return
	}
	list, err := grants.OfTrustee(ctx, api, m.Trustee)
	if err != nil {
		diags.AddError(&resp.Diagnostics, diags.AttributeFor(path.Root("trustee"), err), "Could not read the rights of "+m.Trustee, err)
		return
	}
	if err := CheckMapKeys(grants.Trustees(list)); err != nil {
		diags.AddError(&resp.Diagnostics, path.Root("trustee"), "Unable to map the rights of "+m.Trustee, err)
		return
	}
	m.show(list)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
