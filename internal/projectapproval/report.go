package projectapproval

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/projects"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tfkit"
)

// report puts an error at the attribute to mend: the decision where that is at
// fault, else the project. What no attribute can mend has none.
func report(diags *diag.Diagnostics, tried string, err error) {
	attribute := path.Root("dn")
	if as[*projects.ContraryError](err) || as[*projects.VerdictError](err) {
		attribute = path.Root("decision")
	}
	tfkit.AddError(diags, tfkit.Blame(attribute, err), tried, err)
}

func as[E error](err error) bool {
	_, ok := errors.AsType[E](err)
	return ok
}
