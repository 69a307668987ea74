// Package rightsmatrix is the data source codesign_rights_matrix: the rights on
// many objects at once, as maps and as tables for a pull request.
package rightsmatrix

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

type dataSource struct{ tfkit.DataSourceClient }

var _ datasource.DataSourceWithConfigure = &dataSource{}

// New is the data source's constructor.
func New() datasource.DataSource { return &dataSource{} }

func (*dataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_rights_matrix"
}

func (*dataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dataSourceSchema()
}
