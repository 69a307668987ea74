package auth

import (
	"bytes"
	"crypto"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// clientCertificate reads the PKCS#12 container, in legacy or modern encryption.
func clientCertificate(c Credentials, now time.Time) (*tls.Certificate, *Error) {
	content, attribute, problem := p12Content(c)
	if problem != nil {
		return nil, problem
	}
	key, first, others, err := pkcs12.DecodeChain(content, c.values[attrP12Password])
	if err != nil {
		return nil, p12Problem(attribute, content, err)
	}
	all := append([]*x509.Certificate{first}, others...)
	leaf := certificateOfKey(key, all, now)
	if leaf == nil {
		return nil, unusable(attribute, fmt.Sprintf("The container has a private key, but its certificates "+
			"belong to another key (%s). Export the key together with its own certificate.",
			subjects(all)), nil)
	}
	if problem := validityProblem(leaf, now); problem != "" {
		return nil, unusable(attribute, fmt.Sprintf("The certificate of %s %s. Set a valid certificate, or "+
			"correct the clock of this machine.", quoted(leaf.Subject.String()), problem), nil)
	}
	out := &tls.Certificate{PrivateKey: key, Leaf: leaf, Certificate: [][]byte{leaf.Raw}}
	for _, above := range chainOf(leaf, all) {
		out.Certificate = append(out.Certificate, above.Raw)
	}
	return out, nil
}

// certificateOfKey returns the certificate of the private key at any position: Azure Key Vault and
// others write the certificate of the authority first. Of several certificates for one key it
// prefers those that are valid now, then the one that expires last.
func certificateOfKey(key any, all []*x509.Certificate, now time.Time) *x509.Certificate {
	signer, ok := key.(crypto.Signer)
	if !ok {
		return nil
	}
	public, ok := signer.Public().(interface{ Equal(crypto.PublicKey) bool })
	if !ok {
		return nil
	}
	own := slices.DeleteFunc(slices.Clone(all), func(c *x509.Certificate) bool { return !public.Equal(c.PublicKey) })
	if len(own) == 0 {
		return nil
	}
	outdated := func(c *x509.Certificate) bool { return validityProblem(c, now) != "" }
	if valid := slices.DeleteFunc(slices.Clone(own), outdated); len(valid) > 0 {
		own = valid
	}
	return slices.MaxFunc(own, func(a, b *x509.Certificate) int { return a.NotAfter.Compare(b.NotAfter) })
}

// validityProblem describes why the server would reject a certificate now, empty if it would not.
func validityProblem(c *x509.Certificate, now time.Time) string {
	switch {
	case now.After(c.NotAfter):
		return "expired on " + rfc3339(c.NotAfter)
	case now.Before(c.NotBefore):
		return "is valid only from " + rfc3339(c.NotBefore)
	}
	return ""
}

// chainOf returns the chain of the leaf in the order of TLS, each certificate followed by its
// issuer. Certificates that are not part of the chain come last, except others for the same key.
func chainOf(leaf *x509.Certificate, all []*x509.Certificate) []*x509.Certificate {
	var chain []*x509.Certificate
	rest := slices.DeleteFunc(slices.Clone(all), func(c *x509.Certificate) bool {
		return bytes.Equal(c.RawSubjectPublicKeyInfo, leaf.RawSubjectPublicKeyInfo)
	})
	for below := leaf; ; {
		i := slices.IndexFunc(rest, func(c *x509.Certificate) bool {
			return bytes.Equal(c.RawSubject, below.RawIssuer) && below.CheckSignatureFrom(c) == nil
		})
		if i < 0 {
			return append(chain, rest...)
		}
		below = rest[i]
		chain, rest = append(chain, below), slices.Delete(rest, i, i+1)
	}
}

func subjects(all []*x509.Certificate) string {
	var names []string
	for _, c := range all {
		names = append(names, quoted(c.Subject.String()))
	}
	return strings.Join(names, ", ")
}

// p12Content returns the bytes and the attribute that provides them.
func p12Content(c Credentials) ([]byte, string, *Error) {
	if data, ok := c.values[attrP12Data]; ok {
		content, err := decodeBase64(data)
		if err != nil {
			return nil, "", unusable(attrP12Data, "p12_cert_data is not base64. Use "+
				"filebase64(\"client.p12\").", nil)
		}
		return content, attrP12Data, nil
	}
	content, err := readFile(c.values[attrP12File], maxFile)
	if err != nil {
		return nil, "", unusable(attrP12File, unreadable(c.values[attrP12File], err)+" p12_cert_filename expects the "+
			"path of a PKCS#12 file, p12_cert_data its content in base64.", err)
	}
	return content, attrP12File, nil
}

// decodeBase64 accepts both alphabets, with or without padding and line breaks.
func decodeBase64(text string) ([]byte, error) {
	text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
	text = strings.NewReplacer("-", "+", "_", "/").Replace(text)
	return base64.RawStdEncoding.DecodeString(text)
}

func p12Problem(attribute string, content []byte, err error) *Error {
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return unusable(attrP12Password, "The password does not open the PKCS#12 container in "+attribute+
			". Set p12_cert_password (or VENAFI_P12_PASSWORD) to the password of its export.", err)
	case isPEM(string(content)):
		return unusable(attribute, "The value is PEM, not PKCS#12. Convert it: openssl pkcs12 -export "+
			"-inkey key.pem -in cert.pem -out client.p12.", err)
	}
	return unusable(attribute, fmt.Sprintf("The value is not a PKCS#12 container with one private key "+
		"and its certificate: %s.", sanitized(err.Error())), err)
}
