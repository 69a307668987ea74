// Package datasource makes a data source of a schema and the function that reads it.
package datasource

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// New returns the constructor of a data source whose configuration and state have the shape of M. The
// type name has its prefix. The function read completes a model that has the configured values; the
// state is written unless it reports an error.
func New[M any](
	typeName string, newSchema func() schema.Schema,
	read func(ctx context.Context, api *client.Client, m *M, diagnostics *diag.Diagnostics),
	validators ...datasource.ConfigValidator,
) func() datasource.DataSource {
	return func() datasource.DataSource {
		return &dataSource[M]{typeName: typeName, newSchema: newSchema, read: read, validators: validators}
	}
}

// Encoder is a model that encodes its state itself, as a value of the schema's type. It is for large
// states, where State.Set takes more than ten times as long.
type Encoder interface {
	Encode(ctx context.Context, shape tftypes.Type) tftypes.Value
}

type dataSource[M any] struct {
	config.DataSourceClient
	typeName   string
	newSchema  func() schema.Schema
	read       func(ctx context.Context, api *client.Client, m *M, diagnostics *diag.Diagnostics)
	validators []datasource.ConfigValidator
}

func (d *dataSource[M]) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = d.typeName
}

func (d *dataSource[M]) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = d.newSchema()
}

func (d *dataSource[M]) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return d.validators
}

func (d *dataSource[M]) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m M
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if resp.Diagnostics.HasError() {
		return
	}
	api := d.RequireClient(&resp.Diagnostics)
	if api == nil {
		return
	}
	d.read(ctx, api, &m, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	if large, ok := any(&m).(Encoder); ok {
		resp.State.Raw = large.Encode(ctx, resp.State.Schema.Type().TerraformType(ctx))
		return
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// ExactlyOneOf returns the validator of attributes of which a configuration sets one.
func ExactlyOneOf(attributes ...string) datasource.ConfigValidator {
	var expressions []path.Expression
	for _, name := range attributes {
		expressions = append(expressions, path.MatchRoot(name))
	}
	return datasourcevalidator.ExactlyOneOf(expressions...)
}

// Objects returns the computed attribute of a list of objects.
func Objects(description string, attributes map[string]schema.Attribute) schema.Attribute {
	return schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: description,
		NestedObject: schema.NestedAttributeObject{Attributes: attributes},
	}
}
