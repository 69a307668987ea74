package simulator

import (
	"maps"
	"slices"
	"strings"
)

// mapped is a list of what f makes of each element; it is never nil, as JSON needs it.
func mapped[T, U any](list []T, f func(T) U) []U {
	out := make([]U, 0, len(list))
	for _, e := range list {
		out = append(out, f(e))
	}
	return out
}

// kept are the elements that a rule accepts; it is never nil.
func kept[T any](list []T, accept func(T) bool) []T {
	out := []T{}
	for _, e := range list {
		if accept(e) {
			out = append(out, e)
		}
	}
	return out
}

// first is the first of a list that a rule accepts; nil for none.
func first[T any](list []*T, accept func(*T) bool) *T {
	if i := slices.IndexFunc(list, accept); i >= 0 {
		return list[i]
	}
	return nil
}

// choose is one of two values.
func choose[T any](condition bool, yes, no T) T {
	if condition {
		return yes
	}
	return no
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

func notNil(list []string) []string { return kept(list, func(string) bool { return true }) }

func hasFold(list []string, word string) bool {
	return slices.ContainsFunc(list, func(have string) bool { return strings.EqualFold(have, word) })
}

// hasWord looks into a list of words that is separated by commas.
func hasWord(list, word string) bool {
	return slices.Contains(strings.Split(strings.ReplaceAll(list, ", ", ","), ","), word)
}
