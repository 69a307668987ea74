package auth

import (
	"cmp"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// webGrant is a grant of one call to the authentication server: password, certificate, JWT.
type webGrant struct {
	end    *endpoint
	path   string
	body   requestBody
	advice string // if the credentials are refused

	// jwt reads the JWT, which completes the body; nil for another grant. A file is read at each
	// renewal, because projected tokens are replaced while the provider runs. The JWT of a pipeline
	// lasts for minutes and cannot be read again, so a renewal uses the refresh token of the last
	// grant, which is kept in memory. The renewal of another grant is a new grant: this leaves the
	// old token alive for requests in flight, and no single-use token can get lost.
	jwt     func() (string, error)
	used    string // the JWT of the last grant
	refresh string
}

func (g *webGrant) credential() (string, error) {
	if g.jwt == nil {
		return "", nil
	}
	return g.jwt()
}

// obtain uses the refresh token, or else makes a new grant. A JWT that has changed and is valid
// makes a new grant first. One that cannot be read is not an error while the refresh token works.
func (g *webGrant) obtain(ctx context.Context, _ string) (*granted, error) {
	jwt, unreadable := g.credential()
	_, expired := aboutJWT(jwt, time.Now())
	if unreadable == nil && !expired && jwt != g.used {
		return g.obtainNew(ctx, jwt)
	}
	renewed, unsent := g.exchange(ctx)
	switch {
	case renewed != nil:
		return renewed, nil
	case unreadable != nil:
		return nil, errors.Join(unreadable, unsent)
	case unsent != nil && expired:
		return nil, unsent
	}
	got, err := g.obtainNew(ctx, jwt)
	if err != nil && unsent != nil { // a refusal of the old JWT would hide that the refresh token may still work
		return nil, unsent
	}
	return got, err
}

func (g *webGrant) obtainNew(ctx context.Context, jwt string) (*granted, error) {
	g.end.engine.Secrets.Add(jwt)
	q := tokenRequest{endpoint: g.end, path: g.path, advice: g.advice, body: g.body, retry: transport.Repeatable}
	if jwt != "" {
		about, _ := aboutJWT(jwt, time.Now())
		q.body.JWT, q.advice = jwt, strings.TrimSpace(about+" "+g.advice)
	}
	got, err := q.send(ctx)
	switch {
	case err != nil && errors.Is(ctx.Err(), context.Canceled):
		return nil, ctx.Err()
	case err != nil:
		return nil, err
	case jwt != "":
		g.refresh, g.used = string(got.RefreshToken), jwt
	}
	return got, nil
}

// exchange returns nil if there is no refresh token or if it does not work. The error is set if the
// exchange certainly was not carried out; then the refresh token is kept.
func (g *webGrant) exchange(ctx context.Context) (got *granted, unsent error) {
	if g.refresh == "" {
		return nil, nil
	}
	got, err := tokenRequest{
		endpoint: g.end, path: pathRefresh, retry: transport.SingleUse,
		body: requestBody{ClientID: g.body.ClientID, RefreshToken: g.refresh},
	}.send(ctx)
	switch {
	case got != nil && got.AccessToken != "":
		got.sameGrant = true
		g.refresh = cmp.Or(string(got.RefreshToken), g.refresh) // the old one stays valid (RFC 6749, section 6)
		return got, nil
	case err.isTemporary():
		return nil, err
	}
	g.refresh = ""
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
