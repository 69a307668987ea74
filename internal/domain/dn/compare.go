package dn

import (
	"errors"
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

// CanonicalGUID is the spelling by which GUIDs are compared: lower case, without braces. It changes only
// ASCII letters, because other text is not a GUID.
func CanonicalGUID(guid string) string {
	return strings.Map(lowerASCII, strings.TrimSuffix(strings.TrimPrefix(guid, "{"), "}"))
}

func lowerASCII(r rune) rune {
	if 'A' <= r && r <= 'Z' {
		return r + 'a' - 'A'
	}
	return r
}

// EqualGUID compares two GUIDs without case and braces.
func EqualGUID(a, b string) bool { return CanonicalGUID(a) == CanonicalGUID(b) }

// ValidateGUID accepts 8-4-4-4-12 hexadecimal digits, with or without braces.
func ValidateGUID(guid string) error {
	if strings.HasPrefix(guid, "{") != strings.HasSuffix(guid, "}") {
		return errors.New("the GUID has only one brace")
	}
	groups := strings.Split(CanonicalGUID(guid), "-")
	widths := []int{8, 4, 4, 4, 12}
	ok := len(groups) == len(widths)
	for i := 0; ok && i < len(groups); i++ {
		ok = len(groups[i]) == widths[i] && strings.Trim(groups[i], "0123456789abcdef") == ""
	}
	if !ok {
		return errors.New("a GUID has 8-4-4-4-12 hexadecimal digits, with or without braces, such as " +
			"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0")
	}
	return nil
}
