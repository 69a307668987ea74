package transport

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// Steps are those of net/http: it asks for a connection, gets one, and writes the request.
func TestDelivery_NotSent(t *testing.T) {
	failed := errors.New("broken pipe")
	asks := func(t *httptrace.ClientTrace) { t.GetConn("") }
	gets := func(t *httptrace.ClientTrace) { t.GotConn(httptrace.GotConnInfo{}) }
	writes := func(t *httptrace.ClientTrace) { t.WroteRequest(httptrace.WroteRequestInfo{}) }
	fails := func(t *httptrace.ClientTrace) { t.WroteRequest(httptrace.WroteRequestInfo{Err: failed}) }
	for name, c := range map[string]struct {
		steps   []func(*httptrace.ClientTrace)
		notSent bool
	}{
		"no connection":         {[]func(*httptrace.ClientTrace){asks}, true},
		"still writing":         {[]func(*httptrace.ClientTrace){asks, gets}, false},
		"written":               {[]func(*httptrace.ClientTrace){asks, gets, writes}, false},
		"not written":           {[]func(*httptrace.ClientTrace){asks, gets, fails}, true},
		"second connection":     {[]func(*httptrace.ClientTrace){asks, gets, fails, asks}, true},
		"written, then another": {[]func(*httptrace.ClientTrace){asks, gets, writes, asks, gets, fails}, false},
	} {
		var d delivery
		trace := d.trace()
		for _, step := range c.steps {
			step(trace)
		}
		if got := d.notSent(failed); got != c.notSent {
			t.Errorf("%s: got %t", name, got)
		}
	}
	var d delivery
	if !d.notSent(&net.OpError{Op: "dial"}) || d.notSent(failed) {
		t.Error("without a trace, the error decides")
	}
}

func TestNoConnection(t *testing.T) {
	for err, want := range map[error]bool{
		&net.OpError{Op: "dial"}: true, &net.OpError{Op: "proxyconnect"}: true, &net.OpError{Op: "read"}: false,
		&Error{Code: ProxyRefused}: true, &Error{Code: Timeout}: false,
	} {
		if got := NoConnection(fmt.Errorf("sending: %w", err)); got != want {
			t.Errorf("%v: got %t", err, got)
		}
	}
}

func TestCheckProxyAnswer(t *testing.T) {
	proxy := &url.URL{Host: "proxy:3128"}
	if err := checkProxyAnswer(t.Context(), proxy, nil, &http.Response{StatusCode: http.StatusOK}); err != nil {
		t.Error(err)
	}
	err := checkProxyAnswer(t.Context(), proxy, nil, &http.Response{StatusCode: http.StatusForbidden})
	e := New(Options{Secrets: &redact.Secrets{}}).SanitizeError(fmt.Errorf("connecting: %w", err))
	if e.Code != ProxyRefused || e.Status != http.StatusForbidden ||
		e.Text != "connecting: the proxy proxy:3128 answered 403 Forbidden" {
		t.Errorf("got %+v", e)
	}
}

func TestIsPermanent(t *testing.T) {
	alert := &net.OpError{Op: "remote error", Err: errors.New("tls: handshake failure")}
	for err, want := range map[error]bool{
		&Error{Code: NotJSON}: true, &Error{Code: BadAnswer}: true, &Error{Code: NoToken}: true,
		&Error{Code: Network}: false, &Error{Code: Timeout}: false,
		&tls.CertificateVerificationError{Err: errors.New("unknown authority")}: true,
		http.ErrSchemeMismatch: true, alert: true, &net.OpError{Op: "read", Err: errors.New("reset")}: false,
	} {
		if got := isPermanent(fmt.Errorf("sending: %w", err)); got != want {
			t.Errorf("%v: got %t", err, got)
		}
	}
	if !isPermanent(tls.RecordHeaderError{Msg: "first record does not look like a TLS handshake"}) {
		t.Error("an answer without TLS is not permanent")
	}
	if got := TLSAlert(alert); got != "tls: handshake failure" {
		t.Errorf("got %q", got)
	}
}
