// Command baseline is a provider as the framework's documentation shows it. Its types do nothing,
// but have the attributes of codesign_project_status and the result of codesign_object_rights: the
// cost of the CLI grows with both.
package main

import (
	"context"
	"fmt"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	dataschema "github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
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
	return []func() datasource.DataSource{func() datasource.DataSource { return rights{} }}
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

type rights struct{}

type rightsModel struct {
	DN        types.String        `tfsdk:"dn"`
	Rights    []grantModel        `tfsdk:"rights"`
	ByRight   map[string][]string `tfsdk:"by_right"`
	ByTrustee map[string][]string `tfsdk:"by_trustee"`
}

type grantModel struct {
	Trustee  string       `tfsdk:"trustee"`
	Value    int64        `tfsdk:"value"`
	Rights   []string     `tfsdk:"rights"`
	Prefix   types.String `tfsdk:"prefix"`
	Name     types.String `tfsdk:"name"`
	FullName types.String `tfsdk:"full_name"`
	Kind     types.String `tfsdk:"kind"`
}

func (rights) Metadata(_ context.Context, req datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_rights"
}

func (rights) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := dataschema.StringAttribute{Computed: true}
	names := dataschema.ListAttribute{ElementType: types.StringType, Computed: true}
	lists := dataschema.MapAttribute{ElementType: types.ListType{ElemType: types.StringType}, Computed: true}
	grant := dataschema.NestedAttributeObject{Attributes: map[string]dataschema.Attribute{
		"trustee": text, "value": dataschema.Int64Attribute{Computed: true}, "rights": names,
		"prefix": text, "name": text, "full_name": text, "kind": text,
	}}
	resp.Schema = dataschema.Schema{Attributes: map[string]dataschema.Attribute{
		"dn":       dataschema.StringAttribute{Required: true},
		"rights":   dataschema.ListNestedAttribute{Computed: true, NestedObject: grant},
		"by_right": lists, "by_trustee": lists,
	}}
}

// Read returns as many rights as each object of the benchmark's world has.
func (rights) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	const trustees = 7
	var m rightsModel
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("dn"), &m.DN)...)
	m.ByRight, m.ByTrustee = map[string][]string{}, map[string][]string{}
	for i := range trustees {
		trustee, right := fmt.Sprintf("local:{%036d}", i), []string{fmt.Sprint("Right ", i/2)}
		m.Rights = append(m.Rights, grantModel{
			Trustee: trustee, Value: 1, Rights: right, Prefix: types.StringValue("local"),
		})
		m.ByRight[right[0]] = append(m.ByRight[right[0]], trustee)
		m.ByTrustee[trustee] = right
	}
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}
