package acctest

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-testing/statecheck"
)

// Resource runs the commands of a CLI on one resource: each plan refreshes, and an apply ends in an empty
// plan. A replacement needs more than one command.
type Resource struct {
	p        *Protocol
	address  string
	typeName string
	object   *Object // nil if the resource does not exist
}

// Resource is a resource that is not in the state yet, at an address like type.name.
func (p *Protocol) Resource(address string) *Resource {
	typeName, _, _ := strings.Cut(address, ".")
	return &Resource{p: p, address: address, typeName: typeName}
}

// Check runs checks of a test step on the state.
func (r *Resource) Check(checks ...statecheck.StateCheck) {
	r.p.t.Helper()
	if r.object == nil {
		r.p.t.Fatal("there is no object")
	}
	runChecks(r.p.t, r.address, r.object.Values, checks)
}

// Import imports the object by an ID and reads it.
func (r *Resource) Import(id string) (diagnostics []string) {
	r.p.t.Helper()
	r.object, diagnostics = r.p.Import(r.typeName, id)
	return append(diagnostics, r.Refresh()...)
}

// Refresh reads the object. It stays as it is after an error.
func (r *Resource) Refresh() (diagnostics []string) {
	r.p.t.Helper()
	if r.object == nil {
		return nil
	}
	object, diagnostics := r.p.Refresh(r.object)
	if !failed(diagnostics) {
		r.keep(object)
	}
	return diagnostics
}

func (r *Resource) keep(object *Object) {
	r.object = object
	if object.Values == nil {
		r.object = nil
	}
}

// Plan validates a configuration, refreshes, and plans. The plan is nil after an error.
func (r *Resource) Plan(arguments Arguments) (plan *Planned, diagnostics []string) {
	r.p.t.Helper()
	diagnostics = append(r.p.Validate(r.typeName, arguments), r.Refresh()...)
	if failed(diagnostics) {
		return nil, diagnostics
	}
	plan = r.p.Plan(r.typeName, arguments, r.object)
	if diagnostics = append(diagnostics, plan.Diags...); failed(diagnostics) {
		return nil, diagnostics
	}
	if r.object != nil && len(plan.Replaces) > 0 {
		r.p.t.Fatalf("%q require a replacement", plan.Replaces)
	}
	return plan, diagnostics
}

// Apply plans and applies a configuration. After a success the next plan has to be empty.
func (r *Resource) Apply(arguments Arguments) (diagnostics []string) {
	r.p.t.Helper()
	plan, diagnostics := r.Plan(arguments)
	if plan == nil || plan.IsEmpty() {
		return diagnostics
	}
	object, more := r.p.Apply(plan)
	r.keep(object)
	if diagnostics = append(diagnostics, more...); failed(diagnostics) {
		return diagnostics
	}
	if again, more := r.Plan(arguments); again == nil || !again.IsEmpty() {
		r.p.t.Errorf("the plan after the apply is not empty: %q", more)
	}
	return diagnostics
}
