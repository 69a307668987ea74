package auth

import (
	"maps"
	"slices"
	"strings"
)

// Settings are the values from one place, the provider block or the environment, by the names of
// the provider's attributes. A value that is not set is missing. Unknown values are resolved
// before.
type Settings map[string]string

// The names of the provider's attributes.
const (
	attrURL              = "url"
	attrAccessToken      = "access_token"
	attrRefreshTokenFile = "refresh_token_file"
	attrUsername         = "tpp_username"
	attrPassword         = "tpp_password"
	attrP12File          = "p12_cert_filename"
	attrP12Data          = "p12_cert_data"
	attrP12Password      = "p12_cert_password"
	attrJWT              = "external_jwt"
	attrJWTFile          = "external_jwt_file"
	attrClientID         = "client_id"
	attrScope            = "scope"
	attrTrustBundle      = "trust_bundle"
)

// setting is an attribute with its environment variable and its authentication method.
type setting struct {
	attribute string
	variable  string // empty: not available in the environment
	method    Method
	kind      kind
	content   string // of the file that the value names; empty: it names none
}

type kind int

const (
	plain  kind = iota
	secret      // used unchanged
	token       // a secret without white space
)

// isSetIn is true for an attribute with a text that is not empty.
func (e setting) isSetIn(s Settings) bool { return strings.TrimSpace(s[e.attribute]) != "" }

// isEmptyIn is true for an attribute that is set to an empty text. The password of a PKCS#12 file
// may be empty.
func (e setting) isEmptyIn(s Settings) bool {
	_, ok := s[e.attribute]
	return ok && !e.isSetIn(s) && e.attribute != attrP12Password
}

// settings is the table of the attributes, in the order of precedence in the environment.
var settings = []setting{
	{attrURL, "VENAFI_URL", noMethod, plain, ""},
	{attrAccessToken, "VENAFI_TOKEN", AccessToken, token, ""},
	{attrRefreshTokenFile, "VENAFI_REFRESH_TOKEN_FILE", RefreshTokenFile, plain, "the refresh token"},
	{attrUsername, "VENAFI_USER", Password, plain, ""},
	{attrPassword, "VENAFI_PASS", Password, secret, ""},
	{attrP12File, "VENAFI_P12_CERTIFICATE", Certificate, plain, "the PKCS#12 container"},
	{attrP12Data, "", Certificate, secret, ""},
	{attrP12Password, "VENAFI_P12_PASSWORD", Certificate, secret, ""},
	{attrJWT, "VENAFI_EXTERNAL_JWT", JWT, token, ""},
	{attrJWTFile, "VENAFI_EXTERNAL_JWT_FILE", JWTFile, plain, "the JWT"},
	{attrClientID, "VENAFI_CLIENT_ID", noMethod, plain, ""},
	{attrScope, "VENAFI_SCOPE", noMethod, plain, ""},
	{attrTrustBundle, "VENAFI_TRUST_BUNDLE", noMethod, plain, ""},
}

// SettingsFromEnvironment reads the environment variables; lookup is os.LookupEnv. An empty
// variable counts as unset.
func SettingsFromEnvironment(lookup func(string) (string, bool)) Settings {
	s := Settings{}
	for _, e := range settings {
		if e.variable == "" {
			continue
		}
		if v, ok := lookup(e.variable); ok && strings.TrimSpace(v) != "" {
			s[e.attribute] = v
		}
	}
	return s
}

// Variable returns the environment variable of an attribute, or "" for an attribute without a
// variable.
func Variable(attribute string) string {
	for _, e := range settings {
		if e.attribute == attribute {
			return e.variable
		}
	}
	return ""
}

// methodsIn returns the first setting of each method that has a value.
func methodsIn(s Settings) []setting {
	found := slices.DeleteFunc(slices.Clone(settings), func(e setting) bool {
		return e.method == noMethod || !e.isSetIn(s)
	})
	return slices.CompactFunc(found, func(a, b setting) bool { return a.method == b.method })
}

// Override returns the settings with others in their place, value by value. An authentication
// method in the others, or a part of one, removes all methods here, so that a method never combines
// two places.
func (s Settings) Override(by Settings) Settings {
	merged := Settings{}
	for _, e := range settings {
		if value, ok := s[e.attribute]; ok && (e.method == noMethod || len(methodsIn(by)) == 0) {
			merged[e.attribute] = value
		}
	}
	maps.Copy(merged, by)
	return merged
}
