package project

import (
	"context"
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
)

// NewResource returns the resource codesign_project.
func NewResource() resource.Resource { return &projectResource{} }

type projectResource struct{ config.ResourceClient }

var (
	_ resource.ResourceWithConfigure      = &projectResource{}
	_ resource.ResourceWithIdentity       = &projectResource{}
	_ resource.ResourceWithImportState    = &projectResource{}
	_ resource.ResourceWithModifyPlan     = &projectResource{}
	_ resource.ResourceWithValidateConfig = &projectResource{}
)

func (r *projectResource) Metadata(_ context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = req.ProviderTypeName + "_project"
}

func (r *projectResource) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse,
) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"guid": identityschema.StringAttribute{RequiredForImport: true, Description: guidDescription},
	}}
}

// ValidateConfig refuses a project without an owner, and two spellings of one custom field.
func (r *projectResource) ValidateConfig(
	ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse,
) {
	var m resourceModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &m)...)
	if !resp.Diagnostics.HasError() {
		m.checkOwners(&resp.Diagnostics)
		m.checkFieldNames(&resp.Diagnostics)
	}
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
