// Command yardstick is a provider as the framework's documentation teaches it:
// resources and a data source that do nothing. What a CLI takes for a thousand of
// them is what any provider costs.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	err := providerserver.Serve(context.Background(), func() provider.Provider { return &yardstick{} }, providerserver.ServeOpts{
		Address: "registry.terraform.io/codesign-tf/yardstick",
	})
	if err != nil {
		log.Fatal(err)
	}
}

type yardstick struct{}

func (*yardstick) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "yardstick"
}

func (*yardstick) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (*yardstick) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}

func (*yardstick) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{
		func() resource.Resource { return &thing{} },
		func() resource.Resource { return &likeness{} },
	}
}

func (*yardstick) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return &things{} }}
}

type model struct {
	Name types.String `tfsdk:"name"`
	ID   types.String `tfsdk:"id"`
}

func named(m *model) { m.ID = m.Name }

// pass makes what is given the new state.
func pass[M any](ctx context.Context, diagnostics *diag.Diagnostics, given interface {
	Get(ctx context.Context, target any) diag.Diagnostics
}, state *tfsdk.State, change func(*M),
) {
	var m M
	diagnostics.Append(given.Get(ctx, &m)...)
	change(&m)
	diagnostics.Append(state.Set(ctx, &m)...)
}

func same[M any](*M) {}

// thing is the resource.
type thing struct{}

func (*thing) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_thing"
}

func (*thing) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"name": schema.StringAttribute{Required: true},
		"id": schema.StringAttribute{
			Computed: true, PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
	}}
}

func (*thing) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	pass(ctx, &resp.Diagnostics, req.Plan, &resp.State, named)
}

func (*thing) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	pass(ctx, &resp.Diagnostics, req.State, &resp.State, same[model])
}

func (*thing) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	pass(ctx, &resp.Diagnostics, req.Plan, &resp.State, same[model])
}

func (*thing) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

// things is the data source.
type things struct{}

func (*things) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_thing"
}

func (*things) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dataschema.Schema{Attributes: map[string]dataschema.Attribute{
		"name": dataschema.StringAttribute{Required: true},
		"id":   dataschema.StringAttribute{Computed: true},
	}}
}

func (*things) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	pass(ctx, &resp.Diagnostics, req.Config, &resp.State, named)
}
