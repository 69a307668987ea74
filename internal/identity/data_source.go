// Package identity is the data source codesign_identity.
package identity

import (
	"context"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// New returns codesign_identity.
var New = datasource.New("codesign_identity", dataSourceSchema, read,
	datasourcevalidator.ExactlyOneOf(path.MatchRoot("name"), path.MatchRoot("prefixed_name"),
		path.MatchRoot("prefixed_universal")))

type model struct {
	Name              types.String `tfsdk:"name"`
	PrefixedName      types.String `tfsdk:"prefixed_name"`
	PrefixedUniversal types.String `tfsdk:"prefixed_universal"`
	FullName          types.String `tfsdk:"full_name"`
	Prefix            types.String `tfsdk:"prefix"`
	Universal         types.String `tfsdk:"universal"`
	Kind              types.String `tfsdk:"kind"`
}

func read(ctx context.Context, api *client.Client, m *model, diagnostics *diag.Diagnostics) {
	attribute, value := m.configured()
	found, err := find(ctx, api, attribute, value)
	if err != nil {
		diags.AddError(diagnostics, diags.AttributeFor(path.Root(attribute), err), "Unable to find identity "+value,
			err)
		return
	}
	m.set(found)
}

// configured is the attribute that names the identity, and its value.
func (m *model) configured() (attribute, value string) {
	switch {
	case !m.PrefixedUniversal.IsNull():
		return "prefixed_universal", m.PrefixedUniversal.ValueString()
	case !m.PrefixedName.IsNull():
		return "prefixed_name", m.PrefixedName.ValueString()
	default:
		return "name", m.Name.ValueString()
	}
}

// set fills the computed attributes. The configured one keeps its spelling.
func (m *model) set(i *client.Identity) {
	prefix, universal, _ := strings.Cut(i.PrefixedUniversal, ":")
	for to, from := range map[*types.String]string{
		&m.Name:              i.Name,
		&m.PrefixedName:      i.PrefixedName,
		&m.PrefixedUniversal: i.PrefixedUniversal,
		&m.FullName:          i.FullName,
		&m.Prefix:            prefix,
		&m.Universal:         universal,
		&m.Kind:              i.Kind(),
	} {
		if to.IsNull() {
			*to = attr.StringOrNull(from)
		}
	}
}

var notBlank = regexp.MustCompile(`\S`)

func dataSourceSchema() schema.Schema {
	const universal = "must be a directory, a colon and an ID, such as local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"
	return schema.Schema{
		MarkdownDescription: "A user or group: converts a name to the prefixed universal, by which the server stores " +
			"roles and approvers, and back. Needs the scope `configuration`.",
		Attributes: map[string]schema.Attribute{
			"name": schema.StringAttribute{
				Optional: true, Computed: true,
				Validators: []validator.String{stringvalidator.RegexMatches(notBlank, "must not be blank")},
				MarkdownDescription: "Name without a prefix, such as `jane`, which must be unique in the caller's " +
					"directory; case does not matter. Configure exactly one of `name`, `prefixed_name` and " +
					"`prefixed_universal`.",
			},
			"prefixed_name": schema.StringAttribute{
				Optional: true, Computed: true,
				Validators: []validator.String{
					attr.Prefixed("must be a directory, a colon and a name, such as local:jane"),
				},
				MarkdownDescription: "Name with its directory, such as `local:jane` or `AD+CORP:jane`. Works for all " +
					"directories.",
			},
			"prefixed_universal": schema.StringAttribute{
				Optional: true, Computed: true,
				Validators: []validator.String{attr.Prefixed(universal)},
				MarkdownDescription: "ID by which the server stores rights: `local:{…}`, `AD+CORP:…`. " +
					"It does not change if the identity is renamed.",
			},
			"full_name": datasource.ComputedString("DN of the identity in its directory, such as " +
				"`\\VED\\Identity\\jane` or `CN=…`."),
			"prefix":    datasource.ComputedString("Directory of the identity: `local`, `AD+CORP`."),
			"universal": datasource.ComputedString("ID within the directory: `prefixed_universal` without `prefix`."),
			"kind": datasource.ComputedString("`user`, `group`, `container`, `distribution_list`, `machine`, " +
				"`provider` or `unknown`."),
		},
	}
}
