package simulator

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net/http"
	"testing"
	"time"
)

// certificate makes a self-signed one.
func certificate(t *testing.T, name string, until time.Time) tls.Certificate {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: until.Add(-24 * time.Hour),
		NotAfter: until,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{
			x509.ExtKeyUsageClientAuth,
			x509.ExtKeyUsageServerAuth,
		}, DNSNames: []string{"localhost"},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}
}

func TestGrants_Certificate(t *testing.T) {
	s := New(World{Users: []User{{Name: "robot"}, {Name: "agent", Certificate: "build.example.test"}}})
	base, err := s.StartTLS()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	later := time.Now().Add(time.Hour)
	for name, c := range map[string]struct {
		certificates []tls.Certificate
		who          string
	}{
		"by user name":   {[]tls.Certificate{certificate(t, "robot", later)}, "robot"},
		"by mapped name": {[]tls.Certificate{certificate(t, "build.example.test", later)}, "agent"},
		"unknown user's": {[]tls.Certificate{certificate(t, "agent", later)}, ""},
		"expired":        {[]tls.Certificate{certificate(t, "robot", time.Now().Add(-time.Hour))}, ""},
		"none":           {nil, ""},
	} {
		user := &client{t: t, base: base, http: &http.Client{Transport: trusting(t, s, c.certificates...)}}
		status, m := user.auth("certificate", object{"client_id": "tf", "scope": "codesign"})
		if c.who == "" {
			if status != 400 {
				t.Errorf("%s: HTTP %d %v", name, status, m)
			}
			continue
		}
		if status != 200 || m["identity"] != s.Trustee(c.who) {
			t.Errorf("%s: HTTP %d %v", name, status, m)
		}
	}
}

func TestListener_LoopbackOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", ":0", "192.0.2.1:80", "example.test:80", "[::]:0", "no port"} {
		if url, err := New(World{}).Listen(address, false); err == nil {
			t.Errorf("listens on %s as %s", address, url)
		}
	}
	s := New(World{})
	if _, err := s.Start(); err != nil || s.TLSCertificatePEM() != nil {
		t.Error(err)
	}
	s.Close()
}
