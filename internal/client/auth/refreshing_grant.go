package auth

import (
	"context"
	"errors"
	"sync"
)

const pathRefresh = "/vedauth/authorize/token"

// refreshRequest is the body of authorize/token (OAS26). The refresh token in it is single use.
type refreshRequest struct {
	ClientID     string `json:"client_id"`
	RefreshToken string `json:"refresh_token"`
}

// refreshingGrant renews with the refresh token of its last grant, which it keeps in memory, and
// falls back to a new grant. A credential that has changed and is valid makes a new grant first.
type refreshingGrant struct {
	webGrant
	clientID string

	mu      sync.Mutex
	refresh Secret
	used    string // the secret of the last grant's credential
}

// prepare reads the credential. While there is a refresh token, a credential that cannot be read is
// not an error.
func (g *refreshingGrant) prepare() (credential, error) {
	c, err := g.webGrant.prepare()
	if err != nil && g.hasRefreshToken() {
		return credential{err: err}, nil
	}
	return c, err
}

func (g *refreshingGrant) hasRefreshToken() bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return g.refresh != ""
}

func (g *refreshingGrant) obtain(ctx context.Context, c credential, avoid string) (*granted, error) {
	if g.isNew(c) {
		return g.obtainNew(ctx, c, avoid)
	}
	renewed, unsent := g.exchange(ctx)
	switch {
	case renewed != nil:
		return renewed, nil
	case c.err != nil:
		return nil, errors.Join(c.err, unsent)
	case unsent != nil && c.expired:
		return nil, unsent
	}
	got, err := g.obtainNew(ctx, c, avoid)
	if err != nil && unsent != nil { // a refusal of the old credential would hide that the refresh token may still work
		return nil, unsent
	}
	return got, err
}

func (g *refreshingGrant) obtainNew(ctx context.Context, c credential, avoid string) (*granted, error) {
	got, err := g.webGrant.obtain(ctx, c, avoid)
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	g.refresh, g.used = Secret(got.RefreshToken), c.secret
	return got, nil
}

// isNew is true for a credential that differs from the one of the last grant and has not expired.
func (g *refreshingGrant) isNew(c credential) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return c.err == nil && c.secret != g.used && !c.expired
}

// exchange returns nil if there is no refresh token or if it does not work. The error is set if the
// exchange certainly was not carried out; then the refresh token is kept.
func (g *refreshingGrant) exchange(ctx context.Context) (got *granted, unsent error) {
	g.mu.Lock()
	token := g.refresh
	g.refresh = ""
	g.mu.Unlock()
	if token == "" {
		return nil, nil
	}
	got, err := g.end.grant(ctx, exchange{
		call: grantCall{origin: g.name, path: pathRefresh}, retry: singleUse,
		body: refreshRequest{ClientID: g.clientID, RefreshToken: token.reveal()},
	})
	if salvaged := tokensIn(err); salvaged != nil && salvaged.AccessToken != "" {
		got, err = salvaged, nil
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if err == nil {
		got.sameGrant = true
		g.refresh = Secret(got.RefreshToken)
		if g.refresh == "" { // the old one stays valid (RFC 6749, section 6)
			g.refresh = token
		}
		return got, nil
	}
	if e, ok := errors.AsType[*Error](err); ok && e.isTemporary() {
		g.refresh = token
		return nil, err
	}
	return nil, nil
}
