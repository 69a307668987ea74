// Package redact makes texts of the server safe to show: printable, on one line, without secrets,
// and of limited length.
package redact

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// MaxMessageLength is the limit of a server's text in a message, in runes.
const MaxMessageLength = 400

// Clean returns one printable line of at most limit runes: without escape sequences and control
// characters, with white space folded and other invisible characters escaped.
func Clean(s string, limit int) string {
	return Cut(oneLine(s), limit)
}

func oneLine(s string) string {
	return Visible(strings.Join(strings.Fields(withoutControls(s)), " "))
}

// Strip removes all invisible characters, for values in which they have no meaning, such as times.
func Strip(s string) string {
	if isPlain(s) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if isInvisible(r) {
			return -1
		}
		return r
	}, dropEscapes(s))
}

// Cut shortens a text to limit runes, the last of which is an ellipsis.
func Cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)
	return string(runes[:limit-1]) + "…"
}

// withoutControls removes escape sequences and control characters. Line breaks and tabs stay.
func withoutControls(s string) string {
	if isPlain(s) {
		return s
	}
	s = strings.ToValidUTF8(dropEscapes(strings.ReplaceAll(s, "\r\n", "\n")), "\uFFFD")
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t':
			return r
		case r == '\r':
			return '\n'
		case unicode.Is(unicode.Cc, r):
			return -1
		}
		return r
	}, s)
}

func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}

// escapeSequence matches whole sequences, so that no "[31m" remains: CSI with its parameters and
// final byte, OSC up to BEL or the end of the line, and ESC with one character.
var escapeSequence = Pattern(`(\x1b\[|\x{9b})[ -?]*[@-~]?|\x1b\][^\a\x1b\n]*\a?|\x1b[0-~]?`)

func dropEscapes(s string) string { return escapeSequence().ReplaceAllString(s, "") }

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

// Pattern compiles an expression at its first use: most are never used, and a CLI starts the
// provider several times for each command.
func Pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
