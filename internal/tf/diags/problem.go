package diags

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
)

// AddProblem reports a slip in how to log in, at the argument to mend. Provider
// and access tokens call those arguments the same.
func AddProblem(diagnostics *diag.Diagnostics, tried string, err error) {
	problem, ok := errors.AsType[*auth.Error](err)
	switch {
	case !ok || problem.Reason != auth.InvalidConfiguration:
		diagnostics.AddError(tried, err.Error())
	case problem.Attribute == "":
		diagnostics.AddError(problem.Summary, problem.Detail)
	default:
		diagnostics.AddAttributeError(path.Root(problem.Attribute), problem.Summary, problem.Detail)
	}
}
