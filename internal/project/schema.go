package project

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/resourcevalidator"
	fwattr "github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
	tfresource "github.com/codesign-tf/terraform-provider-codesign/internal/tf/resource"
)

// Descriptions that several schemas share.
const (
	dnDescription = "Distinguished name of the project, for example `\\VED\\Code Signing\\Projects\\Payments` " +
		"(in HCL, write each backslash twice)."
	guidDescription      = "GUID of the project, with or without braces."
	projectIDDescription = "Number of the project."

	exactlyOne = " Configure exactly one of `dn`, `guid` and `project_id`."
	readByName = " Configure exactly one of `dn`, `guid` and `project_id`; the provider reads the other two."

	anotherProjectReplaces = " The name of another project replaces the resource; the new name of the same project " +
		"does not."

	currentStatusDescription = "Status that the server reports: `Disabled`, `Enabled`, `Draft`, `Pending`, `Deleted` " +
		"(queued for deletion), " +
		"`DisabledByParent`, or `Unknown (N)` for a number that this version of the provider does not know."
)

// Descriptions of arguments that the status resource and the action share.
var desiredStatusDescription = "Desired status: `" + strings.Join(lifecycle.DesiredNames(), "`, `") + "`, which " +
	"means \"submitted\" and is also met by an `Enabled` project. " +
	"`Enabled` submits a draft and waits for its approval until the timeout."

const (
	waitsForApprovers          = " Default: `false`, which waits for the approvers."
	approvalCommentDescription = "Comment of that approval, for example a change number. Default: a standard text."
	waitDescription            = "How long to wait for the status, including approvals, as a duration such as `90s` " +
		"or `20m`. Default: `20m`."
)

// changeTimeouts describes the timeouts of a create and of a destroy.
func changeTimeouts(create, destroy string) schema.Attribute {
	return attr.Timeouts(map[string]string{
		"create": create, "update": "The same for an update. Default: `20m`.", "delete": destroy,
	})
}

// noTimeouts are the timeouts of a configuration that sets none.
func noTimeouts() timeouts.Value {
	members := map[string]fwattr.Type{}
	for _, name := range []string{"create", "update", "delete"} {
		members[name] = types.StringType
	}
	return timeouts.Value{Object: types.ObjectNull(members)}
}

// nameAttributes are the attributes of projectNames. The note follows the description of the DN.
func nameAttributes(mode attr.Mode, note string) (name, guid schema.StringAttribute, id schema.Int64Attribute) {
	return attr.DN(mode, dnDescription+note), attr.GUID(mode, guidDescription+" See `dn`."),
		attr.ID(mode, "project", projectIDDescription+" See `dn`.")
}

// queryAttributes are the attributes of projectQuery.
func queryAttributes() (filter schema.StringAttribute, rights, statuses schema.ListAttribute) {
	return attr.String(attr.Optional, filterDescription), attr.List(attr.Optional, rightsDescription, rightName{}),
		attr.List(attr.Optional, statusesDescription, projectStatusName())
}

// withNames adds the attributes of projectNames.
func withNames(all map[string]schema.Attribute) map[string]schema.Attribute {
	all["dn"], all["guid"], all["project_id"] = nameAttributes(attr.OptionalComputed, readByName)
	return all
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
