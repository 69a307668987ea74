package auth

import (
	"context"
	"crypto/tls"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"time"
)

// TransportOptions are the parts of the transport that are no matter of authentication. The zero value is sane.
type TransportOptions struct {
	MaxConnections int                                   // to the server at once; 0: no limit
	Proxy          func(*http.Request) (*url.URL, error) // nil: from the environment (HTTPS_PROXY, NO_PROXY …)
	Now            func() time.Time                      // for the validity of the client certificate; nil: time.Now
}

// NewTransport builds the transport for everything the provider sends: TLS 1.2 at least, the trust bundle beside the
// system's roots, the client certificate if that is the way chosen. It reads files and touches no network.
//
// It speaks HTTP/1.1, because the server puts messages into the reason phrase, sometimes only there (VCERT), and asks
// for client certificates by renegotiation; HTTP/2 has neither.
func NewTransport(c Credentials, o TransportOptions) (*http.Transport, error) {
	config, err := tlsConfig(c, o.now())
	if err != nil {
		return nil, err
	}
	proxy := o.Proxy
	if proxy == nil {
		proxy = http.ProxyFromEnvironment
	}
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	return &http.Transport{
		Proxy: proxy,
		OnProxyConnectResponse: func(_ context.Context, at *url.URL, _ *http.Request, resp *http.Response) error {
			if resp.StatusCode == http.StatusOK {
				return nil
			}
			return &ProxyError{Proxy: at.Host, Status: resp.StatusCode}
		},
		DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 30 * time.Second}).DialContext,
		TLSClientConfig:       config,
		TLSHandshakeTimeout:   10 * time.Second,
		ExpectContinueTimeout: time.Second,
		IdleConnTimeout:       90 * time.Second,
		MaxIdleConns:          o.connections(),
		MaxIdleConnsPerHost:   o.connections(),
		MaxConnsPerHost:       o.connections(),
		Protocols:             &protocols,
	}, nil
}

// ProxyError is a proxy that does not let us through to the server.
type ProxyError struct {
	Proxy  string // host and port
	Status int    // HTTP status of its answer
}

func (e *ProxyError) Error() string {
	return fmt.Sprintf("the proxy %s answered %d %s", sanitized(e.Proxy), e.Status, http.StatusText(e.Status))
}

// connections leaves one beside those of the operations, so that a renewal never queues behind them.
func (o TransportOptions) connections() int {
	if o.MaxConnections <= 0 {
		return 0
	}
	return o.MaxConnections + 1
}

func (o TransportOptions) now() time.Time {
	if o.Now == nil {
		return time.Now()
	}
	return o.Now()
}

func tlsConfig(c Credentials, now time.Time) (*tls.Config, error) {
	config := &tls.Config{
		MinVersion:         tls.VersionTLS12,
		ClientSessionCache: tls.NewLRUClientSessionCache(0),
	}
	if c.TrustBundle != "" {
		roots, problem := trustedRoots(c.TrustBundle)
		if problem != nil {
			return nil, problem
		}
		config.RootCAs = roots
	}
	if c.Method == Certificate {
		certificate, problem := clientCertificate(c, now)
		if problem != nil {
			return nil, problem
		}
		config.Certificates = []tls.Certificate{*certificate}
		config.Renegotiation = tls.RenegotiateFreelyAsClient
	}
	return config, nil
}
