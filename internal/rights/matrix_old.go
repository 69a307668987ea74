// Package rightsmatrix is the data source codesign_rights_matrix: the rights on
// many objects at once, as maps and as tables for a pull request.
package rights

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

type matrixDataSource struct{ config.DataSourceClient }

var _ datasource.DataSourceWithConfigure = &matrixDataSource{}

// NewMatrixDataSource is the data source's constructor.
func NewMatrixDataSource() datasource.DataSource { return &matrixDataSource{} }

func (*matrixDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_rights_matrix"
}

func (*matrixDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = matrixDataSourceSchema()
}
