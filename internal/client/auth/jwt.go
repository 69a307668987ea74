package auth

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

const pathJWT = "/vedauth/authorize/jwt"

// jwtRequest is the body of authorize/jwt (OAS26, 22.4 and later).
type jwtRequest struct {
	ClientID string `json:"client_id"`
	JWT      string `json:"jwt"`
	Scope    string `json:"scope"`
}

// jwtGrant sends the JWT given by value. A pipeline's JWT lives for minutes and cannot be fetched again, so that a
// renewal goes by the refresh token of the first grant.
func jwtGrant(c Credentials, end *endpoint) grant {
	jwt := c.jwt.reveal()
	given := strings.Join(c.GivenBy, ", ")
	return &refreshingGrant{clientID: c.ClientID, webGrant: webGrant{
		end:    end,
		name:   "JWT grant of " + given,
		path:   pathJWT,
		advice: jwtAdvice(c, given),
		read: func() (credential, error) {
			return jwtCredential(c, jwt, ""), nil
		},
	}}
}

// jwtFileGrant reads the file again at each renewal: projected tokens are replaced while the provider
// runs. A JWT that has not changed, or has expired, is followed by the refresh token of its grant, so
// that a long wait outlives a pipeline's JWT.
func jwtFileGrant(c Credentials, end *endpoint) grant {
	return &refreshingGrant{clientID: c.ClientID, webGrant: webGrant{
		end:    end,
		name:   "JWT grant of the file " + shownPath(c.JWTFile),
		path:   pathJWT,
		advice: jwtAdvice(c, attrJWTFile),
		read: func() (credential, error) {
			jwt, err := readJWT(c.JWTFile)
			if err != nil {
				return credential{}, err
			}
			return jwtCredential(c, jwt, jwt), nil
		},
	}}
}

func jwtCredential(c Credentials, jwt, secret string) credential {
	return credential{
		secret: secret, body: jwtRequest{ClientID: c.ClientID, JWT: jwt, Scope: c.Scope},
		description: aboutJWT(jwt, time.Now()), expired: hasExpired(jwt, time.Now()),
	}
}

func jwtAdvice(c Credentials, given string) string {
	return "Check that " + given + " holds a JWT that is valid now and meant for this server (audience), that the server has a JWT mapping for its issuer and claims, and that the API integration " +
		quoted(c.ClientID) + " (client_id) allows JWTs and this user."
}

func readJWT(path string) (string, error) {
	content, err := readTextFile(path, maxFile)
	if err != nil {
		return "", jwtFileProblem("It cannot be read: "+fileProblemText(path, err)+".", err)
	}
	jwt := strings.TrimSpace(string(content))
	if jwt == "" {
		return "", jwtFileProblem(shownPath(path)+" is empty.", nil)
	}
	if fault := tokenProblem(jwt); fault != "" {
		return "", jwtFileProblem(shownPath(path)+" "+fault+": it must hold the JWT and nothing else.", nil)
	}
	return jwt, nil
}

func jwtFileProblem(detail string, err error) *Error {
	return fileProblem(attrJWTFile, "The JWT file is not usable", detail, err)
}

type jwtClaims struct {
	Issuer wireText   `json:"iss"`
	End    wireNumber `json:"exp"`
}

// claimsOf are the claims of a JWT, or why they cannot be read.
func claimsOf(jwt string) (claims jwtClaims, fault string) {
	parts := strings.Split(jwt, ".")
	if len(parts) != 3 {
		return claims, "What was given does not look like a JWT (three parts with dots between them)."
	}
	payload, err := base64.RawURLEncoding.DecodeString(parts[1])
	if err != nil || json.Unmarshal(payload, &claims) != nil {
		return claims, "The claims of the JWT cannot be read."
	}
	return claims, ""
}

// aboutJWT says what helps to see why a JWT was refused, if it can be read: issuer and end, which are
// not secret.
func aboutJWT(jwt string, now time.Time) string {
	claims, fault := claimsOf(jwt)
	if fault != "" {
		return fault
	}
	return jwtEnd(claims.End, now) + jwtIssuer(string(claims.Issuer))
}

// hasExpired is true for a JWT that certainly has.
func hasExpired(jwt string, now time.Time) bool {
	claims, fault := claimsOf(jwt)
	return fault == "" && claims.End > 0 && now.After(time.Unix(int64(claims.End), 0))
}

func jwtEnd(end wireNumber, now time.Time) string {
	if end == 0 {
		return ""
	}
	at := time.Unix(int64(end), 0).UTC()
	if now.After(at) {
		return fmt.Sprintf("The JWT expired at %s: a new one is needed. ", at.Format(time.RFC3339))
	}
	return fmt.Sprintf("The JWT is valid until %s. ", at.Format(time.RFC3339))
}

func jwtIssuer(issuer string) string {
	if issuer == "" {
		return ""
	}
	return "Its issuer is " + quoted(issuer) + "."
}
