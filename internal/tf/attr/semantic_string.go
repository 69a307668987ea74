package attr

import (
	"context"
	"fmt"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

var (
	_ basetypes.StringTypable                    = DNType{}
	_ basetypes.StringValuableWithSemanticEquals = DNValue{}
)

type (
	// DnType is the type of strings that are DNs, equal without case. It compares and judges nothing: states hold what the
	// server says. What people type is for ValidDn to judge; so it is with the other types.
	DNType = NameType[dnRule]
	// DnValue is a value of it.
	DNValue = NameValue[dnRule]
	// GuidType is the type of strings that are GUIDs, equal without braces and case.
	GUIDType = NameType[guidRule]
	// GuidValue is a value of it.
	GUIDValue = NameValue[guidRule]
)

// NewDNValue wraps a DN as the server or the configuration spells it.
func NewDNValue(s string) DNValue { return newName[dnRule](s) }

// NewDNNull is the DN that nobody set.
func NewDNNull() DNValue { return DNValue{basetypes.NewStringNull()} }

// NewDNUnknown is a DN that an apply has to tell.
func NewDNUnknown() DNValue { return DNValue{basetypes.NewStringUnknown()} }

// NewGUIDValue wraps a GUID as the server or the configuration spells it.
func NewGUIDValue(s string) GUIDValue { return newName[guidRule](s) }

// NewGUIDNull is the GUID that nobody set.
func NewGUIDNull() GUIDValue { return GUIDValue{basetypes.NewStringNull()} }

// NewGUIDUnknown is a GUID that an apply has to tell.
func NewGUIDUnknown() GUIDValue { return GUIDValue{basetypes.NewStringUnknown()} }

func newName[R nameRule](s string) NameValue[R] { return NameValue[R]{basetypes.NewStringValue(s)} }

// nameRule is what makes one kind of name differ from another.
type nameRule interface {
	kind() string
	check(string) error
	equal(a, b string) bool
}

type dnRule struct{}

func (dnRule) kind() string           { return "DN" }
func (dnRule) check(s string) error   { return dn.Validate(s) }
func (dnRule) equal(a, b string) bool { return dn.Equal(a, b) }

type guidRule struct{}

func (guidRule) kind() string           { return "GUID" }
func (guidRule) check(s string) error   { return dn.ValidateGUID(s) }
func (guidRule) equal(a, b string) bool { return dn.EqualGUID(a, b) }

// NameType is the type of an attribute that names an object of the server.
type NameType[R nameRule] struct{ basetypes.StringType }

// Equal is true for the same kind of name.
func (t NameType[R]) Equal(o fwattr.Type) bool { _, ok := o.(NameType[R]); return ok }

func (t NameType[R]) String() string { var rule R; return "tfkit.NameType[" + rule.kind() + "]" }

// ValueType is NameValue.
func (t NameType[R]) ValueType(context.Context) fwattr.Value { return NameValue[R]{} }

// ValueFromString wraps the framework's string.
func (t NameType[R]) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return NameValue[R]{in}, nil
}

// ValueFromTerraform decodes what the CLI sends.
func (t NameType[R]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (fwattr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	s, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("expected a string, got %T", value)
	}
	return NameValue[R]{s}, nil
}

// NameValue is a value of NameType.
type NameValue[R nameRule] struct{ basetypes.StringValue }

// Type is NameType.
func (v NameValue[R]) Type(context.Context) fwattr.Type { return NameType[R]{} }

// Equal compares to the letter; StringSemanticEquals is the lenient one.
func (v NameValue[R]) Equal(o fwattr.Value) bool {
	other, ok := o.(NameValue[R])
	return ok && v.StringValue.Equal(other.StringValue)
}

// StringSemanticEquals keeps the configuration's spelling in the state where the
// server spells the same name differently.
func (v NameValue[R]) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(NameValue[R])
	var rule R
	return ok && rule.equal(v.ValueString(), o.ValueString()), nil
}
