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

// newFunction returns the constructor of a function whose arguments have the type A.
func newFunction[A any](
	name string, definition function.Definition, call func(A) (any, *function.FuncError),
) func() function.Function {
	return func() function.Function { return providerFunction[A]{name, definition, call} }
}

type providerFunction[A any] struct {
	name       string
	definition function.Definition
	call       func(A) (any, *function.FuncError)
}

func (f providerFunction[A]) Metadata(
	_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse,
) {
	resp.Name = f.name
}

func (f providerFunction[A]) Definition(
	_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse,
) {
	resp.Definition = f.definition
}

func (f providerFunction[A]) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var arguments A
	if resp.Error = req.Arguments.Get(ctx, &arguments); resp.Error != nil {
		return
	}
	result, failed := f.call(arguments)
	if failed != nil {
		resp.Error = failed
		return
	}
	resp.Error = resp.Result.Set(ctx, result)
}

// NewDN returns the function dn.
var NewDN = newFunction("dn", function.Definition{
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
}, joinNames)

func joinNames(names []string) (any, *function.FuncError) {
	if len(names) == 0 {
		return nil, function.NewFuncError(
			`dn needs at least one name, such as dn("Code Signing", "Projects", "Payments")`)
	}
	joined, at, err := dn.Join(names...)
	switch {
	case err != nil:
		return nil, function.NewArgumentFuncError(int64(at), err.Error())
	case dn.Equal(names[0], dn.Root):
		return nil, function.NewArgumentFuncError(
			0, fmt.Sprintf(`the function adds the root \%s; start with the name below it`, dn.Root))
	default:
		return joined, nil
	}
}

// NewRightsNames returns the function rights_names.
var NewRightsNames = newFunction("rights_names", function.Definition{
	Summary: "Splits a sum of rights into names",
	MarkdownDescription: "Splits the number that the server uses for rights into their names, in bit order (the " +
		"inverse of `rights_value`): `rights_names(72)` is `[\"Owner\", \"ApproveUse\"]`. A bit without a name " +
		"is `Unknown (N)`, where N is the value of the bit.",
	Parameters: []function.Parameter{function.NumberParameter{
		Name:                "value",
		MarkdownDescription: "The sum of rights, an integer.",
	}},
	Return: function.ListReturn{ElementType: types.StringType},
}, splitRights)

func splitRights(sum *big.Float) (any, *function.FuncError) {
	value, accuracy := sum.Int64()
	if accuracy != big.Exact {
		return nil, function.NewArgumentFuncError(0, fmt.Sprintf("value must be an integer between %d and %d, not %s",
			int64(math.MinInt64), int64(math.MaxInt64), sum.Text('g', 20)))
	}
	return signright.Names(value), nil
}

// NewRightsValue returns the function rights_value.
var NewRightsValue = newFunction("rights_value", function.Definition{
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
}, addRights)

func addRights(list []types.String) (any, *function.FuncError) {
	names := make([]string, 0, len(list))
	for i, name := range list {
		switch {
		case name.IsUnknown():
			return types.Int64Unknown(), nil
		case name.IsNull():
			return nil, function.NewArgumentFuncError(0,
				fmt.Sprintf("element %d is null; it must be the name of a right", i))
		}
		names = append(names, name.ValueString())
	}
	value, err := signright.Value(names)
	if err != nil {
		return nil, function.NewArgumentFuncError(0, err.Error())
	}
	return value, nil
}
