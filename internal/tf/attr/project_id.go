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

// ProjectIDType is the type of the numbers that projects have. Its values are plain whole numbers; what can be none, like 1.5,
// is told where it is written, while the framework would call it a bug of the provider. The rest is for ValidProjectId to judge.
type ProjectIDType struct{ basetypes.Int64Type }

// Equal is true for the same type, and for that of its values.
func (ProjectIDType) Equal(o fwattr.Type) bool {
	switch o.(type) {
	case ProjectIDType, basetypes.Int64Type:
		return true
	default:
		return false
	}
}

func (ProjectIDType) String() string { return "tfkit.ProjectIdType" }

// ValueFromTerraform decodes what the CLI sends; what Validate refuses is zero.
func (t ProjectIDType) ValueFromTerraform(ctx context.Context, in tftypes.Value) (fwattr.Value, error) {
	if n := numberIn(in); n != nil && !isInt64(n) {
		return basetypes.NewInt64Value(0), nil
	}
	return t.Int64Type.ValueFromTerraform(ctx, in)
}

// Validate points at the attribute with what can't be one of its values, which no server can have told.
func (ProjectIDType) Validate(_ context.Context, in tftypes.Value, at path.Path) (diagnostics diag.Diagnostics) {
	if n := numberIn(in); n != nil && !isInt64(n) {
		judgeProjectID(n, at, &diagnostics)
	}
	return diagnostics
}

// numberIn is nil for what is not known, null, or something else.
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

// CheckProjectID says what is wrong with the number of a project.
func CheckProjectID(n *big.Float) error {
	if !isInt64(n) || n.Sign() <= 0 {
		return fmt.Errorf("%s is no number of a project, which is whole, and from 1 to %d", n.Text('g', 20), int64(math.MaxInt64))
	}
	return nil
}
