// Package auth selects the authentication method, obtains the access token, keeps and renews it,
// and builds the HTTP transport with its TLS settings. It knows nothing of Terraform, and sends
// nothing before the first call of Token.
//
// Resolve turns the settings of the block and of the environment into Credentials; NewTransport and
// NewSource use them.
package auth

import (
	"cmp"
	"fmt"
	"slices"
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

	Username         string
	RefreshTokenFile string
	JWTFile          string
	P12File          string

	accessToken Secret
	password    Secret
	p12Data     Secret
	p12Password Secret
	jwt         Secret
}

// Fields describes the credentials for a log, without secrets.
func (c Credentials) Fields() map[string]any {
	return map[string]any{
		"way": c.Method.String(), "given_by": c.GivenBy, "url": c.BaseURL,
		"client_id": c.ClientID, "scope": c.Scope, "trust_bundle": c.TrustBundle != "",
	}
}

// Format prints Fields for every verb: package fmt ignores the methods of unexported fields.
func (c Credentials) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, c.Fields()) }

// secrets returns the secrets that are set, so that texts can be cleaned of them.
func (c Credentials) secrets() []string {
	all := []string{
		c.accessToken.reveal(), c.password.reveal(), c.p12Data.reveal(), c.p12Password.reveal(), c.jwt.reveal(),
	}
	return slices.DeleteFunc(all, func(s string) bool { return s == "" })
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

func (m Method) String() string { return cmp.Or(string(m), "none") }

// Secret is a text that formatting and encoding do not show.
type Secret string

const hidden = "(hidden)"

// Format hides the secret from every verb of package fmt.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// MarshalText hides the secret from encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// reveal returns the secret, for the request that needs it.
func (s Secret) reveal() string { return string(s) }
