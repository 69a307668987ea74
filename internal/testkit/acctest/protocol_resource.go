package acctest

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// Resource is one object as a CLI handles it, but without a CLI: what a CLI keeps of it between two
// commands. A replacement needs a CLI.
type Resource struct {
	p        *Protocol
	address  string
	typeName string
	schema   *tfprotov6.Schema
	state    *tfprotov6.DynamicValue
	private  []byte
	identity *tfprotov6.ResourceIdentityData
}

// Resource is an object that is not in the state yet, at an address like type.name.
func (p *Protocol) Resource(address string) *Resource {
	p.t.Helper()
	typeName, _, _ := strings.Cut(address, ".")
	schema := p.schemas.ResourceSchemas[typeName]
	return &Resource{p: p, address: address, typeName: typeName, schema: schema, state: none(p.t, schema)}
}

func none(t *testing.T, schema *tfprotov6.Schema) *tfprotov6.DynamicValue {
	t.Helper()
	state, err := tfprotov6.NewDynamicValue(schema.ValueType(), tftypes.NewValue(schema.ValueType(), nil))
	check(t, err)
	return &state
}

func (r *Resource) value(encoded *tfprotov6.DynamicValue) tftypes.Value {
	r.p.t.Helper()
	value, err := encoded.Unmarshal(r.schema.ValueType())
	check(r.p.t, err)
	return value
}

func (r *Resource) exists() bool { return !r.value(r.state).IsNull() }

// Check runs checks of a test step on the state.
func (r *Resource) Check(checks ...statecheck.StateCheck) {
	r.p.t.Helper()
	runChecks(r.p.t, r.address, object(r.p.t, r.schema, r.state), checks)
}

// Import imports the object by an ID and reads it.
func (r *Resource) Import(id string) (diagnostics []string) {
	r.p.t.Helper()
	resp, err := r.p.server.ImportResourceState(r.p.t.Context(),
		&tfprotov6.ImportResourceStateRequest{TypeName: r.typeName, ID: id})
	check(r.p.t, err)
	if len(resp.ImportedResources) == 0 {
		return texts(resp.Diagnostics)
	}
	found := resp.ImportedResources[0]
	r.state, r.private, r.identity = found.State, found.Private, found.Identity
	return append(texts(resp.Diagnostics), r.Refresh()...)
}

// Refresh reads the object.
func (r *Resource) Refresh() (diagnostics []string) {
	r.p.t.Helper()
	resp, err := r.p.server.ReadResource(r.p.t.Context(), &tfprotov6.ReadResourceRequest{
		TypeName: r.typeName, CurrentState: r.state, Private: r.private, CurrentIdentity: r.identity,
	})
	check(r.p.t, err)
	diagnostics = texts(resp.Diagnostics)
	if !failed(diagnostics) {
		r.state, r.private, r.identity = resp.NewState, resp.Private, resp.NewIdentity
	}
	return diagnostics
}

// Plan validates a configuration, refreshes, and plans. The plan is nil after an error.
func (r *Resource) Plan(arguments Arguments) (plan *tfprotov6.PlanResourceChangeResponse, diagnostics []string) {
	r.p.t.Helper()
	config := newConfig(r.p.t, r.schema, arguments)
	valid, err := r.p.server.ValidateResourceConfig(r.p.t.Context(),
		&tfprotov6.ValidateResourceConfigRequest{TypeName: r.typeName, Config: config})
	check(r.p.t, err)
	diagnostics = texts(valid.Diagnostics)
	if r.exists() && !failed(diagnostics) {
		diagnostics = append(diagnostics, r.Refresh()...)
	}
	if failed(diagnostics) {
		return nil, diagnostics
	}
	plan, err = r.p.server.PlanResourceChange(r.p.t.Context(), &tfprotov6.PlanResourceChangeRequest{
		TypeName: r.typeName, PriorState: r.state, PriorPrivate: r.private, PriorIdentity: r.identity,
		Config: config, ProposedNewState: r.proposed(config),
	})
	check(r.p.t, err)
	if diagnostics = append(diagnostics, texts(plan.Diagnostics)...); failed(diagnostics) {
		return nil, diagnostics
	}
	if len(plan.RequiresReplace) > 0 && r.exists() {
		r.p.t.Fatal("a replacement is planned for ", plan.RequiresReplace)
	}
	return plan, diagnostics
}

// proposed is the configuration. A value that the provider computes is that of the state, or unknown.
func (r *Resource) proposed(config *tfprotov6.DynamicValue) *tfprotov6.DynamicValue {
	r.p.t.Helper()
	if r.exists() {
		return proposed(r.p.t, r.schema, r.state, config)
	}
	values := object(r.p.t, r.schema, config)
	for _, a := range r.schema.Block.Attributes {
		if a.Computed && values[a.Name].IsNull() {
			values[a.Name] = tftypes.NewValue(values[a.Name].Type(), tftypes.UnknownValue)
		}
	}
	return newConfig(r.p.t, r.schema, values)
}

// Apply plans and applies a configuration. After a success the next plan has to be empty.
func (r *Resource) Apply(arguments Arguments) (diagnostics []string) {
	r.p.t.Helper()
	plan, diagnostics := r.Plan(arguments)
	if plan == nil || r.value(plan.PlannedState).Equal(r.value(r.state)) {
		return diagnostics
	}
	resp, err := r.p.server.ApplyResourceChange(r.p.t.Context(), &tfprotov6.ApplyResourceChangeRequest{
		TypeName: r.typeName, PriorState: r.state, Config: newConfig(r.p.t, r.schema, arguments),
		PlannedState: plan.PlannedState, PlannedPrivate: plan.PlannedPrivate, PlannedIdentity: plan.PlannedIdentity,
	})
	check(r.p.t, err)
	r.state, r.private, r.identity = resp.NewState, resp.Private, resp.NewIdentity
	if diagnostics = append(diagnostics, texts(resp.Diagnostics)...); failed(diagnostics) {
		return diagnostics
	}
	r.keepsPlanned(plan.PlannedState)
	again, more := r.Plan(arguments)
	if again == nil || !r.value(again.PlannedState).Equal(r.value(r.state)) {
		r.p.t.Errorf("the plan after the apply is not empty: %q", more)
	}
	return diagnostics
}

// keepsPlanned fails where the state differs from a known value of the plan, as a CLI does.
func (r *Resource) keepsPlanned(planned *tfprotov6.DynamicValue) {
	r.p.t.Helper()
	now := object(r.p.t, r.schema, r.state)
	for name, value := range object(r.p.t, r.schema, planned) {
		if value.IsFullyKnown() && !value.Equal(now[name]) {
			r.p.t.Errorf("%s is %s, and %s in the plan", name, now[name], value)
		}
	}
}

func failed(diagnostics []string) bool {
	return slices.ContainsFunc(diagnostics, func(d string) bool { return strings.HasPrefix(d, "ERROR") })
}
