// Package dn holds the rules of distinguished names (`\VED\Code Signing\…`) and of GUIDs.
package dn

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

const (
	// Separator separates the names of a DN. No escape for it is documented, so a name cannot
	// contain it.
	Separator = `\`
	// Root is the first name of every DN.
	Root = "VED"
	// MaxLength is counted in characters from `\VED` (support article 360049214871).
	MaxLength = 255
	// MaxLevels counts the names, the root among them (same source).
	MaxLevels = 64
)

// Validate checks a DN. The error may suggest the correct one.
func Validate(dn string) error {
	if err := checkEnds(dn); err != nil {
		return suggest(err, dn)
	}
	names := strings.Split(dn[1:], Separator)
	if !Equal(names[0], Root) {
		return suggest(fmt.Errorf(`a DN begins with \VED\, but this one begins with \%s`,
			redact.Visible(names[0])), dn)
	}
	if len(names) == 1 {
		return errors.New(`the DN is only the root \VED; add the names of an object`)
	}
	return suggest(check(dn, names), dn)
}

// Join makes a DN of the names below the root, `Join("Code Signing", "Projects", "P")`. An error is
// about the name at an index: the last one if the DN is too long.
func Join(names ...string) (joined string, at int, err error) {
	for i, name := range names {
		if err := ValidateName(name); err != nil {
			return "", i, err
		}
	}
	joined = Separator + Root + Separator + strings.Join(names, Separator)
	return joined, len(names) - 1, Validate(joined)
}

// ValidateName checks one name of a DN.
func ValidateName(name string) error {
	if strings.Contains(name, Separator) {
		return fmt.Errorf(`"%s" contains a backslash, which separates names`, redact.Visible(name))
	}
	return checkName(name)
}

// Parent is the DN without its last component.
func Parent(dn string) string { return dn[:max(0, strings.LastIndex(dn, Separator))] }

// Name is the last name of a DN, or the DN itself if it has no separator.
func Name(dn string) string { return dn[strings.LastIndex(dn, Separator)+1:] }

// checkEnds checks the start and the end, where most mistakes are.
func checkEnds(dn string) error {
	switch {
	case dn == "":
		return errors.New("the DN is empty")
	case !utf8.ValidString(dn):
		return errors.New("the DN is not valid UTF-8")
	case strings.TrimSpace(dn) != dn:
		return errors.New("the DN begins or ends with a space")
	case strings.Contains(dn, "/") && suggestion(dn) != "":
		return errors.New("a DN separates names with backslashes")
	case !strings.HasPrefix(dn, Separator) && !strings.Contains(dn, Separator):
		return fmt.Errorf(`"%s" is only a name; a DN is a complete path, such as \VED\Code Signing\Projects\%s`,
			redact.Visible(dn), redact.Visible(dn))
	case !strings.HasPrefix(dn, Separator):
		return errors.New(`a DN begins with a backslash: \VED\… (in HCL, write each backslash twice)`)
	case strings.HasSuffix(dn, Separator):
		return errors.New("the DN ends with a backslash")
	}
	return nil
}

func check(dn string, names []string) error {
	if n := utf8.RuneCountInString(dn); n > MaxLength {
		return fmt.Errorf("the DN has %d characters; the maximum is %d", n, MaxLength)
	}
	if len(names) > MaxLevels {
		return fmt.Errorf("the DN has %d levels; the maximum is %d", len(names), MaxLevels)
	}
	for i, name := range names {
		if err := checkName(name); err != nil {
			return fmt.Errorf("level %d of the DN: %w", i+1, err)
		}
	}
	return nil
}

func checkName(name string) error {
	switch {
	case name == "":
		return errors.New("the name is empty; the DN may contain two consecutive backslashes")
	case strings.TrimSpace(name) != name:
		return fmt.Errorf(`the name "%s" begins or ends with a space`, redact.Visible(name))
	case strings.ContainsFunc(name, unicode.IsControl):
		return errors.New("the name contains a control character")
	}
	return nil
}

// suggest adds the probably intended DN to an error.
func suggest(err error, typed string) error {
	if err == nil {
		return nil
	}
	if meant := suggestion(typed); meant != "" {
		return fmt.Errorf(`%w; write %s (in HCL, write each backslash twice)`, err, redact.Visible(meant))
	}
	return err
}

// suggestion is the probably intended DN, or "". It handles forward slashes, repeated
// backslashes, a missing or additional one at an end, and a missing root.
func suggestion(typed string) string {
	separators := Separator
	if slashed := strings.TrimLeft(typed, `/\ `); strings.HasPrefix(strings.TrimSpace(typed), "/") ||
		!strings.Contains(typed, Separator) && len(slashed) > len(Root) && Equal(slashed[:len(Root)+1], Root+"/") {
		separators += "/"
	}
	names := strings.FieldsFunc(typed, func(r rune) bool { return strings.ContainsRune(separators, r) })
	kept := names[:0]
	for _, name := range names {
		if name = strings.TrimSpace(name); name != "" {
			kept = append(kept, name)
		}
	}
	switch {
	case len(kept) > 0 && Equal(kept[0], Root):
		kept = kept[1:]
	case len(kept) < 2 || !isTopFolder(kept[0]):
		return ""
	}
	if len(kept) == 0 {
		return ""
	}
	meant := Separator + Root + Separator + strings.Join(kept, Separator)
	if meant == typed || check(meant, kept) != nil {
		return ""
	}
	return meant
}

// isTopFolder is true for the folders directly below the root.
func isTopFolder(name string) bool { return Equal(name, "Code Signing") || Equal(name, "Policy") }
