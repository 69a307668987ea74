package simulator

import (
	"cmp"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// badGrant is the answer to a grant that fails; some servers say why in the status line only.
func (c *call) badGrant(kind, text string) answer {
	a := authError(http.StatusBadRequest, kind, text)
	if c.settings.TerseErrors || kind == "" {
		a.body = nil
	}
	a.reason = text
	return a
}

func grantPassword(c *call) answer {
	who, password := c.people.find(c.str("username")), c.str("password")
	if who == nil || who.Password == "" || who.Password != password || who.Disabled {
		who = nil
	}
	return c.login(who, "Username/password combination not valid")
}

// login issues tokens within what client and server allow, unless no user was found.
func (c *call) login(who *identity, failure string) answer {
	clientID, scope := c.str("client_id"), c.str("scope")
	c.stopIf(who == nil, c.badGrant("invalid_grant", failure))
	c.stopIf(clientID == "", c.badGrant("invalid_request", "client_id is required"))
	wanted := parseScopes(scope)
	c.stopIf(strings.TrimSpace(scope) == "", c.badGrant("invalid_scope", "scope is required"))
	if over := wanted.beyond(parseScopes(everyScope)); len(over) > 0 {
		c.stop(c.badGrant("invalid_scope", fmt.Sprintf("Scope '%s' is not valid", over[0])))
	}
	app, known := c.client(clientID)
	c.stopIf(!known && len(c.clients) > 0,
		c.badGrant("invalid_client", "Application is unknown or the user may not use it"))
	if app.Scope != "" && len(wanted.beyond(parseScopes(app.Scope))) > 0 {
		a := c.badGrant("", "Failed to issue grant: User is not authorized for the requested scope")
		a.status = http.StatusForbidden
		c.stop(a)
	}
	c.stopIf(len(app.Users) > 0 && !who.includes(c.people.trustees(app.Users)), c.badGrant("unauthorized_client",
		fmt.Sprintf("No rule/permission for identity %s exists", who.prefixedName())))
	c.actor = who
	c.note(Event{Kind: EventTokenIssued, Object: clientID})
	return c.grantAnswer(c.issue(who, clientID, scope))
}

func (c *call) grantAnswer(n *session) answer {
	body := object{
		"access_token": n.access, "expires": n.expires.Unix(), "expires_in": int(n.expires.Sub(c.now).Seconds()),
		"token_type": "Bearer", "scope": n.asked, "identity": n.who.prefixed,
	}
	if n.refresh != "" {
		body["refresh_token"], body["refresh_until"] = n.refresh, n.refreshUntil.Unix()
	}
	if c.settings.OldGrantAnswers {
		delete(body, "expires_in")
		delete(body, "refresh_until")
	}
	return answer{body: body}
}

// grantRefresh exchanges a refresh token; the old access token dies with it.
func grantRefresh(c *call) answer {
	client, token := c.str("client_id"), c.str("refresh_token")
	old := c.sessions[token]
	c.stopIf(old == nil || token != old.refresh || !strings.EqualFold(old.client, client) ||
		!c.now.Before(old.refreshUntil),
		c.badGrant("", "Grant has been revoked, has expired, or the refresh token is invalid"))
	c.revoke(old)
	n := c.issue(old.who, old.client, old.asked)
	n.refreshUntil = old.refreshUntil
	return c.grantAnswer(n)
}

func verifyToken(c *call) answer {
	n := c.session
	body := object{
		"identity": n.who.prefixed, "scope": n.asked, "application": n.client,
		"valid_for": int(n.expires.Sub(c.now).Seconds()),
	}
	for name, at := range map[string]time.Time{"access_issued_on": n.issued, "expires": n.refreshUntil} {
		body[name] = at.UTC().Format("1/2/2006 3:04:05 PM")
		body[name+"_unix_time"] = at.Unix()
		body[name+"_ISO8601"] = at.UTC().Format(time.RFC3339)
	}
	return answer{body: body}
}

func isAuthServer(*call) answer {
	return answer{status: http.StatusAccepted, reason: "Venafi Authentication Server"}
}

func revokeToken(c *call) answer {
	if c.settings.RevokeFails {
		return answer{status: http.StatusAccepted}
	}
	c.revoke(c.session)
	c.note(Event{Kind: EventTokenRevoked, Object: c.session.client})
	return answer{}
}

// grantCertificate logs in whom the TLS client certificate names.
func grantCertificate(c *call) answer {
	tls := c.request.TLS
	c.stopIf(tls == nil || len(tls.PeerCertificates) == 0 || tls.PeerCertificates[0].Subject.CommonName == "",
		c.badGrant("invalid_request", "A client certificate is required"))
	certificate := tls.PeerCertificates[0]
	c.stopIf(c.now.After(certificate.NotAfter), c.badGrant("invalid_grant", "The client certificate has expired"))
	who := c.people.user(func(u User) bool { return cmp.Or(u.Certificate, u.Name) == certificate.Subject.CommonName })
	return c.login(who, "The client certificate belongs to no user")
}

// grantJWT logs in whom a trusted token names.
func grantJWT(c *call) answer {
	token := c.str("jwt")
	if who := c.people.user(func(u User) bool { return slices.Contains(u.JWTs, token) }); who != nil {
		return c.login(who, "")
	}
	subject, err := c.settings.verifyJWT(token, c.now)
	if err != nil {
		c.stop(c.badGrant("invalid_grant", "The JWT is not accepted: "+err.Error()))
	}
	who := c.people.user(func(u User) bool { return cmp.Or(u.JWTSubject, u.Name) == subject })
	return c.login(who, "The JWT is mapped to no user")
}

// verifyJWT checks a compact JWT against the trusted keys and returns its subject.
func (s Settings) verifyJWT(token string, now time.Time) (subject string, err error) {
	options := []jwt.ParserOption{
		jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired(),
		jwt.WithTimeFunc(func() time.Time { return now }),
	}
	if s.JWTAudience != "" {
		options = append(options, jwt.WithAudience(s.JWTAudience))
	}
	var keys jwt.VerificationKeySet
	for _, key := range s.JWTKeys {
		keys.Keys = append(keys.Keys, []byte(strings.TrimPrefix(key, "hs256:")))
	}
	var claims jwt.RegisteredClaims
	key := func(*jwt.Token) (any, error) { return keys, nil }
	_, err = jwt.NewParser(options...).ParseWithClaims(token, &claims, key)
	return claims.Subject, err
}
