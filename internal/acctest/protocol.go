package acctest

import (
	"fmt"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// ReadDataSource reads a data source through the protocol, as a CLI does. It is
// for what the test library does not show: warnings. Arguments that are not given
// are null. A diagnostic reads "WARNING: summary: detail".
func (e *Env) ReadDataSource(t *testing.T, token, typeName string, arguments map[string]tftypes.Value) (state map[string]tftypes.Value, diags []string) {
	t.Helper()
	server, err := e.Factories()["codesign"]()
	if err != nil {
		t.Fatal(err)
	}
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{
		Config: config(t, schemas.Provider, map[string]tftypes.Value{
			"url": tftypes.NewValue(tftypes.String, e.URL), "access_token": tftypes.NewValue(tftypes.String, token),
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range configured.Diagnostics {
		t.Fatalf("configure: %s: %s", d.Summary, d.Detail)
	}
	schema := schemas.DataSourceSchemas[typeName]
	read, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config(t, schema, arguments)})
	if err != nil {
		t.Fatal(err)
	}
	if read.State != nil {
		value, err := read.State.Unmarshal(schema.ValueType())
		if err == nil {
			err = value.As(&state)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for _, d := range read.Diagnostics {
		diags = append(diags, fmt.Sprintf("%s: %s: %s", d.Severity, d.Summary, d.Detail))
	}
	return state, diags
}

// config is a block with the given arguments and nulls for all others.
func config(t *testing.T, schema *tfprotov6.Schema, arguments map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	object, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("the schema describes a %s", schema.ValueType())
	}
	values := map[string]tftypes.Value{}
	for name, kind := range object.AttributeTypes {
		values[name] = tftypes.NewValue(kind, nil)
	}
	maps.Copy(values, arguments)
	block, err := tfprotov6.NewDynamicValue(object, tftypes.NewValue(object, values))
	if err != nil {
		t.Fatal(err)
	}
	return &block
}
