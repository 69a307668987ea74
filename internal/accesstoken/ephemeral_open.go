package accesstoken

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

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
