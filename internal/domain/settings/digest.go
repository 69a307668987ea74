package settings

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// Digest identifies what a change does to the settings that it finds: the old and the new value of
// each field that it changes. Order, case and repetition in a set do not matter. Other settings of the
// project do not matter, either.
func (c Change) Digest(before Settings) string {
	after := c.Apply(before)
	hash := sha256.New()
	for _, d := range Compare(before, after) {
		old, now := before.digestOf(d), after.digestOf(d)
		fmt.Fprintf(hash, "%s %q %q %q\n", d.Field, dn.Fold(d.Name), old, now)
	}
	_, _ = io.WriteString(hash, "end")
	return hex.EncodeToString(hash.Sum(nil))
}

// digestOf is the value of the field of a difference, in a form that is the same for equal values.
func (s Settings) digestOf(d Difference) []string {
	switch d.Field {
	case Description:
		return []string{s.Description}
	case CustomFields:
		return slices.Clone(valuesOf(s.CustomFields, d.Name))
	default:
		keys := []string{}
		for _, item := range sorted(*s.list(d.Field)) {
			keys = append(keys, key(item))
		}
		return keys
	}
}
