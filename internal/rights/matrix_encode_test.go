package rights

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// As the framework compares both afterwards, value by value, a configuration that was written to costs more than all of the reading.
func TestTheStateIsWrittenBesideTheConfigurationAndNotIntoIt(t *testing.T) {
	t.Parallel()
	schema := matrixDataSourceSchema()
	kind := schema.Type().TerraformType(t.Context())
	attributes := kind.(tftypes.Object).AttributeTypes
	values := map[string]tftypes.Value{}
	for name, attribute := range attributes {
		values[name] = tftypes.NewValue(attribute, nil)
	}
	values["resolve_identities"] = tftypes.NewValue(tftypes.Bool, true)
	config := tfsdk.Config{Schema: schema, Raw: tftypes.NewValue(kind, values)}
	before := config.Raw.Copy()
	state := tfsdk.State{Schema: schema}
	m := matrixModel{
		ByObject:  map[string]map[string][]string{"A": {"x": {"Use", "Owner"}}, "B": {}},
		ByTrustee: map[string]map[string][]string{"x": {"A": {"Use", "Owner"}}},
		Markdown:  types.StringValue("| |"), CSV: types.StringValue("dn"),
	}
	if err := m.write(t.Context(), config, &state); err != nil {
		t.Fatal(err)
	}
	if !config.Raw.Equal(before) {
		t.Errorf("the configuration became %s", config.Raw)
	}
	want := tfsdk.State{Schema: schema, Raw: before.Copy()}
	m.ResolveIdentities, m.DNs = types.BoolValue(true), types.ListNull(types.StringType)
	if diagnostics := want.Set(t.Context(), m); diagnostics.HasError() {
		t.Fatal(diagnostics)
	}
	if !state.Raw.Equal(want.Raw) {
		t.Errorf("got  %s\nwant %s", state.Raw, want.Raw)
	}
}
