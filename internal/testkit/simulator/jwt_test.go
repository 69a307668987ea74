package simulator

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/hmac"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"maps"
	"testing"
	"time"
)

func encode(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// token signs claims with one of the three kinds of key.
func token(t *testing.T, key any, claims object) string {
	t.Helper()
	algorithm := map[bool]string{true: "ES256", false: "RS256"}
	_, isEC := key.(*ecdsa.PrivateKey)
	name := algorithm[isEC]
	if _, isSecret := key.(string); isSecret {
		name = "HS256"
	}
	head := encode(mustJSON(object{"alg": name, "typ": "JWT"})) + "." + encode(mustJSON(claims))
	sum := sha256.Sum256([]byte(head))
	var signature []byte
	var err error
	switch key := key.(type) {
	case *rsa.PrivateKey:
		signature, err = rsa.SignPKCS1v15(rand.Reader, key, crypto.SHA256, sum[:])
	case *ecdsa.PrivateKey:
		r, s, e := ecdsa.Sign(rand.Reader, key, sum[:])
		signature, err = append(r.FillBytes(make([]byte, 32)), s.FillBytes(make([]byte, 32))...), e
	case string:
		mac := hmac.New(sha256.New, []byte(key))
		mac.Write([]byte(head))
		signature = mac.Sum(nil)
	}
	if err != nil {
		t.Fatal(err)
	}
	return head + "." + encode(signature)
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
	w := authWorld(Settings{JWTKeys: []string{publicPEM(t, rsaKey), publicPEM(t, ecKey), "hs256:shared"}, JWTIssuer: "https://ci", JWTAudience: "codesign"})
	w.Users[3].JWTSubject = "repo:corp/app"
	s := New(w)
	soon := time.Now().Add(time.Hour).Unix()
	good := object{"sub": "repo:corp/app", "iss": "https://ci", "aud": "codesign", "exp": soon}
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
		"other issuer":     {token(t, ecKey, but("iss", "https://evil")), ""},
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
