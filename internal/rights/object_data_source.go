// Package objectrights is the data source codesign_object_rights: who has which
// rights on a project, an application or a collection of applications.
package rights

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

type objectDataSource struct{ config.DataSourceClient }

var _ datasource.DataSourceWithConfigure = &objectDataSource{}

// NewObjectDataSource is the data source's constructor.
func NewObjectDataSource() datasource.DataSource { return &objectDataSource{} }

func (*objectDataSource) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_object_rights"
}

func (*objectDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = objectDataSourceSchema()
}
