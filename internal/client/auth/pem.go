package auth

import (
	"bytes"
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

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

// readPEM reads the certificates in a text. It is more tolerant than encoding/pem, because editors,
// shells, YAML and pipeline variables change PEM: line breaks become \n, blanks or nothing, lines
// are indented or end in CRLF, and files are joined without a line break. Unlike encoding/pem it
// never ignores a block: a BEGIN line without a certificate is an error.
func readPEM(text string) ([]*x509.Certificate, error) {
	text = pemText(text)
	markers, parts := pemMarker().FindAllStringSubmatch(text, -1), pemMarker().Split(text, -1)
	lines, line := make([]int, len(parts)), 1 // where each marker is
	for i, part := range parts {
		if i > 0 {
			part = "-" + part // the last hyphen of a marker can be the first one of a damaged line
		}
		// An editor replaced hyphens by dashes, or some got lost in copying. Other lines with BEGIN are
		// comments.
		if damaged := pemDamaged().FindStringIndex(part); damaged != nil {
			return nil, fmt.Errorf("contains a damaged BEGIN or END line (line %d), which needs five hyphens on "+
				"each side, as in -----BEGIN CERTIFICATE-----", line+strings.Count(part[:damaged[0]], "\n"))
		}
		line += strings.Count(part, "\n")
		lines[i] = line
	}
	var all []*x509.Certificate
	for i := 0; i < len(markers); i += 2 {
		label, place := markers[i][2], fmt.Sprintf("number %d, line %d", i/2+1, lines[i])
		switch {
		case markers[i][1] == "END":
			return nil, fmt.Errorf("contains an END line without its BEGIN line (line %d)", lines[i])
		case i+1 == len(markers), markers[i+1][1] == "BEGIN", markers[i+1][2] != label:
			return nil, fmt.Errorf("contains a BEGIN %s line without its END line (%s)", label, place)
		case !certificateTypes[label]:
			continue
		}
		certificate, err := certificateIn(parts[i+1])
		if err != nil {
			return nil, fmt.Errorf("contains a certificate that cannot be read (%s): %w", place, err)
		}
		all = append(all, certificate)
	}
	return all, nil
}

func certificateIn(body string) (*x509.Certificate, error) {
	body = pemHeader().ReplaceAllString(body, "")
	der, err := decodeBase64(strings.Trim(body, quotes+" \t\n"))
	switch {
	case err != nil:
		return nil, errors.New("it is not valid base64")
	case len(der) == 0:
		return nil, errors.New("the block is empty")
	}
	// A TRUSTED CERTIFICATE of OpenSSL contains settings after the certificate.
	var first asn1.RawValue
	if rest, err := asn1.Unmarshal(der, &first); err == nil {
		der = bytes.TrimSuffix(der, rest)
	}
	return x509.ParseCertificate(der)
}
