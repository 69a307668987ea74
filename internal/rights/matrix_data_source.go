package rights

import (
	"cmp"
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Read asks for the rights on all objects side by side.
func (d *matrixDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m matrixModel
	api := d.Begin(ctx, req, &m, resp)
	if api == nil {
		return
	}
	dns := m.objects(ctx, api, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	read, err := grants.OfObjects(ctx, api, dns)
	if err != nil {
		diags.AddError(&resp.Diagnostics, m.blame(err), "Could not read all of the rights", err)
		return
	}
	if err := checkKeys(dns, read); err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), "Unable to map the rights", err)
		return
	}
	m.show(newTable(dns, read, m.resolve(ctx, api, read, &resp.Diagnostics)))
	if err := m.write(ctx, req.Config, &resp.State); err != nil {
		resp.Diagnostics.AddError("Could not show the rights", err.Error()+". This is a bug of the provider.")
	}
}

// checkKeys makes sure that no row is lost in the maps.
func checkKeys(dns []string, read [][]signright.Grant) error {
	return cmp.Or(CheckMapKeys(dns), CheckMapKeys(grants.Trustees(read...)))
}

// blame points at dns, unless it is not set or not at fault.
func (m *matrixModel) blame(err error) path.Path {
	if m.DNs.IsNull() {
		return path.Empty()
	}
	return diags.AttributeFor(path.Root("dns"), err)
}

// objects are the DNs to read: those of the configuration, or every project.
func (m *matrixModel) objects(ctx context.Context, api *client.Client, diagnostics *diag.Diagnostics) []string {
	var dns []string
	if !m.DNs.IsNull() {
		diagnostics.Append(m.DNs.ElementsAs(ctx, &dns, false)...)
		return distinct(dns)
	}
	err := api.EnumerateProjects(ctx, client.ProjectFilter{}, func(p *client.Project) error {
		dns = append(dns, p.DN)
		return nil
	})
	if err != nil {
		diags.AddError(diagnostics, path.Empty(), "Could not list the projects", err)
	}
	slices.Sort(dns)
	return slices.Compact(dns)
}

// distinct keeps the first spelling of each DN.
func distinct(dns []string) []string {
	seen := map[string]bool{}
	return slices.DeleteFunc(dns, func(name string) bool {
		folded := dn.Fold(name)
		again := seen[folded]
		seen[folded] = true
		return again
	})
}

func (m *matrixModel) resolve(ctx context.Context, api *client.Client, read [][]signright.Grant, diagnostics *diag.Diagnostics) map[string]client.Identity {
	if !m.ResolveIdentities.ValueBool() {
		return nil
	}
	identities, err := grants.Resolve(ctx, api, grants.Trustees(read...))
	if err != nil {
		diags.AddWarning(diagnostics, path.Root("resolve_identities"), "Some trustees have no name", err)
	}
	return identities
}
