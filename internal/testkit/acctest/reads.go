package acctest

import (
	"encoding/json"
	"math/big"
	"testing"

	tfjson "github.com/hashicorp/terraform-json"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// Reads reads a data source without diagnostics, and runs the checks of a test step on it. Their address
// is data.TYPE.it.
func (p *Protocol) Reads(typeName string, arguments Arguments, checks ...statecheck.StateCheck) {
	p.t.Helper()
	values, diagnostics := p.Read(typeName, arguments)
	if len(diagnostics) > 0 {
		p.t.Fatalf("got diagnostics %q", diagnostics)
	}
	runChecks(p.t, "data."+typeName+".it", values, checks)
}

// runChecks runs the checks of a test step on the attributes of one object.
func runChecks(t *testing.T, address string, values map[string]tftypes.Value, checks []statecheck.StateCheck) {
	t.Helper()
	attributes := map[string]any{}
	for name, value := range values {
		attributes[name] = plain(t, value)
	}
	state := &tfjson.State{Values: &tfjson.StateValues{RootModule: &tfjson.StateModule{
		Resources: []*tfjson.StateResource{{Address: address, AttributeValues: attributes}},
	}}}
	for _, c := range checks {
		var checked statecheck.CheckStateResponse
		c.CheckState(t.Context(), statecheck.CheckStateRequest{State: state}, &checked)
		if checked.Error != nil {
			t.Error(checked.Error)
		}
	}
}

// plain is a value as `show -json` decodes it.
func plain(t *testing.T, value tftypes.Value) any {
	t.Helper()
	if value.IsNull() {
		return nil
	}
	switch kind := value.Type(); {
	case kind.Is(tftypes.String):
		return as[string](t, value)
	case kind.Is(tftypes.Bool):
		return as[bool](t, value)
	case kind.Is(tftypes.Number):
		return json.Number(as[*big.Float](t, value).Text('f', -1))
	case kind.Is(tftypes.Map{}), kind.Is(tftypes.Object{}):
		members := map[string]any{}
		for name, member := range as[map[string]tftypes.Value](t, value) {
			members[name] = plain(t, member)
		}
		return members
	default:
		elements := []any{}
		for _, element := range as[[]tftypes.Value](t, value) {
			elements = append(elements, plain(t, element))
		}
		return elements
	}
}

func as[T any](t *testing.T, value tftypes.Value) T {
	t.Helper()
	var out T
	check(t, value.As(&out))
	return out
}
