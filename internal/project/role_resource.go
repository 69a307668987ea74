package project

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/config"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// NewRoleResource returns the resource codesign_project_role.
func NewRoleResource() resource.Resource {
	return &roleResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project_role", NewSchema: roleSchema,
			Validators: nameValidators((*roleModel).checkConfig),
		},
		Identity:    tfresource.Identity{"guid": guidOfIdentity, "role": roleChoices()},
		newModel:    func() roleObject { return &roleModel{} },
		imported:    importedRole,
		importForm:  "The import ID of a role is the GUID of the project, a slash and the role, for example GUID/Use: ",
		importParts: []importPart{{"guid", attr.CheckGUID}, {"role", checkRole}},
	}
}

// NewMemberResource returns the resource codesign_project_role_member.
func NewMemberResource() resource.Resource {
	return &roleResource{
		Definition: tfresource.Definition{
			TypeName: "codesign_project_role_member", NewSchema: memberSchema,
			Validators: nameValidators((*memberModel).checkCombination),
		},
		Identity: tfresource.Identity{
			"guid": guidOfIdentity, "role": roleChoices(), "trustee": "Prefixed universal of the trustee.",
		},
		newModel: func() roleObject { return &memberModel{} },
		imported: importedMember,
		importForm: "The import ID of a member is the GUID of the project, the role and the trustee, with slashes " +
			"between them, for example GUID/Use/local:{…}: ",
		importParts: []importPart{{"guid", attr.CheckGUID}, {"role", checkRole}, {"trustee", attr.CheckTrustee}},
	}
}

// roleResource manages the trustees of a role, or one of them: a roleObject.
type roleResource struct {
	config.ResourceClient
	tfresource.Definition
	tfresource.Identity

	newModel func() roleObject
	// imported is the object that an import finds on a project. The ID has the values of the import parts.
	imported    func(p *client.Project, id ...string) roleObject
	importForm  string // of the ID, for messages
	importParts []importPart
}

var _ tfresource.Importable = &roleResource{}

// checkConfig refuses a project without an owner.
func (m *roleModel) checkConfig(diagnostics *diag.Diagnostics) {
	m.checkCombination(diagnostics)
	m.checkOwners(diagnostics)
}

// checkOwners is for the configuration and for the plan, which knows more values.
func (m roleModel) checkOwners(diagnostics *diag.Diagnostics) {
	if m.role() == settings.Owner {
		checkOwners(diagnostics, path.Root("trustees"), m.Trustees, "Add at least one trustee.")
	}
}

// roleIdentity is the identity of codesign_project_role.
type roleIdentity struct {
	statusIdentity
	Role types.String `tfsdk:"role"`
}

// setRoleIdentity keeps an identity that is set: another project, role or trustee replaces the
// resource.
func setRoleIdentity(ctx context.Context, target *tfsdk.ResourceIdentity, identity any) diag.Diagnostics {
	if target == nil || !target.Raw.IsFullyNull() {
		return nil
	}
	return target.Set(ctx, identity)
}

// Values of on_drift.
const (
	repairDrift = "Repair"
	failOnDrift = "Fail"
)

const (
	trusteeDescription = "A user or group as a prefixed universal (`local:{…}`, `AD+CORP:…`), which the data source " +
		"`codesign_identity` reads."
	resolveIdentitiesDescription = "Look up names for reviewers of the plan, which needs the scope `configuration`. " +
		"Default: `false`."
	roleWaitDescription = "How long to wait for other changes of the project and for an approval of the update, as a " +
		"duration such as `90s` or `20m`. Default: `20m`."
)

var roleDescription = "Role on the project, by the name of its right: `Owner`, `Audit` (auditors), `Use` (key users) " +
	"or `ApproveUse` (key use approvers). Another role replaces the resource."

// roleNames are the values of the argument role.
func roleNames() []string {
	names := make([]string, 0, len(settings.Roles()))
	for _, role := range settings.Roles() {
		names = append(names, string(role))
	}
	return names
}

// withRoleFields adds the attributes of roleFields.
func withRoleFields(attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["role"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: roleDescription,
		Validators:          []validator.String{stringvalidator.OneOf(roleNames()...)},
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
	attributes["resolve_identities"] = attr.Bool(attr.Optional, resolveIdentitiesDescription)
	attributes["timeouts"] = changeTimeouts(roleWaitDescription, "The same for a destroy. Default: `20m`.")
	return withNames(attributes)
}

func roleSchema() schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Manages all trustees of one role on a project: trustees that are not listed lose the " +
			"role. Other settings of the project do not change.",
		Attributes: withRoleFields(map[string]schema.Attribute{
			"trustees": attr.Set(attr.Required, "All users and groups with the role, as prefixed universals, which "+
				"the data source `codesign_identity` reads. An empty set removes all trustees, and is an error for "+
				"`Owner`.",
				attr.ValidTrustee()),
			"on_drift": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(repairDrift),
				MarkdownDescription: "What a plan does if the role was changed outside of Terraform. `Repair` " +
					"(default) plans the configured trustees again; `Fail` fails and lists the trustees that were " +
					"added and removed.",
				Validators: []validator.String{stringvalidator.OneOf(repairDrift, failOnDrift)},
			},
			"names": attr.Names("Names of the trustees, by prefixed universal. Null unless `resolve_identities` is " +
				"`true`."),
		}),
	}
}

// Identity schemas, whose attributes form the import ID.
const guidOfIdentity = "GUID of the project."

func roleChoices() string { return fmt.Sprintf("Role: %s.", strings.Join(roleNames(), ", ")) }
