package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// model is the provider block.
type model struct {
	URL                   types.String `tfsdk:"url"`
	AccessToken           types.String `tfsdk:"access_token"`
	RefreshTokenFile      types.String `tfsdk:"refresh_token_file"`
	TppUsername           types.String `tfsdk:"tpp_username"`
	TppPassword           types.String `tfsdk:"tpp_password"`
	P12CertFilename       types.String `tfsdk:"p12_cert_filename"`
	P12CertData           types.String `tfsdk:"p12_cert_data"`
	P12CertPassword       types.String `tfsdk:"p12_cert_password"`
	ExternalJWT           types.String `tfsdk:"external_jwt"`
	ExternalJWTFile       types.String `tfsdk:"external_jwt_file"`
	ClientID              types.String `tfsdk:"client_id"`
	Scope                 types.String `tfsdk:"scope"`
	TrustBundle           types.String `tfsdk:"trust_bundle"`
	RequestTimeout        types.String `tfsdk:"request_timeout"`
	MaxRetries            types.Int64  `tfsdk:"max_retries"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
}

func (p *codesignProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Keeps what may be signed, by whom and when, in a CodeSign Protect server " +
			"(Code Sign Manager – Self-Hosted) as it is declared: project statuses, rights, and ticket decisions.",
		Attributes: attributes(),
	}
}

func attributes() map[string]schema.Attribute {
	all := loginAttributes()
	maps.Copy(all, connectionAttributes())
	return all
}

func text(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, MarkdownDescription: description}
}

func secret(description string) schema.StringAttribute {
	return schema.StringAttribute{Optional: true, Sensitive: true, MarkdownDescription: description}
}

func loginAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"access_token": secret("Bearer token, used as it is; it can't be renewed. Environment: `VENAFI_TOKEN`."),
		"refresh_token_file": text("Path of a file (mode 0600) that holds a refresh token, plain as it was issued or as the provider rewrote it. " +
			"A refresh token is single use: it is exchanged under a lock, and its successor is written back to the file together with the " +
			"access token, which parallel and following runs share until it expires. Environment: `VENAFI_REFRESH_TOKEN_FILE`."),
		"tpp_username":      text("User of the password grant. Environment: `VENAFI_USER`."),
		"tpp_password":      secret("Password of the password grant. Environment: `VENAFI_PASS`."),
		"p12_cert_filename": text("Path of a PKCS#12 file with client certificate and key, for the certificate grant. Environment: `VENAFI_P12_CERTIFICATE`."),
		"p12_cert_data":     secret("The same PKCS#12 container in base64, instead of `p12_cert_filename`."),
		"p12_cert_password": secret("Password of the PKCS#12 container. Environment: `VENAFI_P12_PASSWORD`."),
		"external_jwt":      secret("A JSON Web Token that the server trusts, like a pipeline's OIDC token, for the JWT grant. Environment: `VENAFI_EXTERNAL_JWT`."),
		"external_jwt_file": text("Path of a file with that token, read again at each grant, for tokens that are projected into a file and replaced there. A token that is unchanged or has expired is followed by the refresh token of the grant, in memory. " +
			"Environment: `VENAFI_EXTERNAL_JWT_FILE`."),
		"client_id": text("Client id of the API integration on the server. Default `terraform-provider-codesign`. Environment: `VENAFI_CLIENT_ID`."),
		"scope": text("Scopes to ask for in a grant, like `codesign:manage;configuration`. " +
			"Default `codesign:admin,approve,manage;configuration`. Environment: `VENAFI_SCOPE`."),
	}
}

func connectionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"url": text("The server, with or without `/vedsdk`, like `https://codesign.example.com`. `https` only; `http` is allowed for loopback addresses alone. " +
			"Environment: `VENAFI_URL`."),
		"trust_bundle": text("Certificates of authorities to trust beside those of the system: PEM text, or the path of a PEM file. " +
			"Environment: `VENAFI_TRUST_BUNDLE`."),
		"request_timeout": text("How long one request may take, as a duration like `30s`. Default `30s`."),
		"max_retries": schema.Int64Attribute{
			Optional:            true,
			MarkdownDescription: "How often a request that failed for a passing reason is repeated, where repeating it is safe. Default 4.",
			Validators:          []validator.Int64{int64validator.Between(0, 100)},
		},
		"max_concurrent_requests": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: "Maximum number of concurrent requests of the whole process. Default: 64. One data source that sends many requests " +
				"sends at most 16 at a time.",
			Validators: []validator.Int64{int64validator.Between(1, 1000)},
		},
	}
}
