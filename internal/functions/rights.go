package functions

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

type rightsValue struct{}

// NewRightsValue is `rights_value(["Owner", "ApproveUse"])`.
func NewRightsValue() function.Function { return rightsValue{} }

func (rightsValue) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "rights_value"
}

func (rightsValue) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Names of rights to their sum",
		MarkdownDescription: "Adds names of rights up to the number that the server uses: `rights_value([\"Owner\", \"ApproveUse\"])` is " +
			"`72`, `rights_value([])` is `0`. Order and repetition do not matter. The inverse of `rights_names`.",
		Parameters: []function.Parameter{function.ListParameter{
			Name:        "names",
			ElementType: types.StringType,
			MarkdownDescription: "Names out of `" + strings.Join(signright.Known(), "`, `") + "`, and `Unknown (N)` for a bit without a " +
				"name, N being the value of that single bit.",
		}},
		Return: function.Int64Return{},
	}
}

func (rightsValue) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var list []types.String
	if resp.Error = req.Arguments.Get(ctx, &list); resp.Error != nil {
		return
	}
	names := make([]string, 0, len(list))
	for i, name := range list {
		switch {
		case name.IsUnknown():
			resp.Error = resp.Result.Set(ctx, types.Int64Unknown())
			return
		case name.IsNull():
			resp.Error = function.NewArgumentFuncError(0, fmt.Sprintf("element %d is null, not the name of a right", i))
			return
		}
		names = append(names, name.ValueString())
	}
	value, err := signright.Value(names)
	if err != nil {
		resp.Error = function.NewArgumentFuncError(0, err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, value)
}
