package auth

import (
	"context"
	"crypto/x509"
	"net/http"
	"net/http/httptest"
	"sync/atomic"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// trap counts what reaches it.
func trap(t *testing.T, start func(http.Handler) *httptest.Server) (url string, caught *atomic.Int64) {
	t.Helper()
	caught = new(atomic.Int64)
	server := start(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { caught.Add(1) }))
	t.Cleanup(server.Close)
	return server.URL, caught
}

func TestRedirect_NotFollowed(t *testing.T) {
	plain, caughtPlain := trap(t, httptest.NewServer)
	secure, caughtSecure := trap(t, httptest.NewTLSServer)
	for _, target := range []string{plain, secure, "//" + secure[len("https://"):], "/vedauth/elsewhere"} {
		for _, status := range []int{301, 302, 303, 307, 308} {
			var here atomic.Int64
			server := httptest.NewTLSServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				here.Add(1)
				http.Redirect(w, r, target, status)
			}))
			s := sourceAt(t, server)
			_, err := s.Token(context.Background())
			wantSaid(t, err, "a redirect to", "only to the configured address")
			wantSaid(t, s.Revoke(context.Background(), client.Token{Value: "PLANTED"}), "the server answered")
			if here.Load() != 2 {
				t.Errorf("%d to %s: %d requests, want one grant and one revocation", status, target, here.Load())
			}
			server.Close()
		}
	}
	if caughtPlain.Load()+caughtSecure.Load() > 0 {
		t.Error("a redirect was followed to another host")
	}
}

// sourceAt is a password source at a TLS server of a test, without retries.
func sourceAt(t *testing.T, server *httptest.Server) *Source {
	t.Helper()
	c := choose(t, map[string]string{attrURL: server.URL, attrUsername: "robot", attrPassword: plantedPassword})
	transport := transportOf(t, c)
	transport.TLSClientConfig.RootCAs = x509.NewCertPool()
	transport.TLSClientConfig.RootCAs.AddCert(server.Certificate())
	return NewSource(c, transport, client.Options{RequestTimeout: 10 * time.Second, FollowRedirects: true})
}
