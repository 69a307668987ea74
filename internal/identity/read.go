package identity

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// Read looks the identity up by whatever is configured.
func (d *dataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var m model
	api := d.Begin(ctx, req, &m, resp)
	if api == nil {
		return
	}
	attribute, given := m.given()
	found, err := find(ctx, api, attribute, given)
	if err != nil {
		diags.AddError(&resp.Diagnostics, diags.AttributeFor(path.Root(attribute), err), "Could not find the identity "+given, err)
		return
	}
	m.show(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, &m)...)
}

// given is the attribute that names the identity, and its value.
func (m *model) given() (attribute, value string) {
	switch {
	case !m.PrefixedUniversal.IsNull():
		return "prefixed_universal", m.PrefixedUniversal.ValueString()
	case !m.PrefixedName.IsNull():
		return "prefixed_name", m.PrefixedName.ValueString()
	default:
		return "name", m.Name.ValueString()
	}
}

// find searches for a bare name; everything with a prefix is asked for directly,
// which works across directories.
func find(ctx context.Context, d directory, attribute, given string) (*client.Identity, error) {
	if attribute == "name" && !strings.Contains(given, ":") {
		return search(ctx, d, given)
	}
	lookUp := d.ValidateIdentity
	if attribute == "prefixed_universal" {
		lookUp = d.ValidateUniversal
	}
	found, err := lookUp(ctx, given)
	if client.IsNotFound(err) {
		return nil, &nameError{fmt.Sprintf("the server knows no identity %q", given), "Compare spelling and case with the console. " +
			"The part before the colon is the directory: `local`, `AD+` or `LDAP+` and its name on the server."}
	}
	return found, err
}
