// Package accesstoken is the ephemeral resource codesign_access_token.
package accesstoken

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
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
	return map[string]schema.Attribute{
		"refresh_token_file": attr.String(attr.Optional, "Path of a file (mode 0600) with a refresh token, as in the "+
			"provider block."),
		"tpp_username": attr.String(attr.Optional, "User of the password grant."),
		"tpp_password": attr.Secret(attr.Optional, "Password of the password grant."),
		"p12_cert_filename": attr.String(attr.Optional, "Path of a PKCS#12 file with client certificate and key, for "+
			"the certificate grant."),
		"p12_cert_data": attr.Secret(attr.Optional, "The same PKCS#12 container in base64, instead of "+
			"`p12_cert_filename`."),
		"p12_cert_password": attr.Secret(attr.Optional, "Password of the PKCS#12 container."),
		"external_jwt": attr.Secret(attr.Optional, "A JSON Web Token that the server trusts, such as a pipeline's "+
			"OIDC token, for the JWT grant."),
		"external_jwt_file": attr.String(attr.Optional, "Path of a file with that token."),
		"client_id": attr.String(attr.Optional, "Client ID of the API integration on the server. Default: "+
			"the provider's."),
		"scope": attr.String(attr.Optional, "Scopes to request, such as `codesign` or "+
			"`codesign:manage;configuration`. Default: the provider's."),
		"access_token": attr.Secret(attr.Computed, "The token."),
		"expires": attr.String(attr.Computed, "When the token expires, in RFC 3339, UTC. Null if the server does not "+
			"send it."),
		"identity": attr.String(attr.Computed, "The identity of the token, as a prefixed universal. Null if the "+
			"server does not send it."),
	}
}

const notObtained = "Unable to obtain an access token"

// Open obtains a token by the grant of the block, or by the provider's.
func (r *tokenResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	login := r.Login(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	credentials := chooseCredentials(m, login, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	grant, err := newSession(credentials, login.Options)
	if err != nil {
		diags.AddProblem(&resp.Diagnostics, notObtained, err)
		return
	}
	defer grant.close()
	login.Sessions.Add(grant.source)
	token, err := grant.source.Token(ctx)
	if err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), notObtained, err)
		return
	}
	m.set(token)
	resp.RenewAt = warningTime(token.Expiry, time.Now())
	opened := openedToken{URL: credentials.BaseURL, TrustBundle: credentials.TrustBundle, Expiry: token.Expiry}
	if grant.source.Revocable() {
		opened.Token = token.Value
	}
	privateKey.Set(ctx, resp.Private, opened, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Result.Set(ctx, &m)...)
}

// chooseCredentials rejects the provider's access_token: there is nothing to obtain, and a revocation
// would affect its other users.
func chooseCredentials(m model, login *config.Login, diagnostics *diag.Diagnostics) auth.Credentials {
	credentials, problems := auth.Resolve(login.Block.Override(m.Settings()), login.Environment)
	for _, problem := range problems {
		diags.AddProblem(diagnostics, notObtained, problem)
	}
	if len(problems) == 0 && credentials.Method == auth.AccessToken {
		diagnostics.AddError("No grant for the access token", fmt.Sprintf(
			"The provider uses an access token from %s. A new token needs a grant: set refresh_token_file, "+
				"tpp_username and tpp_password, p12_cert_filename or p12_cert_data, external_jwt, or "+
				"external_jwt_file in this block or in the provider block.", strings.Join(credentials.GivenBy, ", ")))
	}
	return credentials
}

// session is a token source with its connections.
type session struct {
	source *auth.Source
	close  func()
}

func newSession(credentials auth.Credentials, options auth.Options) (*session, error) {
	transport, err := auth.NewTransport(credentials, 0)
	if err != nil {
		return nil, err
	}
	source, err := auth.NewSource(credentials, transport, options)
	if err != nil {
		return nil, err
	}
	return &session{source, transport.CloseIdleConnections}, nil
}

// openedToken is what Close and Renew need. The CLI keeps it in memory, because another process of
// the provider may close the token.
type openedToken struct {
	URL         string    `json:"url"`
	TrustBundle string    `json:"trust_bundle,omitempty"`
	Token       string    `json:"token,omitempty"` // empty if it is shared, so that it is not revoked
	Expiry      time.Time `json:"expiry,omitzero"`
}

const privateKey = config.PrivateKey[openedToken]("token")

// warningTime is shortly before the token expires; zero if the expiry is not known.
func warningTime(expiry, now time.Time) time.Time {
	if expiry.IsZero() {
		return time.Time{}
	}
	return expiry.Add(-min(time.Minute, expiry.Sub(now)/10))
}

// Renew warns that the token expires. It does not renew the grant: this would end the token that is
// in use, and a run cannot receive another one.
func (r *tokenResource) Renew(ctx context.Context, req ephemeral.RenewRequest, resp *ephemeral.RenewResponse) {
	opened, _ := privateKey.Get(ctx, req.Private, &resp.Diagnostics)
	resp.Diagnostics.AddWarning("The access token is about to expire", fmt.Sprintf(
		"It expires at %s. The server rejects later requests with it, and Terraform cannot replace a value during a "+
			"run. Extend the lifetime of tokens in the API integration on the server, or configure a grant in the "+
			"provider block, which renews its tokens.", opened.Expiry.UTC().Format(time.RFC3339)))
}

// Close revokes the token, unless it is shared.
func (r *tokenResource) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	opened, _ := privateKey.Get(ctx, req.Private, &resp.Diagnostics)
	if opened.Token == "" {
		return
	}
	login := r.Login(&resp.Diagnostics)
	if login == nil {
		return
	}
	if err := opened.revoke(ctx, login.Options); err != nil {
		diags.AddWarning(&resp.Diagnostics, path.Empty(), "Unable to revoke the access token", err)
		return // the provider tries again when its process ends
	}
	login.Sessions.Forget(client.Token{Value: opened.Token})
}

func (t openedToken) revoke(ctx context.Context, options auth.Options) error {
	settings := auth.Settings{URL: &t.URL, AccessToken: &t.Token}
	if t.TrustBundle != "" {
		settings.TrustBundle = &t.TrustBundle
	}
	credentials, problems := auth.Resolve(settings, auth.Settings{})
	if len(problems) > 0 {
		return problems[0]
	}
	bearer, err := newSession(credentials, options)
	if err != nil {
		return err
	}
	defer bearer.close()
	return bearer.source.Revoke(ctx, client.Token{Value: t.Token})
}
