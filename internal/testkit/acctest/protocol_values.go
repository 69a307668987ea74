package acctest

import (
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"slices"
	"strings"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// Values are the attributes of a block, by name.
type Values map[string]tftypes.Value

// Text is an attribute as Text writes it.
func (v Values) Text(name string) string { return Text(v[name]) }

// String is a string as an argument.
func String(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

// Bool is a boolean as an argument.
func Bool(b bool) tftypes.Value { return tftypes.NewValue(tftypes.Bool, b) }

// Number is a number as an argument.
func Number(n int64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

// UnknownString is an unknown string, also as an element.
func UnknownString() tftypes.Value { return tftypes.NewValue(tftypes.String, tftypes.UnknownValue) }

// StringList is a list of strings as an argument.
func StringList(list ...string) tftypes.Value {
	return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, stringValues(list))
}

// StringSet is a set of known strings as an argument.
func StringSet(list ...string) tftypes.Value { return Set(stringValues(list)...) }

// Set is a set of strings as an argument.
func Set(elements ...tftypes.Value) tftypes.Value {
	return tftypes.NewValue(tftypes.Set{ElementType: tftypes.String}, elements)
}

func stringValues(list []string) []tftypes.Value {
	values := make([]tftypes.Value, 0, len(list))
	for _, s := range list {
		values = append(values, String(s))
	}
	return values
}

// Text is a value for comparisons: "null", "unknown", a string as it is, "[a, b]" or "{a: b}". The elements
// of sets and maps are sorted.
func Text(value tftypes.Value) string { return plainText(plain(value)) }

func plainText(value any) string {
	switch v := value.(type) {
	case nil:
		return "null"
	case []any:
		elements := make([]string, 0, len(v))
		for _, element := range v {
			elements = append(elements, plainText(element))
		}
		return "[" + strings.Join(elements, ", ") + "]"
	case map[string]any:
		var pairs []string
		for _, name := range slices.Sorted(maps.Keys(v)) {
			pairs = append(pairs, name+": "+plainText(v[name]))
		}
		return "{" + strings.Join(pairs, ", ") + "}"
	default:
		return fmt.Sprint(v)
	}
}

// plain is a value as `show -json` decodes it, or "unknown".
func plain(value tftypes.Value) any {
	var (
		text    string
		boolean bool
		number  big.Float
		members map[string]tftypes.Value
		list    []tftypes.Value
	)
	switch {
	case !value.IsKnown():
		return "unknown"
	case value.IsNull():
		return nil
	case value.As(&text) == nil:
		return text
	case value.As(&boolean) == nil:
		return boolean
	case value.As(&number) == nil:
		return json.Number(number.Text('f', -1))
	case value.As(&members) == nil:
		return plainMembers(members)
	}
	_ = value.As(&list)
	elements := make([]any, 0, len(list))
	for _, element := range list {
		elements = append(elements, plain(element))
	}
	if value.Type().Is(tftypes.Set{}) {
		slices.SortFunc(elements, func(a, b any) int { return strings.Compare(plainText(a), plainText(b)) })
	}
	return elements
}

func plainMembers(values map[string]tftypes.Value) map[string]any {
	members := map[string]any{}
	for name, value := range values {
		members[name] = plain(value)
	}
	return members
}

// Reads reads a data source without diagnostics, and runs the checks of a test step on it. Their address
// is data.TYPE.it.
func (p *Protocol) Reads(typeName string, arguments Arguments, checks ...statecheck.StateCheck) {
	p.t.Helper()
	values, diagnostics := p.Read(typeName, arguments)
	p.wantNone(diagnostics)
	runChecks(p.t, "data."+typeName+".it", values, checks)
}

// runChecks runs the checks of a test step on the attributes of one object.
func runChecks(t *testing.T, address string, values Values, checks []statecheck.StateCheck) {
	t.Helper()
	state := &tfjson.State{Values: &tfjson.StateValues{RootModule: &tfjson.StateModule{
		Resources: []*tfjson.StateResource{{Address: address, AttributeValues: plainMembers(values)}},
	}}}
	for _, c := range checks {
		var checked statecheck.CheckStateResponse
		c.CheckState(t.Context(), statecheck.CheckStateRequest{State: state}, &checked)
		if checked.Error != nil {
			t.Error(checked.Error)
		}
	}
}
