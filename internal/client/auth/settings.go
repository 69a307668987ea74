package auth

import (
	"slices"
	"strings"
)

// Settings are the values from one place: the provider block or the environment. nil means not set.
// Unknown values are resolved before.
type Settings struct {
	URL              *string
	AccessToken      *string // secret
	RefreshTokenFile *string
	Username         *string
	Password         *string // secret
	P12File          *string
	P12Data          *string // base64, secret
	P12Password      *string // secret
	JWT              *string // secret
	JWTFile          *string
	ClientID         *string
	Scope            *string
	TrustBundle      *string
}

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

// setting connects an attribute, its environment variable, its field and its authentication method.
type setting struct {
	attribute string
	variable  string // empty: not available in the environment
	method    Method
	field     func(*Settings) **string
}

// isSetIn is true for an attribute with a text that is not empty.
func (e setting) isSetIn(s *Settings) bool {
	v := *e.field(s)
	return v != nil && strings.TrimSpace(*v) != ""
}

// isEmptyIn is true for an attribute that is set to an empty text. The password of a PKCS#12 file
// may be empty.
func (e setting) isEmptyIn(s *Settings) bool {
	return *e.field(s) != nil && !e.isSetIn(s) && e.attribute != attrP12Password
}

// settings is the table of the attributes, in the order of precedence in the environment.
var settings = []setting{
	{attrURL, "VENAFI_URL", noMethod, func(s *Settings) **string { return &s.URL }},
	{attrAccessToken, "VENAFI_TOKEN", AccessToken, func(s *Settings) **string { return &s.AccessToken }},
	{
		attrRefreshTokenFile, "VENAFI_REFRESH_TOKEN_FILE", RefreshTokenFile,
		func(s *Settings) **string { return &s.RefreshTokenFile },
	},
	{attrUsername, "VENAFI_USER", Password, func(s *Settings) **string { return &s.Username }},
	{attrPassword, "VENAFI_PASS", Password, func(s *Settings) **string { return &s.Password }},
	{attrP12File, "VENAFI_P12_CERTIFICATE", Certificate, func(s *Settings) **string { return &s.P12File }},
	{attrP12Data, "", Certificate, func(s *Settings) **string { return &s.P12Data }},
	{attrP12Password, "VENAFI_P12_PASSWORD", Certificate, func(s *Settings) **string { return &s.P12Password }},
	{attrJWT, "VENAFI_EXTERNAL_JWT", JWT, func(s *Settings) **string { return &s.JWT }},
	{attrJWTFile, "VENAFI_EXTERNAL_JWT_FILE", JWTFile, func(s *Settings) **string { return &s.JWTFile }},
	{attrClientID, "VENAFI_CLIENT_ID", noMethod, func(s *Settings) **string { return &s.ClientID }},
	{attrScope, "VENAFI_SCOPE", noMethod, func(s *Settings) **string { return &s.Scope }},
	{attrTrustBundle, "VENAFI_TRUST_BUNDLE", noMethod, func(s *Settings) **string { return &s.TrustBundle }},
}

// SettingsFromEnvironment reads the environment variables; lookup is os.LookupEnv. An empty
// variable counts as unset.
func SettingsFromEnvironment(lookup func(string) (string, bool)) Settings {
	var s Settings
	for _, e := range settings {
		if e.variable == "" {
			continue
		}
		if v, ok := lookup(e.variable); ok && strings.TrimSpace(v) != "" {
			*e.field(&s) = &v
		}
	}
	return s
}

func settingOf(attribute string) setting {
	return settings[slices.IndexFunc(settings, func(e setting) bool { return e.attribute == attribute })]
}

// methodsIn returns the first setting of each method that has a value.
func methodsIn(s *Settings) []setting {
	var found []setting
	for _, e := range settings {
		known := slices.ContainsFunc(found, func(f setting) bool { return f.method == e.method })
		if e.method != noMethod && e.isSetIn(s) && !known {
			found = append(found, e)
		}
	}
	return found
}

// Override replaces settings by others, value by value. An authentication method in the others, or
// a part of one, removes all methods here, so that a method never combines two places.
func (s Settings) Override(by Settings) Settings {
	replaced := len(methodsIn(&by)) > 0
	for _, e := range settings {
		switch {
		case *e.field(&by) != nil:
			*e.field(&s) = *e.field(&by)
		case replaced && e.method != noMethod:
			*e.field(&s) = nil
		}
	}
	return s
}
