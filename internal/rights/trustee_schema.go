package rights

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func trusteeDataSourceSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Everything that one user or group may touch: the objects on which it has rights, and which. " +
			"Rights that come through a group are listed with the group. The caller must be a Code Signing Administrator or an " +
			"application administrator, with the scope `codesign:admin` (`codesign:manage` on older servers).",
		Attributes: map[string]schema.Attribute{
			"trustee": schema.StringAttribute{
				Required: true,
				Validators: []validator.String{attr.Prefixed(
					"must be a prefixed universal such as local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}; the data source codesign_identity turns a name into one")},
				MarkdownDescription: "The user or group, as a prefixed universal: `local:{…}`, `AD+CORP:…`. " +
					"The data source `codesign_identity` turns a name into one. Case matters.",
			},
			"rights": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The rights on each object, sorted by `dn`. Empty when there are none.",
				NestedObject:        schema.NestedAttributeObject{Attributes: trusteeEntryAttributes()},
			},
			"by_right": schema.MapAttribute{
				Computed:    true,
				ElementType: types.ListType{ElemType: types.StringType},
				MarkdownDescription: "Right name → DNs of the objects on which the trustee has it, sorted. A right that it has nowhere is no " +
					"key: `lookup(data.codesign_trustee_rights.x.by_right, \"Owner\", [])`.",
			},
			"by_object": schema.MapAttribute{
				Computed:            true,
				ElementType:         types.ListType{ElemType: types.StringType},
				MarkdownDescription: "DN → names of the trustee's rights on it, in bit order.",
			},
		},
	}
}

func trusteeEntryAttributes() map[string]schema.Attribute {
	return RightsValueAttributes(map[string]schema.Attribute{
		"dn": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "DN of the object, as the server spells it.",
		},
	})
}
