package signright

import (
	"cmp"
	"slices"
	"strings"
)

// Grant is a sum of rights. The key is a trustee (prefixed universal) in the rights of an object, and a
// DN in the rights of a trustee.
type Grant struct {
	Key   string
	Value int64
}

// Merge sorts grants by key and joins those with the same key. The result is never nil.
func Merge(grants []Grant) []Grant {
	sorted := slices.SortedStableFunc(slices.Values(grants), func(a, b Grant) int { return cmp.Compare(a.Key, b.Key) })
	merged := []Grant{}
	for _, g := range sorted {
		if last := len(merged) - 1; last >= 0 && merged[last].Key == g.Key {
			merged[last].Value |= g.Value
			continue
		}
		merged = append(merged, g)
	}
	return merged
}

// ByKey maps each key to its right names in bit order; the list for 0 is empty.
func ByKey(grants []Grant) map[string][]string {
	index := map[string][]string{}
	for _, g := range Merge(grants) {
		index[g.Key] = Names(g.Value)
	}
	return index
}

// ByRight maps each right name to the keys that have it, sorted.
func ByRight(grants []Grant) map[string][]string {
	index := map[string][]string{}
	for _, g := range Merge(grants) {
		for _, name := range Names(g.Value) {
			index[name] = append(index[name], g.Key)
		}
	}
	return index
}

// Prefix is the directory in a prefixed universal or prefixed name: `local`, `AD+CORP`. Empty if there
// is none.
func Prefix(trustee string) string {
	prefix, _, found := strings.Cut(trustee, ":")
	if !found {
		return ""
	}
	return prefix
}
