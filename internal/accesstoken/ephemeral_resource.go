// Package accesstoken is the ephemeral resource codesign_access_token.
package accesstoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

type tokenResource struct{ config.EphemeralClient }

var (
	_ ephemeral.EphemeralResourceWithConfigure = &tokenResource{}
	_ ephemeral.EphemeralResourceWithRenew     = &tokenResource{}
	_ ephemeral.EphemeralResourceWithClose     = &tokenResource{}
)

// New returns codesign_access_token.
func New() ephemeral.EphemeralResource { return &tokenResource{} }

func (*tokenResource) Metadata(_ context.Context, req ephemeral.MetadataRequest, resp *ephemeral.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_access_token"
}

type model struct {
	config.GrantArguments

	AccessToken types.String `tfsdk:"access_token"`
	Expires     types.String `tfsdk:"expires"`
	Identity    types.String `tfsdk:"identity"`
}

func (m *model) set(t client.Token) {
	m.AccessToken = types.StringValue(t.Value)
	m.Expires, m.Identity = attr.TimeOrNull(t.Expiry), attr.StringOrNull(t.Identity)
}

func (*tokenResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An access token for one run, from the grant below or that of the provider; it is in no " +
			"state and no plan, and the provider revokes it at the end of the run. Needs Terraform 1.10 or OpenTofu " +
			"1.11.",
		Attributes: attributes(),
	}
}

func attributes() map[string]schema.Attribute {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{Optional: true, MarkdownDescription: description}
	}
	secret := func(description string) schema.Attribute {
		return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: description}
	}
	return map[string]schema.Attribute{
		"refresh_token_file": text("Path of a file (mode 0600) with a refresh token, as in the provider block."),
		"tpp_username":       text("User of the password grant."),
		"tpp_password":       secret("Password of the password grant."),
		"p12_cert_filename": text("Path of a PKCS#12 file with client certificate and key, for the certificate " +
			"grant."),
		"p12_cert_data":     secret("The same PKCS#12 container in base64, instead of `p12_cert_filename`."),
		"p12_cert_password": secret("Password of the PKCS#12 container."),
		"external_jwt": secret("A JSON Web Token that the server trusts, such as a pipeline's OIDC token, for the " +
			"JWT grant."),
		"external_jwt_file": text("Path of a file with that token."),
		"client_id":         text("Client ID of the API integration on the server. Default: the provider's."),
		"scope": text("Scopes to request, such as `codesign` or `codesign:manage;configuration`. Default: the " +
			"provider's."),
		"access_token": schema.StringAttribute{
			Computed: true, Sensitive: true,
			MarkdownDescription: "The token.",
		},
		"expires": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "When the token expires, in RFC 3339, UTC. Null if the server does not send it.",
		},
		"identity": schema.StringAttribute{
			Computed: true,
			MarkdownDescription: "The identity of the token, as a prefixed universal. Null if the server does not " +
				"send it.",
		},
	}
}
