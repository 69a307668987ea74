package auth

import (
	"context"
	"errors"
	"strings"
)

// grant is one method of obtaining tokens. One renewal at a time calls it.
type grant interface {
	// origin names the method for messages, without a secret.
	origin() string
	// prepare reads the credential to send. A refusal is remembered as long as the credential stays
	// the same.
	prepare() (credential, error)
	// obtain returns a token other than avoid.
	obtain(ctx context.Context, c credential, avoid string) (*granted, error)
}

// credential is what a grant has read to identify itself.
type credential struct {
	secret string    // a JWT or a refresh token; empty for another grant, whose credential does not change
	file   tokenFile // of the refresh token
	err    error     // why it cannot be read, if a refresh token in memory may replace it
}

func newGrant(c Credentials, end *endpoint) (grant, error) {
	switch c.Method {
	case AccessToken:
		return &staticGrant{token: c.values[attrAccessToken], from: strings.Join(c.GivenBy, ", ")}, nil
	case RefreshTokenFile:
		return &tokenFileGrant{end: end, path: c.values[attrRefreshTokenFile], clientID: c.ClientID}, nil
	case Password:
		return passwordGrant(c, end), nil
	case Certificate:
		return certificateGrant(c, end), nil
	case JWT, JWTFile:
		return jwtGrant(c, end), nil
	default:
		return nil, errors.New("no authentication method is selected")
	}
}

// staticGrant is a token given as access_token.
type staticGrant struct {
	token string
	from  string // attribute or variable
}

func (g *staticGrant) origin() string { return g.from }

func (g *staticGrant) prepare() (credential, error) { return credential{}, nil }

func (g *staticGrant) obtain(context.Context, credential, string) (*granted, error) {
	return &granted{AccessToken: wireText(g.token)}, nil
}
