package project

import (
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// Descriptions that several schemas share.
const (
	dnDescription = "Distinguished name of the project, for example `\\VED\\Code Signing\\Projects\\Payments`. " +
		"In HCL, write each backslash twice. Case does not matter."
	guidDescription      = "GUID of the project. Braces and case do not matter."
	projectIDDescription = "Number of the project."

	exactlyOne = " Configure exactly one of `dn`, `guid` and `project_id`."
	readByName = exactlyOne + " The provider reads the other two from the server."

	anotherProjectReplaces = " The name of another project replaces the resource. The new name of the same project " +
		"does not."

	currentStatusDescription = "Status that the server reports: `Disabled`, `Enabled`, `Draft`, `Pending`, `Deleted` " +
		"(queued for deletion), " +
		"`DisabledByParent`, or `Unknown (N)` for a number that this version of the provider does not know."
)

// Descriptions of arguments that the status resource and the action share.
var desiredStatusDescription = "Desired status: `" + strings.Join(lifecycle.DesiredNames(), "`, `") + "`. " +
	"`Pending` means \"submitted for approval\" and is also met by an `Enabled` project. " +
	"`Enabled` submits a draft and waits for its approval until the timeout."

const (
	selfApproveDescription = "Approve, as the identity of the provider, the flow ticket of the submission. Default " +
		"`false`: " +
		"the apply waits for the approvers."
	approvalCommentDescription = "Comment of that approval, for example a change number. The server requires a " +
		"comment; the default is a standard text."
	waitDescription = "How long to wait for the status, including approvals, as a duration such as `90s` " +
		"or `20m`. Default `20m`."
)
