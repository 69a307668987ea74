package auth

import (
	"crypto/tls"
	"net/http"
	"net/url"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// TransportOptions are the settings of the transport beside the credentials. The zero value is
// usable.
type TransportOptions struct {
	MaxConnections int                                   // to the server at once; 0: no limit
	Proxy          func(*http.Request) (*url.URL, error) // nil: from the environment (HTTPS_PROXY, NO_PROXY …)
	Now            func() time.Time                      // for the validity of the client certificate; nil: time.Now
}

// NewTransport returns the connection pool for all requests of the provider: TLS 1.2 at least, the
// trust bundle beside the system's roots, and the client certificate if that is the selected
// method. It reads files and does not access the network.
func NewTransport(c Credentials, o TransportOptions) (*http.Transport, error) {
	config, err := tlsConfig(c, o.now())
	if err != nil {
		return nil, err
	}
	pool := transport.NewHTTP(config, o.connections())
	if o.Proxy != nil {
		pool.Proxy = o.Proxy
	}
	return pool, nil
}

// connections adds one to those of the operations, so that a renewal never waits for them.
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
	config := &tls.Config{MinVersion: tls.VersionTLS12}
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
