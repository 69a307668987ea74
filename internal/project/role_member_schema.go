package project

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

func memberSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Gives one trustee a role on a project, optionally until a date. " +
			"Other trustees of the role do not change.",
		Attributes: withRoleFields(ctx, map[string]schema.Attribute{
			"trustee": schema.StringAttribute{
				CustomType: attr.TrusteeType{}, Required: true,
				MarkdownDescription: trusteeDescription + " Another trustee replaces the resource.",
				Validators:          []validator.String{attr.ValidTrustee()},
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplaceIf(isAnotherTrustee,
					"another trustee replaces the resource", "another trustee replaces the resource")},
			},
			"expires": schema.StringAttribute{
				CustomType: attr.InstantType{}, Optional: true,
				MarkdownDescription: "When the trustee loses the role, in RFC 3339 with an offset. The server has no " +
					"end dates: the first apply after this time revokes the role, so apply on a schedule.",
				Validators: []validator.String{attr.ValidInstant()},
			},
			"active": schema.BoolAttribute{
				Computed: true,
				MarkdownDescription: "Whether the trustee has the role; `false` after the role expired and was " +
					"revoked.",
			},
			"name": resource.ComputedString("Name of the trustee. Null unless `resolve_identities` is `true`."),
		}),
	}
}

func isAnotherTrustee(
	_ context.Context, req planmodifier.StringRequest, resp *stringplanmodifier.RequiresReplaceIfFuncResponse,
) {
	resp.RequiresReplace = req.PlanValue.IsUnknown() ||
		!settings.SameTrustee(req.PlanValue.ValueString(), req.StateValue.ValueString())
}
