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
	"github.com/hashicorp/terraform-plugin-go/tftypes"

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

func (*tokenResource) Schema(_ context.Context, _ ephemeral.SchemaRequest, resp *ephemeral.SchemaResponse) {
	all := map[string]schema.Attribute{
		"access_token": attr.Secret(attr.Computed, "The token."),
		"expires": attr.String(attr.Computed, "When the token expires, in RFC 3339, UTC. Null if the server does not "+
			"send it."),
		"identity": attr.String(attr.Computed, "The identity of the token, as a prefixed universal. Null if the "+
			"server does not send it."),
	}
	for name, attribute := range config.GrantAttributes("the provider's", "the provider's") {
		all[name] = attribute
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "An access token for one run, from the grant below or that of the provider; it is in no " +
			"state and no plan, and the provider revokes it at the end of the run. Needs Terraform 1.10 or OpenTofu " +
			"1.11.",
		Attributes: all,
	}
}

const notObtained = "Unable to obtain an access token"

// Open obtains a token by the grant of the block, or by the provider's.
func (r *tokenResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	login := r.Login(&resp.Diagnostics)
	if login == nil {
		return
	}
	credentials := chooseCredentials(req.Config.Raw, login, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	source, disconnect, err := connect(credentials, login.Options)
	if err != nil {
		diags.AddProblem(&resp.Diagnostics, notObtained, err)
		return
	}
	defer disconnect()
	login.Sessions.Add(source)
	token, err := source.Token(ctx)
	if err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), notObtained, err)
		return
	}
	for name, value := range map[string]types.String{
		"access_token": types.StringValue(token.Value),
		"expires":      attr.TimeOrNull(token.Expiry),
		"identity":     attr.StringOrNull(token.Identity),
	} {
		resp.Diagnostics.Append(resp.Result.SetAttribute(ctx, path.Root(name), value)...)
	}
	resp.RenewAt = warningTime(token.Expiry, time.Now())
	opened := openedToken{URL: credentials.BaseURL, TrustBundle: credentials.TrustBundle, Expiry: token.Expiry}
	if source.Revocable() {
		opened.Token = token.Value
	}
	privateKey.Set(ctx, resp.Private, opened, &resp.Diagnostics)
}

// chooseCredentials rejects the provider's access_token: there is nothing to obtain, and a revocation
// would affect its other users.
func chooseCredentials(block tftypes.Value, login *config.Login, diagnostics *diag.Diagnostics) auth.Credentials {
	own, _ := config.Settings(block)
	credentials, problems := auth.Resolve(login.Block.Override(own), login.Environment)
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

// connect returns a token source, and a function that closes its connections.
func connect(credentials auth.Credentials, options client.Options) (*auth.Source, func(), error) {
	transport, err := auth.NewTransport(credentials, 0)
	if err != nil {
		return nil, nil, err
	}
	return auth.NewSource(credentials, transport, options), transport.CloseIdleConnections, nil
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

func (t openedToken) revoke(ctx context.Context, options client.Options) error {
	settings := auth.Settings{"url": t.URL, "access_token": t.Token}
	if t.TrustBundle != "" {
		settings["trust_bundle"] = t.TrustBundle
	}
	credentials, problems := auth.Resolve(settings, nil)
	if len(problems) > 0 {
		return problems[0]
	}
	source, disconnect, err := connect(credentials, options)
	if err != nil {
		return err
	}
	defer disconnect()
	return source.Revoke(ctx, client.Token{Value: t.Token})
}
