package tfkit

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/auth"
)

// AddProblem reports a slip in how to log in, at the argument to mend. Provider
// and access tokens call those arguments the same.
func AddProblem(diags *diag.Diagnostics, tried string, err error) {
	problem, ok := errors.AsType[*auth.ProblemError](err)
	switch {
	case !ok:
		diags.AddError(tried, err.Error())
	case problem.Attribute == "":
		diags.AddError(problem.Summary, problem.Detail)
	default:
		diags.AddAttributeError(path.Root(problem.Attribute), problem.Summary, problem.Detail)
	}
}
