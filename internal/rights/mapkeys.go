package rights

import (
	"fmt"
	"strconv"

	"golang.org/x/text/unicode/norm"
)

// MapKeysError reports two names that Terraform stores as one key of a map: it normalizes all text
// to NFC, and one of two entries would be lost without a word.
type MapKeysError struct{ First, Second string }

func (e *MapKeysError) Error() string {
	return fmt.Sprintf("Terraform cannot distinguish %s and %s: they differ only in their Unicode normalization",
		strconv.QuoteToASCII(e.First), strconv.QuoteToASCII(e.Second))
}

// Advice is the next step.
func (*MapKeysError) Advice() string {
	return "Both names are shown with their code points. Rename one of the objects on the server."
}

// CheckMapKeys returns a *MapKeysError if two different names would be one key of a map.
func CheckMapKeys(names []string) error {
	known := make(map[string]string, len(names))
	for _, name := range names {
		normalized := norm.NFC.String(name)
		if other, taken := known[normalized]; taken && other != name {
			return &MapKeysError{other, name}
		}
		known[normalized] = name
	}
	return nil
}
