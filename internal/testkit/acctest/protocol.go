package acctest

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Protocol is the provider, configured, and spoken to as a CLI does. It is for what the test
// library does not show, like warnings, and for what the CLI at hand may be too old for, like
// actions and lists.
//
// Arguments that are not given are null. A diagnostic reads "WARNING: summary: detail", with "
// [attribute]" where it is at one.
type Protocol struct {
	t       *testing.T
	server  providerServer
	schemas *tfprotov6.GetProviderSchemaResponse
}

type providerServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
}

// Arguments are those of a block, by name.
type Arguments map[string]tftypes.Value

// Protocol configures a provider with a token and nothing else.
func (e *Env) Protocol(t *testing.T, token string) *Protocol {
	t.Helper()
	return e.ProtocolWith(t, Arguments{"access_token": String(token)})
}

// ProtocolWith configures a provider with these arguments, and the URL of the embedded server.
func (e *Env) ProtocolWith(t *testing.T, arguments Arguments) *Protocol {
	t.Helper()
	prepare()
	server, ok := newServer(e.Now).(providerServer)
	if !ok {
		t.Fatal("the provider has no lists or no actions")
	}
	p := &Protocol{t: t, server: server}
	p.schemas = call(p, server.GetProviderSchema, tfprotov6.GetProviderSchemaRequest{})
	block := Arguments{"url": String(e.URL)}
	maps.Copy(block, arguments)
	p.wantNone(texts(call(p, server.ConfigureProvider, tfprotov6.ConfigureProviderRequest{
		Config: encode(t, p.schemas.Provider.ValueType(), block),
	}).Diagnostics))
	return p
}

// call makes a call of the provider's server.
func call[Q, R any](p *Protocol, method func(context.Context, *Q) (*R, error), request Q) *R {
	p.t.Helper()
	resp, err := method(p.t.Context(), &request)
	check(p.t, err)
	return resp
}

func (p *Protocol) wantNone(diagnostics []string) {
	p.t.Helper()
	if len(diagnostics) > 0 {
		p.t.Fatalf("got diagnostics %q", diagnostics)
	}
}

// Read reads a data source; so may any number of goroutines.
func (p *Protocol) Read(typeName string, arguments Arguments) (state map[string]tftypes.Value, diagnostics []string) {
	p.t.Helper()
	kind := p.schemas.DataSourceSchemas[typeName].ValueType()
	read := call(p, p.server.ReadDataSource, tfprotov6.ReadDataSourceRequest{
		TypeName: typeName, Config: encode(p.t, kind, arguments),
	})
	return decode(p.t, kind, read.State), texts(read.Diagnostics)
}

// decode is a value of an object type, nil for null.
func decode(t *testing.T, kind tftypes.Type, encoded *tfprotov6.DynamicValue) (values Values) {
	t.Helper()
	if encoded == nil {
		return nil
	}
	value, err := encoded.Unmarshal(kind)
	check(t, err)
	if !value.IsNull() {
		check(t, value.As((*map[string]tftypes.Value)(&values)))
	}
	return values
}

// encode is an object with the given members and nulls for all others.
func encode[M ~map[string]tftypes.Value](t *testing.T, of tftypes.Type, members M) *tfprotov6.DynamicValue {
	t.Helper()
	kind, ok := of.(tftypes.Object)
	if !ok {
		t.Fatalf("got %s, want an object", of)
	}
	values := map[string]tftypes.Value{}
	for name, attribute := range kind.AttributeTypes {
		values[name] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(values, members)
	return dynamic(t, tftypes.NewValue(kind, values))
}

func dynamic(t *testing.T, value tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	encoded, err := tfprotov6.NewDynamicValue(value.Type(), value)
	check(t, err)
	return &encoded
}

func texts(diagnostics []*tfprotov6.Diagnostic) []string {
	var out []string
	for _, d := range diagnostics {
		text := fmt.Sprintf("%s: %s: %s", d.Severity, d.Summary, d.Detail)
		if d.Attribute != nil {
			text += " [" + attributeText(d.Attribute) + "]"
		}
		out = append(out, text)
	}
	return out
}

func failed(diagnostics []string) bool {
	return slices.ContainsFunc(diagnostics, func(d string) bool { return strings.HasPrefix(d, "ERROR") })
}

func attributeText(at *tftypes.AttributePath) string {
	var steps []string
	for _, step := range at.Steps() {
		steps = append(steps, fmt.Sprint(step))
	}
	return strings.Join(steps, ".")
}

// Listed is one event of a list: something found, or diagnostics.
type Listed struct {
	Object // without values, unless the list includes them

	Name  string
	Diags []string
}

// List does what `terraform query` does for a list block.
func (p *Protocol) List(typeName string, arguments Arguments, limit int64, includeResource bool) []Listed {
	p.t.Helper()
	stream := call(p, p.server.ListResource, tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: encode(p.t, p.schemas.ListResourceSchemas[typeName].ValueType(), arguments),
		Limit: limit, IncludeResource: includeResource,
	})
	var found []Listed
	for r := range stream.Results {
		found = append(found, Listed{
			Object: *p.newObject(typeName, r.Resource, nil, r.Identity),
			Name:   r.DisplayName, Diags: texts(r.Diagnostics),
		})
	}
	return found
}

// Adopt does what a CLI does with a listed resource: generate its configuration, validate it,
// import by identity, read, and plan. It gives what was imported and what is planned.
func (p *Protocol) Adopt(found Listed) (imported, planned Values) {
	p.t.Helper()
	generated := call(p, p.server.GenerateResourceConfig,
		tfprotov6.GenerateResourceConfigRequest{TypeName: found.typeName, State: found.state})
	p.wantNone(texts(generated.Diagnostics))
	arguments := Arguments(decode(p.t, p.resourceType(found.typeName), generated.Config))
	p.wantNone(p.Validate(found.typeName, arguments))
	stub, diagnostics := p.ImportByIdentity(found.typeName, Arguments(found.Identity))
	p.wantNone(diagnostics)
	read, diagnostics := p.Refresh(stub)
	p.wantNone(diagnostics)
	plan := p.Plan(found.typeName, arguments, read)
	p.wantNone(plan.Diags)
	return read.Values, plan.Values
}
