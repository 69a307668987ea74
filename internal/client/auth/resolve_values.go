package auth

import (
	"strings"
	"unicode"
)

// fill copies the values of the selected method, and of no other method.
func (r *resolver) fill(c *Credentials) {
	switch c.Method {
	case AccessToken:
		c.accessToken = r.bareToken(attrAccessToken)
	case RefreshTokenFile:
		c.RefreshTokenFile = r.path(attrRefreshTokenFile)
	case Password:
		c.Username, c.password = strings.TrimSpace(r.text(attrUsername)), Secret(r.text(attrPassword))
	case Certificate:
		r.fillCertificate(c)
	case JWT:
		c.jwt = r.bareToken(attrJWT)
	case JWTFile:
		c.JWTFile = r.path(attrJWTFile)
	default: // no method: an error of its own
	}
}

func (r *resolver) fillCertificate(c *Credentials) {
	c.p12Password = Secret(r.text(attrP12Password))
	c.p12Data = Secret(r.text(attrP12Data))
	if !r.overriddenByBlock(attrP12File) {
		c.P12File = r.path(attrP12File)
	}
}

// contents describes for messages what the files of the file arguments hold.
var contents = map[string]string{
	attrRefreshTokenFile: "the refresh token", attrJWTFile: "the JWT",
	attrP12File: "the PKCS#12 container",
}

// path returns the value of a file argument. A value that certainly is the content of a file is an
// error, which does not show the value.
func (r *resolver) path(attribute string) string {
	value, name, _ := r.lookup(attribute)
	value = strings.TrimSpace(value)
	if kind := certainContent(value); kind != "" {
		r.add(&Error{
			Attribute: attribute,
			Summary:   name + " is not a path",
			Detail: "The value is not shown, because " + kind + ". Set " + name +
				" to the path of a file that contains " +
				contents[attribute] + ". In a pipeline, use a variable of type file, or a step that writes the file.",
		})
	}
	return value
}

// bareToken returns a token without the line break that files and shells add. A blank inside is an
// error, most often the word Bearer.
func (r *resolver) bareToken(attribute string) Secret {
	value, name, _ := r.lookup(attribute)
	value = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(value), "\ufeff"))
	if fault := tokenProblem(value); fault != "" {
		r.add(&Error{
			Attribute: attribute,
			Summary:   name + " is not a token",
			Detail:    "It " + fault + ". Set only the token, without the word Bearer, quotation marks or line breaks.",
		})
	}
	return Secret(value)
}

// tokenProblem describes why a text cannot be a token. It is empty for a possible token.
func tokenProblem(value string) string {
	switch {
	case strings.ContainsAny(value, "\r\n"):
		return "contains line breaks"
	case bearerStart().MatchString(value):
		return "begins with the word Bearer"
	case strings.ContainsFunc(value, unicode.IsSpace):
		return "contains spaces or line breaks"
	case value != "" && strings.ContainsRune(quotes, rune(value[0])), strings.HasSuffix(value, `"`),
		strings.HasSuffix(value, "'"):
		return "is in quotation marks"
	case strings.ContainsAny(value, "\"'`{}<>$\\"):
		return "contains characters that a token cannot have"
	case strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsPrint(r) }):
		return "contains characters that a token cannot have"
	}
	return ""
}
