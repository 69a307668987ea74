// Package ticketdata is the data sources workflow_ticket and workflow_tickets:
// one workflow ticket, and those of an object.
package ticket

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// The whole names, because the provider's own prefix is another one.
const (
	oneTypeName  = "workflow_ticket"
	manyTypeName = "workflow_tickets"
)

var (
	_ datasource.DataSourceWithConfigure        = &one{}
	_ datasource.DataSourceWithConfigure        = &many{}
	_ datasource.DataSourceWithConfigValidators = &many{}
)

// NewDataSource is the constructor of workflow_ticket.
func NewDataSource() datasource.DataSource { return &one{} }

// NewList is the constructor of workflow_tickets.
func NewList() datasource.DataSource { return &many{} }

type one struct{ config.DataSourceClient }

func (*one) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = oneTypeName
}

func (*one) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = oneSchema()
}

type many struct{ config.DataSourceClient }

func (*many) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = manyTypeName
}

func (*many) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = manySchema()
}

func (*many) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{
		datasourcevalidator.AtLeastOneOf(path.MatchRoot("object_dn"), path.MatchRoot("user_data")),
	}
}
