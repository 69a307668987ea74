package rights

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/datasource"
)

var _ datasource.Encoder = &matrixModel{}

func matrixOf(objects int) *matrixModel {
	const owner, use = 8, 2
	dns, read := make([]string, objects), make([][]signright.Grant, objects)
	for i := range objects {
		dns[i] = fmt.Sprintf(`\VED\Code Signing\Projects\Team %d`, i)
		read[i] = []signright.Grant{{Key: "local:jane", Value: owner | use}, {Key: "local:olga", Value: owner}}
	}
	m := &matrixModel{Objects: types.ListNull(types.StringType)}
	m.set(newTable(dns, read, nil))
	return m
}

func stateOf(t *testing.T, m *matrixModel) tftypes.Value {
	t.Helper()
	state := tfsdk.State{Schema: matrixSchema()}
	state.Raw = tftypes.NewValue(state.Schema.Type().TerraformType(t.Context()), nil)
	if diagnostics := state.Set(t.Context(), m); diagnostics.HasError() {
		t.Fatal(diagnostics)
	}
	return state.Raw
}

func TestMatrixEncode_EqualsStateSet(t *testing.T) {
	t.Parallel()
	configured := matrixOf(2)
	configured.Objects = types.ListValueMust(types.StringType, nil)
	configured.ResolveIdentities = types.BoolValue(true)
	for name, m := range map[string]*matrixModel{"empty": matrixOf(0), "two": matrixOf(2), "configured": configured} {
		encoded := m.Encode(t.Context(), matrixSchema().Type().TerraformType(t.Context()))
		if state := stateOf(t, m); !encoded.Equal(state) {
			t.Errorf("%s: %s, want %s", name, encoded, state)
		}
	}
}

// If this fails, State.Set is fast enough: remove Encode and datasource.Encoder.
func TestMatrixEncode_IsMuchCheaperThanStateSet(t *testing.T) {
	m, shape := matrixOf(50), matrixSchema().Type().TerraformType(t.Context())
	set := testing.AllocsPerRun(5, func() { stateOf(t, m) })
	encode := testing.AllocsPerRun(5, func() { m.Encode(t.Context(), shape) })
	if set < 8*encode {
		t.Errorf("State.Set makes %.0f allocations, Encode %.0f", set, encode)
	}
}
