package dn

import (
	"errors"
	"strings"
)

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
