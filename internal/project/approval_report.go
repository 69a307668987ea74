package project

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// approvalReport puts an error at the attribute to mend: the decision where that is at
// fault, else the project. What no attribute can mend has none.
func approvalReport(diagnostics *diag.Diagnostics, tried string, err error) {
	attribute := path.Root("dn")
	if approvalErrorAs[*reconcile.ContraryError](err) || approvalErrorAs[*reconcile.VerdictError](err) {
		attribute = path.Root("decision")
	}
	diags.AddError(diagnostics, diags.AttributeFor(attribute, err), tried, err)
}

func approvalErrorAs[ApprovalE error](err error) bool {
	_, ok := errors.AsType[ApprovalE](err)
	return ok
}
