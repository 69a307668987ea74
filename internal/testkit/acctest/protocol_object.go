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
	Values   Values // nil for a resource that does not exist
	Identity Values // nil if there is none

	typeName string
	state    *tfprotov6.DynamicValue
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// Private is the private state, as JSON by key.
func (o *Object) Private(t *testing.T) map[string]string {
	t.Helper()
	return privateState(t, o.private)
}

// Planned is a planned change of a resource.
type Planned struct {
	Values   Values   // nil for a destroy
	Replaces []string // the attributes that require a replacement
	Diags    []string

	prior  *Object
	config *tfprotov6.DynamicValue
	change *tfprotov6.PlanResourceChangeResponse
}

// IsEmpty reports whether the plan changes nothing.
func (c *Planned) IsEmpty() bool {
	return maps.EqualFunc(c.Values, c.prior.Values, func(a, b tftypes.Value) bool { return a.Equal(b) })
}

// Private is the private state of the plan, as JSON by key.
func (c *Planned) Private(t *testing.T) map[string]string {
	t.Helper()
	return privateState(t, c.change.PlannedPrivate)
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
	schema := p.schemas.ResourceSchemas[typeName]
	if schema == nil {
		p.t.Fatalf("the provider has no resource %s", typeName)
	}
	kind, ok := schema.ValueType().(tftypes.Object)
	if !ok {
		p.t.Fatalf("the schema describes a %s", schema.ValueType())
	}
	return kind
}

// Validate validates the configuration of a resource.
func (p *Protocol) Validate(typeName string, arguments Arguments) (diagnostics []string) {
	p.t.Helper()
	valid, err := p.server.ValidateResourceConfig(p.t.Context(), &tfprotov6.ValidateResourceConfigRequest{
		TypeName: typeName, Config: newConfig(p.t, p.schemas.ResourceSchemas[typeName], arguments),
	})
	check(p.t, err)
	return texts(valid.Diagnostics)
}

// Plan plans a resource. The prior object is nil for a new one. Like a CLI, it fails for a plan that
// changes what is configured.
func (p *Protocol) Plan(typeName string, arguments Arguments, prior *Object) *Planned {
	p.t.Helper()
	if prior == nil {
		prior = p.absent(typeName)
	}
	return p.plan(newConfig(p.t, p.schemas.ResourceSchemas[typeName], arguments), prior, prior.private)
}

// Replacement plans the new object after a plan that replaces: a CLI passes on its private state.
func (p *Protocol) Replacement(first *Planned) *Planned {
	p.t.Helper()
	return p.plan(first.config, p.absent(first.prior.typeName), first.change.PlannedPrivate)
}

func (p *Protocol) absent(typeName string) *Object {
	p.t.Helper()
	return &Object{typeName: typeName, state: null(p.t, p.resourceType(typeName))}
}

func (p *Protocol) plan(config *tfprotov6.DynamicValue, prior *Object, private []byte) *Planned {
	p.t.Helper()
	schema := p.schemas.ResourceSchemas[prior.typeName]
	change, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: prior.typeName, PriorState: prior.state, PriorPrivate: private, PriorIdentity: prior.identity,
		Config: config, ProposedNewState: proposed(p.t, schema, prior.state, config),
	})
	check(p.t, err)
	planned := &Planned{Diags: texts(change.Diagnostics), prior: prior, config: config, change: change}
	for _, at := range change.RequiresReplace {
		planned.Replaces = append(planned.Replaces, attributeText(at))
	}
	if !failed(planned.Diags) {
		planned.Values = object(p.t, schema, change.PlannedState)
		checkConfigured(p.t, object(p.t, schema, config), prior.Values, planned.Values)
	}
	return planned
}

// checkConfigured fails for a planned value that is neither the configured one nor that of the state.
func checkConfigured(t *testing.T, configured, prior, planned Values) {
	t.Helper()
	for name, value := range configured {
		kept := prior != nil && !prior[name].IsNull() && planned[name].Equal(prior[name])
		if !value.IsNull() && !planned[name].Equal(value) && !kept {
			t.Errorf("configured is %s = %s, planned %s", name, Text(value), planned.Text(name))
		}
	}
}

// PlanDestroy plans the destroy of an object.
func (p *Protocol) PlanDestroy(prior *Object) *Planned {
	p.t.Helper()
	nothing := null(p.t, p.resourceType(prior.typeName))
	change, err := p.server.PlanResourceChange(p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: prior.typeName, PriorState: prior.state, PriorPrivate: prior.private, PriorIdentity: prior.identity,
		Config: nothing, ProposedNewState: nothing,
	})
	check(p.t, err)
	return &Planned{Diags: texts(change.Diagnostics), prior: prior, config: nothing, change: change}
}

// Apply applies a plan, with this provider. Like a CLI, it fails for a value that differs from a known
// one of the plan. What it returns of a failed apply is what a CLI keeps.
func (p *Protocol) Apply(planned *Planned) (object *Object, diagnostics []string) {
	p.t.Helper()
	return p.apply(planned.prior, planned.config, planned.change.PlannedState, planned)
}

// ApplyDestroy destroys the object that the first plan replaces. A CLI passes on the private state of
// the second plan, that of the new object.
func (p *Protocol) ApplyDestroy(first, second *Planned) (object *Object, diagnostics []string) {
	p.t.Helper()
	nothing := null(p.t, p.resourceType(first.prior.typeName))
	return p.apply(first.prior, nothing, nothing, second)
}

func (p *Protocol) apply(
	prior *Object, config, state *tfprotov6.DynamicValue, planned *Planned,
) (result *Object, diagnostics []string) {
	p.t.Helper()
	applied, err := p.server.ApplyResourceChange(p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: prior.typeName, PriorState: prior.state, PlannedState: state, Config: config,
		PlannedPrivate: planned.change.PlannedPrivate, PlannedIdentity: planned.change.PlannedIdentity,
	})
	check(p.t, err)
	result = p.newObject(prior.typeName, applied.NewState, applied.Private, applied.NewIdentity)
	if !failed(texts(applied.Diagnostics)) {
		known := object(p.t, p.schemas.ResourceSchemas[prior.typeName], state)
		for name, value := range known {
			if value.IsFullyKnown() && !value.Equal(result.Values[name]) {
				p.t.Errorf("planned is %s = %s, applied %s", name, Text(value), result.Values.Text(name))
			}
		}
	}
	return result, texts(applied.Diagnostics)
}

func (p *Protocol) newObject(
	typeName string, state *tfprotov6.DynamicValue, private []byte, identity *tfprotov6.ResourceIdentityData,
) *Object {
	p.t.Helper()
	o := &Object{
		Values: object(p.t, p.schemas.ResourceSchemas[typeName], state), typeName: typeName, state: state,
		private: private, identity: identity,
	}
	if identity != nil && identity.IdentityData != nil {
		o.Identity = members(p.t, identity.IdentityData, p.identityType(typeName))
	}
	return o
}

// Refresh reads an object.
func (p *Protocol) Refresh(prior *Object) (object *Object, diagnostics []string) {
	p.t.Helper()
	read, err := p.server.ReadResource(p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: prior.typeName, CurrentState: prior.state, Private: prior.private, CurrentIdentity: prior.identity,
	})
	check(p.t, err)
	return p.newObject(prior.typeName, read.NewState, read.Private, read.NewIdentity), texts(read.Diagnostics)
}

// Import imports by an ID, and does not read. The object is nil after an error.
func (p *Protocol) Import(typeName, id string) (object *Object, diagnostics []string) {
	p.t.Helper()
	return p.importResource(&tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: id})
}

// ImportByIdentity imports by an identity, and does not read. The object is nil after an error.
func (p *Protocol) ImportByIdentity(typeName string, identity Arguments) (object *Object, diagnostics []string) {
	p.t.Helper()
	data := newObjectValue(p.t, p.identityType(typeName), identity)
	return p.importResource(&tfprotov6.ImportResourceStateRequest{
		TypeName: typeName, Identity: &tfprotov6.ResourceIdentityData{IdentityData: data},
	})
}

func (p *Protocol) importResource(
	req *tfprotov6.ImportResourceStateRequest,
) (object *Object, diagnostics []string) {
	p.t.Helper()
	imports, err := p.server.ImportResourceState(p.t.Context(), req)
	check(p.t, err)
	if failed(texts(imports.Diagnostics)) || len(imports.ImportedResources) == 0 {
		return nil, texts(imports.Diagnostics)
	}
	found := imports.ImportedResources[0]
	return p.newObject(req.TypeName, found.State, found.Private, found.Identity), texts(imports.Diagnostics)
}

func null(t *testing.T, kind tftypes.Type) *tfprotov6.DynamicValue {
	t.Helper()
	value, err := tfprotov6.NewDynamicValue(kind, tftypes.NewValue(kind, nil))
	check(t, err)
	return &value
}

// WithoutIdentity is the object as a CLI before 1.12 keeps it.
func (o *Object) WithoutIdentity() *Object {
	kept := *o
	kept.identity, kept.Identity = nil, nil
	return &kept
}
