// Package identity is the data source codesign_identity.
package identity

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// New returns codesign_identity.
var New = datasource.New("codesign_identity", dataSourceSchema, read,
	datasource.ExactlyOneOf("name", "prefixed_name", "prefixed_universal"))

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
			"name": attr.String(attr.OptionalComputed, "Name without a prefix, such as `jane`, which must be unique "+
				"in the caller's directory; case does not matter. Configure exactly one of `name`, `prefixed_name` "+
				"and `prefixed_universal`.", stringvalidator.RegexMatches(notBlank, "must not be blank")),
			"prefixed_name": attr.String(attr.OptionalComputed, "Name with its directory, such as `local:jane` or "+
				"`AD+CORP:jane`. Works for all directories.",
				attr.Prefixed("must be a directory, a colon and a name, such as local:jane")),
			"prefixed_universal": attr.String(attr.OptionalComputed, "ID by which the server stores rights: "+
				"`local:{…}`, `AD+CORP:…`. It does not change if the identity is renamed.", attr.Prefixed(universal)),
			"full_name": attr.String(attr.Computed, "DN of the identity in its directory, such as "+
				"`\\VED\\Identity\\jane` or `CN=…`."),
			"prefix":    attr.String(attr.Computed, "Directory of the identity: `local`, `AD+CORP`."),
			"universal": attr.String(attr.Computed, "ID within the directory: `prefixed_universal` without `prefix`."),
			"kind": attr.String(attr.Computed, "`user`, `group`, `container`, `distribution_list`, `machine`, "+
				"`provider` or `unknown`."),
		},
	}
}

// directory is the part of the API client that finds identities.
type directory interface {
	ValidateIdentity(ctx context.Context, prefixedUniversalOrName string) (*client.Identity, error)
	ValidateUniversal(ctx context.Context, prefixedUniversal string) (*client.Identity, error)
	BrowseIdentities(ctx context.Context, filter string, limit int, identityType int64) ([]client.Identity, error)
}

const (
	// usersAndGroups are the types (IdentityType in OAS: 1 user, 2 group) that can have rights.
	usersAndGroups = 1 | 2
	// searchLimit is far above the number of identities with one name. A search that reaches it matched
	// a part of many names.
	searchLimit = 100
	// maxCandidates limits the lines of an error.
	maxCandidates = 20
)

// find searches for a name without a prefix. It looks up other names directly, which works for all
// directories.
func find(ctx context.Context, d directory, attribute, value string) (*client.Identity, error) {
	if attribute == "name" && !strings.Contains(value, ":") {
		return search(ctx, d, value)
	}
	lookUp := d.ValidateIdentity
	if attribute == "prefixed_universal" {
		lookUp = d.ValidateUniversal
	}
	found, err := lookUp(ctx, value)
	if client.IsNotFound(err) {
		return nil, diags.WithRemedy(fmt.Errorf("the server has no identity %q", value),
			"Compare the spelling and the case with the product's user interface. "+
				"The part before the colon is the directory: `local`, or `AD+` or `LDAP+` and its name on the server.")
	}
	return found, err
}

// search finds the one identity with a name. The server also returns identities whose names contain
// it; they are not used, because they would get rights by mistake.
func search(ctx context.Context, d directory, name string) (*client.Identity, error) {
	answer, err := d.BrowseIdentities(ctx, name, searchLimit, usersAndGroups)
	if err != nil {
		return nil, err
	}
	var same []client.Identity
	for _, candidate := range answer {
		if dn.Equal(candidate.Name, name) {
			same = append(same, candidate)
		}
	}
	switch {
	case len(same) > 1:
		return nil, notUnique(fmt.Sprintf("%q is the name of several identities", name), same)
	case len(answer) >= searchLimit:
		return nil, notUnique(fmt.Sprintf("%q is part of %d or more names, so the search is incomplete", name,
			searchLimit), nil)
	case len(same) == 0:
		return nil, notUnique(fmt.Sprintf("the caller's directory has no identity with the name %q", name), answer)
	default:
		return &same[0], nil
	}
}

// notUnique is the error for a name that is not the name of exactly one identity.
func notUnique(text string, candidates []client.Identity) error {
	return diags.WithRemedy(errors.New(text), listCandidates(candidates))
}

// listCandidates lists what distinguishes the candidates.
func listCandidates(candidates []client.Identity) string {
	if len(candidates) == 0 {
		return "Set `prefixed_name`, the name with its directory (such as `AD+CORP:jane`), which works for all " +
			"directories, or `prefixed_universal`."
	}
	var lines []string
	for _, c := range candidates[:min(len(candidates), maxCandidates)] {
		lines = append(lines, fmt.Sprintf("%s: %s %s", c.PrefixedUniversal, c.Kind(), c.PrefixedName))
	}
	return "Set `prefixed_universal`, or `prefixed_name` if it is unique, to one of these:\n" +
		failure.Lines(lines, len(candidates))
}
