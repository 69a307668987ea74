package auth

import (
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
	"strings"
)

const pemMark = "-----BEGIN "

// trustedRoots are the system's roots and those of the bundle, which is PEM text or the path of a PEM file.
func trustedRoots(bundle string) (*x509.CertPool, *ProblemError) {
	text, from := bundle, "The text of trust_bundle"
	if !strings.Contains(bundle, pemMark) {
		path := strings.TrimSpace(bundle)
		content, err := os.ReadFile(path)
		if err != nil {
			return nil, bundleProblem("The file cannot be read: "+fileFault(path, err)+". trust_bundle takes PEM text or the path of a PEM file.", err)
		}
		text, from = string(content), "The file "+quoted(path)
	}
	roots, err := x509.SystemCertPool()
	if err != nil {
		roots = x509.NewCertPool()
	}
	n, err := addCertificates(roots, []byte(text))
	if err != nil {
		return nil, bundleProblem(fmt.Sprintf("%s holds a certificate that cannot be read (number %d): %v.", from, n+1, err), err)
	}
	if n == 0 {
		return nil, bundleProblem(from+" holds no certificate: a block that begins with -----BEGIN CERTIFICATE----- is expected.", nil)
	}
	return roots, nil
}

// addCertificates counts the certificates it could add before the first bad one.
func addCertificates(pool *x509.CertPool, text []byte) (int, error) {
	n := 0
	for {
		var block *pem.Block
		if block, text = pem.Decode(text); block == nil {
			return n, nil
		}
		if block.Type != "CERTIFICATE" && block.Type != "TRUSTED CERTIFICATE" {
			continue
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return n, err
		}
		pool.AddCert(certificate)
		n++
	}
}

func bundleProblem(detail string, err error) *ProblemError {
	return &ProblemError{Attribute: attrTrustBundle, Summary: "The trust bundle is not usable", Detail: detail, Err: err}
}
