package project

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// Values of deletion_policy.
const (
	deletePolicy  = "Delete"
	disablePolicy = "Disable"
	abandonPolicy = "Abandon"
)

const leftAlone = " Without the argument, the provider does not change the value."

func projectResourceSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Creates a code-signing project, and manages its description, its roles, the " +
			"permitted applications and its custom fields. The resource `codesign_project_status` submits, " +
			"enables and disables it.",
		Attributes: projectResourceAttributes(ctx),
	}
}

func projectResourceAttributes(ctx context.Context) map[string]schema.Attribute {
	all := map[string]schema.Attribute{
		"dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Required: true,
			Validators: []validator.String{attr.ValidDN()},
			MarkdownDescription: dnDescription + " Another DN renames the project in place, or moves it if the " +
				"server allows that; signing clients use its name.",
		},
		"description": schema.StringAttribute{
			Optional: true, Computed: true,
			MarkdownDescription: "Description of the project; `\"\"` clears it." + leftAlone,
		},
		"owners":            roleSet("All Owners of the project, at least one."),
		"auditors":          roleSet("All Auditors of the project; `[]` removes all."),
		"key_users":         roleSet("All Key Users of the project, who can sign; `[]` removes all."),
		"key_use_approvers": roleSet("All Key Use Approvers of the project; `[]` removes all."),
		"applications": schema.SetAttribute{
			Optional: true, Computed: true, ElementType: types.StringType,
			MarkdownDescription: "DNs of the permitted signing applications and of collections of them; `[]` " +
				"permits **every** application." + leftAlone,
			Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attr.ValidDN())},
		},
		"custom_fields": schema.MapAttribute{
			Optional: true, ElementType: types.ListType{ElemType: types.StringType},
			MarkdownDescription: "Values of custom fields, by field name; `[]` clears a field. Other fields do " +
				"not change.",
			Validators: []validator.Map{
				mapvalidator.NoNullValues(), mapvalidator.KeysAre(stringvalidator.LengthAtLeast(1)),
				mapvalidator.ValueListsAre(listvalidator.NoNullValues()),
			},
		},
		"resolve_identities": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: resolveIdentitiesDescription,
		},
		"timeouts": changeTimeouts(ctx, "How long to wait for the creation, including an approval of the settings, as "+
			"a duration such as `90s` or `20m`. Default: `20m`.",
			"The same for a destroy, including the approval of a deletion. Default: `20m`."),
	}
	maps.Copy(all, deletionAttributes())
	maps.Copy(all, computedProjectAttributes())
	return all
}

func roleSet(text string) schema.Attribute {
	return schema.SetAttribute{
		Optional: true, Computed: true, ElementType: types.StringType,
		MarkdownDescription: text + leftAlone,
		Validators: []validator.Set{
			setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attr.ValidTrustee()),
		},
	}
}

func deletionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"deletion_protection": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether a plan that destroys the project fails; to destroy it, set this to " +
				"`false` and apply first. Default: `true`.",
		},
		"deletion_policy": schema.StringAttribute{
			Optional: true, Computed: true, Default: stringdefault.StaticString(deletePolicy),
			MarkdownDescription: "What a destroy does: `Delete` (default) deletes the project, `Disable` " +
				"disables it, and `Abandon` sends nothing. `Delete` needs the scope `codesign:delete`, which the " +
				"provider does not request by default.",
			Validators: []validator.String{stringvalidator.OneOf(deletePolicy, disablePolicy, abandonPolicy)},
		},
		"force_destroy": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether `Delete` also deletes the environments with their **keys and " +
				"certificates**. Default: `false`, which fails while the project has environments.",
		},
	}
}

func computedProjectAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"guid": schema.StringAttribute{
			CustomType: attr.GUIDType{}, Computed: true,
			MarkdownDescription: "GUID of the project. It does not change if the project is renamed.",
		},
		"project_id": schema.Int64Attribute{
			CustomType: attr.IDType{Object: "project"}, Computed: true,
			MarkdownDescription: projectIDDescription + " Null if the server does not report it.",
		},
		"name": resource.ComputedString("Name of the project, the last component of `dn`."),
		"created": resource.ComputedString("When the project was created, in RFC 3339, UTC. Null if the server does " +
			"not report it."),
		"names": schema.MapAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: "Names of the trustees of all roles, by prefixed universal. Null unless " +
				"`resolve_identities` is `true`.",
		},
	}
}
