package project

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tf/attr"
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
func changeTimeouts(ctx context.Context, create, destroy string) schema.Attribute {
	return attr.Timeouts(ctx, timeouts.Opts{
		Create: true, Update: true, Delete: true,
		CreateDescription: create,
		UpdateDescription: "The same for an update. Default: `20m`.",
		DeleteDescription: destroy,
	})
}
