package functions

import (
	"context"
	"fmt"
	"math"
	"math/big"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

type rightsNames struct{}

// NewRightsNames is `rights_names(72)`.
func NewRightsNames() function.Function { return rightsNames{} }

func (rightsNames) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "rights_names"
}

func (rightsNames) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "A sum of rights to the names of the rights",
		MarkdownDescription: "Splits the number that the server uses for rights into their names, in bit order: `rights_names(72)` is " +
			"`[\"Owner\", \"ApproveUse\"]`, `rights_names(0)` is `[]`. A bit without a name reads `Unknown (N)`, where N is the value of " +
			"the bit, so that `rights_value` gives the same number back.",
		Parameters: []function.Parameter{function.NumberParameter{
			Name:                "value",
			MarkdownDescription: "The sum of rights, a whole number.",
		}},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (rightsNames) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var number *big.Float
	if resp.Error = req.Arguments.Get(ctx, &number); resp.Error != nil {
		return
	}
	value, accuracy := number.Int64()
	if accuracy != big.Exact {
		resp.Error = function.NewArgumentFuncError(0, fmt.Sprintf("value must be an integer between %d and %d, not %s",
			int64(math.MinInt64), int64(math.MaxInt64), number.Text('g', 20)))
		return
	}
	resp.Error = resp.Result.Set(ctx, signright.Names(value))
}
