package acctest

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

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
		TypeName: typeName, Config: config(p.t, p.schemas.ListResourceSchemas[typeName], arguments), Limit: limit, IncludeResource: includeResource,
	})
	if err != nil {
		p.t.Fatal(err)
	}
	var found []Listed
	for r := range stream.Results {
		one := Listed{Name: r.DisplayName, Diags: texts(r.Diagnostics), typeName: typeName, identity: r.Identity, resource: r.Resource}
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
	if err != nil {
		p.t.Fatal(err)
	}
	return schemas.IdentitySchemas[typeName].ValueType()
}

// Adopt does what a CLI does with a listed resource: generate its configuration,
// validate it, import by identity, read, and plan. It gives what was imported and
// what is planned.
func (p *Protocol) Adopt(found Listed) (imported, planned map[string]tftypes.Value) {
	p.t.Helper()
	generated, err := p.server.GenerateResourceConfig(p.t.Context(), &tfprotov6.GenerateResourceConfigRequest{TypeName: found.typeName, State: found.resource})
	p.must(err, generated.Diagnostics)
	valid, err := p.server.ValidateResourceConfig(p.t.Context(), &tfprotov6.ValidateResourceConfigRequest{TypeName: found.typeName, Config: generated.Config})
	p.must(err, valid.Diagnostics)
	imports, err := p.server.ImportResourceState(p.t.Context(), &tfprotov6.ImportResourceStateRequest{TypeName: found.typeName, Identity: found.identity})
	p.must(err, imports.Diagnostics)
	stub := imports.ImportedResources[0]
	read, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: found.typeName, CurrentState: stub.State, Private: stub.Private, CurrentIdentity: stub.Identity,
	})
	p.must(err, read.Diagnostics)
	schema := p.schemas.ResourceSchemas[found.typeName]
	plan, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: found.typeName, PriorState: read.NewState, PriorPrivate: read.Private, PriorIdentity: read.NewIdentity,
		Config: generated.Config, ProposedNewState: proposed(p.t, schema, read.NewState, generated.Config),
	})
	p.must(err, plan.Diagnostics)
	return object(p.t, schema, read.NewState), object(p.t, schema, plan.PlannedState)
}

func (p *Protocol) must(err error, diagnostics []*tfprotov6.Diagnostic) {
	p.t.Helper()
	if err != nil || len(diagnostics) > 0 {
		p.t.Fatal(err, texts(diagnostics))
	}
}

// proposed is the configuration, with the state's values where it has none and
// the provider computes them.
func proposed(t *testing.T, schema *tfprotov6.Schema, prior, configured *tfprotov6.DynamicValue) *tfprotov6.DynamicValue {
	t.Helper()
	before, values := object(t, schema, prior), object(t, schema, configured)
	for _, attribute := range schema.Block.Attributes {
		if attribute.Computed && values[attribute.Name].IsNull() {
			values[attribute.Name] = before[attribute.Name]
		}
	}
	return config(t, schema, values)
}
