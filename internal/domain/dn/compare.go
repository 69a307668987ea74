package dn

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
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

// Find returns the index of the one entry of names that is Equal to want, -1 if there is none. The
// exact spelling wins. The error is an *AmbiguousError if several entries match equally well.
func Find(want string, names []string) (int, error) {
	exact, equal := []int{}, []int{}
	for i, name := range names {
		switch {
		case name == want:
			exact = append(exact, i)
		case Equal(name, want):
			equal = append(equal, i)
		}
	}
	matches := exact
	if len(exact) == 0 {
		matches = equal
	}
	switch len(matches) {
	case 0:
		return -1, nil
	case 1:
		return matches[0], nil
	}
	return -1, &AmbiguousError{Name: want, Matches: [2]string{names[matches[0]], names[matches[1]]}}
}

// AmbiguousError reports that a name matches several objects, of which it names the first two.
type AmbiguousError struct {
	Name    string
	Matches [2]string
}

func (e *AmbiguousError) Error() string {
	return fmt.Sprintf(`the name "%s" matches two objects: "%s" and "%s"`,
		redact.Visible(e.Name), redact.Visible(e.Matches[0]), redact.Visible(e.Matches[1]))
}

// Advice is the next step.
func (*AmbiguousError) Advice() string {
	return "Write the name exactly as the server does, or name the object by its GUID."
}
