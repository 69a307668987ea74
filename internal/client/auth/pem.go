package auth

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// readPEM reads the certificates in a text. It is more tolerant than encoding/pem, because editors,
// shells, YAML and pipeline variables change PEM: line breaks become \n, blanks or nothing, lines
// are indented or end in CRLF, and files are joined without a line break. Unlike encoding/pem it
// never ignores a block: a BEGIN line without a certificate is an error.

var (
	pemMarker  = redact.Pattern(`-----[ \t]*(BEGIN|END)[ \t]+([A-Z0-9 ]*?)[ \t]*-----`)
	pemDamaged = redact.Pattern(`[-\x{2010}-\x{2015}][ \t]*(BEGIN|END)[ \t]+([A-Z0-9]+[ \t]+)?CERTIFICATE\b`)
	pemHeader  = redact.Pattern(`(?m)^[ \t]*[A-Za-z][A-Za-z0-9-]*:.*$`)
)

// certificateTypes are the labels of certificates. OpenSSL writes all three.
var certificateTypes = map[string]bool{"CERTIFICATE": true, "TRUSTED CERTIFICATE": true, "X509 CERTIFICATE": true}

// pemText restores line breaks and removes byte order marks, which also appear in the middle of
// joined files.
func pemText(text string) string {
	return strings.NewReplacer("\ufeff", "", `\r\n`, "\n", `\n`, "\n", `\r`, "\n", "%0D", "\n", "%0A", "\n",
		"\r\n", "\n", "\r", "\n", "\u00a0", " ").Replace(text)
}

type marker struct {
	begin      bool
	label      string
	start, end int // in the text
}

func markersOf(text string) []marker {
	var all []marker
	for _, at := range pemMarker().FindAllStringSubmatchIndex(text, -1) {
		all = append(all, marker{
			begin: text[at[2]:at[3]] == "BEGIN", label: text[at[4]:at[5]], start: at[0], end: at[1],
		})
	}
	return all
}

func readPEM(text string) ([]*x509.Certificate, error) {
	text = pemText(text)
	markers := markersOf(text)
	if err := damagedMarker(text, markers); err != nil {
		return nil, err
	}
	var all []*x509.Certificate
	number := 0
	for i, m := range markers {
		if !m.begin {
			if i == 0 || !markers[i-1].begin {
				return nil, fmt.Errorf("contains an END line without its BEGIN line (line %d)", lineOf(text, m.start))
			}
			continue
		}
		number++
		place := fmt.Sprintf("number %d, line %d", number, lineOf(text, m.start))
		if i+1 == len(markers) || markers[i+1].begin || markers[i+1].label != m.label {
			return nil, fmt.Errorf("contains a BEGIN %s line without its END line (%s)", m.label, place)
		}
		if !certificateTypes[m.label] {
			continue
		}
		certificate, err := certificateIn(text[m.end:markers[i+1].start])
		if err != nil {
			return nil, fmt.Errorf("contains a certificate that cannot be read (%s): %w", place, err)
		}
		all = append(all, certificate)
	}
	return all, nil
}

// damagedMarker finds a BEGIN or END line of a certificate without five hyphens on each side: one
// got lost in copying, or an editor replaced hyphens by dashes. Other lines with BEGIN are
// comments.
func damagedMarker(text string, markers []marker) error {
	for _, found := range pemDamaged().FindAllStringIndex(text, -1) {
		whole := func(m marker) bool { return m.start <= found[0] && found[1] <= m.end }
		if !slices.ContainsFunc(markers, whole) {
			return fmt.Errorf("contains a damaged BEGIN or END line (line %d), which needs five hyphens on "+
				"each side, as in -----BEGIN CERTIFICATE-----", lineOf(text, found[0]))
		}
	}
	return nil
}

func lineOf(text string, at int) int { return 1 + strings.Count(text[:at], "\n") }

func certificateIn(body string) (*x509.Certificate, error) {
	body = pemHeader().ReplaceAllString(body, "")
	body = strings.TrimRight(strings.Join(strings.Fields(strings.Trim(body, quotes+" \t\n")), ""), "=")
	if body == "" {
		return nil, errors.New("the block is empty")
	}
	der, err := base64.RawStdEncoding.DecodeString(body)
	if err != nil {
		return nil, errors.New("it is not valid base64")
	}
	// A TRUSTED CERTIFICATE of OpenSSL contains settings after the certificate.
	var first asn1.RawValue
	if rest, err := asn1.Unmarshal(der, &first); err == nil {
		der = bytes.TrimSuffix(der, rest)
	}
	return x509.ParseCertificate(der)
}
