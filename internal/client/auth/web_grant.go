package auth

import (
	"cmp"
	"context"
	"errors"
	"strings"
	"sync"
)

// webGrant is a grant of one call to the authentication server: password, certificate, JWT.
type webGrant struct {
	end      *endpoint
	clientID string
	name     string
	path     string
	advice   string
	read     func() (credential, error)

	// refreshes makes a renewal use the refresh token of the last grant, which is kept in memory.
	// Without it each renewal is a new grant: this leaves the old token alive for requests in flight,
	// and no single-use token can get lost.
	refreshes bool

	mu      sync.Mutex
	refresh Secret
	used    string // the secret of the last grant's credential
}

func passwordGrant(c Credentials, end *endpoint) grant {
	body := requestBody{ClientID: c.ClientID, Username: c.Username, Password: c.password.reveal(), Scope: c.Scope}
	return &webGrant{
		end: end, clientID: c.ClientID, path: pathPassword,
		name: "password grant of " + sanitized(c.Username),
		advice: "Check tpp_username (with the prefix of its directory, such as local: or AD+NAME:) and tpp_password. " +
			"Check that the API integration " + quoted(c.ClientID) + " (client_id) exists and allows this user.",
		read: func() (credential, error) { return credential{body: body}, nil },
	}
}

func certificateGrant(c Credentials, end *endpoint) grant {
	from := attrP12Data
	if c.P12File != "" {
		from = shownPath(c.P12File)
	}
	body := requestBody{ClientID: c.ClientID, Scope: c.Scope}
	return &webGrant{
		end: end, clientID: c.ClientID, path: pathCertificate,
		name: "client certificate grant of " + from,
		advice: "Check that the server trusts the issuer of the client certificate and maps the certificate to a " +
			"user. Check that the API integration " + quoted(c.ClientID) + " (client_id) allows certificates and " +
			"this user.",
		read: func() (credential, error) { return credential{body: body}, nil },
	}
}

func (g *webGrant) origin() string { return g.name }

// prepare reads the credential. While there is a refresh token, a credential that cannot be read is
// not an error.
func (g *webGrant) prepare() (credential, error) {
	c, err := g.read()
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil && g.refresh != "" {
		return credential{err: err}, nil
	}
	return c, err
}

// obtain uses the refresh token, or else the credential. A credential that has changed and is valid
// makes a new grant first.
func (g *webGrant) obtain(ctx context.Context, c credential, _ string) (*granted, error) {
	if g.isNew(c) {
		return g.obtainNew(ctx, c)
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
	got, err := g.obtainNew(ctx, c)
	if err != nil && unsent != nil { // a refusal of the old credential would hide that the refresh token may still work
		return nil, unsent
	}
	return got, err
}

// isNew is true for a credential that differs from the one of the last grant and has not expired.
func (g *webGrant) isNew(c credential) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	return c.err == nil && c.secret != g.used && !c.expired
}

func (g *webGrant) obtainNew(ctx context.Context, c credential) (*granted, error) {
	g.end.secrets.Add(c.secret)
	got, err := g.end.grant(ctx, tokenRequest{
		origin: g.name, path: g.path, advice: strings.TrimSpace(c.description + " " + g.advice), body: c.body,
		retry: repeatable,
	})
	switch {
	case err != nil && errors.Is(ctx.Err(), context.Canceled):
		return nil, ctx.Err()
	case err != nil:
		return nil, err
	case g.refreshes:
		g.mu.Lock()
		defer g.mu.Unlock()
		g.refresh, g.used = Secret(got.RefreshToken), c.secret
	}
	return got, nil
}

// exchange returns nil if there is no refresh token or if it does not work. The error is set if the
// exchange certainly was not carried out; then the refresh token is kept.
func (g *webGrant) exchange(ctx context.Context) (got *granted, unsent error) {
	g.mu.Lock()
	token := g.refresh
	g.refresh = ""
	g.mu.Unlock()
	if token == "" {
		return nil, nil
	}
	got, err := g.end.grant(ctx, tokenRequest{
		origin: g.name, path: pathRefresh, retry: singleUse,
		body: requestBody{ClientID: g.clientID, RefreshToken: token.reveal()},
	})
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case got != nil && got.AccessToken != "":
		got.sameGrant = true
		g.refresh = cmp.Or(Secret(got.RefreshToken), token) // the old one stays valid (RFC 6749, section 6)
		return got, nil
	case err != nil && err.isTemporary():
		g.refresh = token
		return nil, err
	}
	return nil, nil
}
