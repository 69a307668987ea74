package auth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// issued is a certificate for a key, signed by another one; without a parent it signs itself.
func issued(t *testing.T, name string, key *ecdsa.PrivateKey, start, end time.Time,
	parent *tls.Certificate,
) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: name},
		NotBefore: start, NotAfter: end,
		IsCA: strings.HasSuffix(name, "CA"), BasicConstraintsValid: true,
		KeyUsage:    x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth},
	}
	above, signer := template, any(key)
	if parent != nil {
		above, signer = parent.Leaf, parent.PrivateKey
	}
	der, err := x509.CreateCertificate(rand.Reader, template, above, key.Public(), signer)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
}

func newKey(t *testing.T) *ecdsa.PrivateKey {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// chosen are the names of the certificates that a PKCS#12 with these, in this order, is used with.
func chosen(t *testing.T, key *ecdsa.PrivateKey, all ...tls.Certificate) (string, error) {
	t.Helper()
	var others []*x509.Certificate
	for _, c := range all[1:] {
		others = append(others, c.Leaf)
	}
	content, err := pkcs12.Modern.Encode(key, all[0].Leaf, others, plantedPassword)
	if err != nil {
		t.Fatal(err)
	}
	block := map[string]string{
		attrP12Data: base64.StdEncoding.EncodeToString(content), attrP12Password: plantedPassword,
	}
	transport, err := NewTransport(choose(t, block), 0)
	if err != nil {
		return "", err
	}
	used := transport.TLSClientConfig.Certificates[0]
	var names []string
	for _, der := range used.Certificate {
		c, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		names = append(names, c.Subject.CommonName)
	}
	if used.Leaf.Subject.CommonName != names[0] || !key.Equal(used.PrivateKey) {
		t.Errorf("the leaf is %s, the first certificate %s", used.Leaf.Subject.CommonName, names[0])
	}
	return strings.Join(names, " < "), nil
}

func TestClientCertificate_MatchesKey(t *testing.T) {
	now := time.Now()
	from, to := now.Add(-time.Hour), now.Add(time.Hour)
	root := issued(t, "Root CA", newKey(t), from, to, nil)
	middle := issued(t, "Middle CA", newKey(t), from, to, &root)
	key := newKey(t)
	leaf := issued(t, "robot", key, from, to, &middle)
	other := issued(t, "other CA", newKey(t), from, to, nil)
	order := []tls.Certificate{leaf, middle, root}
	for _, rows := range [][]int{{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}} {
		all := []tls.Certificate{order[rows[0]], order[rows[1]], order[rows[2]]}
		if got, err := chosen(t, key, all...); err != nil || got != "robot < Middle CA < Root CA" {
			t.Errorf("%v: %s, %v", rows, got, err)
		}
	}
	if got, err := chosen(t, key, other, root, leaf, middle); err != nil || got != "robot < Middle CA < Root CA "+
		"< other CA" {
		t.Errorf("with another authority: %s, %v", got, err)
	}
	if got, err := chosen(t, key, leaf); err != nil || got != "robot" {
		t.Errorf("alone: %s, %v", got, err)
	}
}

func TestClientCertificate_SeveralForOneKey(t *testing.T) {
	now, key := time.Now(), newKey(t)
	from, to := now.Add(-time.Hour), now.Add(time.Hour)
	root := issued(t, "Root CA", newKey(t), from, to, nil)
	past := issued(t, "past", key, from.Add(-time.Hour), from, &root)
	future := issued(t, "future", key, to, to.Add(time.Hour), &root)
	short := issued(t, "short", key, from, to, &root)
	long := issued(t, "long", key, from, to.Add(time.Minute), &root)
	for want, all := range map[string][]tls.Certificate{
		"short < Root CA": {past, root, short, future}, "long < Root CA": {short, long, future, root},
	} {
		for range all {
			if got, err := chosen(t, key, all...); err != nil || got != want {
				t.Errorf("%s, %v, want %s", got, err, want)
			}
			all = append(slices.Clone(all[1:]), all[0])
		}
	}
	_, err := chosen(t, key, past, root)
	wantSaid(t, err, `"CN=past" expired on`)
	_, err = chosen(t, key, root, future, past)
	wantSaid(t, err, fmt.Sprintf(`"CN=future" is valid only from %s`, to.UTC().Format(time.RFC3339)))
	_, err = chosen(t, newKey(t), root, short)
	wantSaid(t, err, "belong to another key", "CN=Root CA", "CN=short")
	wantAttribute(t, err, attrP12Data)
}

// The server sees the leaf and its chain in the handshake.
func TestClientCertificate_ChainIsSent(t *testing.T) {
	now := time.Now()
	root := issued(t, "Root CA", newKey(t), now.Add(-time.Hour), now.Add(time.Hour), nil)
	middle := issued(t, "Middle CA", newKey(t), now.Add(-time.Hour), now.Add(time.Hour), &root)
	key := newKey(t)
	leaf := issued(t, "robot", key, now.Add(-time.Hour), now.Add(time.Hour), &middle)
	identity := certificate(t, "server", now.Add(time.Hour), "localhost")
	server := tlsServer(t, identity)
	var seen []string
	server.TLS.ClientAuth, server.TLS.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
	server.TLS.ClientCAs.AddCert(root.Leaf) // the middle one has to come with the leaf
	server.TLS.VerifyConnection = func(state tls.ConnectionState) error {
		seen = nil
		for _, c := range state.PeerCertificates {
			seen = append(seen, c.Subject.CommonName)
		}
		return nil
	}
	content, err := pkcs12.Modern.Encode(key, root.Leaf, []*x509.Certificate{middle.Leaf, leaf.Leaf}, plantedPassword)
	if err != nil {
		t.Fatal(err)
	}
	c := choose(t, map[string]string{
		attrURL: strings.Replace(server.URL, "127.0.0.1", "localhost", 1), attrTrustBundle: pemOf(identity),
		attrP12Data: base64.StdEncoding.EncodeToString(content), attrP12Password: plantedPassword,
	})
	s := NewSource(c, transportOf(t, c), client.Options{})
	mustToken(t, s)
	if !slices.Equal(seen, []string{"robot", "Middle CA", "Root CA"}) {
		t.Errorf("the server saw %q", seen)
	}
}

// An issuer has the name and the key that the certificate below it needs. Others come last.
func TestChainOf(t *testing.T) {
	start, end := time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	rootKey := newKey(t)
	root := issued(t, "Root CA", rootKey, start, end, nil)
	renamed := issued(t, "Renamed CA", rootKey, start, end, nil)
	namesake := issued(t, "Root CA", newKey(t), start, end, nil)
	middle := issued(t, "Middle CA", newKey(t), start, end, &root)
	leaf := issued(t, "robot", newKey(t), start, end, &middle)
	for name, all := range map[string][2][]tls.Certificate{
		"another certificate between": {{leaf, middle, renamed, root}, {middle, root, renamed}},
		"another name for the key":    {{renamed, root, middle, leaf}, {middle, root, renamed}},
		"another key for the name":    {{namesake, root, middle, leaf}, {middle, root, namesake}},
		"no issuer":                   {{leaf, root, namesake}, {root, namesake}},
	} {
		leaves := func(from []tls.Certificate) (out []*x509.Certificate) {
			for _, c := range from {
				out = append(out, c.Leaf)
			}
			return out
		}
		got := chainOf(leaf.Leaf, leaves(all[0]))
		if !slices.EqualFunc(got, leaves(all[1]), (*x509.Certificate).Equal) {
			t.Errorf("%s: the chain is %s", name, subjects(got))
		}
	}
}
