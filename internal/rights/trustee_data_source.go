// Package trusteerights is the data source codesign_trustee_rights: everything
// that one user or group may touch.
package rights

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

type trusteeDataSource struct{ config.DataSourceClient }

var _ datasource.DataSourceWithConfigure = &trusteeDataSource{}

// NewTrusteeDataSource is the data source's constructor.
func NewTrusteeDataSource() datasource.DataSource { return &trusteeDataSource{} }

func (*trusteeDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_trustee_rights"
}

func (*trusteeDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = trusteeDataSourceSchema()
}
