// Package functions holds the provider's functions. They need neither a server nor a provider
// configuration.
package functions

import (
	"context"
	"fmt"
	"math"
	"math/big"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// All returns the constructors of the functions, in the order of the documentation.
func All() []func() function.Function {
	return []func() function.Function{NewDN, NewRightsNames, NewRightsValue}
}

type dnFunction struct{}

// NewDN returns the function dn.
func NewDN() function.Function { return dnFunction{} }

func (dnFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "dn"
}

func (dnFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Joins names to a distinguished name",
		MarkdownDescription: "Joins names to a distinguished name below the root `\\VED`: `dn(\"Code Signing\", " +
			"\"Projects\", \"Payments\")` is `\\VED\\Code Signing\\Projects\\Payments`. An invalid name (empty, with " +
			"a backslash, a control character, or a space at an end) is an error, as is a DN with more than 255 " +
			"characters or 64 levels.",
		VariadicParameter: function.StringParameter{
			Name:                "names",
			MarkdownDescription: "The names of the levels below the root; at least one.",
		},
		Return: function.StringReturn{},
	}
}

func (dnFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var names []string
	if resp.Error = req.Arguments.Get(ctx, &names); resp.Error != nil {
		return
	}
	if resp.Error = checkNames(names); resp.Error != nil {
		return
	}
	joined, err := dn.Join(names...)
	if err != nil { // each name is valid, so the DN is too long
		resp.Error = function.NewArgumentFuncError(int64(max(len(names)-1, 0)), err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, joined)
}

func checkNames(names []string) *function.FuncError {
	if len(names) == 0 {
		return function.NewFuncError(`dn needs at least one name, such as dn("Code Signing", "Projects", "Payments")`)
	}
	for i, name := range names {
		if err := dn.ValidateName(name); err != nil {
			return function.NewArgumentFuncError(int64(i), err.Error())
		}
	}
	if dn.Equal(names[0], dn.Root) {
		return function.NewArgumentFuncError(
			0, fmt.Sprintf(`the function adds the root \%s; start with the name below it`, dn.Root),
		)
	}
	return nil
}

type rightsNames struct{}

// NewRightsNames returns the function rights_names.
func NewRightsNames() function.Function { return rightsNames{} }

func (rightsNames) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "rights_names"
}

func (rightsNames) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Splits a sum of rights into names",
		MarkdownDescription: "Splits the number that the server uses for rights into their names, in bit order (the " +
			"inverse of `rights_value`): `rights_names(72)` is `[\"Owner\", \"ApproveUse\"]`. A bit without a name " +
			"is `Unknown (N)`, where N is the value of the bit.",
		Parameters: []function.Parameter{function.NumberParameter{
			Name:                "value",
			MarkdownDescription: "The sum of rights, an integer.",
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

type rightsValue struct{}

// NewRightsValue returns the function rights_value.
func NewRightsValue() function.Function { return rightsValue{} }

func (rightsValue) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "rights_value"
}

func (rightsValue) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Adds names of rights to their sum",
		MarkdownDescription: "Adds names of rights to the number that the server uses (the inverse of " +
			"`rights_names`): `rights_value([\"Owner\", \"ApproveUse\"])` is `72`. Order and repetition do not matter.",
		Parameters: []function.Parameter{function.ListParameter{
			Name:        "names",
			ElementType: types.StringType,
			MarkdownDescription: "Any of `" + strings.Join(signright.Known(), "`, `") +
				"`, and `Unknown (N)` for a bit without a name, where N is the value of the bit.",
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
			resp.Error = function.NewArgumentFuncError(0,
				fmt.Sprintf("element %d is null; it must be the name of a right", i))
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
