// Package signright holds the rules of rights on signing objects: the bits of which the server sends
// the sum, and their names.
package signright

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// The bits of a right (SignRight in DOC). A newer server may send others.
const (
	Admin            int64 = 1  // Code Signing Administrator
	Use              int64 = 2  // Key User
	Audit            int64 = 4  // Auditor
	Owner            int64 = 8  // project Owner
	ProjectApproval  int64 = 16 // may approve projects
	ApplicationAdmin int64 = 32 // manages applications and collections
	ApproveUse       int64 = 64 // Key Use Approver
)

// bitNames are in bit order: the name of bit 1<<i is bitNames[i].
var bitNames = []string{"Admin", "Use", "Audit", "Owner", "ProjectApproval", "ApplicationAdmin", "ApproveUse"}

const (
	unknownPrefix = "Unknown ("
	unknownSuffix = ")"
)

// Known are the names of the bits that have one, in bit order.
func Known() []string { return slices.Clone(bitNames) }

// Names splits a sum of rights into names in bit order, none for 0. A bit without a name is
// `Unknown (N)`, where N is the value of the bit; that of the sign bit is negative. Value is the inverse
// for each int64.
func Names(value int64) []string {
	names := []string{}
	for i := range 64 {
		if bit := int64(1) << i; value&bit != 0 {
			names = append(names, bitName(i))
		}
	}
	return names
}

func bitName(i int) string {
	if i < len(bitNames) {
		return bitNames[i]
	}
	return unknownPrefix + strconv.FormatInt(1<<i, 10) + unknownSuffix
}

// Value adds names to the number that the server uses. Order and repetition do not matter.
// `Unknown (N)` is also valid for a bit that has a name, so that older configurations stay valid.
func Value(names []string) (int64, error) {
	var sum int64
	for _, name := range names {
		bit, err := parse(name)
		if err != nil {
			return 0, err
		}
		sum |= bit
	}
	return sum, nil
}

func parse(name string) (int64, error) {
	if i := slices.Index(bitNames, name); i >= 0 {
		return 1 << i, nil
	}
	digits, isUnknown := strings.CutPrefix(name, unknownPrefix)
	digits, closed := strings.CutSuffix(digits, unknownSuffix)
	if isUnknown && closed {
		return parseBit(digits)
	}
	return 0, fmt.Errorf("%q is not the name of a right%s; the names are %s, and Unknown (N) for a bit without one",
		name, suggestion(name), strings.Join(bitNames, ", "))
}

// parseBit accepts only the digits that Names returns.
func parseBit(digits string) (int64, error) {
	n, err := strconv.ParseInt(digits, 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != digits {
		return 0, fmt.Errorf("%q in Unknown (N) is not a valid number", digits)
	}
	if n == 0 || n&(n-1) != 0 {
		return 0, fmt.Errorf("%d in Unknown (N) is not the value of a single bit (1, 2, 4, 8, …)", n)
	}
	return n, nil
}

func suggestion(name string) string {
	folded := strings.NewReplacer(" ", "", "_", "", "-", "").Replace(name)
	for _, known := range bitNames {
		if strings.EqualFold(folded, known) {
			return fmt.Sprintf(" (did you mean %q?)", known)
		}
	}
	return ""
}

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
