package auth

import (
	"context"
	"strings"
)

// grant is one method of obtaining tokens.
type grant interface {
	// credential reads the secret that obtain sends. It is empty for one that does not change. A
	// refusal is remembered as long as the credential stays the same.
	credential() (string, error)
	// obtain returns a token other than avoid. One renewal at a time calls it.
	obtain(ctx context.Context, avoid string) (*granted, error)
}

// newGrant returns nil for a method that obtains no tokens.
func newGrant(c Credentials, end *endpoint) grant {
	g := &webGrant{end: end, body: requestBody{ClientID: c.ClientID, Scope: c.Scope}}
	integration := "Check that the API integration " + quoted(c.ClientID) + " (client_id) "
	switch c.Method {
	case RefreshTokenFile:
		return &tokenFileGrant{end: end, path: c.values[attrRefreshTokenFile], clientID: c.ClientID}
	case Password:
		g.path, g.body.Username, g.body.Password = pathPassword, c.values[attrUsername], c.values[attrPassword]
		g.advice = "Check tpp_username (with the prefix of its directory, such as local: or AD+NAME:) and " +
			"tpp_password. " + integration + "exists and allows this user."
	case Certificate:
		g.path = pathCertificate
		g.advice = "Check that the server trusts the issuer of the client certificate and maps the certificate to a " +
			"user. " + integration + "allows certificates and this user."
	case JWT, JWTFile:
		given := strings.Join(c.GivenBy, ", ")
		g.path, g.jwt = pathJWT, func() (string, error) { return c.values[attrJWT], nil }
		if c.Method == JWTFile {
			given, g.jwt = attrJWTFile, func() (string, error) { return readJWT(c.values[attrJWTFile]) }
		}
		g.advice = "Check that " + given + " contains a valid JWT for this server (audience), and that the server " +
			"has a JWT mapping for its issuer and claims. " + integration + "allows JWTs and this user."
	default:
		return nil
	}
	return g
}
