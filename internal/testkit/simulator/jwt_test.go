package simulator

import (
	"maps"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// token signs claims with a secret.
func token(t *testing.T, secret string, claims object) string {
	t.Helper()
	signed, err := jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.MapClaims(claims)).SignedString([]byte(secret))
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func TestGrants_JWT(t *testing.T) {
	w := authWorld(Settings{
		JWTKeys: []string{"hs256:another", "hs256:shared"}, JWTAudience: "codesign",
	})
	w.Users[3].JWTSubject = "repo:corp/app"
	s := New(w)
	soon := time.Now().Add(time.Hour).Unix()
	good := object{"sub": "repo:corp/app", "aud": "codesign", "exp": soon}
	but := func(member string, value any) object {
		c := maps.Clone(good)
		c[member] = value
		return c
	}
	for name, c := range map[string]struct {
		jwt string
		who string
	}{
		"first key":        {token(t, "another", good), "jane"},
		"one of audiences": {token(t, "shared", but("aud", []string{"x", "codesign"})), "jane"},
		"user name":        {token(t, "shared", but("sub", "robot")), "robot"},
		"opaque":           {"opaque-jwt", "robot"},
		"wrong secret":     {token(t, "other", good), ""},
		"expired":          {token(t, "shared", but("exp", 5)), ""},
		"without expiry":   {token(t, "shared", but("exp", 0)), ""},
		"not yet":          {token(t, "shared", but("nbf", soon)), ""},
		"other audience":   {token(t, "shared", but("aud", "x")), ""},
		"unmapped subject": {token(t, "shared", but("sub", "repo:corp/other")), ""},
		"no JWT":           {"a.b", ""},
		"garbage":          {"!.!.!", ""},
	} {
		status, m := anonymous(t, s).auth("jwt", object{"client_id": "tf", "jwt": c.jwt, "scope": "codesign"})
		if c.who == "" {
			if status != 400 || m["error"] != "invalid_grant" {
				t.Errorf("%s: HTTP %d %v", name, status, m)
			}
			continue
		}
		if status != 200 || m["identity"] != s.Trustee(c.who) {
			t.Errorf("%s: HTTP %d %v", name, status, m)
		}
	}
}
