package auth

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"encoding/pem"
	"slices"
	"strings"
	"testing"
	"time"
)

// twoAuthorities are the PEM of two certificates and their raw bytes.
func twoAuthorities(t *testing.T) (first, second string, raw [][]byte) {
	t.Helper()
	a, b := certificate(t, "First CA", time.Now().Add(time.Hour), "a"), certificate(t, "Second CA",
		time.Now().Add(time.Hour), "b")
	return pemOf(a), pemOf(b), [][]byte{a.Leaf.Raw, b.Leaf.Raw}
}

func TestTrustBundle_PEMSpellings(t *testing.T) {
	first, second, raw := twoAuthorities(t)
	both := first + second
	lines := strings.Split(strings.TrimSpace(both), "\n")
	key := "-----BEGIN PRIVATE KEY-----\nUExBTlRFRA==\n-----END PRIVATE KEY-----\n"
	trusted := string(pem.EncodeToMemory(&pem.Block{
		Type:  "TRUSTED CERTIFICATE",
		Bytes: append(slices.Clone(raw[0]), 0x30, 0x02, 0x05, 0x00),
	}))
	for name, text := range map[string]string{
		"plain":                   both,
		"mark":                    "\xef\xbb\xbf" + both,
		"mark in the middle":      first + "\xef\xbb\xbf" + second,
		"joined":                  strings.TrimSpace(first) + strings.TrimSpace(second),
		"joined with a mark":      strings.TrimSpace(first) + "\xef\xbb\xbf" + second,
		"CRLF":                    strings.ReplaceAll(both, "\n", "\r\n"),
		"CR":                      strings.ReplaceAll(both, "\n", "\r"),
		"indented":                "    " + strings.Join(lines, "\n    "),
		"tabs":                    "\t" + strings.Join(lines, "\n\t"),
		"blanks at the end":       strings.Join(lines, "   \n") + "  ",
		"blank lines":             strings.Join(lines, "\n\n"),
		"literal \\n":             strings.ReplaceAll(both, "\n", `\n`),
		"literal \\r\\n":          strings.ReplaceAll(both, "\n", `\r\n`),
		"one line":                strings.Join(lines, " "),
		"one line without blanks": strings.Join(lines, ""),
		"quotes":                  `"` + both + `"`,
		"comments": "# our CAs\nsubject=CN = First CA\n" + first + "Bag Attributes: <No " +
			"Attributes>\n" + second,
		"words like a line without hyphens": "BEGIN CERTIFICATE of our CAs\n" + both,
		"words like markers": "# --- BEGIN our CAs ---\n-----begin of file-----\n" + both +
			"# --- END our CAs ---\n",
		"a key between":            first + key + second,
		"headers":                  strings.Replace(both, "-----\n", "-----\nProc-Type: 4,CLEAR\n\n", 1),
		"trusted":                  trusted + second,
		"X509 label":               strings.ReplaceAll(first, "CERTIFICATE", "X509 CERTIFICATE") + second,
		"no-break spaces":          "\u00a0" + strings.Join(lines, "\n\u00a0"),
		"percent-encoded newlines": strings.ReplaceAll(both, "\n", "%0A"),
	} {
		for place, bundle := range map[string]string{"text": text, "file": secretFile(t, text)} {
			roots, problem := trustedRoots(bundle)
			if problem != nil {
				t.Errorf("%s, %s: %s", name, place, problem.Detail)
				continue
			}
			for i, der := range raw {
				c, _ := x509.ParseCertificate(der)
				if !holds(roots, c) {
					t.Errorf("%s, %s: certificate %d is missing", name, place, i+1)
				}
			}
		}
	}
}

// holds is true where a pool trusts a certificate.
func holds(pool *x509.CertPool, c *x509.Certificate) bool {
	with := pool.Clone()
	with.AddCert(c)
	return with.Equal(pool)
}

func TestTrustBundle_BrokenBlock(t *testing.T) {
	first, second, _ := twoAuthorities(t)
	const begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
	body := strings.Split(second, "\n")[1]
	at := func(line int) string { return "line " + string(rune('0'+line/10)) + string(rune('0'+line%10)) }
	after := strings.Count(first, "\n") + 1
	for name, tt := range map[string]struct {
		wireText string
		says     []string
	}{
		"no END":    {first + begin + "\n" + body, []string{"number 2", at(after), "without its END line"}},
		"two BEGIN": {begin + "\n" + first, []string{"number 1, line 1", "without its END line"}},
		"another END": {first + begin + "\n" + body + "\n-----END PRIVATE KEY-----", []string{
			"number 2",
			"without its END line",
		}},
		"empty":             {first + begin + "\n" + end, []string{"(number 2,", at(after), "the block is empty"}},
		"no base64":         {first + begin + "\nPLANTED***\n" + end, []string{"(number 2,", "not valid base64"}},
		"not a certificate": {first + begin + "\nUExBTlRFRA==\n" + end, []string{"(number 2,", "malformed"}},
		"cut": {
			strings.Replace(first, body, "", 1) + begin + "\n" + body + "\n" + end, []string{"(number 2,"},
		},
		"END alone": {end + "\n" + first, []string{"END line without its BEGIN line (line 1)"}},
		"END twice": {first + end, []string{"END line without its BEGIN line", at(after)}},
		"four hyphens": {
			first + "-----BEGIN CERTIFICATE----\n" + body + "\n" + end, []string{
				"damaged BEGIN or END line", at(after),
			},
		},
		"dashes": {
			first + "\u2014\u2013BEGIN CERTIFICATE\u2014\u2013\n" + body + "\n",
			[]string{"damaged BEGIN or END line", at(after)},
		},
		"trusted, damaged": {
			first + "--BEGIN TRUSTED CERTIFICATE-----\n", []string{"damaged BEGIN or END line", at(after)},
		},
		"hyphens shared by two lines": {
			"-----BEGIN A-----\nAAAA\n-----END A-----BEGIN CERTIFICATE-----\n" + body + "\n",
			[]string{"damaged BEGIN or END line", "line 3"},
		},
		"damaged END": {first + begin + "\n" + body + "\n-- END CERTIFICATE--", []string{"damaged BEGIN or END line"}},
		"keys alone": {
			"-----BEGIN PRIVATE KEY-----\nUExBTlRFRA==\n-----END PRIVATE KEY-----",
			[]string{"contains no PEM certificate"},
		},
	} {
		for place, bundle := range map[string]string{"text": tt.wireText, "file": secretFile(t, tt.wireText)} {
			_, problem := trustedRoots(bundle)
			if problem == nil {
				t.Errorf("%s, %s: accepted", name, place)
				continue
			}
			wantSaid(t, problem, tt.says...)
			wantAttribute(t, problem, attrTrustBundle)
		}
	}
}

func TestTrustBundle_Encodings(t *testing.T) {
	first, _, raw := twoAuthorities(t)
	var wide bytes.Buffer
	wide.WriteString("\xff\xfe")
	for i := range len(first) {
		wide.Write([]byte{first[i], 0})
	}
	for name, tt := range map[string]struct{ bundle, says string }{
		"UTF-16":               {secretFile(t, wide.String()), "UTF-16"},
		"UTF-16 without mark":  {secretFile(t, wide.String()[2:]), "UTF-16"},
		"DER":                  {secretFile(t, string(raw[0])), "openssl x509 -inform DER"},
		"PEM in base64":        {base64.StdEncoding.EncodeToString([]byte(first)), "base64decode()"},
		"a JWT":                {"eyJhbGciOiJub25lIn0.eyJQTEFOVEVEIjoxfQ.x", "it looks like a JWT"},
		"a certificate's body": {base64.StdEncoding.EncodeToString(raw[0]), "not shown"},
	} {
		_, problem := trustedRoots(tt.bundle)
		if problem == nil {
			t.Errorf("%s: accepted", name)
			continue
		}
		wantSaid(t, problem, tt.says)
		if len(asShown(problem)) > 600 || strings.Contains(asShown(problem), "LS0tLS1") {
			t.Errorf("%s: %s", name, asShown(problem))
		}
	}
}

func FuzzReadPEM(f *testing.F) {
	for _, seed := range []string{
		"-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----", "-----BEGIN A-----", "----------END",
		"-----BEGIN A-----x-----END A-----BEGIN CERTIFICATE-----",
		`\n-----BEGIN`,
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		found, err := readPEM(text)
		if err == nil && len(found) == 0 && strings.Contains(text, "-----BEGIN CERTIFICATE-----") {
			t.Errorf("a BEGIN line was ignored in %q", text)
		}
	})
}
