package auth

import (
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

// scrubbed is a text with the secrets in it hidden; a server may echo what it was sent.
func scrubbed(text string, secrets []string) string {
	for _, s := range secrets {
		if s = strings.TrimSpace(s); s != "" {
			text = strings.ReplaceAll(text, s, hidden)
		}
	}
	return text
}
