// Package servertext makes what a server says fit to be shown: printable, on one line, without secrets, and not too long. And
// it finds what a refusal says, in whichever of the server's dialects.
package redact

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"
)

// MaxMessageLength is the number of runes of a server's text that a message carries.
const MaxMessageLength = 400

// Clean makes one printable line of a text: escape sequences and control characters gone, white space folded, other invisible
// characters as escapes, at most limit runes.
func Clean(s string, limit int) string {
	return Cut(oneLine(s), limit)
}

func oneLine(s string) string {
	return Visible(strings.Join(strings.Fields(withoutControls(s)), " "))
}

// Strip drops all that is invisible, for values in which it means nothing, such as times.
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

// Cut shortens a text to so many runes, with an ellipsis in the last place.
func Cut(s string, limit int) string {
	if utf8.RuneCountInString(s) <= limit {
		return s
	}
	runes := []rune(s)
	return string(runes[:limit-1]) + "…"
}

// withoutControls drops escape sequences and control characters. Line breaks and tabs stay.
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

// dropEscapes removes ESC and CSI sequences whole, so that no "[31m" stays behind.
func dropEscapes(s string) string {
	var out strings.Builder
	for s != "" {
		n := escapeLen(s)
		if n == 0 {
			_, n = utf8.DecodeRuneInString(s)
			out.WriteString(s[:n])
		}
		s = s[n:]
	}
	return out.String()
}

func escapeLen(s string) int {
	switch {
	case strings.HasPrefix(s, "\x1b["):
		return 2 + csiLen(s[2:])
	case strings.HasPrefix(s, "\u009b"):
		return 2 + csiLen(s[2:])
	case strings.HasPrefix(s, "\x1b]"):
		return 2 + oscLen(s[2:])
	case s[0] == 0x1b && len(s) > 1 && s[1] >= '0' && s[1] <= '~':
		return 2
	case s[0] == 0x1b:
		return 1
	}
	return 0
}

// csiLen: parameters and intermediates, then one final byte.
func csiLen(s string) int {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '?' {
			if s[i] >= '@' && s[i] <= '~' {
				return i + 1
			}
			return i
		}
	}
	return len(s)
}

// oscLen: up to BEL or ESC \ on the same line.
func oscLen(s string) int {
	for i := range len(s) {
		switch s[i] {
		case '\a':
			return i + 1
		case 0x1b, '\n':
			return i
		}
	}
	return len(s)
}

// Pattern compiles an expression when it is first needed: most never are, and a
// CLI starts the provider several times for each command.
func Pattern(expression string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(expression) })
}
