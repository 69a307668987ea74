package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Read asks for one project.
func (d *one) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config project
	api := d.Begin(ctx, req, &config, resp)
	if api == nil {
		return
	}
	at := AddressOf(config.DN, config.GUID, config.ProjectID)
	p, err := reconcile.Get(ctx, api, at.Ref) // what reads share has neither roles nor environments
	if err != nil {
		diags.AddError(&resp.Diagnostics, diags.AttributeFor(at.Path, err), "Could not read the project", err)
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, describe(p))...)
}

// Read asks for all of them.
func (d *many) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var shown projectDataList
	api := d.Begin(ctx, req, &shown, resp)
	if api == nil {
		return
	}
	query, err := shown.Query()
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("rights"), "Invalid right", err.Error())
		return
	}
	found, err := reconcile.List(ctx, api, query)
	if err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), "Could not list the projects", err)
		return
	}
	shown.Projects, shown.ByDN = make([]project, 0, len(found)), make(map[string]project, len(found))
	for _, p := range found {
		described := describe(p)
		shown.Projects = append(shown.Projects, described)
		shown.ByDN[p.DN] = described
	}
	if len(found) == 0 {
		shown.WarnOfNothing(&resp.Diagnostics)
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &shown)...)
}
