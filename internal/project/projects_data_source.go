// Package projectdata is the data sources codesign_project and
// codesign_projects: what the server tells of one project, and of all of them.
package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

var (
	_ datasource.DataSourceWithConfigure        = &one{}
	_ datasource.DataSourceWithConfigValidators = &one{}
	_ datasource.DataSourceWithConfigure        = &many{}
)

// NewDataSource is the constructor of codesign_project.
func NewDataSource() datasource.DataSource { return &one{} }

// NewListDataSource is the constructor of codesign_projects.
func NewListDataSource() datasource.DataSource { return &many{} }

type one struct{ config.DataSourceClient }

func (*one) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_project"
}

func (*one) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = oneSchema()
}

func (*one) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.ExactlyOneOf(path.MatchRoot("dn"), path.MatchRoot("guid"), path.MatchRoot("project_id")),
	}
}

type many struct{ config.DataSourceClient }

func (*many) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_projects"
}

func (*many) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = manySchema()
}
