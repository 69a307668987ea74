// Command baseline is a provider as the framework's documentation shows it. Its resource has the
// attributes of codesign_project_status, because the CLI's own cost grows with the attributes, and
// its types do nothing.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func main() {
	options := providerserver.ServeOpts{Address: "registry.terraform.io/codesign-tf/baseline"}
	factory := func() provider.Provider { return baseline{} }
	if err := providerserver.Serve(context.Background(), factory, options); err != nil {
		log.Fatal(err)
	}
}

type baseline struct{}

func (baseline) Metadata(_ context.Context, _ provider.MetadataRequest, resp *provider.MetadataResponse) {
	resp.TypeName = "baseline"
}

func (baseline) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (baseline) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (baseline) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return status{} }}
}

func (baseline) DataSources(context.Context) []func() datasource.DataSource {
	return []func() datasource.DataSource{func() datasource.DataSource { return thing{} }}
}

type status struct{}

type statusModel struct {
	DN              types.String `tfsdk:"dn"`
	GUID            types.String `tfsdk:"guid"`
	ProjectID       types.Int64  `tfsdk:"project_id"`
	Status          types.String `tfsdk:"status"`
	CurrentStatus   types.String `tfsdk:"current_status"`
	SelfApprove     types.Bool   `tfsdk:"self_approve"`
	ApprovalComment types.String `tfsdk:"approval_comment"`
	StatusOnDestroy types.String `tfsdk:"status_on_destroy"`
	Timeouts        types.Object `tfsdk:"timeouts"`
}

func (status) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_status"
}

func (status) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	keptNumber := []planmodifier.Int64{int64planmodifier.UseStateForUnknown()}
	duration := schema.StringAttribute{Optional: true}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"dn":                schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: kept},
		"guid":              schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: kept},
		"project_id":        schema.Int64Attribute{Optional: true, Computed: true, PlanModifiers: keptNumber},
		"status":            schema.StringAttribute{Required: true},
		"current_status":    schema.StringAttribute{Computed: true, PlanModifiers: kept},
		"self_approve":      schema.BoolAttribute{Optional: true},
		"approval_comment":  schema.StringAttribute{Optional: true},
		"status_on_destroy": schema.StringAttribute{Optional: true},
		"timeouts": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"create": duration, "update": duration, "delete": duration,
		}},
	}}
}

func (status) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var m statusModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &m)...)
	m.GUID, m.ProjectID, m.CurrentStatus = m.DN, types.Int64Value(1), m.Status
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// Read decodes and encodes the state, as every Read does.
func (status) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var m statusModel
	resp.Diagnostics.Append(req.State.Get(ctx, &m)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (status) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var m statusModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &m)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

func (status) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

type thing struct{}

type thingModel struct {
	Name types.String `tfsdk:"name"`
	ID   types.String `tfsdk:"id"`
}

func (thing) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_thing"
}

func (thing) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = dataschema.Schema{Attributes: map[string]dataschema.Attribute{
		"name": dataschema.StringAttribute{Required: true},
		"id":   dataschema.StringAttribute{Computed: true},
	}}
}

func (thing) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m thingModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	m.ID = m.Name
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
