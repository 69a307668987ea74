package simulator

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"maps"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// token signs claims with an RSA key, an elliptic curve key or a secret.
func token(t *testing.T, key any, claims object) string {
	t.Helper()
	var method jwt.SigningMethod = jwt.SigningMethodRS256
	switch secret := key.(type) {
	case *ecdsa.PrivateKey:
		method = jwt.SigningMethodES256
	case string:
		method, key = jwt.SigningMethodHS256, []byte(secret)
	}
	signed, err := jwt.NewWithClaims(method, jwt.MapClaims(claims)).SignedString(key)
	if err != nil {
		t.Fatal(err)
	}
	return signed
}

func publicPEM(t *testing.T, key crypto.Signer) string {
	t.Helper()
	der, err := x509.MarshalPKIXPublicKey(key.Public())
	if err != nil {
		t.Fatal(err)
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "PUBLIC KEY", Bytes: der}))
}

func TestGrants_JWT(t *testing.T) {
	rsaKey, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	ecKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	stranger, _ := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	w := authWorld(Settings{
		JWTKeys: []string{publicPEM(t, rsaKey), publicPEM(t, ecKey), "hs256:shared"}, JWTAudience: "codesign",
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
		"RS256":            {token(t, rsaKey, good), "jane"},
		"ES256":            {token(t, ecKey, but("aud", []string{"x", "codesign"})), "jane"},
		"HS256":            {token(t, "shared", but("sub", "robot")), "robot"},
		"opaque":           {"opaque-jwt", "robot"},
		"unknown key":      {token(t, stranger, good), ""},
		"wrong secret":     {token(t, "other", good), ""},
		"expired":          {token(t, ecKey, but("exp", 5)), ""},
		"without expiry":   {token(t, ecKey, but("exp", 0)), ""},
		"not yet":          {token(t, ecKey, but("nbf", soon)), ""},
		"other audience":   {token(t, ecKey, but("aud", "x")), ""},
		"unmapped subject": {token(t, ecKey, but("sub", "repo:corp/other")), ""},
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
