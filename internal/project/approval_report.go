package project

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// approvalReport reports an error at the decision if that is at fault, and at the project otherwise.
// A failure of the connection or the token has no attribute.
func approvalReport(diagnostics *diag.Diagnostics, tried string, err error) {
	attribute := path.Root("dn")
	failed, ok := errors.AsType[*failure.Error](err)
	if ok && (failed.Attribute == failure.Approval || failed.Code == failure.DecidedOtherwise) {
		attribute = path.Root("decision")
	}
	diags.AddError(diagnostics, diags.AttributeFor(attribute, err), tried, err)
}
