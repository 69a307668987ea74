package acctest

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Protocol is the provider, configured, and spoken to as a CLI does. It is for
// what the test library does not show, like warnings, and for what the CLI at
// hand may be too old for, like actions and lists.
//
// Arguments that are not given are null. A diagnostic reads
// "WARNING: summary: detail", with " [attribute]" where it is at one.
type Protocol struct {
	t       *testing.T
	server  tfprotov6.ProviderServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

// Arguments are those of a block, by name.
type Arguments map[string]tftypes.Value

// Protocol configures a provider with a token and nothing else.
func (e *Env) Protocol(t *testing.T, token string) *Protocol {
	t.Helper()
	return e.ProtocolWith(t, Arguments{"access_token": String(token)})
}

// ProtocolWith configures a provider with these arguments, and the URL of the
// embedded server.
func (e *Env) ProtocolWith(t *testing.T, arguments Arguments) *Protocol {
	t.Helper()
	prepare()
	server, err := e.Factories()["codesign"]()
	if err != nil {
		t.Fatal(err)
	}
	p := &Protocol{t: t, server: server}
	if p.schemas, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{}); err != nil {
		t.Fatal(err)
	}
	block := Arguments{"url": String(e.URL)}
	maps.Copy(block, arguments)
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: config(t, p.schemas.Provider, block)})
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range texts(configured.Diagnostics) {
		t.Fatal("configure:", d)
	}
	return p
}

// String is a string as an argument.
func String(s string) tftypes.Value { return tftypes.NewValue(tftypes.String, s) }

// StringList is a list of strings as an argument.
func StringList(list ...string) tftypes.Value {
	values := make([]tftypes.Value, 0, len(list))
	for _, s := range list {
		values = append(values, String(s))
	}
	return tftypes.NewValue(tftypes.List{ElementType: tftypes.String}, values)
}

// ReadDataSource reads a data source with a provider that has nothing but a token.
func (e *Env) ReadDataSource(t *testing.T, token, typeName string, arguments map[string]tftypes.Value) (state map[string]tftypes.Value, diagnostics []string) {
	t.Helper()
	return e.Protocol(t, token).Read(typeName, arguments)
}

// Read reads a data source; so may any number of goroutines.
func (p *Protocol) Read(typeName string, arguments Arguments) (state map[string]tftypes.Value, diagnostics []string) {
	p.t.Helper()
	schema := p.schemas.DataSourceSchemas[typeName]
	read, err := p.server.ReadDataSource(p.t.Context(), &tfprotov6.ReadDataSourceRequest{TypeName: typeName, Config: config(p.t, schema, arguments)})
	if err != nil {
		p.t.Fatal(err)
	}
	return object(p.t, schema, read.State), texts(read.Diagnostics)
}

// object is a value of a schema's type, nil where there is none.
func object(t *testing.T, schema *tfprotov6.Schema, encoded *tfprotov6.DynamicValue) map[string]tftypes.Value {
	t.Helper()
	return members(t, encoded, schema.ValueType())
}

func members(t *testing.T, encoded *tfprotov6.DynamicValue, kind tftypes.Type) (values map[string]tftypes.Value) {
	t.Helper()
	if encoded == nil {
		return nil
	}
	value, err := encoded.Unmarshal(kind)
	if err == nil {
		err = value.As(&values)
	}
	if err != nil {
		t.Fatal(err)
	}
	return values
}

func texts(diagnostics []*tfprotov6.Diagnostic) []string {
	var out []string
	for _, d := range diagnostics {
		text := fmt.Sprintf("%s: %s: %s", d.Severity, d.Summary, d.Detail)
		if d.Attribute != nil {
			var steps []string
			for _, step := range d.Attribute.Steps() {
				steps = append(steps, fmt.Sprint(step))
			}
			text += " [" + strings.Join(steps, ".") + "]"
		}
		out = append(out, text)
	}
	return out
}

// config is a block with the given arguments and nulls for all others.
func config(t *testing.T, schema *tfprotov6.Schema, arguments map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	kind, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		t.Fatalf("the schema describes a %s", schema.ValueType())
	}
	values := map[string]tftypes.Value{}
	for name, attribute := range kind.AttributeTypes {
		values[name] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(values, arguments)
	block, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
	if err != nil {
		t.Fatal(err)
	}
	return &block
}
