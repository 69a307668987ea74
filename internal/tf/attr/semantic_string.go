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
	DNType = SemanticStringType[dnFormat]
	// DnValue is a value of it.
	DNValue = SemanticStringValue[dnFormat]
	// GuidType is the type of strings that are GUIDs, equal without braces and case.
	GUIDType = SemanticStringType[guidFormat]
	// GuidValue is a value of it.
	GUIDValue = SemanticStringValue[guidFormat]
)

// NewDNValue wraps a DN as the server or the configuration spells it.
func NewDNValue(s string) DNValue { return newSemanticString[dnFormat](s) }

// NewDNNull is the DN that nobody set.
func NewDNNull() DNValue { return DNValue{basetypes.NewStringNull()} }

// NewDNUnknown is a DN that an apply has to tell.
func NewDNUnknown() DNValue { return DNValue{basetypes.NewStringUnknown()} }

// NewGUIDValue wraps a GUID as the server or the configuration spells it.
func NewGUIDValue(s string) GUIDValue { return newSemanticString[guidFormat](s) }

// NewGUIDNull is the GUID that nobody set.
func NewGUIDNull() GUIDValue { return GUIDValue{basetypes.NewStringNull()} }

// NewGUIDUnknown is a GUID that an apply has to tell.
func NewGUIDUnknown() GUIDValue { return GUIDValue{basetypes.NewStringUnknown()} }

func newSemanticString[R stringFormat](s string) SemanticStringValue[R] {
	return SemanticStringValue[R]{basetypes.NewStringValue(s)}
}

// stringFormat is what makes one kind of name differ from another.
type stringFormat interface {
	kind() string
	check(string) error
	equal(a, b string) bool
}

type dnFormat struct{}

func (dnFormat) name() string           { return "DN" }
func (dnFormat) check(s string) error   { return dn.Validate(s) }
func (dnFormat) equal(a, b string) bool { return dn.Equal(a, b) }

type guidFormat struct{}

func (guidFormat) name() string           { return "GUID" }
func (guidFormat) check(s string) error   { return dn.ValidateGUID(s) }
func (guidFormat) equal(a, b string) bool { return dn.EqualGUID(a, b) }

// SemanticStringType is the type of an attribute that names an object of the server.
type SemanticStringType[R stringFormat] struct{ basetypes.StringType }

// Equal is true for the same kind of name.
func (t SemanticStringType[R]) Equal(o fwattr.Type) bool {
	_, ok := o.(SemanticStringType[R])
	return ok
}

func (t SemanticStringType[R]) String() string {
	var rule R
	return "tfkit.NameType[" + rule.kind() + "]"
}

// ValueType is NameValue.
func (t SemanticStringType[R]) ValueType(context.Context) fwattr.Value {
	return SemanticStringValue[R]{}
}

// ValueFromString wraps the framework's string.
func (t SemanticStringType[R]) ValueFromString(_ context.Context, in basetypes.StringValue) (basetypes.StringValuable, diag.Diagnostics) {
	return SemanticStringValue[R]{in}, nil
}

// ValueFromTerraform decodes what the CLI sends.
func (t SemanticStringType[R]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (fwattr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	s, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("expected a string, got %T", value)
	}
	return SemanticStringValue[R]{s}, nil
}

// SemanticStringValue is a value of NameType.
type SemanticStringValue[R stringFormat] struct{ basetypes.StringValue }

// Type is NameType.
func (v SemanticStringValue[R]) Type(context.Context) fwattr.Type { return SemanticStringType[R]{} }

// Equal compares to the letter; StringSemanticEquals is the lenient one.
func (v SemanticStringValue[R]) Equal(o fwattr.Value) bool {
	other, ok := o.(SemanticStringValue[R])
	return ok && v.StringValue.Equal(other.StringValue)
}

// StringSemanticEquals keeps the configuration's spelling in the state where the
// server spells the same name differently.
func (v SemanticStringValue[R]) StringSemanticEquals(_ context.Context, other basetypes.StringValuable) (bool, diag.Diagnostics) {
	o, ok := other.(SemanticStringValue[R])
	var rule R
	return ok && rule.equal(v.ValueString(), o.ValueString()), nil
}
