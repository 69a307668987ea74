package functions

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/rights"
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
		Parameters: []function.Parameter{function.Int64Parameter{
			Name:                "value",
			MarkdownDescription: "The sum of rights, a whole number.",
		}},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (rightsNames) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var value int64
	if resp.Error = req.Arguments.Get(ctx, &value); resp.Error != nil {
		return
	}
	resp.Error = resp.Result.Set(ctx, rights.Names(value))
}
