package settings

import (
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// Index is the position of an item in a set, or -1. Case does not matter.
func Index(set []string, item string) int {
	wanted := key(item)
	return slices.IndexFunc(set, func(other string) bool { return key(other) == wanted })
}

// Contains reports whether a set has an item.
func Contains(set []string, item string) bool { return Index(set, item) >= 0 }

// Changes are the items that a set gained and lost between two reads, in the order of the sets.
func Changes(before, after []string) (gained, lost []string) {
	return without(unique(after), before), without(unique(before), after)
}

// SameSet reports whether two lists have the same items. Order, repetition and case do not matter.
func SameSet(a, b []string) bool {
	gained, lost := Changes(a, b)
	return len(gained)+len(lost) == 0
}

// Union has the items of both sets. Where only case differs it has the spelling of the first.
func Union(a, b []string) []string { return unique(slices.Concat(a, b)) }

// without has the items of a set that another set does not have.
func without(set, other []string) []string {
	removed := index(other)
	return slices.DeleteFunc(slices.Clone(set), func(item string) bool { return removed[key(item)] })
}

func unique(list []string) []string {
	seen := make(map[string]bool, len(list))
	return slices.DeleteFunc(slices.Clone(list), func(item string) bool {
		k := key(item)
		repeated := seen[k]
		seen[k] = true
		return repeated
	})
}

func index(list []string) map[string]bool {
	keys := make(map[string]bool, len(list))
	for _, item := range list {
		keys[key(item)] = true
	}
	return keys
}

// sorted is unique and in an order that depends on the items only. Of two spellings it has the first
// one in byte order.
func sorted(list []string) []string {
	ordered := slices.Sorted(slices.Values(list))
	ordered = unique(ordered)
	slices.SortFunc(ordered, compareFolded)
	return ordered
}

func compareFolded(a, b string) int { return strings.Compare(key(a), key(b)) }

func indexOfField(fields []CustomField, name string) int {
	return slices.IndexFunc(fields, func(f CustomField) bool { return dn.Equal(f.Name, name) })
}

// SameTrustee compares prefixed universals. Case does not matter, and neither do the braces and dashes
// of a GUID, which servers write in several ways.
func SameTrustee(a, b string) bool { return key(a) == key(b) }

// IsPrefixedName reports whether a trustee certainly is a name and not a prefixed universal. The
// universals of the local and of Active Directory are GUIDs. Other directories may have any form.
func IsPrefixedName(trustee string) bool {
	prefix, universal, found := strings.Cut(trustee, ":")
	prefix = dn.Fold(prefix)
	return found && (prefix == "LOCAL" || strings.HasPrefix(prefix, "AD+")) && !isGUID(universal)
}

// key is the same text for all spellings of an item of a set.
func key(item string) string {
	prefix, universal, _ := strings.Cut(item, ":")
	if bare := strings.TrimSuffix(strings.TrimPrefix(universal, "{"), "}"); isGUID(universal) {
		return dn.Fold(prefix + ":" + strings.ReplaceAll(bare, "-", ""))
	}
	return dn.Fold(item)
}

// isGUID accepts a GUID, or its 32 digits, each with or without braces.
func isGUID(s string) bool {
	if strings.HasPrefix(s, "{") != strings.HasSuffix(s, "}") {
		return false
	}
	s = strings.Trim(s, "{}")
	if dn.ValidateGUID(s) == nil {
		return true
	}
	return len(s) == 32 && strings.Trim(s, "0123456789abcdefABCDEF") == ""
}
