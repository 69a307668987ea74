package auth

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"strings"
	"time"

	"software.sslmate.com/src/go-pkcs12"
)

// clientCertificate reads the PKCS#12 of the choice, in legacy or modern encryption.
func clientCertificate(c Choice, now time.Time) (*tls.Certificate, *ProblemError) {
	content, attribute, problem := p12Content(c)
	if problem != nil {
		return nil, problem
	}
	key, leaf, chain, err := pkcs12.DecodeChain(content, c.p12Password.reveal())
	if err != nil {
		return nil, p12Problem(attribute, content, err)
	}
	if problem := p12Validity(attribute, leaf, now); problem != nil {
		return nil, problem
	}
	out := &tls.Certificate{PrivateKey: key, Leaf: leaf, Certificate: [][]byte{leaf.Raw}}
	for _, above := range chain {
		out.Certificate = append(out.Certificate, above.Raw)
	}
	return out, nil
}

// p12Content answers the bytes and the attribute that gave them.
func p12Content(c Choice) ([]byte, string, *ProblemError) {
	if c.p12Data != "" {
		content, err := decodeBase64(c.p12Data.reveal())
		if err != nil {
			return nil, "", certificateProblem(attrP12Data, "p12_cert_data is not base64. Use filebase64(\"client.p12\") to fill it.", nil)
		}
		return content, attrP12Data, nil
	}
	content, err := os.ReadFile(c.P12File)
	if err != nil {
		return nil, "", certificateProblem(attrP12File, "The file cannot be read: "+fileFault(c.P12File, err)+".", err)
	}
	return content, attrP12File, nil
}

// decodeBase64 takes both alphabets, with and without padding, broken into lines or not.
func decodeBase64(text string) ([]byte, error) {
	text = strings.TrimRight(strings.Join(strings.Fields(text), ""), "=")
	text = strings.NewReplacer("-", "+", "_", "/").Replace(text)
	return base64.RawStdEncoding.DecodeString(text)
}

func p12Problem(attribute string, content []byte, err error) *ProblemError {
	switch {
	case errors.Is(err, pkcs12.ErrIncorrectPassword), errors.Is(err, pkcs12.ErrDecryption):
		return certificateProblem(attrP12Password, "The password does not open the PKCS#12 of "+attribute+
			". Set p12_cert_password (or VENAFI_P12_PASSWORD) to the password it was exported with.", err)
	case bytes.Contains(content, []byte(pemMark)):
		return certificateProblem(attribute, "It holds PEM, not PKCS#12. Convert it: openssl pkcs12 -export -inkey key.pem -in cert.pem -out client.p12.", err)
	}
	return certificateProblem(attribute, fmt.Sprintf("It is not a PKCS#12 file with one private key and its certificate: %s.", cleaned(err.Error())), err)
}

// p12Validity refuses a certificate that the server is sure to refuse.
func p12Validity(attribute string, leaf *x509.Certificate, now time.Time) *ProblemError {
	var when string
	switch {
	case now.After(leaf.NotAfter):
		when = "expired on " + leaf.NotAfter.UTC().Format(time.RFC3339)
	case now.Before(leaf.NotBefore):
		when = "is valid only from " + leaf.NotBefore.UTC().Format(time.RFC3339)
	default:
		return nil
	}
	return certificateProblem(attribute, fmt.Sprintf("The certificate of %s %s. Give a certificate that is valid now, or set this machine's clock.",
		quoted(leaf.Subject.String()), when), nil)
}

func certificateProblem(attribute, detail string, err error) *ProblemError {
	return &ProblemError{Attribute: attribute, Summary: "The client certificate is not usable", Detail: detail, Err: err}
}
