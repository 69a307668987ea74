package redact

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Visible returns a name for display. Invisible characters appear as escapes, such as \u200f: two
// names that differ only in them look different, and a terminal does not interpret them.
func Visible(name string) string { return escapeInvisible(name, "") }

// VisibleLines is Visible for text of several lines.
func VisibleLines(text string) string { return escapeInvisible(text, "\n") }

func escapeInvisible(s, keep string) string {
	if isPlain(s) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError:
			b.WriteRune(r) // also for an invalid byte
		case !isInvisible(r), strings.ContainsRune(keep, r):
			b.WriteString(s[i : i+utf8.RuneLen(r)])
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

const (
	brailleBlank  = '\u2800'
	khmerInherent = "\u17b4\u17b5"
)

// isInvisible is true for control and formatting characters, for blanks other than the space, and
// for printable characters without a glyph.
func isInvisible(r rune) bool {
	return !unicode.IsPrint(r) || r == brailleBlank || strings.ContainsRune(khmerInherent, r) ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}
