package auth

import (
	"crypto/tls"
	"crypto/x509"
	"net/http"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// NewTransport returns the connection pool for all requests of the provider: TLS 1.2 at least, the
// trust bundle beside the system's roots, and the client certificate if that is the selected
// method. It has one connection more than there are operations at once, so that a renewal never
// waits for them; 0 operations set no limit. It reads files and does not access the network.
func NewTransport(c Credentials, operations int) (*http.Transport, error) {
	config := &tls.Config{MinVersion: tls.VersionTLS12}
	if c.TrustBundle != "" {
		roots, problem := trustedRoots(c.TrustBundle)
		if problem != nil {
			return nil, problem
		}
		config.RootCAs = roots
	}
	if c.Method == Certificate {
		certificate, problem := clientCertificate(c, time.Now())
		if problem != nil {
			return nil, problem
		}
		config.Certificates = []tls.Certificate{*certificate}
		config.Renegotiation = tls.RenegotiateFreelyAsClient
	}
	connections := 0
	if operations > 0 {
		connections = operations + 1
	}
	return transport.NewHTTP(config, connections), nil
}

const bundleUse = " trust_bundle expects PEM text or the path of a PEM file."

// trustedRoots returns the system's roots and those of the bundle, which is PEM text or the path of
// a PEM file.
func trustedRoots(bundle string) (*x509.CertPool, *Error) {
	text, from, problem := bundleText(bundle)
	if problem != nil {
		return nil, problem
	}
	found, err := readPEM(text)
	if err != nil {
		return nil, unusable(attrTrustBundle, from+" "+err.Error()+".", err)
	}
	if len(found) == 0 {
		return nil, unusable(attrTrustBundle, from+" contains no PEM certificate, which begins with "+
			"-----BEGIN CERTIFICATE-----."+derAdvice(text), nil)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	for _, certificate := range found {
		roots.AddCert(certificate)
	}
	return roots, nil
}

// bundleText returns the PEM text of a bundle and a description of its source.
func bundleText(bundle string) (text, from string, problem *Error) {
	decoded, encoding := redact.Decode([]byte(bundle))
	if encoding != "" {
		return "", "", unusable(attrTrustBundle,
			"The text of trust_bundle is encoded in "+encoding+" instead of UTF-8.", nil)
	}
	if isPEM(string(decoded)) {
		return string(decoded), "The text of trust_bundle", nil
	}
	path := strings.TrimSpace(string(decoded))
	if kind := certainContent(path); kind != "" {
		advice := ""
		if strings.Contains(kind, "base64") {
			advice = " Decode it with base64decode()."
		}
		return "", "", unusable(attrTrustBundle,
			"The value is neither PEM nor a path: "+kind+" (not shown)."+bundleUse+advice, nil)
	}
	content, err := readTextFile(path, maxBundle)
	if err != nil {
		return "", "", unusable(attrTrustBundle, unreadable(path, err)+bundleUse, err)
	}
	return string(content), "The file " + shownPath(path), nil
}

func isPEM(text string) bool {
	return strings.Contains(text, "-----BEGIN") || strings.Contains(text, "-----END")
}

// derAdvice explains a certificate in binary form.
func derAdvice(text string) string {
	if _, err := x509.ParseCertificates([]byte(text)); err != nil || text == "" {
		return ""
	}
	return " It is a DER certificate. Convert it: openssl x509 -inform DER -in FILE."
}
