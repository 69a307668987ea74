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
	// renewable is false if a rejected token cannot be replaced.
	renewable() bool
	// revocable is true if the token belongs to this source only, so that it may be revoked after
	// use.
	revocable() bool
	// prepare reads the credential to send. A refusal is remembered as long as the credential stays
	// the same.
	prepare() (credential, error)
	// obtain returns a token other than avoid.
	obtain(ctx context.Context, c credential, avoid string) (*granted, error)
}

// credential is what a grant sends to identify itself.
type credential struct {
	secret      string // empty if it cannot change during a run
	body        any
	description string // for the message about a refusal

	expired bool  // the server certainly refuses it
	err     error // why it cannot be read, if a refresh token may replace it
}

// webGrant is a grant of one call to the authentication server: password, certificate, JWT.
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

// obtain asks for a new grant each time and leaves the refresh token of the last one unused: a new
// grant leaves the old token alive for requests in flight, and no single-use token can get lost.
func (g *webGrant) obtain(ctx context.Context, c credential, _ string) (*granted, error) {
	g.end.secrets.Add(c.secret)
	call := grantCall{origin: g.name, path: g.path, advice: strings.TrimSpace(c.description + " " + g.advice)}
	got, err := g.end.grant(ctx, exchange{call: call, body: c.body, retry: repeatable})
	if err != nil && errors.Is(ctx.Err(), context.Canceled) {
		return nil, ctx.Err()
	}
	return got, err
}

const pathPassword = "/vedauth/authorize/oauth"

// passwordRequest is the body of authorize/oauth (OAS26).
type passwordRequest struct {
	ClientID string `json:"client_id"`
	Username string `json:"username"`
	Password string `json:"password"`
	Scope    string `json:"scope"`
}

func passwordGrant(c Credentials, end *endpoint) grant {
	body := passwordRequest{ClientID: c.ClientID, Username: c.Username, Password: c.password.reveal(), Scope: c.Scope}
	return &webGrant{
		end:  end,
		name: "password grant of " + sanitized(c.Username),
		path: pathPassword,
		advice: "Check tpp_username (with the prefix of its directory, such as local: or AD+NAME:) and tpp_password. " +
			"Check that the API integration " + quoted(c.ClientID) + " (client_id) exists and allows this user.",
		read: func() (credential, error) { return credential{body: body}, nil },
	}
}

const pathCertificate = "/vedauth/authorize/certificate"

// certificateRequest is the body of authorize/certificate (OAS26). TLS carries the certificate.
type certificateRequest struct {
	ClientID string `json:"client_id"`
	Scope    string `json:"scope"`
}

func certificateGrant(c Credentials, end *endpoint) grant {
	from := attrP12Data
	if c.P12File != "" {
		from = shownPath(c.P12File)
	}
	body := certificateRequest{ClientID: c.ClientID, Scope: c.Scope}
	return &webGrant{
		end:  end,
		name: "client certificate grant of " + from,
		path: pathCertificate,
		advice: "Check that the server trusts the issuer of the client certificate and maps the certificate to a " +
			"user. Check that the API integration " + quoted(c.ClientID) + " (client_id) allows certificates and " +
			"this user.",
		read: func() (credential, error) { return credential{body: body}, nil },
	}
}

// staticGrant is a token given as access_token.
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
