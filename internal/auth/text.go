package auth

import (
	"encoding/json"
	"net/url"
	"strconv"
	"strings"
	"unicode"
)

const maxShown = 300 // characters of a server's text in a message

// quoted is a short, printable form of a text that a user or a server wrote.
func quoted(text string) string { return strconv.Quote(cleaned(text)) }

// cleaned is a server's or user's text on one line, without control characters, cut to a bearable length.
func cleaned(text string) string {
	var b strings.Builder
	n := 0
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsPrint(r) }) {
		if b.Len() > 0 {
			b.WriteByte(' ')
		}
		for _, r := range word {
			if n++; n > maxShown {
				return b.String() + "…"
			}
			b.WriteRune(r)
		}
	}
	return b.String()
}

// leastSecret is the length from which on a secret is looked for in a text; hiding a shorter one would spoil every word
// and tell it all the more.
const leastSecret = 4

// scrubbed is a text with the secrets in it hidden, as they are, inside JSON and inside a URL: a server may echo what
// it was sent.
func scrubbed(text string, secrets []string) string {
	for _, secret := range secrets {
		if secret = strings.TrimSpace(secret); len(secret) < leastSecret {
			continue
		}
		for _, form := range []string{secret, inJSON(secret), url.QueryEscape(secret)} {
			text = strings.ReplaceAll(text, form, hidden)
		}
	}
	return text
}

func inJSON(secret string) string {
	quoted, err := json.Marshal(secret)
	if err != nil {
		return secret
	}
	return strings.Trim(string(quoted), `"`)
}
