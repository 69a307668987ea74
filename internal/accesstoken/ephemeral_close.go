package accesstoken

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/ephemeral"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

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
