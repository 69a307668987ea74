package acctest

import (
	"math/big"
	"slices"
	"strconv"
	"strings"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Values are the attributes of a block, by name.
type Values map[string]tftypes.Value

// Text is an attribute as Text writes it.
func (v Values) Text(name string) string { return Text(v[name]) }

// Bool is a boolean as an argument.
func Bool(b bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, b) }

// Number is a number as an argument.
func Number(n int64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

// UnknownString is an unknown string, also as an element.
func UnknownString() tftypes.Value { return tftypes.NewValue(tftypes.String, tftypes.UnknownValue) }

// Set is a set of strings as an argument.
func Set(elements ...tftypes.Value) tftypes.Value {
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, elements)
}

// StringSet is a set of known strings as an argument.
func StringSet(list ...string) tftypes.Value {
	values := make([]tftypes.Value, 0, len(list))
	for _, s := range list {
		values = append(values, String(s))
	}
	return Set(values...)
}

// Text is a value for comparisons: "null", "unknown", a string as it is, "[a, b]" or "{a: b}". The elements
// of sets and maps are sorted.
func Text(value tftypes.Value) string {
	switch {
	case !value.IsKnown():
		return "unknown"
	case value.IsNull():
		return "null"
	}
	var (
		text    string
		number  big.Float
		boolean bool
		list    []tftypes.Value
		members map[string]tftypes.Value
	)
	switch kind := value.Type(); {
	case value.As(&text) == nil:
		return text
	case value.As(&number) == nil:
		return number.Text('f', -1)
	case value.As(&boolean) == nil:
		return strconv.FormatBool(boolean)
	case value.As(&list) == nil:
		elements := textsOf(list)
		if kind.Is(tftypes.Set{}) {
			slices.Sort(elements)
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case value.As(&members) == nil:
		var pairs []string
		for name, member := range members {
			pairs = append(pairs, name+": "+Text(member))
		}
		slices.Sort(pairs)
		return "{" + strings.Join(pairs, ", ") + "}"
	default:
		return value.String()
	}
}

func textsOf(list []tftypes.Value) []string {
	out := make([]string, 0, len(list))
	for _, value := range list {
		out = append(out, Text(value))
	}
	return out
}
