package accesstoken

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
)

func (*tokenResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An access token for the length of a run: obtained when the run needs it, kept in no state and no plan, and revoked at the end, " +
			"together with its grant. For instance one with less scope, for an aliased provider or for another tool. " +
			"It is obtained from the provider's server by the grant whose arguments stand here, which are those of the provider block; without any, by the provider's own grant. " +
			"A token that the provider was given as it is (`access_token`) is no grant. " +
			"A token from a `refresh_token_file` is shared with whoever uses the file, and not revoked. " +
			"The server ends a token when its grant is renewed, and Terraform can't replace a value in the middle of a run: a run that outlives its token gets a warning in time. " +
			"A revocation that fails is a warning, too. Where Terraform doesn't close the token, because a resource that uses it failed, the provider revokes it when its process ends. " +
			"That can't be guaranteed: a token stays valid until it expires if the process is killed, or if the server doesn't answer within two seconds, after which Terraform kills the process. Needs Terraform 1.10 or OpenTofu 1.11.",
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
		"refresh_token_file": text("Path of a file (mode 0600) that holds a refresh token, as for the provider."),
		"tpp_username":       text("User of the password grant."),
		"tpp_password":       secret("Password of the password grant."),
		"p12_cert_filename":  text("Path of a PKCS#12 file with client certificate and key, for the certificate grant."),
		"p12_cert_data":      secret("The same PKCS#12 container in base64, instead of `p12_cert_filename`."),
		"p12_cert_password":  secret("Password of the PKCS#12 container."),
		"external_jwt":       secret("A JSON Web Token that the server trusts, like a pipeline's OIDC token, for the JWT grant."),
		"external_jwt_file":  text("Path of a file with that token."),
		"client_id":          text("Client id of the API integration on the server. Default: the provider's."),
		"scope":              text("Scopes to ask for, like `codesign` or `codesign:manage;configuration`. Default: the provider's."),
		"access_token": schema.StringAttribute{
			Computed: true, Sensitive: true,
			MarkdownDescription: "The token.",
		},
		"expires": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "When the token expires, in RFC 3339, UTC; null if the server does not tell.",
		},
		"identity": schema.StringAttribute{
			Computed:            true,
			MarkdownDescription: "Whom the token stands for, as a prefixed universal; null if the server does not tell.",
		},
	}
}
