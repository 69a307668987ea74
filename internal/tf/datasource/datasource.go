// Package datasource makes a data source of a schema and the function that reads it.
package datasource

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// Definition describes a data source whose configuration and state have the shape of M.
type Definition[M any] struct {
	TypeName   string // with its prefix, such as codesign_server
	Schema     schema.Schema
	Validators []datasource.ConfigValidator
	// Read completes a model that has the configured values. The state is written unless it reports
	// an error.
	Read func(ctx context.Context, api *client.Client, m *M, diagnostics *diag.Diagnostics)
}

// New returns the data source.
func New[M any](d Definition[M]) datasource.DataSource { return &dataSource[M]{Definition: d} }

type dataSource[M any] struct {
	Definition[M]
	config.DataSourceClient
}

func (d *dataSource[M]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.TypeName
}

func (d *dataSource[M]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.Definition.Schema
}

func (d *dataSource[M]) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return d.Validators
}

func (d *dataSource[M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m M
	api := d.Begin(ctx, req, &m, resp)
	if api == nil {
		return
	}
	d.Definition.Read(ctx, api, &m, &resp.Diagnostics)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
	}
}
