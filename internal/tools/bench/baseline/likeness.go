package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// likeness is a resource with the attributes of codesign_project_status, because
// what a CLI takes grows with the attributes. It does nothing either.
type likeness struct{}

type likenessModel struct {
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

func (*likeness) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_likeness"
}

func (*likeness) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	kept := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	duration := schema.StringAttribute{Optional: true}
	resp.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"dn":                schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: kept},
		"guid":              schema.StringAttribute{Optional: true, Computed: true, PlanModifiers: kept},
		"project_id":        schema.Int64Attribute{Optional: true, Computed: true, PlanModifiers: []planmodifier.Int64{int64planmodifier.UseStateForUnknown()}},
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

func (*likeness) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	pass(ctx, &resp.Diagnostics, req.Plan, &resp.State, func(m *likenessModel) {
		m.GUID, m.ProjectID, m.CurrentStatus = m.DN, types.Int64Value(1), m.Status
	})
}

func (*likeness) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	pass(ctx, &resp.Diagnostics, req.State, &resp.State, same[likenessModel])
}

func (*likeness) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	pass(ctx, &resp.Diagnostics, req.Plan, &resp.State, same[likenessModel])
}

func (*likeness) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}
