// Package serverinfo is the data source codesign_server: the server's version,
// and who the caller is to it.
package serverinfo

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

type dataSource struct{ config.DataSourceClient }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// New is the data source's constructor.
func New() datasource.DataSource { return &dataSource{} }

func (*dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_server"
}

func (*dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dataSourceSchema()
}
