package rights

import (
	"cmp"
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// NewObjectDataSource returns codesign_object_rights.
var NewObjectDataSource = datasource.New("codesign_object_rights", objectSchema, readObjectRights)

type objectModel struct {
	DN                attr.DNValue        `tfsdk:"dn"`
	ResolveIdentities types.Bool          `tfsdk:"resolve_identities"`
	Rights            []trusteeGrant      `tfsdk:"rights"`
	ByRight           map[string][]string `tfsdk:"by_right"`
	ByTrustee         map[string][]string `tfsdk:"by_trustee"`
}

type trusteeGrant struct {
	rightsValue

	Trustee  string       `tfsdk:"trustee"`
	Prefix   types.String `tfsdk:"prefix"`
	Name     types.String `tfsdk:"name"`
	FullName types.String `tfsdk:"full_name"`
	Kind     types.String `tfsdk:"kind"`
}

func readObjectRights(ctx context.Context, api *client.Client, m *objectModel, diagnostics *diag.Diagnostics) {
	list, err := grants.OfObject(ctx, api, m.DN.ValueString())
	trustees := grants.Keys(list)
	if err := cmp.Or(err, checkMapKeys(trustees)); err != nil {
		diags.AddError(diagnostics, diags.AttributeFor(path.Root("dn"), err), "Unable to read the rights on "+
			m.DN.ValueString(), err)
		return
	}
	m.set(list, resolve(ctx, api, m.ResolveIdentities, trustees, diagnostics))
}

// set fills the computed attributes. No rights are an empty list, never null.
func (m *objectModel) set(list []signright.Grant, identities map[string]client.Identity) {
	m.Rights = make([]trusteeGrant, 0, len(list))
	for _, g := range list {
		entry := trusteeGrant{
			rightsValue: newRightsValue(g.Value),
			Trustee:     g.Key,
			Prefix:      attr.StringOrNull(signright.Prefix(g.Key)),
		}
		if identity, ok := identities[g.Key]; ok {
			entry.Name = attr.StringOrNull(identity.Name)
			entry.FullName = attr.StringOrNull(identity.FullName)
			entry.Kind = attr.StringOrNull(identity.Kind())
		}
		m.Rights = append(m.Rights, entry)
	}
	m.ByRight, m.ByTrustee = signright.ByRight(list), signright.ByKey(list)
}

func objectSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "The rights on a project, an application or a collection of applications. The caller " +
			"must be a Code Signing Administrator, with the scope `codesign:admin` (`codesign` on older " +
			"servers).",
		Attributes: map[string]schema.Attribute{
			"dn": schema.StringAttribute{
				CustomType: attr.DNType{},
				Validators: []validator.String{attr.ValidDN()},
				Required:   true,
				MarkdownDescription: "DN of the object, such as `\\VED\\Code Signing\\Projects\\Payments`. In HCL, " +
					"write each backslash twice, or use the function `dn`.",
			},
			"resolve_identities": resolveIdentitiesAttribute("`name`, `full_name` and `kind`"),
			"rights": schema.ListNestedAttribute{
				Computed:            true,
				MarkdownDescription: "The rights of each trustee, sorted by `trustee`. Empty if there are none.",
				NestedObject:        schema.NestedAttributeObject{Attributes: trusteeGrantAttributes()},
			},
			"by_right": datasource.ComputedStringLists("Right name → trustees that have it, sorted. Without a key " +
				"for a right that no trustee has: `lookup(data.codesign_object_rights.x.by_right, \"Owner\", [])`."),
			"by_trustee": datasource.ComputedStringLists("Trustee → names of its rights, in bit order."),
		},
	}
}

func trusteeGrantAttributes() map[string]schema.Attribute {
	return rightsValueAttributes(map[string]schema.Attribute{
		"trustee": datasource.ComputedString("The user or group, as a prefixed universal: `local:{…}`, `AD+CORP:…`."),
		"prefix":  datasource.ComputedString("The directory of the trustee: `local`, `AD+CORP`."),
		"name": datasource.ComputedString("Name of the user or group. Null without `resolve_identities` or if the " +
			"identity cannot be resolved, as are `full_name` and `kind`."),
		"full_name": datasource.ComputedString("DN of the identity in its directory, such as `\\VED\\Identity\\jane` " +
			"or `CN=…`."),
		"kind": datasource.ComputedString("Type of the trustee: `user`, `group`, `container`, `distribution_list`, " +
			"`machine`, `provider` or `unknown`."),
	})
}
