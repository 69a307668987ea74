package transport

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// NewHTTP returns the connection pool for one server. A connections of 0 sets no limit. The proxy
// comes from the environment.
//
// It speaks HTTP/1.1, because the server puts messages into the reason phrase, sometimes only there (VCERT), and asks
// for client certificates by renegotiation. HTTP/2 has neither.
func NewHTTP(config *tls.Config, connections int) *http.Transport {
	if config == nil {
		config = &tls.Config{MinVersion: tls.VersionTLS12}
	}
	if config.ClientSessionCache == nil {
		config.ClientSessionCache = tls.NewLRUClientSessionCache(connections)
	}
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy:                  http.ProxyFromEnvironment,
		OnProxyConnectResponse: checkProxyAnswer,
		DialContext:            (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:        config,
		TLSHandshakeTimeout:    10 * time.Second,
		ExpectContinueTimeout:  time.Second,
		IdleConnTimeout:        90 * time.Second,
		MaxResponseHeaderBytes: 64 << 10,
		MaxIdleConns:           connections,
		MaxIdleConnsPerHost:    connections,
		MaxConnsPerHost:        connections,
		Protocols:              &protocols,
	}
}

func checkProxyAnswer(_ context.Context, proxy *url.URL, _ *http.Request, resp *http.Response) error {
	if resp.StatusCode == http.StatusOK {
		return nil
	}
	return &Error{
		Code: ProxyRefused, Status: resp.StatusCode,
		Text: fmt.Sprintf("the proxy %s answered %d %s", redact.Clean(proxy.Host, redact.MaxMessageLength),
			resp.StatusCode, http.StatusText(resp.StatusCode)),
	}
}
