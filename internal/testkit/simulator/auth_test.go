package simulator

import (
	"net/http"
	"testing"
	"testing/synctest"
	"time"
)

func authWorld(settings Settings) World {
	return World{
		Users: []User{
			{Name: "robot", Password: "pw", JWTs: []string{"opaque-jwt"}},
			{Name: "tara", Password: "pw", Disabled: true},
			{Name: "mute"},
			{Name: "jane", Prefix: "AD+CORP", Password: "pw"},
		},
		Clients: []ClientApp{
			{ID: "tf", Scope: "codesign:manage,approve;configuration"}, {ID: "private", Users: []string{"jane"}}, {
				ID:        "once",
				NoRefresh: true, AccessTokenLifetime: 900,
			},
		},
		Settings: settings,
	}
}

func anonymous(t *testing.T, s *Server) *client {
	t.Helper()
	return &client{t: t, http: &http.Client{Transport: s.Transport()}, base: "http://sim.test"}
}

func login(user, password, client, scope string) object {
	return object{"client_id": client, "username": user, "password": password, "scope": scope}
}

func (c *client) auth(path string, body any) (int, object) {
	c.t.Helper()
	return c.do(post, "/vedauth/authorize/"+path, body)
}

// granted asks for a grant that must work and returns its answer.
func (c *client) granted(path string, body any) object {
	c.t.Helper()
	status, m := c.auth(path, body)
	if status != http.StatusOK {
		c.t.Fatalf("%s: HTTP %d %v", path, status, m)
	}
	return m
}

func (c *client) with(token any) *client {
	other := *c
	other.token = token.(string)
	return &other
}

func TestGrants_Password(t *testing.T) {
	s := New(authWorld(Settings{}))
	m := anonymous(t, s).granted("oauth", login("local:robot", "pw", "TF", "configuration;codesign:manage"))
	if m["scope"] != "configuration;codesign:manage" || m["token_type"] != "Bearer" ||
		m["identity"] != s.Trustee("robot") {
		t.Error(m)
	}
	if m["expires_in"] != 7776000.0 || m["expires"].(float64) < float64(time.Now().Unix()) ||
		m["refresh_until"].(float64) < m["expires"].(float64) {
		t.Error(m)
	}
	anonymous(t, s).with(m["access_token"]).want(signSuccess, "Codesign/EnumerateProjects", object{})
}

func TestGrants_Refused(t *testing.T) {
	c := anonymous(t, New(authWorld(Settings{})))
	for name, g := range map[string]struct {
		body   object
		status int
		kind   any
	}{
		"wrong password":     {login("robot", "no", "tf", "codesign"), 400, "invalid_grant"},
		"unknown user":       {login("unknown", "pw", "tf", "codesign"), 400, "invalid_grant"},
		"no password set":    {login("mute", "", "tf", "codesign"), 400, "invalid_grant"},
		"disabled":           {login("tara", "pw", "tf", "codesign"), 400, "invalid_grant"},
		"unknown client":     {login("robot", "pw", "xx", "codesign"), 400, "invalid_client"},
		"no client":          {login("robot", "pw", "", "codesign"), 400, "invalid_request"},
		"empty scope":        {login("robot", "pw", "tf", ""), 400, "invalid_scope"},
		"unknown scope":      {login("robot", "pw", "tf", "codesign:fly"), 400, "invalid_scope"},
		"beyond integration": {login("robot", "pw", "tf", "codesign:delete"), 403, nil},
		"not for this user":  {login("robot", "pw", "private", "codesign"), 400, "unauthorized_client"},
		"capital members": {
			object{"Client_Id": "tf", "username": "robot", "password": "pw", "scope": "codesign"},
			400,
			"invalid_request",
		},
	} {
		if status, m := c.auth("oauth", g.body); status != g.status || m["error"] != g.kind {
			t.Errorf("%s: HTTP %d %v, want %d %v", name, status, m, g.status, g.kind)
		}
	}
	c.granted("oauth", login("AD+CORP:jane", "pw", "private", "codesign"))
}

func TestGrants_RefreshTokenWorksOnce(t *testing.T) {
	s := New(authWorld(Settings{}))
	c := anonymous(t, s)
	first := c.granted("oauth", login("robot", "pw", "tf", "codesign"))
	renew := object{"client_id": "tf", "refresh_token": first["refresh_token"]}
	if status, _ := c.auth("token", object{
		"client_id": "once", "refresh_token": first["refresh_token"],
	}); status != 400 {
		t.Error("another client's refresh token:", status)
	}
	second := c.granted("token", renew)
	if second["scope"] != "codesign" || second["refresh_until"] != first["refresh_until"] {
		t.Error(second)
	}
	c.with(first["access_token"]).refused(401, "invalid_token", "Codesign/EnumerateProjects", object{})
	c.with(second["access_token"]).want(signSuccess, "Codesign/EnumerateProjects", object{})
	res, err := c.http.Post(c.base+"/vedauth/authorize/token", "application/json", jsonReader(renew))
	if err != nil || res.Status != "400 Grant has been revoked, has expired, or the refresh token is invalid" {
		t.Error("second use:", err, res.Status)
	}
	_ = res.Body.Close()
}

func TestTokens_Expire(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(authWorld(Settings{AccessTokenLifetime: 3600, OldGrantAnswers: true}))
		c := anonymous(t, s)
		short := c.granted("oauth", login("robot", "pw", "once", "codesign"))
		long := c.granted("oauth", login("robot", "pw", "tf", "codesign"))
		if short["refresh_token"] != nil || long["expires_in"] != nil || long["refresh_until"] != nil {
			t.Error(short, long)
		}
		time.Sleep(15 * time.Minute)
		c.with(short["access_token"]).refused(401, "invalid_token", "Codesign/EnumerateProjects", object{})
		c.with(long["access_token"]).want(signSuccess, "Codesign/EnumerateProjects", object{})
		time.Sleep(45 * time.Minute)
		c.with(long["access_token"]).refused(401, "invalid_token", "Codesign/EnumerateProjects", object{})
		long = c.granted("token", object{"client_id": "tf", "refresh_token": long["refresh_token"]})
		time.Sleep(366 * 24 * time.Hour)
		if status, _ := c.auth("token", object{
			"client_id": "tf", "refresh_token": long["refresh_token"],
		}); status != 400 {
			t.Error("the grant is over:", status)
		}
	})
}

func TestTokens_VerifyAndRevoke(t *testing.T) {
	s := New(authWorld(Settings{RevokeFails: true}))
	m := anonymous(t, s).granted("oauth", login("robot", "pw", "tf", "codesign"))
	c := anonymous(t, s).with(m["access_token"])
	status, info := c.do(get, "/vedauth/Authorize/Verify", nil)
	if status != 200 || info["application"] != "tf" || info["identity"] != s.Trustee("robot") ||
		info["valid_for"].(float64) < 7775990 || info["expires_unix_time"] != m["refresh_until"] {
		t.Error(status, info)
	}
	if status, _ := c.do(get, "/vedauth/revoke/token", nil); status != 202 {
		t.Error("failed revocation:", status)
	}
	s.UpdateSettings(func(now *Settings) { now.RevokeFails = false })
	if status, _ := c.do(get, "/vedauth/revoke/token", nil); status != 200 {
		t.Error("revocation:", status)
	}
	c.refused(401, "invalid_token", "Codesign/EnumerateProjects", object{})
	if status, _ := c.auth("token", object{"client_id": "tf", "refresh_token": m["refresh_token"]}); status != 400 {
		t.Error("revocation spares the refresh token:", status)
	}
}

func TestTokens_OfScope(t *testing.T) {
	s := New(authWorld(Settings{}))
	c := as(t, s, "robot", "codesign")
	c.want(signSuccess, "Codesign/EnumerateProjects", object{})
	c.refused(403, "insufficient_scope", "Codesign/CreateProject", object{})
	s.ExpireTokens()
	c.refused(401, "invalid_token", "Codesign/EnumerateProjects", object{})
	anonymous(t, s).refused(401, "invalid_token", "Codesign/EnumerateProjects", object{})
}
