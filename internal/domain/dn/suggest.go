package dn

import (
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

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

// suggestion is the probably intended DN, empty if there is none. It handles forward slashes, repeated
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
