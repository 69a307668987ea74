package acctest

import (
	"fmt"
	"maps"
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

// ProtocolWith configures a provider with these arguments, and the URL of the embedded server.
func (e *Env) ProtocolWith(t *testing.T, arguments Arguments) *Protocol {
	t.Helper()
	prepare()
	server, err := e.Factories()["codesign"]()
	check(t, err)
	p := &Protocol{t: t, server: server}
	p.schemas, err = server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	check(t, err)
	block := Arguments{"url": String(e.URL)}
	maps.Copy(block, arguments)
	configured, err := server.ConfigureProvider(t.Context(),
		&tfprotov6.ConfigureProviderRequest{Config: newConfig(t, p.schemas.Provider, block)})
	check(t, err)
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
func (e *Env) ReadDataSource(
	t *testing.T, token, typeName string, arguments map[string]tftypes.Value,
) (state map[string]tftypes.Value, diagnostics []string) {
	t.Helper()
	return e.Protocol(t, token).Read(typeName, arguments)
}

// Read reads a data source; so may any number of goroutines.
func (p *Protocol) Read(typeName string, arguments Arguments) (state map[string]tftypes.Value, diagnostics []string) {
	p.t.Helper()
	schema := p.schemas.DataSourceSchemas[typeName]
	read, err := p.server.ReadDataSource(p.t.Context(), &tfprotov6.ReadDataSourceRequest{
		TypeName: typeName,
		Config:   newConfig(p.t, schema, arguments),
	})
	check(p.t, err)
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
	check(t, err)
	if !value.IsNull() {
		check(t, value.As(&values))
	}
	return values
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

func attributeText(at *tftypes.AttributePath) string {
	var steps []string
	for _, step := range at.Steps() {
		steps = append(steps, fmt.Sprint(step))
	}
	return strings.Join(steps, ".")
}

// newConfig is a block with the given arguments and nulls for all others.
func newConfig(t *testing.T, schema *tfprotov6.Schema, arguments map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	return newObjectValue(t, schema.ValueType(), arguments)
}

// newObjectValue is an object with the given members and nulls for all others.
func newObjectValue(t *testing.T, of tftypes.Type, arguments map[string]tftypes.Value) *tfprotov6.DynamicValue {
	t.Helper()
	kind, ok := of.(tftypes.Object)
	if !ok {
		t.Fatalf("got %s, want an object", of)
	}
	values := map[string]tftypes.Value{}
	for name, attribute := range kind.AttributeTypes {
		values[name] = tftypes.NewValue(attribute, nil)
	}
	maps.Copy(values, arguments)
	block, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, values))
	check(t, err)
	return &block
}

// Listed is one event of a list: something found, or diagnostics.
type Listed struct {
	Name     string
	Identity map[string]tftypes.Value
	Resource map[string]tftypes.Value // nil unless asked for
	Diags    []string

	typeName string
	identity *tfprotov6.ResourceIdentityData
	resource *tfprotov6.DynamicValue
}

// List does what `terraform query` does for a list block.
func (p *Protocol) List(typeName string, arguments Arguments, limit int64, includeResource bool) []Listed {
	p.t.Helper()
	server, ok := p.server.(tfprotov6.ListResourceServer)
	if !ok {
		p.t.Fatal("the provider lists nothing")
	}
	stream, err := server.ListResource(p.t.Context(), &tfprotov6.ListResourceRequest{
		TypeName: typeName, Config: newConfig(p.t, p.schemas.ListResourceSchemas[typeName],
			arguments), Limit: limit, IncludeResource: includeResource,
	})
	check(p.t, err)
	var found []Listed
	for r := range stream.Results {
		one := Listed{
			Name: r.DisplayName, Diags: texts(r.Diagnostics), typeName: typeName, identity: r.Identity,
			resource: r.Resource,
		}
		if r.Identity != nil {
			one.Identity = members(p.t, r.Identity.IdentityData, p.identityType(typeName))
		}
		if includeResource && r.Resource != nil {
			one.Resource = object(p.t, p.schemas.ResourceSchemas[typeName], r.Resource)
		}
		found = append(found, one)
	}
	return found
}

func (p *Protocol) identityType(typeName string) tftypes.Type {
	p.t.Helper()
	schemas, err := p.server.GetResourceIdentitySchemas(p.t.Context(), &tfprotov6.GetResourceIdentitySchemasRequest{})
	check(p.t, err)
	return schemas.IdentitySchemas[typeName].ValueType()
}

// Adopt does what a CLI does with a listed resource: generate its configuration, validate it,
// import by identity, read, and plan. It gives what was imported and what is planned.
func (p *Protocol) Adopt(found Listed) (imported, planned map[string]tftypes.Value) {
	p.t.Helper()
	generated, err := p.server.GenerateResourceConfig(p.t.Context(),
		&tfprotov6.GenerateResourceConfigRequest{TypeName: found.typeName, State: found.resource})
	p.noDiagnostics(err, generated.Diagnostics)
	valid, err := p.server.ValidateResourceConfig(p.t.Context(),
		&tfprotov6.ValidateResourceConfigRequest{TypeName: found.typeName, Config: generated.Config})
	p.noDiagnostics(err, valid.Diagnostics)
	imports, err := p.server.ImportResourceState(p.t.Context(),
		&tfprotov6.ImportResourceStateRequest{TypeName: found.typeName, Identity: found.identity})
	p.noDiagnostics(err, imports.Diagnostics)
	stub := imports.ImportedResources[0]
	read, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: found.typeName, CurrentState: stub.State, Private: stub.Private, CurrentIdentity: stub.Identity,
	})
	p.noDiagnostics(err, read.Diagnostics)
	schema := p.schemas.ResourceSchemas[found.typeName]
	plan, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: found.typeName, PriorState: read.NewState, PriorPrivate: read.Private,
		PriorIdentity: read.NewIdentity,
		Config:        generated.Config, ProposedNewState: proposed(p.t, schema, read.NewState, generated.Config),
	})
	p.noDiagnostics(err, plan.Diagnostics)
	return object(p.t, schema, read.NewState), object(p.t, schema, plan.PlannedState)
}

func (p *Protocol) noDiagnostics(err error, diagnostics []*tfprotov6.Diagnostic) {
	p.t.Helper()
	if err != nil || len(diagnostics) > 0 {
		p.t.Fatal(err, texts(diagnostics))
	}
}

// proposed is the configuration, with the state's values where it has none and the provider
// computes them.
func proposed(
	t *testing.T, schema *tfprotov6.Schema, prior, configured *tfprotov6.DynamicValue,
) *tfprotov6.DynamicValue {
	t.Helper()
	before, values := object(t, schema, prior), object(t, schema, configured)
	for _, attribute := range schema.Block.Attributes {
		if before != nil && attribute.Computed && values[attribute.Name].IsNull() {
			values[attribute.Name] = before[attribute.Name]
		}
	}
	return newConfig(t, schema, values)
}
