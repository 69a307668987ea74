// Package auth selects the authentication method, obtains the access token, keeps and renews it,
// and builds the HTTP transport with its TLS settings. It knows nothing of Terraform, and sends
// nothing before the first call of Token.
//
// Resolve turns the settings of the block and of the environment into Credentials; NewTransport and
// NewSource use them.
package auth

import (
	"fmt"
	"strings"
)

// Defaults of the provider block.
const (
	DefaultClientID = "terraform-provider-codesign"
	DefaultScope    = "codesign:admin,approve,manage;configuration"
)

// Credentials are the selected authentication method with everything it needs, and the address of
// the server. Formatting them shows no secret.
type Credentials struct {
	Method  Method
	GivenBy []string // the attributes and variables it came from, such as "tpp_username", "VENAFI_PASS"

	BaseURL     string // scheme://host[:port][/prefix], without /vedsdk
	ClientID    string
	Scope       string
	TrustBundle string // PEM text or a path; empty: only the system's roots

	values Settings // of the method, and of no other
}

// Fields describes the credentials for a log, without secrets.
func (c Credentials) Fields() map[string]any {
	return map[string]any{
		"way": string(c.Method), "given_by": c.GivenBy, "url": c.BaseURL,
		"client_id": c.ClientID, "scope": c.Scope, "trust_bundle": c.TrustBundle != "",
	}
}

// Format prints Fields for every verb: package fmt ignores the methods of unexported fields.
func (c Credentials) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, c.Fields()) }

// secrets returns the secrets, so that texts can be cleaned of them.
func (c Credentials) secrets() []string {
	var all []string
	for _, e := range settings {
		if value, ok := c.values[e.attribute]; ok && e.kind != plain {
			all = append(all, value)
		}
	}
	return all
}

// origin says how the tokens are obtained, for messages.
func (c Credentials) origin() string {
	given := strings.Join(c.GivenBy, ", ")
	switch c.Method {
	case RefreshTokenFile:
		return "refresh token file " + shownPath(c.values[attrRefreshTokenFile])
	case Password:
		return "password grant of " + sanitized(c.values[attrUsername])
	case Certificate:
		if path, ok := c.values[attrP12File]; ok {
			return "client certificate grant of " + shownPath(path)
		}
		return "client certificate grant of " + attrP12Data
	case JWT:
		return "JWT grant of " + given
	case JWTFile:
		return "JWT grant of the file " + shownPath(c.values[attrJWTFile])
	default:
		return given
	}
}

// Method is an authentication method.
type Method string

// The authentication methods. noMethod marks settings that belong to all of them.
const (
	noMethod         Method = ""
	AccessToken      Method = "access token"
	RefreshTokenFile Method = "refresh token file"
	Password         Method = "password grant"
	Certificate      Method = "client certificate grant"
	JWT              Method = "JWT grant"
	JWTFile          Method = "JWT grant from a file"
)
