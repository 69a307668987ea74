package auth

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"sync"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// webGrant is a grant of one call to the authentication server: password, certificate, JWT.
type webGrant struct {
	end    *endpoint
	name   string
	path   string
	body   requestBody
	advice string // if the credentials are refused

	// jwt reads the JWT, which completes the body; nil for another grant. That of a pipeline lasts
	// for minutes and cannot be read again, so a renewal uses the refresh token of the last grant,
	// which is kept in memory. The renewal of another grant is a new grant: this leaves the old
	// token alive for requests in flight, and no single-use token can get lost.
	jwt func() (string, error)

	mu      sync.Mutex
	refresh string
	used    string // the JWT of the last grant
}

func passwordGrant(c Credentials, end *endpoint) grant {
	return &webGrant{
		end: end, path: pathPassword, name: "password grant of " + sanitized(c.values[attrUsername]),
		body: requestBody{
			ClientID: c.ClientID, Username: c.values[attrUsername], Password: c.values[attrPassword],
			Scope: c.Scope,
		},
		advice: "Check tpp_username (with the prefix of its directory, such as local: or AD+NAME:) and tpp_password. " +
			"Check that the API integration " + quoted(c.ClientID) + " (client_id) exists and allows this user.",
	}
}

func certificateGrant(c Credentials, end *endpoint) grant {
	from := attrP12Data
	if path, ok := c.values[attrP12File]; ok {
		from = shownPath(path)
	}
	return &webGrant{
		end: end, path: pathCertificate, name: "client certificate grant of " + from,
		body: requestBody{ClientID: c.ClientID, Scope: c.Scope},
		advice: "Check that the server trusts the issuer of the client certificate and maps the certificate to a " +
			"user. Check that the API integration " + quoted(c.ClientID) + " (client_id) allows certificates and " +
			"this user.",
	}
}

// jwtGrant reads a file at each renewal, because projected tokens are replaced while the provider
// runs. If its JWT has not changed or has expired, the refresh token is used, so that a long wait
// can outlast the JWT.
func jwtGrant(c Credentials, end *endpoint) grant {
	given := strings.Join(c.GivenBy, ", ")
	name, read := "JWT grant of "+given, func() (string, error) { return c.values[attrJWT], nil }
	if c.Method == JWTFile {
		given, name = attrJWTFile, "JWT grant of the file "+shownPath(c.values[attrJWTFile])
		read = func() (string, error) { return readJWT(c.values[attrJWTFile]) }
	}
	return &webGrant{
		end: end, path: pathJWT, name: name, jwt: read,
		body: requestBody{ClientID: c.ClientID, Scope: c.Scope},
		advice: "Check that " + given + " contains a valid JWT for this server (audience), and that the server has a " +
			"JWT mapping for its issuer and claims. Check that the API integration " + quoted(c.ClientID) +
			" (client_id) allows JWTs and this user.",
	}
}

func (g *webGrant) origin() string { return g.name }

// prepare reads the JWT. While there is a refresh token, one that cannot be read is not an error.
func (g *webGrant) prepare() (credential, error) {
	if g.jwt == nil {
		return credential{}, nil
	}
	jwt, err := g.jwt()
	g.mu.Lock()
	defer g.mu.Unlock()
	if err != nil && g.refresh != "" {
		return credential{err: err}, nil
	}
	return credential{secret: jwt}, err
}

// obtain uses the refresh token, or else makes a new grant. A JWT that has changed and is valid
// makes a new grant first.
func (g *webGrant) obtain(ctx context.Context, c credential, _ string) (*granted, error) {
	_, expired := aboutJWT(c.secret, time.Now())
	g.mu.Lock()
	isNew := c.err == nil && !expired && c.secret != g.used
	g.mu.Unlock()
	if isNew {
		return g.obtainNew(ctx, c.secret)
	}
	renewed, unsent := g.exchange(ctx)
	switch {
	case renewed != nil:
		return renewed, nil
	case c.err != nil:
		return nil, errors.Join(c.err, unsent)
	case unsent != nil && expired:
		return nil, unsent
	}
	got, err := g.obtainNew(ctx, c.secret)
	if err != nil && unsent != nil { // a refusal of the old JWT would hide that the refresh token may still work
		return nil, unsent
	}
	return got, err
}

func (g *webGrant) obtainNew(ctx context.Context, jwt string) (*granted, error) {
	g.end.engine.Secrets.Add(jwt)
	q := tokenRequest{origin: g.name, path: g.path, advice: g.advice, body: g.body, retry: transport.Repeatable}
	if g.jwt != nil {
		about, _ := aboutJWT(jwt, time.Now())
		q.body.JWT, q.advice = jwt, strings.TrimSpace(about+" "+g.advice)
	}
	got, err := g.end.grant(ctx, q)
	switch {
	case err != nil && errors.Is(ctx.Err(), context.Canceled):
		return nil, ctx.Err()
	case err != nil:
		return nil, err
	case g.jwt != nil:
		g.mu.Lock()
		defer g.mu.Unlock()
		g.refresh, g.used = string(got.RefreshToken), jwt
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
		body: requestBody{ClientID: g.body.ClientID, RefreshToken: token},
	})
	g.mu.Lock()
	defer g.mu.Unlock()
	switch {
	case got != nil && got.AccessToken != "":
		got.sameGrant = true
		g.refresh = cmp.Or(string(got.RefreshToken), token) // the old one stays valid (RFC 6749, section 6)
		return got, nil
	case err.isTemporary():
		g.refresh = token
		return nil, err
	}
	return nil, nil
}

func readJWT(path string) (string, error) {
	content, err := readTextFile(path, maxFile)
	if err != nil {
		return "", unusable(attrJWTFile, unreadable(path, err), err)
	}
	jwt := strings.TrimSpace(string(content))
	if jwt == "" {
		return "", unusable(attrJWTFile, shownPath(path)+" is empty.", nil)
	}
	if fault := tokenProblem(jwt); fault != "" {
		return "", unusable(attrJWTFile, shownPath(path)+" "+fault+". The file must contain only the JWT.", nil)
	}
	return jwt, nil
}

// aboutJWT returns the issuer and the expiry of a JWT, which are not secret, for messages about a
// refusal, and whether it certainly has expired. golang-jwt also requires a header that it can
// read, without which the claims are still worth showing.
func aboutJWT(jwt string, now time.Time) (about string, expired bool) {
	parts := strings.Split(jwt, ".")
	if len(parts) != 3 {
		return "The value is not a JWT (three parts with dots between them).", false
	}
	var claims struct {
		Issuer wireText `json:"iss"`
		End    wireTime `json:"exp"`
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(payload, &claims) != nil {
		return "The claims of the JWT cannot be read.", false
	}
	expired = !claims.End.IsZero() && now.After(claims.End.Time)
	switch {
	case expired:
		about = "The JWT expired at " + rfc3339(claims.End.Time) + ". Issue a new one. "
	case !claims.End.IsZero():
		about = "The JWT is valid until " + rfc3339(claims.End.Time) + ". "
	}
	if claims.Issuer != "" {
		about += "Its issuer is " + quoted(string(claims.Issuer)) + "."
	}
	return about, expired
}
