package project

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// NewResource returns the resource codesign_project.
func NewResource() resource.Resource {
	return &projectResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project", NewSchema: projectResourceSchema,
			Validators: []resource.ConfigValidator{tfresource.Validate((*resourceModel).checkConfig)},
		},
		Identity: tfresource.Identity{"guid": guidDescription},
	}
}

type projectResource struct {
	config.ResourceClient
	tfresource.Definition
	tfresource.Identity
}

var (
	_ resource.ResourceWithImportState = &projectResource{}
	_ resource.ResourceWithModifyPlan  = &projectResource{}
)

// checkConfig refuses a project without an owner, and two spellings of one custom field.
func (m *resourceModel) checkConfig(diagnostics *diag.Diagnostics) {
	m.checkOwners(diagnostics)
	m.checkFieldNames(diagnostics)
}

// checkFieldNames refuses names that differ only in case: the server has one field for them.
func (m *resourceModel) checkFieldNames(diagnostics *diag.Diagnostics) {
	names := slices.Sorted(maps.Keys(m.CustomFields.Elements()))
	for i, name := range names {
		other := slices.IndexFunc(names[:i], func(earlier string) bool { return dn.Equal(earlier, name) })
		if other >= 0 {
			diagnostics.AddAttributeError(path.Root("custom_fields").AtMapKey(name), "One custom field has two names",
				fmt.Sprintf("%q and %q differ only in case, so they are the same custom field. Keep one of them.",
					names[other], name))
		}
	}
}

// checkOwners is for configured owners. A project that has no owner on the server is not refused.
func (m *resourceModel) checkOwners(diagnostics *diag.Diagnostics) {
	if m.Owners.IsNull() || m.Owners.IsUnknown() || len(m.Owners.Elements()) > 0 {
		return
	}
	diagnostics.AddAttributeError(path.Root("owners"), "A project needs an owner", fmt.Sprintf(
		"The set of owners of %s is empty. Nothing was sent. Add at least one trustee, or remove the argument to "+
			"leave the "+
			"owners as they are.", m.DN.ValueString()))
}
