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

// ProjectIDType is an integer type that reports a fraction at the attribute. The framework's own
// type reports it as a bug of the provider.
type ProjectIDType struct{ basetypes.Int64Type }

// Equal implements attr.Type. The values of both types are the same.
func (ProjectIDType) Equal(o fwattr.Type) bool {
	switch o.(type) {
	case ProjectIDType, basetypes.Int64Type:
		return true
	default:
		return false
	}
}

func (ProjectIDType) String() string { return "ProjectIDType" }

// ValueFromTerraform returns 0 for what Validate rejects.
func (t ProjectIDType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (fwattr.Value, error) {
	if n := numberIn(in); n != nil && !isInt64(n) {
		return basetypes.NewInt64Value(0), nil
	}
	return t.Int64Type.ValueFromTerraform(ctx, in)
}

// Validate rejects numbers that are not integers. ValidProjectID checks the range.
func (ProjectIDType) Validate(_ context.Context, in tftypes.Value, at path.Path) (diagnostics diag.Diagnostics) {
	if n := numberIn(in); n != nil && !isInt64(n) {
		diagnostics.AddAttributeError(at, "Invalid project ID", invalidValue(at, CheckProjectID(n)))
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

// CheckProjectID returns an error for a number that cannot be a project ID.
func CheckProjectID(n *big.Float) error {
	if !isInt64(n) || n.Sign() <= 0 {
		return fmt.Errorf("must be an integer between 1 and %d, got %s", int64(math.MaxInt64), n.Text('g', 20))
	}
	return nil
}
