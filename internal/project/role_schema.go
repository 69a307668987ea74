package project

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
)

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
func withRoleFields(ctx context.Context, attributes map[string]schema.Attribute) map[string]schema.Attribute {
	attributes["role"] = schema.StringAttribute{
		Required:            true,
		MarkdownDescription: roleDescription,
		Validators:          []validator.String{stringvalidator.OneOf(roleNames()...)},
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
	attributes["resolve_identities"] = schema.BoolAttribute{
		Optional: true, MarkdownDescription: resolveIdentitiesDescription,
	}
	attributes["timeouts"] = changeTimeouts(ctx, roleWaitDescription, "The same for a destroy. Default: `20m`.")
	return withNames(attributes)
}

func roleSchema(ctx context.Context) schema.Schema {
	return schema.Schema{
		MarkdownDescription: "Manages all trustees of one role on a project: trustees that are not listed lose the " +
			"role. Other settings of the project do not change.",
		Attributes: withRoleFields(ctx, map[string]schema.Attribute{
			"trustees": schema.SetAttribute{
				Required: true, ElementType: types.StringType,
				MarkdownDescription: "All users and groups with the role, as prefixed universals, which the data " +
					"source `codesign_identity` reads. An empty set removes all trustees, and is an error for `Owner`.",
				Validators: []validator.Set{
					setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attr.ValidTrustee()),
				},
			},
			"on_drift": schema.StringAttribute{
				Optional: true, Computed: true, Default: stringdefault.StaticString(repairDrift),
				MarkdownDescription: "What a plan does if the role was changed outside of Terraform. `Repair` " +
					"(default) plans the configured trustees again; `Fail` fails and lists the trustees that were " +
					"added and removed.",
				Validators: []validator.String{stringvalidator.OneOf(repairDrift, failOnDrift)},
			},
			"names": schema.MapAttribute{
				Computed: true, ElementType: types.StringType,
				MarkdownDescription: "Names of the trustees, by prefixed universal. Null unless `resolve_identities` " +
					"is `true`.",
			},
		}),
	}
}

// Identity schemas, whose attributes form the import ID.
const guidOfIdentity = "GUID of the project."

func roleChoices() string { return fmt.Sprintf("Role: %s.", strings.Join(roleNames(), ", ")) }
