package redact

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"html"
	"net/url"
	"strings"
)

// forms returns the spellings in which a secret may come back: unchanged, folded, in JSON, a URL,
// HTML and base64.
func forms(secret string) []string {
	all := []string{
		secret, strings.Join(strings.Fields(secret), " "), oneLine(secret), html.EscapeString(secret),
		inJSON(secret, false), inJSON(secret, true), netJSON(secret),
	}
	for _, escaped := range []string{url.QueryEscape(secret), url.PathEscape(secret)} {
		all = append(all, escaped, escapes().ReplaceAllStringFunc(escaped, strings.ToLower))
	}
	all = append(all, inBase64(secret)...)
	long := all[:0]
	for _, form := range all {
		if len(form) >= MinSecretLength {
			long = append(long, form)
		}
	}
	return long
}

var escapes = Pattern(`%[0-9A-F]{2}`)

func inJSON(secret string, forHTML bool) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(forHTML)
	if err := e.Encode(secret); err != nil {
		return secret
	}
	return strings.Trim(b.String(), "\"\n")
}

// netJSON is JSON as .NET writes it, with more escapes.
func netJSON(secret string) string {
	return strings.NewReplacer(
		`\u003c`, `\u003C`, `\u003e`, `\u003E`, `+`, `\u002B`, `'`, `\u0027`, "`", `\u0060`, `\"`, `\u0022`,
	).Replace(inJSON(secret, true))
}

// minBase64Length keeps short secrets from matching unrelated text.
const minBase64Length = 6

// inBase64 returns the characters that a secret determines at any position within encoded data, as
// in name:password.
func inBase64(secret string) []string {
	var all []string
	for offset := range 3 {
		for _, alphabet := range []*base64.Encoding{base64.RawStdEncoding, base64.RawURLEncoding} {
			encoded := alphabet.EncodeToString(append(make([]byte, offset), secret...))
			from, to := (8*offset+5)/6, 8*(offset+len(secret))/6
			if to-from >= minBase64Length {
				all = append(all, encoded[from:to])
			}
		}
	}
	return all
}
