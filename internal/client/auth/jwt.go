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

// jwtGrant sends a JWT given by value. The JWT of a pipeline lasts for minutes and cannot be read
// again, so a renewal uses the refresh token of the first grant.
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

// jwtFileGrant reads the file at each renewal, because projected tokens are replaced while the
// provider runs. If the JWT has not changed or has expired, the refresh token of its grant is used,
// so that a long wait can outlast the JWT of a pipeline.
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
	return "Check that " + given + " contains a valid JWT for this server (audience), and that the server has a JWT " +
		"mapping for its issuer and claims. Check that the API integration " + quoted(c.ClientID) +
		" (client_id) allows JWTs and this user."
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
	return fileProblem(attrJWTFile, "The JWT file is not usable", detail, err)
}

type jwtClaims struct {
	Issuer wireText   `json:"iss"`
	End    wireNumber `json:"exp"`
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
	return jwtEnd(claims.End, now) + jwtIssuer(string(claims.Issuer))
}

// hasExpired is true if the JWT certainly has expired.
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
		return fmt.Sprintf("The JWT expired at %s. Issue a new one. ", at.Format(time.RFC3339))
	}
	return fmt.Sprintf("The JWT is valid until %s. ", at.Format(time.RFC3339))
}

func jwtIssuer(issuer string) string {
	if issuer == "" {
		return ""
	}
	return "Its issuer is " + quoted(issuer) + "."
}
