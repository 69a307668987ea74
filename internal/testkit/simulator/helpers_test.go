package simulator

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"io"
	"net/http"
	"testing"

	"go.uber.org/goleak"
)

// client is one user's way into a server.
type client struct {
	t     *testing.T
	http  *http.Client
	base  string
	token string
}

func as(t *testing.T, s *Server, user, scopes string) *client {
	t.Helper()
	return &client{
		t: t, http: &http.Client{Transport: s.Transport()}, base: "http://sim.test",
		token: s.Token(user, scopes),
	}
}

// do sends a body (a string is sent as it is) and returns status and decoded answer.
func (c *client) do(method, path string, body any) (int, map[string]any) {
	c.t.Helper()
	raw, ok := body.(string)
	if !ok && body != nil {
		raw = string(mustJSON(body))
	}
	r, err := http.NewRequest(method, c.base+path, bytes.NewBufferString(raw))
	if err != nil {
		c.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if c.token != "" {
		r.Header.Set("Authorization", "Bearer "+c.token)
	}
	res, err := c.http.Do(r)
	if err != nil {
		c.t.Fatalf("%s %s: %v", method, path, err)
	}
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	var m map[string]any
	_ = json.Unmarshal(b, &m)
	return res.StatusCode, m
}

func (c *client) post(op string, body any) map[string]any {
	c.t.Helper()
	status, m := c.do(http.MethodPost, "/vedsdk/"+op, body)
	if status != http.StatusOK {
		c.t.Fatalf("%s: HTTP %d: %v", op, status, m)
	}
	return m
}

// want posts and checks the result code of the answer.
func (c *client) want(result int, op string, body any) map[string]any {
	c.t.Helper()
	m := c.post(op, body)
	if got, ok := m["Result"].(float64); !ok || int(got) != result {
		c.t.Errorf("%s %v: result %v, want %d (%v)", op, body, m["Result"], result, m["Error"])
	}
	return m
}

// refused posts and checks for an error of the authentication layer.
func (c *client) refused(status int, kind, op string, body any) {
	c.t.Helper()
	got, m := c.do(http.MethodPost, "/vedsdk/"+op, body)
	if got != status || m["error"] != kind {
		c.t.Errorf("%s %v: HTTP %d %v, want %d %s", op, body, got, m, status, kind)
	}
}

func dnOf(name string) string { return projectsRoot + `\` + name }

func jsonReader(v any) io.Reader { return bytes.NewReader(mustJSON(v)) }

// trusting is a transport that trusts the server's certificate and is its own.
func trusting(t *testing.T, s *Server, certificates ...tls.Certificate) *http.Transport {
	t.Helper()
	transport := &http.Transport{
		ForceAttemptHTTP2: true,
		TLSClientConfig: &tls.Config{
			RootCAs: x509.NewCertPool(), Certificates: certificates, MinVersion: tls.VersionTLS12,
		},
	}
	if pem := s.TLSCertificatePEM(); pem != nil && !transport.TLSClientConfig.RootCAs.AppendCertsFromPEM(pem) {
		t.Fatal("no certificate in the PEM text")
	}
	t.Cleanup(transport.CloseIdleConnections)
	return transport
}

func decodeObject(t *testing.T, b []byte) object {
	t.Helper()
	var m object
	if err := json.Unmarshal(b, &m); err != nil {
		t.Fatalf("%v: %s", err, b)
	}
	return m
}

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }
