package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// encodings of PKCS#12 that are met in the wild.
var encodings = map[string]*pkcs12.Encoder{
	"modern encryption (AES-256)":  pkcs12.Modern,
	"legacy encryption (3DES)":     pkcs12.LegacyDES,
	"legacy encryption (RC2, MAC)": pkcs12.LegacyRC2,
}

// certificate makes one that signs itself and ends at a time; hosts make it a server's.
func certificate(t *testing.T, name string, end time.Time, hosts ...string) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: hosts,
		NotBefore: end.Add(-48 * time.Hour), NotAfter: end, IsCA: len(hosts) > 0, BasicConstraintsValid: true,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth, x509.ExtKeyUsageServerAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

// p12 makes a PKCS#12 that the planted password opens.
func p12(t *testing.T, encoding *pkcs12.Encoder, name string, end time.Time) []byte {
	t.Helper()
	c := certificate(t, name, end)
	content, err := encoding.Encode(c.PrivateKey, c.Leaf, nil, plantedPassword)
	if err != nil {
		t.Fatal(err)
	}
	return content
}

func pemOf(c tls.Certificate) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Leaf.Raw}))
}
