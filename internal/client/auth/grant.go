package auth

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// grant is one way of obtaining tokens. Its methods are called by one renewal at a time.
type grant interface {
	// origin names the way for messages, without a secret.
	origin() string
	// renewable is false where a rejected token is the end.
	renewable() bool
	// revocable is true where the token belongs to this source alone, so that it may be revoked after use.
	revocable() bool
	// prepare reads what is to be sent. A refusal holds as long as it stays the same.
	prepare() (credential, error)
	// obtain answers a token other than avoid.
	obtain(ctx context.Context, c credential, avoid string) (*granted, error)
}

// credential is what a grant sends to identify itself.
type credential struct {
	secret string // empty where it cannot change during a run
	body   any
	notes  string // what can be said about it when it is refused

	expired bool  // it is certain that the server refuses it
	err     error // why it could not be read, where a refresh token may replace it
}

// webGrant is a grant that is one call of the authentication server: password, certificate, JWT.
type webGrant struct {
	end    *endpoint
	name   string
	path   string
	advice string
	read   func() (credential, error)
}

func (g *webGrant) origin() string               { return g.name }
func (g *webGrant) renewable() bool              { return true }
func (g *webGrant) revocable() bool              { return true }
func (g *webGrant) prepare() (credential, error) { return g.read() }

// obtain asks for a new grant each time, and leaves the refresh token of the last one unused: a new grant leaves the
// old token alive for requests in flight, and there is no single-use token to lose.
func (g *webGrant) obtain(ctx context.Context, c credential, _ string) (*granted, error) {
	g.end.secrets.Add(c.secret)
	f := failure{origin: g.name, path: g.path, advice: strings.TrimSpace(c.notes + " " + g.advice)}
	return g.end.grant(ctx, f, c.body, repeatable)
}

// grant sends a request for a token and reads the answer.
func (e *endpoint) grant(ctx context.Context, f failure, body any, again retryablehttp.CheckRetry) (*granted, error) {
	f.shown = e.shown
	r, err := e.post(ctx, f.path, body, again)
	if err != nil {
		if errors.Is(ctx.Err(), context.Canceled) {
			return nil, ctx.Err()
		}
		lost := f.lost(err)
		if cut, ok := errors.AsType[*cutAnswerError](err); ok {
			lost.salvaged = e.salvage(cut.body)
		}
		return nil, lost
	}
	if r.status != http.StatusOK {
		return nil, f.refused(r)
	}
	var a grantAnswer
	text, encoding := redact.Decode(r.words.Body)
	if encoding != "" || json.Unmarshal(text, &a) != nil || a.AccessToken == "" || tokenFault(string(a.AccessToken)) != "" {
		unreadable := f.empty(r, encoding)
		unreadable.salvaged = e.salvage(r.words.Body)
		return nil, unreadable
	}
	e.secrets.Add(string(a.AccessToken), string(a.RefreshToken))
	return a.granted(time.Now()), nil
}
