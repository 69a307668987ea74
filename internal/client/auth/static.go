package auth

import (
	"context"
	"strings"
)

// staticGrant is a token as it was given.
type staticGrant struct {
	token Secret
	from  string // attribute or variable
}

func newStaticGrant(c Credentials) grant {
	return &staticGrant{token: c.accessToken, from: strings.Join(c.GivenBy, ", ")}
}

func (g *staticGrant) origin() string  { return g.from }
func (g *staticGrant) renewable() bool { return false }
func (g *staticGrant) revocable() bool { return false }

func (g *staticGrant) prepare() (credential, error) { return credential{}, nil }

func (g *staticGrant) obtain(context.Context, credential, string) (*granted, error) {
	out := &granted{}
	out.AccessToken = g.token.reveal()
	return out, nil
}
