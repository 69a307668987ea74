// Package auth decides how the provider authenticates, obtains the access token, keeps and renews it, and builds the
// HTTP transport with its TLS. It knows nothing of Terraform. Nothing in it touches the network before the first Token.
//
// Resolve turns what the block and the environment give into a Choice; NewTransport and NewSource build on it.
package auth

import "fmt"

// What is used where neither the block nor the environment says otherwise.
const (
	DefaultClientID = "terraform-provider-codesign"
	DefaultScope    = "codesign:admin,approve,manage;configuration"
)

// Credentials is the one way of authenticating that was chosen, with everything it needs, and how the server is reached.
// Printing it shows no secret.
type Credentials struct {
	Method  Method
	GivenBy []string // the attributes and variables it came from, e.g. "tpp_username", "VENAFI_PASS"

	BaseURL     string // scheme://host[:port][/prefix], without /vedsdk
	ClientID    string
	Scope       string
	TrustBundle string // PEM text or a path, empty: the system's roots alone

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

// Fields says what was chosen, for a log. It holds no secret.
func (c Credentials) Fields() map[string]any {
	return map[string]any{
		"way": c.Method.String(), "given_by": c.GivenBy, "url": c.BaseURL,
		"client_id": c.ClientID, "scope": c.Scope, "trust_bundle": c.TrustBundle != "",
	}
}

// Format shows the fields for a log whatever the verb: package fmt does not ask hidden fields how to print themselves.
func (c Credentials) Format(f fmt.State, _ rune) { _, _ = fmt.Fprint(f, c.Fields()) }

// secrets are all of them that are set, so that a text can be cleaned of them.
func (c Credentials) secrets() []string {
	var out []string
	for _, s := range []Secret{c.accessToken, c.password, c.p12Data, c.p12Password, c.jwt} {
		if s != "" {
			out = append(out, s.reveal())
		}
	}
	return out
}
