package auth

import (
	"cmp"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Explain describes a failed connection and names the attribute that fixes it. It returns an empty
// text if it can add nothing to the error.
func Explain(err error) string {
	return cmp.Or(explainCertificate(err), explainProtocol(err), explainProxy(err), explainNetwork(err))
}

func explainCertificate(err error) string {
	if unknown, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		issuer := ""
		if unknown.Cert != nil {
			issuer = " (issued by " + quoted(unknown.Cert.Issuer.String()) + ")"
		}
		return "The server's certificate" + issuer + " is signed by an authority that this machine does not trust. " +
			"Set trust_bundle (or VENAFI_TRUST_BUNDLE) to the PEM text of that authority or to the path of a PEM file."
	}
	if host, ok := errors.AsType[x509.HostnameError](err); ok && host.Certificate != nil {
		names := host.Certificate.DNSNames
		for _, ip := range host.Certificate.IPAddresses {
			names = append(names, ip.String())
		}
		return fmt.Sprintf("The server's certificate is not valid for %s, only for %s. Set url to a name in the "+
			"certificate.", quoted(host.Host), quoted(strings.Join(names, ", ")))
	}
	invalid, ok := errors.AsType[x509.CertificateInvalidError](err)
	if !ok || invalid.Reason != x509.Expired || invalid.Cert == nil {
		return ""
	}
	return fmt.Sprintf("The certificate of %s is valid from %s to %s. Renew the certificate of the server, or correct "+
		"the clock of this machine.", quoted(invalid.Cert.Subject.String()),
		rfc3339(invalid.Cert.NotBefore), rfc3339(invalid.Cert.NotAfter))
}

func explainProtocol(err error) string {
	alert := transport.TLSAlert(err)
	switch {
	case transport.IsNotTLS(err):
		return "The answer is not TLS. Check the host and the port in url."
	case strings.Contains(alert, "protocol version not supported"):
		return "The server does not support TLS 1.2 or later, which the provider requires."
	case alert != "":
		return "The server refused the TLS connection. It may require a client certificate (p12_cert_filename), " +
			"or another one."
	}
	return ""
}

func explainProxy(err error) string {
	op, dialed := errors.AsType[*net.OpError](err)
	refused, ok := errors.AsType[*transport.Error](err)
	ok = ok && refused.Code == transport.ProxyRefused
	switch {
	case ok && refused.Status == http.StatusProxyAuthRequired:
		return "The proxy in HTTPS_PROXY requires a login. Set HTTPS_PROXY to " +
			"http://USER:PASSWORD@HOST:PORT, or add the host of the server to NO_PROXY."
	case ok:
		return "The proxy in HTTPS_PROXY did not connect to the server. Check url, ask the operator of the " +
			"proxy, or add the host of the server to NO_PROXY."
	case dialed && op.Op == "proxyconnect":
		return "The proxy in HTTPS_PROXY cannot be used. Correct it, or add the host of the server to NO_PROXY."
	}
	return ""
}

func explainNetwork(err error) string {
	dns, unresolved := errors.AsType[*net.DNSError](err)
	var slow interface{ Timeout() bool }
	switch {
	case unresolved && dns.IsNotFound:
		return "The host " + quoted(dns.Name) + " is unknown. Check url, and HTTPS_PROXY if the server is behind a " +
			"proxy."
	case transport.NoConnection(err):
		return "Could not connect. Check url, firewalls, and HTTPS_PROXY if the server is behind a proxy."
	case errors.As(err, &slow) && slow.Timeout():
		return "No answer came in time. Check the host and the port in url, firewalls, and HTTPS_PROXY if the " +
			"server is behind a proxy. If the server is slow, increase request_timeout."
	}
	return ""
}
