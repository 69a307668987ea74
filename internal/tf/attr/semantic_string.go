package attr

import (
	"context"
	"fmt"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

var (
	_ basetypes.StringTypable                    = DNType{}
	_ basetypes.StringValuableWithSemanticEquals = DNValue{}
)

// stringFormat is what one kind of string has in particular.
type stringFormat interface {
	name() string
	equal(a, b string) bool
}

// SemanticStringType is a string type whose values are compared by their format.
type SemanticStringType[F stringFormat] struct{ basetypes.StringType }

// Equal implements attr.Type.
func (t SemanticStringType[F]) Equal(o fwattr.Type) bool {
	_, ok := o.(SemanticStringType[F])
	return ok
}

func (t SemanticStringType[F]) String() string {
	var format F
	return "SemanticStringType[" + format.name() + "]"
}

// ValueType implements attr.Type.
func (t SemanticStringType[F]) ValueType(context.Context) fwattr.Value {
	return SemanticStringValue[F]{}
}

// ValueFromString implements basetypes.StringTypable.
func (t SemanticStringType[F]) ValueFromString(
	_ context.Context, in basetypes.StringValue,
) (basetypes.StringValuable, diag.Diagnostics) {
	return SemanticStringValue[F]{in}, nil
}

// ValueFromTerraform implements attr.Type.
func (t SemanticStringType[F]) ValueFromTerraform(ctx context.Context, in tftypes.Value) (fwattr.Value, error) {
	value, err := t.StringType.ValueFromTerraform(ctx, in)
	if err != nil {
		return nil, err
	}
	s, ok := value.(basetypes.StringValue)
	if !ok {
		return nil, fmt.Errorf("expected a string, got %T", value)
	}
	return SemanticStringValue[F]{s}, nil
}

// SemanticStringValue is a value of a SemanticStringType.
type SemanticStringValue[F stringFormat] struct{ basetypes.StringValue }

func newSemanticString[F stringFormat](s string) SemanticStringValue[F] {
	return SemanticStringValue[F]{basetypes.NewStringValue(s)}
}

// Type implements attr.Value.
func (v SemanticStringValue[F]) Type(context.Context) fwattr.Type { return SemanticStringType[F]{} }

// Equal compares character by character.
func (v SemanticStringValue[F]) Equal(o fwattr.Value) bool {
	other, ok := o.(SemanticStringValue[F])
	return ok && v.StringValue.Equal(other.StringValue)
}

// StringSemanticEquals compares by the format, so that the state keeps the configured spelling.
func (v SemanticStringValue[F]) StringSemanticEquals(
	_ context.Context, other basetypes.StringValuable,
) (bool, diag.Diagnostics) {
	o, ok := other.(SemanticStringValue[F])
	var format F
	return ok && format.equal(v.ValueString(), o.ValueString()), nil
}
