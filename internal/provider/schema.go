package provider

import (
	"context"
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// model is the configuration of the provider.
type model struct {
	URL         types.String `tfsdk:"url"`
	AccessToken types.String `tfsdk:"access_token"`

	config.GrantArguments

	TrustBundle           types.String `tfsdk:"trust_bundle"`
	RequestTimeout        types.String `tfsdk:"request_timeout"`
	MaxRetries            types.Int64  `tfsdk:"max_retries"`
	MaxConcurrentRequests types.Int64  `tfsdk:"max_concurrent_requests"`
}

func (p *codesignProvider) Schema(_ context.Context, _ provider.SchemaRequest, resp *provider.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Manages CodeSign Protect (Code Sign Manager - Self-Hosted): projects with their " +
			"roles and statuses, approvals, and decisions of workflow tickets.",
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
		"access_token": secret("Access token, which the provider cannot renew. Environment: `VENAFI_TOKEN`."),
		"refresh_token_file": text("Path of a file (mode 0600) with a refresh token, which the provider replaces " +
			"after each use. Environment: `VENAFI_REFRESH_TOKEN_FILE`."),
		"tpp_username": text("User of the password grant. Environment: `VENAFI_USER`."),
		"tpp_password": secret("Password of the password grant. Environment: `VENAFI_PASS`."),
		"p12_cert_filename": text("Path of a PKCS#12 file with a client certificate and its key, for the certificate " +
			"grant. Environment: `VENAFI_P12_CERTIFICATE`."),
		"p12_cert_data":     secret("The PKCS#12 container in base64, instead of `p12_cert_filename`."),
		"p12_cert_password": secret("Password of the PKCS#12 container. Environment: `VENAFI_P12_PASSWORD`."),
		"external_jwt": secret("JSON Web Token for the JWT grant, for example a pipeline's OIDC token. " +
			"Environment: `VENAFI_EXTERNAL_JWT`."),
		"external_jwt_file": text("Path of a file with the JWT, which the provider reads again for each grant. " +
			"Environment: `VENAFI_EXTERNAL_JWT_FILE`."),
		"client_id": text("Client ID of the API integration on the server (default: `terraform-provider-codesign`). " +
			"Environment: `VENAFI_CLIENT_ID`."),
		"scope": text("Scopes that a grant requests (default: `codesign:admin,approve,manage;configuration`). " +
			"Environment: `VENAFI_SCOPE`."),
	}
}

func connectionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"url": text("URL of the server, with or without `/vedsdk`, for example `https://codesign.example.com`; `http` " +
			"is accepted for loopback addresses only. Environment: `VENAFI_URL`."),
		"trust_bundle": text("Certificates of authorities to trust in addition to those of the system: PEM text, or " +
			"the path of a PEM file. Environment: `VENAFI_TRUST_BUNDLE`."),
		"request_timeout": text("Maximum duration of one request, for example `30s`. Default: `30s`."),
		"max_retries": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: "Maximum number of retries of a request that failed and is safe to repeat. " +
				"Default: 4.",
			Validators: []validator.Int64{int64validator.Between(0, 100)},
		},
		"max_concurrent_requests": schema.Int64Attribute{
			Optional: true,
			MarkdownDescription: "Maximum number of concurrent requests of the whole process; one data source sends " +
				"at most 16 at a time. Default: 64.",
			Validators: []validator.Int64{int64validator.Between(1, 1000)},
		},
	}
}
