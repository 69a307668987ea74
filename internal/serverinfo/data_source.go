// Package serverinfo holds the data sources codesign_server and codesign_global_configuration.
package serverinfo

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// New returns codesign_server.
var New = datasource.New("codesign_server", dataSourceSchema, read)

type model struct {
	Version types.String `tfsdk:"version"`
	Groups  []identity   `tfsdk:"groups"`
	identity
}

type identity struct {
	PrefixedUniversal types.String `tfsdk:"prefixed_universal"`
	PrefixedName      types.String `tfsdk:"prefixed_name"`
	Name              types.String `tfsdk:"name"`
	FullName          types.String `tfsdk:"full_name"`
}

// read leaves null what the token may not read.
func read(ctx context.Context, api *client.Client, m *model, diagnostics *diag.Diagnostics) {
	self, selfErr := api.Self(ctx)
	m.setCaller(self)
	report(diagnostics, "Unable to read the caller's identity", selfErr, false)
	if diagnostics.HasError() {
		return
	}
	version, err := api.ServerVersion(ctx)
	m.Version = attr.StringOrNull(version)
	report(diagnostics, "Unable to read the server version", err, selfErr == nil)
}

// report adds a warning if the token may not make the call or the server does not have it, and an
// error if the server does not answer or rejects the token. Some servers answer 401 for a missing
// scope; this is the case if the token was accepted before.
func report(diagnostics *diag.Diagnostics, summary string, err error, tokenAccepted bool) {
	reason := client.ReasonOf(err)
	switch {
	case err == nil:
	case client.IsAboutObject(err), reason == client.MissingScope, reason == client.Unsupported,
		reason == client.BadToken && tokenAccepted:
		diags.AddWarning(diagnostics, path.Empty(), summary, err)
	default:
		diags.AddError(diagnostics, path.Empty(), summary, err)
	}
}

// setCaller takes the identities of Identity/Self: the caller, then its groups.
func (m *model) setCaller(self []client.Identity) {
	if len(self) == 0 {
		return
	}
	m.identity = newIdentity(self[0])
	groups := slices.SortedFunc(slices.Values(self[1:]), func(a, b client.Identity) int {
		return cmp.Compare(a.PrefixedUniversal, b.PrefixedUniversal)
	})
	m.Groups = make([]identity, 0, len(groups))
	for _, g := range groups {
		m.Groups = append(m.Groups, newIdentity(g))
	}
}

func newIdentity(i client.Identity) identity {
	return identity{
		PrefixedUniversal: attr.StringOrNull(i.PrefixedUniversal),
		PrefixedName:      attr.StringOrNull(i.PrefixedName),
		Name:              attr.StringOrNull(i.Name),
		FullName:          attr.StringOrNull(i.FullName),
	}
}

func dataSourceSchema() schema.Schema {
	attributes := identityAttributes("the caller", " Null, with a warning, if it cannot be read.")
	attributes["version"] = datasource.ComputedString("Version of the server, such as `25.3.0.1234`. Null, with a " +
		"warning, if it cannot be read; some servers require the scope `configuration`.")
	attributes["groups"] = schema.ListNestedAttribute{
		Computed: true,
		MarkdownDescription: "The groups of the caller, sorted by `prefixed_universal`. Null, with a warning, if " +
			"they cannot be read.",
		NestedObject: schema.NestedAttributeObject{Attributes: identityAttributes("the group", "")},
	}
	return schema.Schema{
		MarkdownDescription: "The version of the server and the identity of the caller, as a first test of a " +
			"provider block. Newer servers require the scope `configuration` for the identity.",
		Attributes: attributes,
	}
}

// identityAttributes describes an identity, such as "the caller", with a note for each attribute.
func identityAttributes(whose, note string) map[string]schema.Attribute {
	text := func(description string) schema.StringAttribute {
		return datasource.ComputedString(fmt.Sprintf(description, whose) + note)
	}
	return map[string]schema.Attribute{
		"prefixed_universal": text("Prefixed universal of %s, which never changes."),
		"prefixed_name":      text("Name of %s with its directory."),
		"name":               text("Name of %s."),
		"full_name":          text("DN of %s in its directory, such as `\\VED\\Identity\\jane` or `CN=…`."),
	}
}
