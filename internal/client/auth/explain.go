package auth

import (
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Explain describes a failed connection and names the attribute that fixes it. It returns an empty
// text if it can add nothing to the error.
func Explain(err error) string {
	for _, explain := range []func(error) string{
		explainRoots, explainHost, explainValidity, explainProtocol,
		explainProxy, explainNetwork,
	} {
		if words := explain(err); words != "" {
			return words
		}
	}
	return ""
}

func explainRoots(err error) string {
	var unknown x509.UnknownAuthorityError
	if !errors.As(err, &unknown) {
		return ""
	}
	issuer := ""
	if unknown.Cert != nil {
		issuer = " (issued by " + quoted(unknown.Cert.Issuer.String()) + ")"
	}
	return "The server's certificate" + issuer + " is signed by an authority that this machine does not trust: " +
		"set trust_bundle (or VENAFI_TRUST_BUNDLE) to the PEM of that authority or to the path of a PEM file."
}

func explainHost(err error) string {
	var host x509.HostnameError
	if !errors.As(err, &host) || host.Certificate == nil {
		return ""
	}
	names := host.Certificate.DNSNames
	for _, ip := range host.Certificate.IPAddresses {
		names = append(names, ip.String())
	}
	return fmt.Sprintf("The server's certificate is not for %s but for %s: set url to a name that is in the certificate.",
		quoted(host.Host), quoted(strings.Join(names, ", ")))
}

func explainValidity(err error) string {
	var invalid x509.CertificateInvalidError
	if !errors.As(err, &invalid) || invalid.Reason != x509.Expired || invalid.Cert == nil {
		return ""
	}
	return fmt.Sprintf("The certificate of %s is valid from %s to %s: the server needs a new one, or this "+
		"machine's clock is wrong.",
		quoted(invalid.Cert.Subject.String()), invalid.Cert.NotBefore.UTC().Format(time.RFC3339),
		invalid.Cert.NotAfter.UTC().Format(time.RFC3339))
}

func explainProtocol(err error) string {
	alert := transport.TLSAlert(err)
	switch {
	case transport.IsNotTLS(err):
		return "The answer is not TLS: check the port in url, and that url leads to the server itself."
	case strings.Contains(alert, "protocol version not supported"):
		return "The server does not support TLS 1.2 or later, and the provider accepts nothing older."
	case alert != "":
		return "The server refused the TLS connection: it may require a client certificate (p12_cert_filename), " +
			"or a different one."
	}
	return ""
}

func explainProxy(err error) string {
	var op *net.OpError
	refused, ok := errors.AsType[*transport.Error](err)
	ok = ok && refused.Code == transport.ProxyRefused
	switch {
	case ok && refused.Status == http.StatusProxyAuthRequired:
		return "The proxy of the environment (HTTPS_PROXY) requires a login: set it to " +
			"http://USER:PASSWORD@HOST:PORT, or add the server's host to NO_PROXY."
	case ok:
		return "The proxy of the environment (HTTPS_PROXY) did not connect to the server: check url, ask the " +
			"operator of the proxy, or add the server's host to NO_PROXY."
	case errors.As(err, &op) && op.Op == "proxyconnect":
		return "The proxy of the environment (HTTPS_PROXY) cannot be used: check it, or add the server's host to NO_PROXY."
	}
	return ""
}

func explainNetwork(err error) string {
	var dns *net.DNSError
	var slow interface{ Timeout() bool }
	switch {
	case errors.As(err, &dns) && dns.IsNotFound:
		return "The host " + quoted(dns.Name) + " is not known: check url, and HTTPS_PROXY if the server is behind a proxy."
	case transport.NoConnection(err):
		return "Could not connect: check url, firewalls, and HTTPS_PROXY if the server is behind a proxy."
	case errors.As(err, &slow) && slow.Timeout():
		return "No answer came in time: check the host and the port in url, firewalls, and HTTPS_PROXY if the " +
			"server is behind a proxy; a slow server needs a longer request_timeout."
	}
	return ""
}
