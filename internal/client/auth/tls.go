package auth

import (
	"crypto/tls"
	"net/http"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// NewTransport returns the connection pool for all requests of the provider: TLS 1.2 at least, the
// trust bundle beside the system's roots, and the client certificate if that is the selected
// method. It has one connection more than there are operations at once, so that a renewal never
// waits for them; 0 operations set no limit. It reads files and does not access the network.
func NewTransport(c Credentials, operations int) (*http.Transport, error) {
	config, err := tlsConfig(c, time.Now())
	if err != nil {
		return nil, err
	}
	connections := 0
	if operations > 0 {
		connections = operations + 1
	}
	return transport.NewHTTP(config, connections), nil
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
