package settings

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// Difference is one setting that is not the same in two reads.
type Difference struct {
	Field Field
	// Name is the name of a custom field.
	Name string
	// Gained and Lost are the items of a set.
	Gained, Lost []string
	// Old and New are the description, or the values of a custom field, one on each line.
	Old, New string
}

// Compare returns what changed between two reads: fields in a fixed order, custom fields by name.
func Compare(before, after Settings) []Difference {
	var differences []Difference
	for _, field := range Fields() {
		switch field {
		case Description:
			if before.Description != after.Description {
				differences = append(differences,
					Difference{Field: field, Old: before.Description, New: after.Description})
			}
		case CustomFields:
			differences = append(differences, compareFields(before, after)...)
		default:
			gained, lost := Changes(*before.list(field), *after.list(field))
			if len(gained)+len(lost) > 0 {
				differences = append(differences, Difference{Field: field, Gained: gained, Lost: lost})
			}
		}
	}
	return differences
}

// compareFields regards a field without values and an absent field as equal: a server may show either.
func compareFields(before, after Settings) []Difference {
	names := []string{}
	for _, f := range slices.Concat(before.CustomFields, after.CustomFields) {
		names = append(names, f.Name)
	}
	var differences []Difference
	for _, name := range sorted(names) {
		old, now := before.Values(name), after.Values(name)
		if !slices.Equal(old, now) {
			differences = append(differences, Difference{
				Field: CustomFields, Name: name, Old: strings.Join(old, "\n"), New: strings.Join(now, "\n"),
			})
		}
	}
	return differences
}

// Unexpected returns what changed between two reads although the change does not ask for it. A change
// that does not show yet is not unexpected. The server may rewrite the value of a custom field that the
// change names.
func (c Change) Unexpected(before, after Settings) []Difference {
	lists := c.lists()
	var unexpected []Difference
	for _, d := range Compare(before, after) {
		switch d.Field {
		case Description:
			if c.Description != nil && d.New == *c.Description {
				continue
			}
		case CustomFields:
			if _, named := c.fieldName(d.Name); named {
				continue
			}
		default:
			list := lists[d.Field]
			d.Gained = slices.DeleteFunc(d.Gained, list.asksFor)
			d.Lost = slices.DeleteFunc(d.Lost, list.drops)
			if len(d.Gained)+len(d.Lost) == 0 {
				continue
			}
		}
		unexpected = append(unexpected, d)
	}
	return unexpected
}

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
		return s.Values(d.Name)
	default:
		return slices.Sorted(maps.Keys(index(*s.list(d.Field))))
	}
}
