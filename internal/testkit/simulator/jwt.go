package simulator

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"errors"
	"math/big"
	"slices"
	"strings"
	"time"
)

// claims are the registered claims that count here.
type claims struct {
	Subject  string   `json:"sub"`
	Issuer   string   `json:"iss"`
	Audience audience `json:"aud"`
	Expires  int64    `json:"exp"`
	From     int64    `json:"nbf"`
}

// audience is one string or several.
type audience []string

func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// verifyJWT checks a compact JWT (RS256, ES256 or HS256) against the trusted keys
// and returns its subject.
func (s Settings) verifyJWT(token string, now time.Time) (subject string, err error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return "", errors.New("it is not a compact JWT")
	}
	var header struct {
		Algorithm string `json:"alg"`
	}
	var c claims
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err = errors.Join(err, decodePart(parts[0], &header), decodePart(parts[1], &c)); err != nil {
		return "", errors.New("it cannot be decoded")
	}
	signed := []byte(parts[0] + "." + parts[1])
	if !slices.ContainsFunc(s.JWTKeys, func(key string) bool { return signedBy(key, header.Algorithm, signed, signature) }) {
		return "", errors.New("no trusted key signed it")
	}
	return c.Subject, s.judge(c, now)
}

func decodePart(part string, target any) error {
	b, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return err
	}
	return json.Unmarshal(b, target)
}

func (s Settings) judge(c claims, now time.Time) error {
	switch {
	case c.Expires == 0 || now.Unix() >= c.Expires:
		return errors.New("it has expired")
	case now.Unix() < c.From:
		return errors.New("it is not valid yet")
	case s.JWTIssuer != "" && c.Issuer != s.JWTIssuer:
		return errors.New("its issuer is not trusted")
	case s.JWTAudience != "" && !slices.Contains(c.Audience, s.JWTAudience):
		return errors.New("it is for another audience")
	}
	return nil
}

// signedBy checks a signature with one key: a PEM public key or "hs256:SECRET".
func signedBy(key, algorithm string, signed, signature []byte) bool {
	if secret, ok := strings.CutPrefix(key, "hs256:"); ok {
		mac := hmac.New(sha256.New, []byte(secret))
		mac.Write(signed)
		return algorithm == "HS256" && hmac.Equal(mac.Sum(nil), signature)
	}
	block, _ := pem.Decode([]byte(key))
	if block == nil {
		return false
	}
	public, err := x509.ParsePKIXPublicKey(block.Bytes)
	if err != nil {
		return false
	}
	sum := sha256.Sum256(signed)
	switch public := public.(type) {
	case *rsa.PublicKey:
		return algorithm == "RS256" && rsa.VerifyPKCS1v15(public, crypto.SHA256, sum[:], signature) == nil
	case *ecdsa.PublicKey:
		return algorithm == "ES256" && len(signature) == 64 && ecdsa.Verify(public, sum[:],
			new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
	}
	return false
}
