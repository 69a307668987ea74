package project

import (
	"errors"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/diags"
)

// addProjectError reports an error at the argument at fault. Change is what was to be sent.
func addProjectError(diagnostics *diag.Diagnostics, summary string, change settings.Change, err error) {
	diags.AddError(diagnostics, projectAttribute(err, change), summary, err)
}

// projectAttribute is the argument that the error names, or the only one that the change has.
func projectAttribute(err error, change settings.Change) path.Path {
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok {
		return path.Empty()
	}
	switch at := failed.Attribute; {
	case at == failure.Object, failed.Code == failure.NotFound, failed.Code == failure.Indeterminate:
		return path.Root("dn")
	case at == edit.ForceDestroy:
		return path.Root("force_destroy")
	case isSetting(at):
		return path.Root(string(at))
	}
	if fields := change.Fields(); len(fields) == 1 {
		return path.Root(string(fields[0]))
	}
	return path.Empty()
}

func isSetting(attribute failure.Attribute) bool {
	switch settings.Field(attribute) {
	case settings.Description, settings.Owners, settings.Auditors, settings.KeyUsers, settings.KeyUseApprovers,
		settings.Applications, settings.CustomFields:
		return true
	default:
		return false
	}
}
