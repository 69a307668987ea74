// Package rights is the data sources codesign_object_rights, codesign_trustee_rights and
// codesign_rights_matrix.
package rights

import (
	"cmp"
	"context"
	"fmt"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"golang.org/x/text/unicode/norm"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/rights/grants"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// rightsValue is a sum of rights. Models embed it.
type rightsValue struct {
	Value  int64    `tfsdk:"value"`
	Rights []string `tfsdk:"rights"`
}

func newRightsValue(value int64) rightsValue {
	return rightsValue{Value: value, Rights: signright.Names(value)}
}

// grantList is the attribute of a list of grants: each has a rightsValue and other attributes.
func grantList(description string, attributes map[string]schema.Attribute) schema.Attribute {
	attributes["value"] = attr.Int64(attr.Computed, "The sum of the rights, as the server sends it: 72 is `Owner` (8) "+
		"and `ApproveUse` (64).")
	attributes["rights"] = attr.List(attr.Computed, "Names of the rights in bit order: `Admin`, `Use`, `Audit`, "+
		"`Owner`, `ProjectApproval`, `ApplicationAdmin`, `ApproveUse`; a bit without a name is `Unknown (N)`.")
	return datasource.Objects(description, attributes)
}

func resolveIdentitiesAttribute(fills string) schema.Attribute {
	return attr.Bool(attr.Optional, "Look up the identities of the trustees, which fills "+fills+" and needs the "+
		"scope `configuration`. Default: `false`.")
}

// resolve looks up trustees if that is configured. Those that it does not find cause a warning.
func resolve(
	ctx context.Context, api *client.Client, configured types.Bool, trustees []string, diagnostics *diag.Diagnostics,
) map[string]client.Identity {
	if !configured.ValueBool() {
		return nil
	}
	identities, err := grants.Resolve(ctx, api, trustees)
	if err != nil {
		diags.AddWarning(diagnostics, path.Root("resolve_identities"), "Unable to resolve some trustees", err)
	}
	return identities
}

// checkMapKeys fails if two names would be one key of a map: Terraform normalizes all text to NFC,
// and would silently drop one of the two entries.
func checkMapKeys(names []string) error {
	known := make(map[string]string, len(names))
	for _, name := range names {
		normalized := norm.NFC.String(name)
		if other, taken := known[normalized]; taken && other != name {
			err := fmt.Errorf("the names %s and %s differ only in their Unicode normalization, so Terraform cannot "+
				"distinguish them",
				strconv.QuoteToASCII(other), strconv.QuoteToASCII(name))
			return diags.WithRemedy(err, "Both names are shown with their code points. Rename one of the objects on "+
				"the server.")
		}
		known[normalized] = name
	}
	return nil
}

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
			"dn": attr.DN(attr.Required, "DN of the object, such as `\\VED\\Code Signing\\Projects\\Payments`. In "+
				"HCL, write each backslash twice, or use the function `dn`."),
			"resolve_identities": resolveIdentitiesAttribute("`name`, `full_name` and `kind`"),
			"rights": grantList("The rights of each trustee, sorted by `trustee`. Empty if there are none.",
				trusteeAttributes()),
			"by_right": attr.Lists("Right name → trustees that have it, sorted. Without a key " +
				"for a right that no trustee has: `lookup(data.codesign_object_rights.x.by_right, \"Owner\", [])`."),
			"by_trustee": attr.Lists("Trustee → names of its rights, in bit order."),
		},
	}
}

func trusteeAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"trustee": attr.String(attr.Computed, "The user or group, as a prefixed universal: `local:{…}`, `AD+CORP:…`."),
		"prefix":  attr.String(attr.Computed, "The directory of the trustee: `local`, `AD+CORP`."),
		"name": attr.String(attr.Computed, "Name of the user or group. Null without `resolve_identities` or if the "+
			"identity cannot be resolved, as are `full_name` and `kind`."),
		"full_name": attr.String(attr.Computed, "DN of the identity in its directory, such as `\\VED\\Identity\\jane` "+
			"or `CN=…`."),
		"kind": attr.String(attr.Computed, "Type of the trustee: `user`, `group`, `container`, `distribution_list`, "+
			"`machine`, `provider` or `unknown`."),
	}
}

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
			"trustee": attr.String(attr.Required, "The user or group, as a prefixed universal (`local:{…}`, "+
				"`AD+CORP:…`); case matters. The data source `codesign_identity` returns it for a name.",
				attr.Prefixed(prefixedUniversal)),
			"rights": grantList("The rights on each object, sorted by `dn`. Empty if there are none.",
				map[string]schema.Attribute{
					"dn": attr.String(attr.Computed, "DN of the object, in the server's spelling."),
				}),
			"by_right": attr.Lists("Right name → DNs of the objects on which the trustee has it, " +
				"sorted. Without a key for a right that the trustee has on no object: " +
				"`lookup(data.codesign_trustee_rights.x.by_right, \"Owner\", [])`."),
			"by_object": attr.Lists("DN → names of the trustee's rights on the object, in bit " +
				"order."),
		},
	}
}
