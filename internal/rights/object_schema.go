package rights

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func objectDataSourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Who has which rights on a project, an application or a collection of applications. " +
			"The caller must be a Code Signing Administrator, with the scope `codesign:admin` (`codesign` on older servers).",
		Attributes: map[string]schema.Attribute{
			"dn": schema.StringAttribute{
				CustomType: attr.DNType{},
				Validators: []validator.String{attr.ValidDN()},
				Required:   true,
				MarkdownDescription: "DN of the object, such as `\\VED\\Code Signing\\Projects\\Payments`; each backslash is written twice " +
					"in HCL, or the function `dn` puts them there. Case does not matter.",
			},
			"resolve_identities": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Look up who the trustees are, which fills `name`, `full_name` and `kind`. Takes the scope " +
					"`configuration` and one request for each trustee. What cannot be looked up gives a warning. Default: `false`.",
			},
			"rights": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The rights of each trustee, sorted by `trustee`. Empty when nobody has any.",
				NestedObject:        schema.NestedAttributeObject{Attributes: objectEntryAttributes()},
			},
			"by_right": schema.MapAttribute{
				Computed:    true,
				ElementType: types.ListType{ElemType: types.StringType},
				MarkdownDescription: "Right name → trustees that have it, sorted. A right that nobody has is no key: " +
					"`lookup(data.codesign_object_rights.x.by_right, \"Owner\", [])`.",
			},
			"by_trustee": schema.MapAttribute{
				Computed:            true,
				ElementType:         types.ListType{ElemType: types.StringType},
				MarkdownDescription: "Trustee → names of its rights, in bit order.",
			},
		},
	}
}

func objectEntryAttributes() map[string]schema.Attribute {
	return RightsValueAttributes(map[string]schema.Attribute{
		"trustee": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "The user or group, as a prefixed universal: `local:{…}`, `AD+CORP:…`.",
		},
		"prefix": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "The directory that the trustee is from: `local`, `AD+CORP`.",
		},
		"name": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Name of the user or group. Null without `resolve_identities`, and where it cannot be looked up; so are the next two.",
		},
		"full_name": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "DN of the identity in its directory, such as `\\VED\\Identity\\jane` or `CN=…`; `name` is the name for people.",
		},
		"kind": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "What the trustee is: `user`, `group`, `container`, `distribution_list`, `machine`, `provider` or `unknown`.",
		},
	})
}
