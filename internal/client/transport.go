package client

import (
	"crypto/tls"
	"net"
	"net/http"
	"time"
)

// configureTransport keeps connections alive and as many as there may be requests, and resumes TLS sessions. HTTP/2 stays off: it has no reason phrase,
// and the server puts messages there, some of them nowhere else.
func configureTransport(base http.RoundTripper, connections int) http.RoundTripper {
	if base == nil {
		base = http.DefaultTransport
	}
	t, is := base.(*http.Transport)
	if !is {
		return base
	}
	t = t.Clone()
	t.MaxConnsPerHost, t.MaxIdleConnsPerHost, t.MaxIdleConns = connections, connections, connections
	t.IdleConnTimeout, t.MaxResponseHeaderBytes = 90*time.Second, 64<<10
	if t.DialContext == nil {
		t.DialContext = (&net.Dialer{Timeout: 30 * time.Second, KeepAlive: 30 * time.Second}).DialContext
	}
	if t.TLSHandshakeTimeout == 0 {
		t.TLSHandshakeTimeout = 10 * time.Second
	}
	t.ForceAttemptHTTP2, t.TLSNextProto = false, map[string]func(string, *tls.Conn) http.RoundTripper{}
	t.Protocols = new(http.Protocols)
	t.Protocols.SetHTTP1(true)
	if t.TLSClientConfig == nil {
		t.TLSClientConfig = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	t.TLSClientConfig.NextProtos = nil
	if t.TLSClientConfig.ClientSessionCache == nil {
		t.TLSClientConfig.ClientSessionCache = tls.NewLRUClientSessionCache(connections)
	}
	return t
}
