package project

import (
	"fmt"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
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

var _ tfresource.Importable = &projectResource{}

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
	checkOwners(diagnostics, path.Root("owners"), m.Owners,
		"Add at least one trustee, or remove the argument to leave the owners as they are.")
}

// checkOwners refuses an empty set.
func checkOwners(diagnostics *diag.Diagnostics, at path.Path, owners types.Set, remedy string) {
	if !owners.IsNull() && !owners.IsUnknown() && len(owners.Elements()) == 0 {
		diagnostics.AddAttributeError(at, "A project needs an owner",
			"The set of owners is empty. Nothing was sent. "+remedy)
	}
}

// Values of deletion_policy.
const (
	deletePolicy  = "Delete"
	disablePolicy = "Disable"
	abandonPolicy = "Abandon"
)

const leftAlone = " Without the argument, the provider does not change the value."

func projectResourceSchema() schema.Schema {
	all := map[string]schema.Attribute{
		"dn": attr.DN(attr.Required, dnDescription+" Another DN renames the project in place, or moves it if the "+
			"server allows that; signing clients use its name."),
		"description": attr.String(attr.OptionalComputed, "Description of the project; `\"\"` clears "+
			"it."+leftAlone),
		"owners":            roleSet("All Owners of the project, at least one."),
		"auditors":          roleSet("All Auditors of the project; `[]` removes all."),
		"key_users":         roleSet("All Key Users of the project, who can sign; `[]` removes all."),
		"key_use_approvers": roleSet("All Key Use Approvers of the project; `[]` removes all."),
		"applications": attr.Set(attr.OptionalComputed, "DNs of the permitted signing applications and of collections "+
			"of them; `[]` permits **every** application."+leftAlone, attr.ValidDN()),
		"custom_fields": schema.MapAttribute{
			Optional: true, ElementType: fieldType,
			MarkdownDescription: "Values of custom fields, by field name; `[]` clears a field. Other fields do " +
				"not change.",
			Validators: []validator.Map{
				mapvalidator.NoNullValues(), mapvalidator.KeysAre(stringvalidator.LengthAtLeast(1)),
				mapvalidator.ValueListsAre(listvalidator.NoNullValues()),
			},
		},
		"resolve_identities": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: resolveIdentitiesDescription,
		},
		"timeouts": changeTimeouts("How long to wait for the creation, including an approval of the settings, as "+
			"a duration such as `90s` or `20m`. Default: `20m`.",
			"The same for a destroy, including the approval of a deletion. Default: `20m`."),
	}
	maps.Copy(all, deletionAttributes())
	maps.Copy(all, computedProjectAttributes())
	return schema.Schema{
		MarkdownDescription: "Creates a code-signing project, and manages its description, its roles, the " +
			"permitted applications and its custom fields. The resource `codesign_project_status` submits, " +
			"enables and disables it.",
		Attributes: all,
	}
}

func roleSet(text string) schema.Attribute {
	return attr.Set(attr.OptionalComputed, text+leftAlone, attr.ValidTrustee())
}

func deletionAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"deletion_protection": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(true),
			MarkdownDescription: "Whether a plan that destroys the project fails; to destroy it, set this to " +
				"`false` and apply first. Default: `true`.",
		},
		"deletion_policy": schema.StringAttribute{
			Optional: true, Computed: true, Default: stringdefault.StaticString(deletePolicy),
			MarkdownDescription: "What a destroy does: `Delete` (default) deletes the project, `Disable` " +
				"disables it, and `Abandon` sends nothing. `Delete` needs the scope `codesign:delete`, which the " +
				"provider does not request by default.",
			Validators: []validator.String{stringvalidator.OneOf(deletePolicy, disablePolicy, abandonPolicy)},
		},
		"force_destroy": schema.BoolAttribute{
			Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			MarkdownDescription: "Whether `Delete` also deletes the environments with their **keys and " +
				"certificates**. Default: `false`, which fails while the project has environments.",
		},
	}
}

func computedProjectAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"guid":       attr.GUID(attr.Computed, "GUID of the project. It does not change if the project is renamed."),
		"project_id": attr.ID(attr.Computed, "project", projectIDDescription+" Null if the server does not report it."),
		"name":       attr.String(attr.Computed, "Name of the project, the last component of `dn`."),
		"created": attr.String(attr.Computed, "When the project was created, in RFC 3339, UTC. Null if the server "+
			"does not report it."),
		"names": attr.Names("Names of the trustees of all roles, by prefixed universal. Null unless " +
			"`resolve_identities` is `true`."),
	}
}
