package auth

import (
	"encoding/base64"
	"encoding/json"
	"strings"
	"time"
)

// jwtGrant sends a JWT. That of a pipeline lasts for minutes and cannot be read again, so a renewal
// uses the refresh token of the first grant. A file is read at each renewal, because projected tokens
// are replaced while the provider runs; if its JWT has not changed or has expired, the refresh token
// is used, so that a long wait can outlast the JWT.
func jwtGrant(c Credentials, end *endpoint) grant {
	given := strings.Join(c.GivenBy, ", ")
	name := "JWT grant of " + given
	if c.Method == JWTFile {
		given, name = attrJWTFile, "JWT grant of the file "+shownPath(c.JWTFile)
	}
	return &webGrant{
		end: end, clientID: c.ClientID, path: pathJWT, name: name, refreshes: true,
		advice: "Check that " + given + " contains a valid JWT for this server (audience), and that the server has a " +
			"JWT mapping for its issuer and claims. Check that the API integration " + quoted(c.ClientID) +
			" (client_id) allows JWTs and this user.",
		read: func() (credential, error) {
			jwt, err := c.jwt.reveal(), error(nil)
			if c.Method == JWTFile {
				jwt, err = readJWT(c.JWTFile)
			}
			return credential{
				secret: jwt, body: requestBody{ClientID: c.ClientID, JWT: jwt, Scope: c.Scope},
				description: aboutJWT(jwt, time.Now()), expired: hasExpired(jwt, time.Now()),
			}, err
		},
	}
}

func readJWT(path string) (string, error) {
	content, err := readTextFile(path, maxFile)
	if err != nil {
		return "", jwtFileProblem("The file cannot be read: "+fileProblemText(path, err)+".", err)
	}
	jwt := strings.TrimSpace(string(content))
	if jwt == "" {
		return "", jwtFileProblem(shownPath(path)+" is empty.", nil)
	}
	if fault := tokenProblem(jwt); fault != "" {
		return "", jwtFileProblem(shownPath(path)+" "+fault+". The file must contain only the JWT.", nil)
	}
	return jwt, nil
}

func jwtFileProblem(detail string, err error) *Error {
	return &Error{
		Attribute: attrJWTFile, Summary: "The JWT file is not usable", Detail: detail, Err: withoutPath(err),
	}
}

type jwtClaims struct {
	Issuer wireText `json:"iss"`
	End    wireTime `json:"exp"`
}

// claimsOf returns the claims of a JWT, or why they cannot be read. golang-jwt also requires a
// header that it can read, without which the claims are still worth showing.
func claimsOf(jwt string) (claims jwtClaims, fault string) {
	parts := strings.Split(jwt, ".")
	if len(parts) != 3 {
		return claims, "The value is not a JWT (three parts with dots between them)."
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(payload, &claims) != nil {
		return claims, "The claims of the JWT cannot be read."
	}
	return claims, ""
}

// aboutJWT returns the issuer and the expiry of a JWT, which are not secret, for messages about a
// refusal.
func aboutJWT(jwt string, now time.Time) string {
	claims, fault := claimsOf(jwt)
	if fault != "" {
		return fault
	}
	about := ""
	switch {
	case claims.End.IsZero():
	case now.After(claims.End.Time):
		about = "The JWT expired at " + claims.End.rfc3339() + ". Issue a new one. "
	default:
		about = "The JWT is valid until " + claims.End.rfc3339() + ". "
	}
	if claims.Issuer != "" {
		about += "Its issuer is " + quoted(string(claims.Issuer)) + "."
	}
	return about
}

// hasExpired is true if the JWT certainly has expired.
func hasExpired(jwt string, now time.Time) bool {
	claims, fault := claimsOf(jwt)
	return fault == "" && !claims.End.IsZero() && now.After(claims.End.Time)
}
