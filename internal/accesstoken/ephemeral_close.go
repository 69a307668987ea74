package accesstoken

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// ticket is what Close and Renew need to know. The CLI keeps it in memory, and
// hands it back to whichever process closes.
type ticket struct {
	URL         string    `json:"url"`
	TrustBundle string    `json:"trust_bundle,omitempty"`
	Token       string    `json:"token,omitempty"` // empty: not ours to revoke
	Expiry      time.Time `json:"expiry,omitzero"`
}

const ticketKey = "token"

type privateReader interface {
	GetKey(ctx context.Context, key string) ([]byte, diag.Diagnostics)
}

type privateWriter interface {
	SetKey(ctx context.Context, key string, value []byte) diag.Diagnostics
}

func (t ticket) remember(ctx context.Context, private privateWriter, diagnostics *diag.Diagnostics) {
	value, err := json.Marshal(t)
	if err != nil {
		diagnostics.AddError("Could not keep the access token for its revocation", err.Error())
		return
	}
	diagnostics.Append(private.SetKey(ctx, ticketKey, value)...)
}

func recall(ctx context.Context, private privateReader, diagnostics *diag.Diagnostics) ticket {
	var t ticket
	value, found := private.GetKey(ctx, ticketKey)
	diagnostics.Append(found...)
	if err := json.Unmarshal(value, &t); err != nil && len(value) > 0 {
		diagnostics.AddError("Could not recall the access token for its revocation", err.Error())
	}
	return t
}

// lastCall is a moment before the token ends, with time left to say so; zero
// where its end is not known.
func lastCall(expiry, now time.Time) time.Time {
	if expiry.IsZero() {
		return time.Time{}
	}
	return expiry.Add(-min(time.Minute, expiry.Sub(now)/10))
}

// Renew says in time that the token ends. A run can't be given another one in
// the middle, and to renew the grant would end at once the token that is in use.
func (r *tokenResource) Renew(ctx context.Context, req ephemeral.RenewRequest, resp *ephemeral.RenewResponse) {
	opened := recall(ctx, req.Private, &resp.Diagnostics)
	resp.Diagnostics.AddWarning("The access token is about to expire", fmt.Sprintf(
		"It expires at %s, and what still uses it then will be refused. Terraform can't replace a value in the middle of a run. "+
			"Give tokens a longer life in the API integration on the server, or let the provider block log in by a grant of its own: "+
			"it renews its tokens by itself.", opened.Expiry.UTC().Format(time.RFC3339)))
}

// Close revokes the token, unless others share it.
func (r *tokenResource) Close(ctx context.Context, req ephemeral.CloseRequest, resp *ephemeral.CloseResponse) {
	opened := recall(ctx, req.Private, &resp.Diagnostics)
	if opened.Token == "" {
		return
	}
	login := r.Login(&resp.Diagnostics)
	if login == nil {
		return
	}
	if err := opened.revoke(ctx, login.Options); err != nil {
		diags.AddWarning(&resp.Diagnostics, path.Empty(), "The access token was not revoked", err)
		return // the end of the process tries it once more
	}
	login.Sessions.Forget(client.Token{Value: opened.Token})
}

func (t ticket) revoke(ctx context.Context, options auth.Options) error {
	settings := auth.Settings{URL: &t.URL, AccessToken: &t.Token}
	if t.TrustBundle != "" {
		settings.TrustBundle = &t.TrustBundle
	}
	choice, problems := auth.Resolve(settings, auth.Settings{})
	if len(problems) > 0 {
		return problems[0]
	}
	bearer, err := newSession(choice, options)
	if err != nil {
		return err
	}
	defer bearer.done()
	return bearer.source.Revoke(ctx, client.Token{Value: t.Token})
}
