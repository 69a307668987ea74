package functions

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/function"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

type dnFunction struct{}

// NewDN is `dn("Code Signing", "Projects", "Payments")`.
func NewDN() function.Function { return dnFunction{} }

func (dnFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "dn"
}

func (dnFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Names of an object and its folders to a DN",
		MarkdownDescription: "Joins names to a distinguished name: `dn(\"Code Signing\", \"Projects\", \"Payments\")` is " +
			"`\\VED\\Code Signing\\Projects\\Payments`. The root `\\VED` is put in front. It spares the doubled backslashes of HCL, and " +
			"a name that the server could not hold (empty, with a backslash or a control character, with blanks at its ends) is an " +
			"error at plan, as is a DN of more than 255 characters or 64 levels.",
		VariadicParameter: function.StringParameter{
			Name:                "names",
			MarkdownDescription: "The names from the one below the root down to the object; at least one.",
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
	if err != nil { // the names are right one by one: what is wrong is their sum
		resp.Error = function.NewArgumentFuncError(int64(max(len(names)-1, 0)), err.Error())
		return
	}
	resp.Error = resp.Result.Set(ctx, joined)
}

func checkNames(names []string) *function.FuncError {
	if len(names) == 0 {
		return function.NewFuncError(`dn needs at least one name, like dn("Code Signing", "Projects", "Payments")`)
	}
	for i, name := range names {
		if err := dn.ValidateName(name); err != nil {
			return function.NewArgumentFuncError(int64(i), err.Error())
		}
	}
	if dn.Equal(names[0], dn.Root) {
		return function.NewArgumentFuncError(0, fmt.Sprintf(`the root \%s is put in front by itself; begin with the name below it`, dn.Root))
	}
	return nil
}
