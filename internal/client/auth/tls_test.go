package auth

import (
	"context"
	"crypto/tls"
	"encoding/base64"
	"errors"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"software.sslmate.com/src/go-pkcs12"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// tlsServer answers every grant with a token, over TLS with a certificate.
func tlsServer(t *testing.T, c tls.Certificate, versions ...uint16) *httptest.Server {
	t.Helper()
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, `{"access_token":"dG9rZW4=","expires_in":900}`)
	}))
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.TLS = &tls.Config{Certificates: []tls.Certificate{c}}
	if len(versions) > 0 {
		server.TLS.MinVersion, server.TLS.MaxVersion = versions[0], versions[0]
	}
	server.StartTLS()
	t.Cleanup(server.Close)
	return server
}

// loggedIn tries a password grant against a server of one's own.
func loggedIn(t *testing.T, url, bundle string) error {
	t.Helper()
	block := map[string]string{attrURL: url, attrUsername: "robot", attrPassword: plantedPassword}
	if bundle != "" {
		block[attrTrustBundle] = bundle
	}
	c := choose(t, block)
	s := NewSource(c, transportOf(t, c), client.Options{}) // without retries: this is real time
	_, err := s.Token(context.Background())
	return err
}

func TestTrustBundle_TextOrPath(t *testing.T) {
	identity := certificate(t, "server", time.Now().Add(time.Hour), "localhost")
	server := tlsServer(t, identity)
	url := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	for name, bundle := range map[string]string{
		"text": "# our CA\n" + pemOf(identity), "path": secretFile(t, pemOf(identity)), "path with a line " +
			"break": secretFile(t, pemOf(identity)) + "\n",
	} {
		if err := loggedIn(t, url, bundle); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestExplain_FailedHandshake(t *testing.T) {
	good := certificate(t, "Example server", time.Now().Add(time.Hour), "localhost")
	other := certificate(t, "Another CA", time.Now().Add(time.Hour), "localhost")
	old := certificate(t, "Example server", time.Now().Add(-time.Hour), "localhost")
	picky := tlsServer(t, good)
	picky.TLS.ClientAuth = tls.RequireAnyClientCert
	host := func(s *httptest.Server) string { return strings.Replace(s.URL, "127.0.0.1", "localhost", 1) }
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	for name, tt := range map[string]struct {
		url, bundle string
		says        []string
	}{
		"unknown CA": {
			host(tlsServer(t, good)), "",
			[]string{`issued by "CN=Example server"`, "Set trust_bundle", "VENAFI_TRUST_BUNDLE"},
		},
		"another CA": {host(tlsServer(t, good)), pemOf(other), []string{"Set trust_bundle"}},
		"expired certificate": {
			host(tlsServer(t, old)), pemOf(old),
			[]string{`certificate of "CN=Example server" is valid from`, "Renew the certificate of the server"},
		},
		"another host": {
			tlsServer(t, good).URL, pemOf(good),
			[]string{`not valid for "127.0.0.1", only for "localhost"`, "Set url"},
		},
		"TLS 1.1": {
			host(tlsServer(t, good, tls.VersionTLS11)), pemOf(good), []string{"does not support TLS 1.2"},
		},
		"no client certificate": {host(picky), pemOf(good), []string{"certificate required", "p12_cert_filename"}},
		"no TLS at all": {
			strings.Replace(plain.URL, "http:", "https:", 1), "", []string{"not TLS", "port in url"},
		},
		"no listener": {"https://127.0.0.1:1", "", []string{"connection refused", "Could not connect"}},
	} {
		t.Run(name, func(t *testing.T) { wantSaid(t, loggedIn(t, tt.url, tt.bundle), tt.says...) })
	}
}

func TestTrustBundle_Errors(t *testing.T) {
	for name, tt := range map[string]struct{ bundle, says string }{
		"no such file":   {filepath.Join(t.TempDir(), "none.pem"), "does not exist"},
		"no certificate": {secretFile(t, "PLANTED"), "contains no PEM certificate"},
		"a key": {
			"-----BEGIN PRIVATE KEY-----\nUExBTlRFRA==\n-----END PRIVATE KEY-----",
			"The text of trust_bundle contains no PEM certificate",
		},
		"a damaged one": {
			"-----BEGIN CERTIFICATE-----\nUExBTlRFRA==\n-----END CERTIFICATE-----",
			"cannot be read (number 1,",
		},
		"half a text": {"-----BEGIN CERTIFICATE-----\nUExBTlRFRA", "without its END line"},
		"a directory": {t.TempDir(), "is a directory"},
		"a secret":    {filepath.Join(t.TempDir(), "\x1b[31m"), "does not exist"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewTransport(choose(t, map[string]string{
				attrAccessToken: "t",
				attrTrustBundle: tt.bundle,
			}), 0)
			wantSaid(t, err, tt.says)
			wantAttribute(t, err, attrTrustBundle)
		})
	}
}

func wantAttribute(t *testing.T, err error, attribute string) {
	t.Helper()
	var problem *Error
	if !errors.As(err, &problem) || problem.Attribute != attribute {
		t.Errorf("%v does not point at %s", err, attribute)
	}
}

func TestClientCertificate_Errors(t *testing.T) {
	content := p12(t, pkcs12.Modern, "robot", time.Now().Add(time.Hour))
	past := p12(t, pkcs12.LegacyDES, "robot", time.Date(2020, 1, 2, 3, 4, 5, 0, time.UTC))
	file := func(content []byte) map[string]string {
		return map[string]string{attrP12File: secretFile(t, string(content)), attrP12Password: plantedPassword}
	}
	for name, tt := range map[string]struct {
		block     map[string]string
		attribute string
		says      string
	}{
		"wrong password": {map[string]string{
			attrP12File:     secretFile(t, string(content)),
			attrP12Password: "PLANTED-wrong",
		}, attrP12Password, "does not open the PKCS#12 container in p12_cert_filename"},
		"no password": {
			map[string]string{attrP12Data: base64.StdEncoding.EncodeToString(content)},
			attrP12Password, "does not open the PKCS#12 container in p12_cert_data",
		},
		"no file": {
			map[string]string{attrP12File: filepath.Join(t.TempDir(), "none.p12")},
			attrP12File, "does not exist",
		},
		"PEM": {
			file([]byte(pemOf(certificate(t, "robot", time.Now().Add(time.Hour))))),
			attrP12File, "openssl pkcs12 -export",
		},
		"something else":   {file([]byte("PLANTED")), attrP12File, "not a PKCS#12 container"},
		"an empty file":    {file(nil), attrP12File, "not a PKCS#12 container"},
		"expired":          {file(past), attrP12File, `"CN=robot" expired on 2020-01-02T03:04:05Z`},
		"data, no base64":  {map[string]string{attrP12Data: "PLANTED***"}, attrP12Data, "filebase64"},
		"data, not PKCS12": {map[string]string{attrP12Data: "UExBTlRFRA=="}, attrP12Data, "not a PKCS#12 container"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := NewTransport(choose(t, tt.block), 0)
			wantSaid(t, err, tt.says)
			wantAttribute(t, err, tt.attribute)
		})
	}
}

func TestClientCertificate_Base64(t *testing.T) {
	content := p12(t, pkcs12.Modern, "robot", time.Now().Add(time.Hour))
	for name, data := range map[string]string{
		"standard": base64.StdEncoding.EncodeToString(content), "raw": base64.RawStdEncoding.EncodeToString(content),
		"url": base64.URLEncoding.EncodeToString(content),
		"lines": base64.StdEncoding.EncodeToString(content)[:40] + "\r\n" +
			base64.StdEncoding.EncodeToString(content)[40:],
	} {
		transport, err := NewTransport(choose(t, map[string]string{
			attrP12Data:     data,
			attrP12Password: plantedPassword,
		}), 0)
		if err != nil || len(transport.TLSClientConfig.Certificates) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestClientCertificate_NotValidYet(t *testing.T) {
	content := base64.StdEncoding.EncodeToString(p12(t, pkcs12.Modern, "robot", time.Now().Add(time.Hour)))
	_, err := clientCertificate(choose(t, map[string]string{
		attrP12Data:     content,
		attrP12Password: plantedPassword,
	}), time.Now().Add(-100*time.Hour))
	wantSaid(t, err, "is valid only from")
}

func TestNewTransport_ConnectionsAndTLSVersion(t *testing.T) {
	transport, err := NewTransport(byPassword(t), 16)
	if err != nil {
		t.Fatal(err)
	}
	config := transport.TLSClientConfig
	if config.MinVersion != tls.VersionTLS12 || config.InsecureSkipVerify ||
		config.ClientSessionCache == nil || transport.MaxConnsPerHost != 17 {
		t.Errorf("MinVersion %x, connections %d", config.MinVersion, transport.MaxConnsPerHost)
	}
}

// The advice fits the value.
func TestTrustBundle_Advice(t *testing.T) {
	const use = " trust_bundle expects PEM text or the path of a PEM file."
	const none = " contains no PEM certificate, which begins with -----BEGIN CERTIFICATE-----."
	authority := certificate(t, "authority", time.Now().Add(time.Hour), "localhost")
	text, der := secretFile(t, "not a certificate"), secretFile(t, string(authority.Certificate[0]))
	empty := secretFile(t, "")
	for name, tt := range map[string]struct{ bundle, want string }{
		"text in UTF-16": {
			string(wide([]byte(pemOf(authority)), false)),
			"The text of trust_bundle is encoded in UTF-16 (little endian) instead of UTF-8.",
		},
		"an END line alone": {
			"AAAA\n-----END CERTIFICATE-----",
			"The text of trust_bundle contains an END line without its BEGIN line (line 2).",
		},
		"JSON":          {`{"a":1}`, "The value is neither PEM nor a path: it looks like JSON (not shown)." + use},
		"PEM in base64": {"LS0tLS1CRUdJTg==", "PEM in base64 (not shown)." + use + " Decode it with base64decode()."},
		"a text file":   {text, "The file " + shownPath(text) + none},
		"an empty file": {empty, "The file " + shownPath(empty) + none},
		"a DER file": {
			der, none + " It is a DER certificate. Convert it: openssl x509 -inform DER -in FILE.",
		},
	} {
		if _, problem := trustedRoots(tt.bundle); problem == nil || !strings.HasSuffix(problem.Detail, tt.want) {
			t.Errorf("%s: %v", name, problem.Detail)
		}
	}
}

// A web server may ask for the client certificate after the handshake.
func TestNewTransport_Renegotiation(t *testing.T) {
	key := newKey(t)
	content, err := pkcs12.Modern.Encode(key, issued(t, "robot", key, time.Now().Add(-time.Hour),
		time.Now().Add(time.Hour), nil).Leaf, nil, plantedPassword)
	if err != nil {
		t.Fatal(err)
	}
	byCertificate := choose(t, map[string]string{
		attrP12Data: base64.StdEncoding.EncodeToString(content), attrP12Password: plantedPassword,
	})
	for want, c := range map[tls.RenegotiationSupport]Credentials{
		tls.RenegotiateFreelyAsClient: byCertificate, tls.RenegotiateNever: byPassword(t),
	} {
		if got := transportOf(t, c).TLSClientConfig.Renegotiation; got != want {
			t.Errorf("%s: %v", c.Method, got)
		}
	}
}
