package acctest

import (
	"encoding/json"
	"maps"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// Object is a resource as a CLI keeps it between commands.
type Object struct {
	Values   Values            // nil for a resource that does not exist
	Identity Values            // nil without an identity
	Private  map[string]string // the private state, as JSON by key

	typeName string
	state    *tfprotov6.DynamicValue
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

func (p *Protocol) newObject(
	typeName string, state *tfprotov6.DynamicValue, private []byte, identity *tfprotov6.ResourceIdentityData,
) *Object {
	p.t.Helper()
	o := &Object{
		Values: decode(p.t, p.resourceType(typeName), state), Private: privateState(p.t, private),
		typeName: typeName, state: state, private: private, identity: identity,
	}
	if identity != nil {
		o.Identity = decode(p.t, p.identityType(typeName), identity.IdentityData)
	}
	return o
}

// WithoutIdentity is the object as a CLI before 1.12 keeps it.
func (o *Object) WithoutIdentity() *Object {
	kept := *o
	kept.identity, kept.Identity = nil, nil
	return &kept
}

// Planned is a planned change of a resource.
type Planned struct {
	Values   Values   // nil for a destroy
	Replaces []string // the attributes that require a replacement
	Diags    []string
	Private  map[string]string

	prior  *Object
	config *tfprotov6.DynamicValue
	change *tfprotov6.PlanResourceChangeResponse
}

// IsEmpty reports whether the plan changes nothing.
func (c *Planned) IsEmpty() bool {
	return maps.EqualFunc(c.Values, c.prior.Values, func(a, b tftypes.Value) bool { return a.Equal(b) })
}

func privateState(t *testing.T, encoded []byte) map[string]string {
	t.Helper()
	entries, texts := map[string][]byte{}, map[string]string{}
	if len(encoded) > 0 {
		check(t, json.Unmarshal(encoded, &entries))
	}
	for key, value := range entries {
		texts[key] = string(value)
	}
	return texts
}

// Unknown is an unknown value for an attribute of a resource.
func (p *Protocol) Unknown(typeName, attribute string) tftypes.Value {
	p.t.Helper()
	kind := p.resourceType(typeName).AttributeTypes[attribute]
	if kind == nil {
		p.t.Fatalf("%s has no attribute %s", typeName, attribute)
	}
	return tftypes.NewValue(kind, tftypes.UnknownValue)
}

func (p *Protocol) resourceType(typeName string) tftypes.Object {
	p.t.Helper()
	kind, ok := p.schemas.ResourceSchemas[typeName].ValueType().(tftypes.Object)
	if !ok || len(kind.AttributeTypes) == 0 {
		p.t.Fatalf("the provider has no resource %s", typeName)
	}
	return kind
}

func (p *Protocol) identityType(typeName string) tftypes.Type {
	p.t.Helper()
	return call(p, p.server.GetResourceIdentitySchemas, tfprotov6.GetResourceIdentitySchemasRequest{}).
		IdentitySchemas[typeName].ValueType()
}

func (p *Protocol) encode(typeName string, arguments Arguments) *tfprotov6.DynamicValue {
	p.t.Helper()
	return encode(p.t, p.resourceType(typeName), arguments)
}

func (p *Protocol) null(typeName string) *tfprotov6.DynamicValue {
	p.t.Helper()
	return dynamic(p.t, tftypes.NewValue(p.resourceType(typeName), nil))
}

// Validate validates the configuration of a resource.
func (p *Protocol) Validate(typeName string, arguments Arguments) (diagnostics []string) {
	p.t.Helper()
	return texts(call(p, p.server.ValidateResourceConfig, tfprotov6.ValidateResourceConfigRequest{
		TypeName: typeName, Config: p.encode(typeName, arguments),
	}).Diagnostics)
}

// Plan plans a resource. The prior object is nil for a new one. Like a CLI, it fails for a plan
// that changes what is configured.
func (p *Protocol) Plan(typeName string, arguments Arguments, prior *Object) *Planned {
	p.t.Helper()
	if prior == nil {
		prior = p.absent(typeName)
	}
	return p.plan(p.encode(typeName, arguments), prior, prior.private)
}

// Replacement plans the new object after a plan that replaces: a CLI passes on its private state.
func (p *Protocol) Replacement(first *Planned) *Planned {
	p.t.Helper()
	return p.plan(first.config, p.absent(first.prior.typeName), first.change.PlannedPrivate)
}

// PlanDestroy plans the destroy of an object.
func (p *Protocol) PlanDestroy(prior *Object) *Planned {
	p.t.Helper()
	return p.plan(p.null(prior.typeName), prior, prior.private)
}

func (p *Protocol) absent(typeName string) *Object {
	p.t.Helper()
	return &Object{typeName: typeName, state: p.null(typeName)}
}

func (p *Protocol) plan(config *tfprotov6.DynamicValue, prior *Object, private []byte) *Planned {
	p.t.Helper()
	kind := p.resourceType(prior.typeName)
	configured := decode(p.t, kind, config)
	change := call(p, p.server.PlanResourceChange, tfprotov6.PlanResourceChangeRequest{
		TypeName: prior.typeName, PriorState: prior.state, PriorPrivate: private, PriorIdentity: prior.identity,
		Config: config, ProposedNewState: p.proposed(prior, configured),
	})
	planned := &Planned{
		Diags: texts(change.Diagnostics), Private: privateState(p.t, change.PlannedPrivate),
		prior: prior, config: config, change: change,
	}
	for _, at := range change.RequiresReplace {
		planned.Replaces = append(planned.Replaces, attributeText(at))
	}
	if !failed(planned.Diags) {
		planned.Values = decode(p.t, kind, change.PlannedState)
		checkConfigured(p.t, configured, prior.Values, planned.Values)
	}
	return planned
}

// proposed is the configuration, with the state's values where it has none and the provider
// computes them. It is null for a destroy.
func (p *Protocol) proposed(prior *Object, configured Values) *tfprotov6.DynamicValue {
	p.t.Helper()
	if configured == nil {
		return p.null(prior.typeName)
	}
	values := maps.Clone(configured)
	for _, attribute := range p.schemas.ResourceSchemas[prior.typeName].Block.Attributes {
		if prior.Values != nil && attribute.Computed && values[attribute.Name].IsNull() {
			values[attribute.Name] = prior.Values[attribute.Name]
		}
	}
	return p.encode(prior.typeName, Arguments(values))
}

// checkConfigured fails for a planned value that is neither the configured one nor that of the
// state.
func checkConfigured(t *testing.T, configured, prior, planned Values) {
	t.Helper()
	for name, value := range configured {
		kept := prior != nil && !prior[name].IsNull() && planned[name].Equal(prior[name])
		if !value.IsNull() && !planned[name].Equal(value) && !kept {
			t.Errorf("configured is %s = %s, planned %s", name, Text(value), planned.Text(name))
		}
	}
}

// Apply applies a plan, with this provider. Like a CLI, it fails for a value that differs from a
// known one of the plan. What it returns of a failed apply is what a CLI keeps.
func (p *Protocol) Apply(planned *Planned) (object *Object, diagnostics []string) {
	p.t.Helper()
	return p.apply(planned.prior, planned.config, planned.change.PlannedState, planned)
}

// ApplyDestroy destroys the object that the first plan replaces. A CLI passes on the private state
// of the second plan, that of the new object.
func (p *Protocol) ApplyDestroy(first, second *Planned) (object *Object, diagnostics []string) {
	p.t.Helper()
	nothing := p.null(first.prior.typeName)
	return p.apply(first.prior, nothing, nothing, second)
}

func (p *Protocol) apply(
	prior *Object, config, state *tfprotov6.DynamicValue, planned *Planned,
) (object *Object, diagnostics []string) {
	p.t.Helper()
	applied := call(p, p.server.ApplyResourceChange, tfprotov6.ApplyResourceChangeRequest{
		TypeName: prior.typeName, PriorState: prior.state, PlannedState: state, Config: config,
		PlannedPrivate: planned.change.PlannedPrivate, PlannedIdentity: planned.change.PlannedIdentity,
	})
	object = p.newObject(prior.typeName, applied.NewState, applied.Private, applied.NewIdentity)
	diagnostics = texts(applied.Diagnostics)
	if failed(diagnostics) {
		return object, diagnostics
	}
	for name, value := range decode(p.t, p.resourceType(prior.typeName), state) {
		if value.IsFullyKnown() && !value.Equal(object.Values[name]) {
			p.t.Errorf("planned is %s = %s, applied %s", name, Text(value), object.Values.Text(name))
		}
	}
	return object, diagnostics
}

// Refresh reads an object.
func (p *Protocol) Refresh(prior *Object) (object *Object, diagnostics []string) {
	p.t.Helper()
	read := call(p, p.server.ReadResource, tfprotov6.ReadResourceRequest{
		TypeName: prior.typeName, CurrentState: prior.state, Private: prior.private, CurrentIdentity: prior.identity,
	})
	return p.newObject(prior.typeName, read.NewState, read.Private, read.NewIdentity), texts(read.Diagnostics)
}

// Import imports by an ID, and does not read. The object is nil after an error.
func (p *Protocol) Import(typeName, id string) (object *Object, diagnostics []string) {
	p.t.Helper()
	return p.importResource(tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
}

// ImportByIdentity imports by an identity, and does not read. The object is nil after an error.
func (p *Protocol) ImportByIdentity(typeName string, identity Arguments) (object *Object, diagnostics []string) {
	p.t.Helper()
	data := encode(p.t, p.identityType(typeName), identity)
	return p.importResource(tfprotov6.ImportResourceStateRequest{
		TypeName: typeName, Identity: &tfprotov6.ResourceIdentityData{IdentityData: data},
	})
}

func (p *Protocol) importResource(req tfprotov6.ImportResourceStateRequest) (object *Object, diagnostics []string) {
	p.t.Helper()
	imports := call(p, p.server.ImportResourceState, req)
	diagnostics = texts(imports.Diagnostics)
	if failed(diagnostics) || len(imports.ImportedResources) == 0 {
		return nil, diagnostics
	}
	found := imports.ImportedResources[0]
	return p.newObject(req.TypeName, found.State, found.Private, found.Identity), diagnostics
}
