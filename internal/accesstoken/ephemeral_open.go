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

const notObtained = "Could not obtain an access token"

// Open obtains a token, by the grant of the block or by that of the provider.
func (r *tokenResource) Open(ctx context.Context, req ephemeral.OpenRequest, resp *ephemeral.OpenResponse) {
	var m model
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	login := r.Login(&resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	choice := choose(m, login, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	grant, err := newSession(choice, login.Options)
	if err != nil {
		diags.AddProblem(&resp.Diagnostics, notObtained, err)
		return
	}
	defer grant.done()
	login.Sessions.Add(grant.source)
	token, err := grant.source.Token(ctx)
	if err != nil {
		diags.AddError(&resp.Diagnostics, path.Empty(), notObtained, err)
		return
	}
	m.fill(token)
	resp.RenewAt = lastCall(token.Expiry, time.Now())
	opened := ticket{URL: choice.BaseURL, TrustBundle: choice.TrustBundle, Expiry: token.Expiry}
	if grant.source.Revocable() {
		opened.Token = token.Value
	}
	opened.remember(ctx, resp.Private, &resp.Diagnostics)
	resp.Diagnostics.Append(resp.Result.Set(ctx, &m)...)
}

// choose is one way of authenticating. A token as it was given is none: there is
// nothing to obtain, and to revoke it would take it away from everybody else.
func choose(m model, login *config.Login, diagnostics *diag.Diagnostics) auth.Credentials {
	choice, problems := auth.Resolve(login.Block.Override(m.settings()), login.Environment)
	for _, problem := range problems {
		diags.AddProblem(diagnostics, notObtained, problem)
	}
	if len(problems) == 0 && choice.Method == auth.AccessToken {
		diagnostics.AddError("There is no grant to obtain a token by", fmt.Sprintf(
			"The provider uses a token as it was given (%s). A new one takes a grant: set refresh_token_file, tpp_username and tpp_password, "+
				"p12_cert_filename or p12_cert_data, external_jwt, or external_jwt_file in this block or in the provider's.", strings.Join(choice.GivenBy, ", ")))
	}
	return choice
}

// session is a source of tokens with the connections that it uses.
type session struct {
	source *auth.Source
	done   func()
}

func newSession(choice auth.Credentials, options auth.Options) (*session, error) {
	transport, err := auth.NewTransport(choice, auth.TransportOptions{})
	if err != nil {
		return nil, err
	}
	source, err := auth.NewSource(choice, transport, options)
	if err != nil {
		return nil, err
	}
	return &session{source, transport.CloseIdleConnections}, nil
}
