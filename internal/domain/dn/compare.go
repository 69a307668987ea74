package dn

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Equal compares two names without case, as the server does (.NET, ordinal): code point by code
// point, by the simple upper case. It is the one comparison for DNs, trustees and names of
// identities. strings.EqualFold equates more: ſ and s, and the Kelvin sign and k.
func Equal(a, b string) bool {
	for a != "" && b != "" {
		first, n := utf8.DecodeRuneInString(a)
		second, m := utf8.DecodeRuneInString(b)
		if first != second && upper(first) != upper(second) {
			return false
		}
		a, b = a[n:], b[m:]
	}
	return a == b
}

// Fold maps all names that are Equal to one string, for use as a key.
func Fold(name string) string { return strings.Map(upper, name) }

// upper is the simple upper case of .NET's invariant culture: a character outside of ASCII has none
// within it, so that ı and ſ stay.
func upper(r rune) rune {
	if r < utf8.RuneSelf {
		if 'a' <= r && r <= 'z' {
			r -= 'a' - 'A'
		}
		return r
	}
	if u := unicode.ToUpper(r); u >= utf8.RuneSelf {
		return u
	}
	return r
}
