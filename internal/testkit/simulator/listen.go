package simulator

import (
	"bytes"
	"crypto/tls"
	"encoding/pem"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
)

// Start listens on a free port of 127.0.0.1 and returns the base URL, without a
// trailing slash.
func (s *Server) Start() (baseURL string, err error) { return s.Listen("127.0.0.1:0", false) }

// StartTLS is Start over TLS; client certificates are asked for but not demanded.
func (s *Server) StartTLS() (baseURL string, err error) { return s.Listen("127.0.0.1:0", true) }

// Listen is Start with an address of one's own, which must be a loopback one.
func (s *Server) Listen(address string, withTLS bool) (baseURL string, err error) {
	if err := loopbackOnly(address); err != nil {
		return "", err
	}
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return "", fmt.Errorf("listen on %s: %w", address, err)
	}
	s.http = &httptest.Server{
		Listener: listener,
		Config:   &http.Server{Handler: s.Handler(), ErrorLog: silent},
	}
	if withTLS {
		s.http.EnableHTTP2 = s.http2
		s.http.TLS = &tls.Config{ClientAuth: tls.RequestClientCert, MinVersion: tls.VersionTLS12}
		if s.tlsIdentity != nil {
			s.http.TLS.Certificates = []tls.Certificate{*s.tlsIdentity}
		}
		s.http.StartTLS()
	} else {
		s.http.Start()
	}
	return s.http.URL, nil
}

func loopbackOnly(address string) error {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return fmt.Errorf("address %q: %w", address, err)
	}
	if ip := net.ParseIP(host); (ip == nil || !ip.IsLoopback()) && host != "localhost" {
		return fmt.Errorf("address %q: the simulator listens on loopback only", address)
	}
	return nil
}

// Close stops listening and breaks connections that are still open.
func (s *Server) Close() {
	if s.http != nil {
		s.http.CloseClientConnections()
		s.http.Close()
	}
}

// TLSCertificatePEM is the certificate to trust after StartTLS.
func (s *Server) TLSCertificatePEM() []byte {
	if s.http == nil || s.http.Certificate() == nil {
		return nil
	}
	var b bytes.Buffer
	_ = pem.Encode(&b, &pem.Block{Type: "CERTIFICATE", Bytes: s.http.Certificate().Raw})
	return b.Bytes()
}
