package project

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

const (
	whoMaySee = " The caller must be a Code Signing Administrator or have a role on the project, with the scope `codesign`."
	dnText    = "The project's distinguished name, like `\\VED\\Code Signing\\Projects\\Payments`"
)

func oneSchema() schema.Schema {
	const projectDataOneOf = " Exactly one of `dn`, `guid` and `project_id` is configured; the other two are read from the server."
	attributes := projectAttributes()
	attributes["dn"] = schema.StringAttribute{
		CustomType: attr.DNType{}, Optional: true, Computed: true,
		Validators:          []validator.String{attr.ValidDN()},
		MarkdownDescription: dnText + "; in HCL each backslash is written twice. Case does not matter." + projectDataOneOf,
	}
	attributes["guid"] = schema.StringAttribute{
		CustomType: attr.GUIDType{}, Optional: true, Computed: true,
		Validators:          []validator.String{attr.ValidGUID()},
		MarkdownDescription: "The project's GUID, with or without braces, in any case." + projectDataOneOf,
	}
	attributes["project_id"] = schema.Int64Attribute{
		CustomType: attr.ProjectIDType{}, Optional: true, Computed: true,
		Validators:          []validator.Int64{attr.ValidProjectID()},
		MarkdownDescription: "The project's number." + projectDataOneOf,
	}
	return schema.Schema{
		MarkdownDescription: "One code-signing project: its status, who has which role on it, its environments and applications." + whoMaySee,
		Attributes:          attributes,
	}
}

func manySchema() schema.Schema {
	element := projectAttributes()
	element["dn"] = schema.StringAttribute{CustomType: attr.DNType{}, Computed: true, MarkdownDescription: dnText + ", as the server spells it."}
	element["guid"] = schema.StringAttribute{CustomType: attr.GUIDType{}, Computed: true, MarkdownDescription: "The project's GUID, as the server spells it."}
	element["project_id"] = schema.Int64Attribute{Computed: true, MarkdownDescription: "The project's number."}
	object := schema.NestedAttributeObject{Attributes: element}
	return schema.Schema{
		MarkdownDescription: "Every code-signing project that the identity may see, or those that match. A query that matches nothing gives a warning. " +
			"A Code Signing Administrator sees all projects, others those on which they have a role. Takes the scope `codesign`, and one request.",
		Attributes: map[string]schema.Attribute{
			"filter": schema.StringAttribute{Optional: true, MarkdownDescription: FilterDescription},
			"rights": schema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: RightsDescription,
				Validators: []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(RightName())},
			},
			"statuses": schema.ListAttribute{
				Optional: true, ElementType: types.StringType, MarkdownDescription: StatusesDescription,
				Validators: []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(ProjectStatusName())},
			},
			"projects": schema.ListNestedAttribute{
				Computed: true, NestedObject: object,
				MarkdownDescription: "The projects, sorted by `dn`. Empty when none matches.",
			},
			"by_dn": schema.MapNestedAttribute{
				Computed: true, NestedObject: object,
				MarkdownDescription: "The same projects by their DN, for `for_each`.",
			},
		},
	}
}

// projectAttributes are those that nobody configures.
func projectAttributes() map[string]schema.Attribute {
	all := roleAttributes()
	maps.Copy(all, map[string]schema.Attribute{
		"status": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "`Disabled`, `Enabled`, `Draft`, `Pending`, `Deleted` (queued for deletion), `DisabledByParent`, " +
				"or `Unknown (N)` for a number that this version of the provider has no name for.",
		},
		"description": schema.StringAttribute{Computed: true, MarkdownDescription: "The project's description; null if it has none."},
		"created":     schema.StringAttribute{Computed: true, MarkdownDescription: "When the project was created, in RFC 3339, UTC; null if the server does not tell."},
		"submitted": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "When the project was last submitted for approval, in RFC 3339, UTC; null if it never was, or the server does not tell.",
		},
		"environments": schema.ListNestedAttribute{
			Computed: true, MarkdownDescription: "The project's signing environments, sorted by `dn`.",
			NestedObject: schema.NestedAttributeObject{Attributes: environmentAttributes()},
		},
		"applications": objectList("Signing applications that the project allows, sorted by `dn`."),
		"collections":  objectList("Collections of signing applications that the project allows, sorted by `dn`."),
		"custom_fields": schema.MapAttribute{
			Computed: true, ElementType: types.ListType{ElemType: types.StringType},
			MarkdownDescription: "Name of a custom field → its values.",
		},
	})
	return all
}

func roleAttributes() map[string]schema.Attribute {
	role := func(who string) schema.Attribute {
		return schema.ListAttribute{
			Computed: true, ElementType: types.StringType,
			MarkdownDescription: who + " of the project, as prefixed universals (`local:{…}`, `AD+CORP:…`), sorted.",
		}
	}
	return map[string]schema.Attribute{
		"owners":            role("Owners"),
		"auditors":          role("Auditors"),
		"key_users":         role("Key Users"),
		"key_use_approvers": role("Key Use Approvers"),
	}
}

func environmentAttributes() map[string]schema.Attribute {
	all := objectAttributes("environment")
	all["kind"] = schema.StringAttribute{Computed: true, MarkdownDescription: "`Certificate`, `KeyPair`, `CSP`, `DotNet`, `GPG` or `Apple`."}
	all["status"] = schema.StringAttribute{Computed: true, MarkdownDescription: "Status of the environment, with the names of a project's; null if the server does not tell."}
	all["description"] = schema.StringAttribute{Computed: true, MarkdownDescription: "The environment's description; null if it has none."}
	return all
}

func objectList(text string) schema.Attribute {
	return schema.ListNestedAttribute{
		Computed: true, MarkdownDescription: text,
		NestedObject: schema.NestedAttributeObject{Attributes: objectAttributes("object")},
	}
}

func objectAttributes(what string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"dn":   schema.StringAttribute{Computed: true, MarkdownDescription: "DN of the " + what + ", as the server spells it."},
		"guid": schema.StringAttribute{Computed: true, MarkdownDescription: "GUID of the " + what + "; null if the server does not tell."},
		"id":   schema.Int64Attribute{Computed: true, MarkdownDescription: "Number of the " + what + "; null if the server does not tell."},
	}
}
