package rights

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewTrusteeDataSource returns codesign_trustee_rights.
var NewTrusteeDataSource = datasource.New("codesign_trustee_rights", trusteeSchema, readTrusteeRights)

type trusteeModel struct {
	Trustee  string              `tfsdk:"trustee"`
	Rights   []objectGrant       `tfsdk:"rights"`
	ByRight  map[string][]string `tfsdk:"by_right"`
	ByObject map[string][]string `tfsdk:"by_object"`
}

type objectGrant struct {
	rightsValue

	DN string `tfsdk:"dn"`
}

func readTrusteeRights(ctx context.Context, api *client.Client, m *trusteeModel, diagnostics *diag.Diagnostics) {
	list, err := grants.OfTrustee(ctx, api, m.Trustee)
	if err := cmp.Or(err, checkMapKeys(grants.Keys(list))); err != nil {
		diags.AddError(diagnostics, diags.AttributeFor(path.Root("trustee"), err), "Unable to read the rights of "+
			m.Trustee, err)
		return
	}
	m.set(list)
}

// set fills the computed attributes. No rights are an empty list, never null.
func (m *trusteeModel) set(list []signright.Grant) {
	m.Rights = make([]objectGrant, 0, len(list))
	for _, g := range list {
		m.Rights = append(m.Rights, objectGrant{rightsValue: newRightsValue(g.Value), DN: g.Key})
	}
	m.ByRight, m.ByObject = signright.ByRight(list), signright.ByKey(list)
}

func trusteeSchema() schema.Schema {
	const prefixedUniversal = "must be a prefixed universal such as local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}; " +
		"the data source codesign_identity returns it for a name"
	return schema.Schema{
		MarkdownDescription: "All objects on which a user or group has rights, without those that a user has through " +
			"a group. The caller must be a Code Signing Administrator or an application administrator, with the " +
			"scope `codesign:admin` (`codesign:manage` on older servers).",
		Attributes: map[string]schema.Attribute{
			"trustee": schema.StringAttribute{
				Required:   true,
				Validators: []validator.String{attr.Prefixed(prefixedUniversal)},
				MarkdownDescription: "The user or group, as a prefixed universal (`local:{…}`, `AD+CORP:…`); case " +
					"matters. The data source `codesign_identity` returns it for a name.",
			},
			"rights": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The rights on each object, sorted by `dn`. Empty if there are none.",
				NestedObject: schema.NestedAttributeObject{
					Attributes: rightsValueAttributes(map[string]schema.Attribute{
						"dn": datasource.ComputedString("DN of the object, in the server's spelling."),
					}),
				},
			},
			"by_right": datasource.ComputedStringLists("Right name → DNs of the objects on which the trustee has it, " +
				"sorted. Without a key for a right that the trustee has on no object: " +
				"`lookup(data.codesign_trustee_rights.x.by_right, \"Owner\", [])`."),
			"by_object": datasource.ComputedStringLists("DN → names of the trustee's rights on the object, in bit " +
				"order."),
		},
	}
}
