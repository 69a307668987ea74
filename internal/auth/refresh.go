package auth

import (
	"context"
	"sync"
)

const pathRefresh = "/vedauth/authorize/token"

// refreshRequest is the body of authorize/token (OAS26). The refresh token in it is single use.
type refreshRequest struct {
	ClientID     string `json:"client_id"`
	RefreshToken string `json:"refresh_token"`
}

// refreshingGrant renews by the refresh token of its last grant, kept in memory, and falls back to a new grant.
type refreshingGrant struct {
	webGrant
	clientID string

	mu      sync.Mutex
	refresh Secret
}

func (g *refreshingGrant) obtain(ctx context.Context, c credential, avoid string) (*granted, error) {
	if got := g.exchange(ctx); got != nil {
		return g.keep(got), nil
	}
	got, err := g.webGrant.obtain(ctx, c, avoid)
	if err != nil {
		return nil, err
	}
	return g.keep(got), nil
}

// exchange answers nil where there is no refresh token, or where it does not work, for whatever reason: it is used up.
func (g *refreshingGrant) exchange(ctx context.Context) *granted {
	g.mu.Lock()
	token := g.refresh
	g.refresh = ""
	g.mu.Unlock()
	if token == "" {
		return nil
	}
	f := failure{origin: g.name, path: pathRefresh}
	got, err := g.end.grant(ctx, f, refreshRequest{ClientID: g.clientID, RefreshToken: token.reveal()}, singleUse)
	if err != nil {
		return nil
	}
	return got
}

func (g *refreshingGrant) keep(got *granted) *granted {
	g.mu.Lock()
	defer g.mu.Unlock()
	g.refresh = Secret(got.RefreshToken)
	return got
}
