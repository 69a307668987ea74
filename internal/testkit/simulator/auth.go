package simulator

import (
	"fmt"
	"net/http"
	"strings"
	"time"
)

// refuseGrant fails a grant; some servers say why in the status line only.
func (c *call) refuseGrant(status int, kind, text string) {
	a := authError(status, kind, text)
	if c.settings.TerseErrors || kind == "" {
		a.body = nil
	}
	a.reason = text
	c.stop(a)
}

func grantPassword(c *call) answer {
	client, scope := c.str("client_id"), c.str("scope")
	name, password := c.str("username"), c.str("password")
	who := c.people.find(name)
	if who == nil || who.group || who.user.Password == "" || who.user.Password != password || who.disabled {
		c.refuseGrant(http.StatusBadRequest, "invalid_grant", "Username/password combination not valid")
	}
	return c.grant(who, client, scope)
}

// grant issues tokens within what client and server allow.
func (c *call) grant(who *identity, clientID, scope string) answer {
	if clientID == "" {
		c.refuseGrant(http.StatusBadRequest, "invalid_request", "client_id is required")
	}
	wanted := parseScopes(scope)
	if strings.TrimSpace(scope) == "" {
		c.refuseGrant(http.StatusBadRequest, "invalid_scope", "scope is required")
	}
	most := parseScopes(everyScope)
	if c.settings.MaximumScope != "" {
		most = parseScopes(c.settings.MaximumScope)
	}
	if over := wanted.beyond(most); len(over) > 0 {
		c.refuseGrant(http.StatusBadRequest, "invalid_scope", fmt.Sprintf("Scope '%s' is not valid", over[0]))
	}
	app, known := c.client(clientID)
	if !known && len(c.clients) > 0 {
		c.refuseGrant(http.StatusBadRequest, "invalid_client", "Application is unknown or the user may not use it")
	}
	if app.Scope != "" && len(wanted.beyond(parseScopes(app.Scope))) > 0 {
		c.refuseGrant(http.StatusForbidden, "", "Failed to issue grant: User is not authorized for the requested scope")
	}
	if len(app.Users) > 0 && !who.includes(c.people.trustees(app.Users)) {
		c.refuseGrant(http.StatusBadRequest, "unauthorized_client",
			fmt.Sprintf("No rule/permission for identity %s exists", who.prefixedName()))
	}
	n := c.issue(who, clientID, wanted, c.now)
	n.asked = scope
	c.Server.note(Event{
		Time: c.now, Kind: EventTokenIssued, User: who.name, Object: clientID, Detail: n.granted.String(),
	})
	return c.grantAnswer(n)
}

func (c *call) grantAnswer(n *session) answer {
	body := object{
		"access_token": n.access, "expires": n.expires.Unix(), "expires_in": int(n.expires.Sub(c.now).Seconds()),
		"token_type": "Bearer", "scope": n.asked, "identity": n.who.prefixed(),
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
	if kind := c.str("grant_type"); kind == "urn:ietf:params:oauth:grant-type:device_code" {
		return c.pollDevice(c.str("device_code"))
	}
	old := c.refreshes[token]
	if old == nil || !strings.EqualFold(old.client, client) || !c.now.Before(old.refreshUntil) {
		if c.spent[token] {
			c.Server.note(Event{Time: c.now, Kind: EventRefreshReused, Object: client})
		}
		c.refuseGrant(http.StatusBadRequest, "", "Grant has been revoked, has expired, or the refresh token is invalid")
	}
	c.revoke(old)
	n := c.issue(old.who, old.client, old.granted, c.now)
	n.asked, n.grantIssued, n.refreshUntil = old.asked, old.grantIssued, old.refreshUntil
	c.Server.note(Event{Time: c.now, Kind: EventTokenRenewed, User: n.who.name, Object: n.client})
	return c.grantAnswer(n)
}

func verifyToken(c *call) answer {
	n := c.session
	body := object{
		"identity": n.who.prefixed(), "scope": n.granted.String(), "application": n.client,
		"valid_for": int(n.expires.Sub(c.now).Seconds()),
	}
	for name, at := range map[string]time.Time{
		"access_issued_on": n.issued, "grant_issued_on": n.grantIssued,
		"expires": n.refreshUntil,
	} {
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
	client, scope := c.str("client_id"), c.str("scope")
	if c.http.certificate == "" {
		c.refuseGrant(http.StatusBadRequest, "invalid_request", "A client certificate is required")
	}
	if c.now.After(c.http.certificateUntil) {
		c.refuseGrant(http.StatusBadRequest, "invalid_grant", "The client certificate has expired")
	}
	for _, i := range c.people.all {
		if !i.group && !i.disabled && (i.user.Certificate == c.http.certificate || i.user.Certificate == "" &&
			i.name == c.http.certificate) {
			return c.grant(i, client, scope)
		}
	}
	c.refuseGrant(http.StatusBadRequest, "invalid_grant", "The client certificate belongs to no user")
	return answer{}
}

// grantJWT logs in whom a trusted token names.
func grantJWT(c *call) answer {
	client, scope, token := c.str("client_id"), c.str("scope"), c.str("jwt")
	for _, i := range c.people.all {
		for _, known := range i.user.JWTs {
			if token == known && !i.disabled {
				return c.grant(i, client, scope)
			}
		}
	}
	subject, err := c.settings.verifyJWT(token, c.now)
	if err != nil {
		c.refuseGrant(http.StatusBadRequest, "invalid_grant", "The JWT is not accepted: "+err.Error())
	}
	for _, i := range c.people.all {
		if !i.group && !i.disabled && (i.user.JWTSubject == subject || i.user.JWTSubject == "" && i.name == subject) {
			return c.grant(i, client, scope)
		}
	}
	c.refuseGrant(http.StatusBadRequest, "invalid_grant", "The JWT is mapped to no user")
	return answer{}
}

// deviceGrant waits until a user enters its user code.
type deviceGrant struct {
	client, scope, userCode string
	expires                 time.Time
	who                     *identity // nil until approved
}

const deviceLifetime = 5 * time.Minute

func grantDevice(c *call) answer {
	code := newToken()
	d := &deviceGrant{client: c.str("client_id"), scope: c.str("scope"), expires: c.now.Add(deviceLifetime)}
	d.userCode = strings.ToUpper(guidOf(code)[:4] + "-" + guidOf(code)[4:8])
	c.devices[code] = d
	page := c.http.base + "/vedauth/device"
	return answer{body: object{
		"device_code": code, "user_code": d.userCode, "verification_uri": page,
		"verification_uri_complete": page + "?user_code=" + d.userCode,
		"interval":                  5, "expires_in": int(deviceLifetime.Seconds()), "expires": d.expires.Unix(),
	}}
}

func (c *call) pollDevice(code string) answer {
	d := c.devices[code]
	switch {
	case d == nil:
		return authError(http.StatusBadRequest, "invalid_grant", "The device code is unknown.")
	case !c.now.Before(d.expires):
		return authError(http.StatusBadRequest, "expired_token", "The device code has expired.")
	case d.who == nil:
		return authError(http.StatusBadRequest, "authorization_pending", "The user code has not been entered yet.")
	}
	delete(c.devices, code)
	return c.grant(d.who, d.client, d.scope)
}

// ApproveDevice is a user who types the user code of a device grant.
func (s *Server) ApproveDevice(userCode, user string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, d := range s.devices {
		if d.userCode == userCode {
			d.who = s.people.must(user)
			return
		}
	}
	panic("simulator: there is no device code " + userCode)
}
