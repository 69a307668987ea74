package simulator

import (
	"net/http"
	"strings"
	"time"
)

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
		if !i.group && !i.disabled && (i.user.Certificate == c.http.certificate || i.user.Certificate == "" && i.name == c.http.certificate) {
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

// deviceGrant waits for somebody to type its user code.
type deviceGrant struct {
	client, scope, userCode string
	expires                 time.Time
	who                     *identity // nil until approved
}

const deviceLifetime = 5 * time.Minute

func grantDevice(c *call) answer {
	code := opaque()
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
		return authError(http.StatusBadRequest, "authorization_pending", "Nobody has entered the user code yet.")
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
