package auth

import (
	"strings"
	"unicode"
)

// fill puts the parts of the chosen way into the choice, and nothing of another way.
func (r *resolver) fill(c *Choice) {
	switch c.Way {
	case AccessToken:
		c.accessToken = r.bareToken(attrAccessToken)
	case RefreshTokenFile:
		c.RefreshTokenFile = strings.TrimSpace(r.text(attrRefreshTokenFile))
	case Password:
		c.Username, c.password = strings.TrimSpace(r.text(attrUsername)), Secret(r.text(attrPassword))
	case Certificate:
		r.fillCertificate(c)
	case JWT:
		c.jwt = r.bareToken(attrJWT)
	case JWTFile:
		c.JWTFile = strings.TrimSpace(r.text(attrJWTFile))
	default: // none was chosen, which is a problem of its own
	}
}

func (r *resolver) fillCertificate(c *Choice) {
	c.p12Password = Secret(r.text(attrP12Password))
	c.p12Data = Secret(r.text(attrP12Data))
	if !r.overruled(attrP12File) {
		c.P12File = strings.TrimSpace(r.text(attrP12File))
	}
}

// bareToken is a token without the line break that files and shells add. A blank inside means that something else came
// along, most often the word Bearer.
func (r *resolver) bareToken(attribute string) Secret {
	value, name, _ := r.lookup(attribute)
	value = strings.TrimSpace(value)
	if fault := tokenFault(value); fault != "" {
		r.add(&ProblemError{
			Attribute: attribute,
			Summary:   name + " is not a token",
			Detail:    "It " + fault + ". Give the bare token, without the word Bearer, quotes or line breaks.",
		})
	}
	return Secret(value)
}

// tokenFault says why a text cannot be a token, empty where it can.
func tokenFault(value string) string {
	switch {
	case strings.ContainsFunc(value, unicode.IsSpace):
		return "holds blanks or line breaks"
	case strings.ContainsFunc(value, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsPrint(r) }):
		return "holds characters that no token has"
	}
	return ""
}
