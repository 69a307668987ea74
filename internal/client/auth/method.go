package auth

import "fmt"

// Method is a way of authenticating. The order is that of precedence in the environment.
type Method int

// The ways of authenticating; noWay belongs to the settings that are of use to all.
const (
	noMethod Method = iota
	AccessToken
	RefreshTokenFile
	Password
	Certificate
	JWT
	JWTFile
)

// methods are all of them in their order of precedence.
var methods = []Method{AccessToken, RefreshTokenFile, Password, Certificate, JWT, JWTFile}

var methodNames = map[Method]string{
	AccessToken:      "access token as given",
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

// Secret is a text that must not be shown: every way of printing it hides it.
type Secret string

const hidden = "(hidden)"

// Format hides the secret from every verb of package fmt.
func (Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// MarshalText hides the secret from encoders.
func (Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// reveal answers the secret itself, for the request it belongs to.
func (s Secret) reveal() string { return string(s) }
