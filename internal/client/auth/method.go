package auth

import "fmt"

// Method is an authentication method. The order is the order of precedence in the environment.
type Method int

// The authentication methods. noMethod marks settings that belong to all of them.
const (
	noMethod Method = iota
	AccessToken
	RefreshTokenFile
	Password
	Certificate
	JWT
	JWTFile
)

var methodNames = map[Method]string{
	AccessToken:      "access token",
	RefreshTokenFile: "refresh token file",
	Password:         "password grant",
	Certificate:      "client certificate grant",
	JWT:              "JWT grant",
	JWTFile:          "JWT grant from a file",
}

func (w Method) String() string {
	if name, ok := methodNames[w]; ok {
		return name
	}
	return "none"
}

// Secret is a text that formatting and encoding do not show.
type Secret string

const hidden = "(hidden)"

// Format hides the secret from every verb of package fmt.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// MarshalText hides the secret from encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// reveal returns the secret, for the request that needs it.
func (s Secret) reveal() string { return string(s) }
