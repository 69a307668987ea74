package simulator

import (
	"crypto/x509"
	"encoding/pem"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

// verifyJWT checks a compact JWT (RS256, ES256 or HS256) against the trusted keys and returns its
// subject.
func (s Settings) verifyJWT(token string, now time.Time) (subject string, err error) {
	options := []jwt.ParserOption{
		jwt.WithValidMethods([]string{"RS256", "ES256", "HS256"}),
		jwt.WithExpirationRequired(),
		jwt.WithTimeFunc(func() time.Time { return now }),
	}
	if s.JWTIssuer != "" {
		options = append(options, jwt.WithIssuer(s.JWTIssuer))
	}
	if s.JWTAudience != "" {
		options = append(options, jwt.WithAudience(s.JWTAudience))
	}
	var claims jwt.RegisteredClaims
	_, err = jwt.NewParser(options...).ParseWithClaims(token, &claims,
		func(*jwt.Token) (any, error) { return s.jwtKeys(), nil })
	return claims.Subject, err
}

// jwtKeys are the keys of the settings: PEM public keys and "hs256:SECRET".
func (s Settings) jwtKeys() jwt.VerificationKeySet {
	var set jwt.VerificationKeySet
	for _, key := range s.JWTKeys {
		if secret, ok := strings.CutPrefix(key, "hs256:"); ok {
			set.Keys = append(set.Keys, []byte(secret))
			continue
		}
		block, _ := pem.Decode([]byte(key))
		if block == nil {
			continue
		}
		if public, err := x509.ParsePKIXPublicKey(block.Bytes); err == nil {
			set.Keys = append(set.Keys, public)
		}
	}
	return set
}
