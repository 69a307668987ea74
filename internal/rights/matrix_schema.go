package rights

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

func matrixDataSourceSchema() schema.Schema {
	namesByKey := types.MapType{ElemType: types.ListType{ElemType: types.StringType}}
	return schema.Schema{
		MarkdownDescription: "The rights on many objects at once, read side by side: as maps to check in code, and as tables to look at " +
			"in a pull request. An object that cannot be read fails the whole read, so that an audit is never silently incomplete. " +
			"The caller must be a Code Signing Administrator, with the scope `codesign:admin` (`codesign` on older servers).",
		Attributes: map[string]schema.Attribute{
			"dns": schema.ListAttribute{
				Optional:    true,
				ElementType: types.StringType,
				Validators:  []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(attr.ValidDN())},
				MarkdownDescription: "DNs of projects, applications and collections. Default: every project that the caller can see. " +
					"One object in several spellings counts once, in the first.",
			},
			"resolve_identities": schema.BoolAttribute{
				Optional: true,
				MarkdownDescription: "Look up who the trustees are, for the tables. Takes the scope `configuration` and one request for each " +
					"trustee. What cannot be looked up gives a warning. Default: `false`.",
			},
			"by_object": schema.MapAttribute{
				Computed:            true,
				ElementType:         namesByKey,
				MarkdownDescription: "DN → trustee (prefixed universal) → names of its rights on the object, in bit order.",
			},
			"by_trustee": schema.MapAttribute{
				Computed:            true,
				ElementType:         namesByKey,
				MarkdownDescription: "Trustee (prefixed universal) → DN → names of its rights on the object, in bit order.",
			},
			"markdown": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "A table with a line for each object and a column for each right that a trustee has, as GitHub and GitLab " +
					"show it. Trustees appear by name with `resolve_identities`. Text that a code host would turn into a link, a mention or " +
					"markup is in a code span.",
			},
			"csv": schema.StringAttribute{
				Computed: true,
				MarkdownDescription: "A table (RFC 4180, header line, comma) with a line for each object and trustee: `dn`, `trustee`, `name`, " +
					"`full_name`, `kind`, `value`, `rights` (names with `;` between). An object without any rights has a line without " +
					"trustee. A text that a spreadsheet would take for a formula has a `'` before it.",
			},
		},
	}
}
