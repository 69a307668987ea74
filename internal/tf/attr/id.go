package attr

import (
	"context"
	"fmt"
	"math"
	"math/big"

	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// IDType is an integer type that reports a fraction at the attribute. The framework's own type
// reports it as a bug of the provider.
type IDType struct {
	basetypes.Int64Type

	Object string // for messages: project, environment
}

// Equal implements attr.Type. The values of all these types are the same.
func (IDType) Equal(o fwattr.Type) bool {
	switch o.(type) {
	case IDType, basetypes.Int64Type:
		return true
	default:
		return false
	}
}

func (IDType) String() string { return "IDType" }

// ValueFromTerraform returns 0 for what Validate rejects.
func (t IDType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (fwattr.Value, error) {
	if n := numberIn(in); n != nil && !isInt64(n) {
		return basetypes.NewInt64Value(0), nil
	}
	return t.Int64Type.ValueFromTerraform(ctx, in)
}

// Validate rejects numbers that are not integers. ValidID checks the range.
func (t IDType) Validate(_ context.Context, in tftypes.Value, at path.Path) (diagnostics diag.Diagnostics) {
	if n := numberIn(in); n != nil && !isInt64(n) {
		diagnostics.AddAttributeError(at, "Invalid "+t.Object+" ID", invalidValue(at, CheckID(n)))
	}
	return diagnostics
}

// numberIn returns nil for a value that is null, unknown or not a number.
func numberIn(v tftypes.Value) *big.Float {
	n := new(big.Float)
	if !v.IsKnown() || v.IsNull() || v.As(&n) != nil {
		return nil
	}
	return n
}

func isInt64(n *big.Float) bool {
	_, accuracy := n.Int64()
	return accuracy == big.Exact
}

// CheckID returns an error for a number that cannot be an ID.
func CheckID(n *big.Float) error {
	if !isInt64(n) || n.Sign() <= 0 {
		return fmt.Errorf("must be an integer between 1 and %d, got %s", int64(math.MaxInt64), n.Text('g', 20))
	}
	return nil
}
