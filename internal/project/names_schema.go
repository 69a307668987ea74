package project

import (
	"maps"

	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// withNames adds the attributes of projectNames.
func withNames(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	maps.Copy(attributes, map[string]schema.Attribute{
		"dn": schema.StringAttribute{
			CustomType: attr.DNType{}, Optional: true, Computed: true,
			Validators:          []validator.String{attr.ValidDN()},
			MarkdownDescription: dnDescription + readByName,
		},
		"guid": schema.StringAttribute{
			CustomType: attr.GUIDType{}, Optional: true, Computed: true,
			Validators:          []validator.String{attr.ValidGUID()},
			MarkdownDescription: guidDescription + " See `dn`.",
		},
		"project_id": schema.Int64Attribute{
			CustomType: attr.IDType{Object: "project"}, Optional: true, Computed: true,
			Validators:          []validator.Int64{attr.ValidID()},
			MarkdownDescription: projectIDDescription + " See `dn`.",
		},
	})
	return attributes
}

// nameValidators require a name, and check the rest of the configuration.
func nameValidators[M any](check func(m *M, diagnostics *diag.Diagnostics)) []resource.ConfigValidator {
	return []resource.ConfigValidator{
		resourcevalidator.AtLeastOneOf(path.MatchRoot("dn"), path.MatchRoot("guid"), path.MatchRoot("project_id")),
		tfresource.Validate(check),
	}
}

// checkCombination accepts one name or all three. A CLI that generates the configuration of an import
// writes all three; the plan checks that they name the same project.
func (n projectNames) checkCombination(diagnostics *diag.Diagnostics) {
	missing := 0
	for _, name := range []fwattr.Value{n.DN, n.GUID, n.ProjectID} {
		switch {
		case name.IsUnknown():
			return
		case name.IsNull():
			missing++
		}
	}
	if missing == 1 {
		diagnostics.AddAttributeError(n.address().path, "Invalid Attribute Combination",
			"Exactly one of these attributes must be configured: [dn,guid,project_id]")
	}
}
