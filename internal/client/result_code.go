package client

import (
	"fmt"
	"slices"
)

// The four families of result codes. Each has its own numbers, and success is 0 in FamilyFlow, 1 in
// the others.
const (
	FamilySign     = "sign"     // Codesign/*, Sign Result Codes (DOC, OAS)
	FamilyWorkflow = "workflow" // Workflow/Ticket/*, Core_WorkflowResult (OAS)
	FamilyFlow     = "flow"     // Flow/Tickets/*, Core_FlowTicketResult (OAS)
	FamilyConfig   = "config"   // Config/* and Permissions/*, table of the vendor's Python client
)

// Code is a result code in the body of an answer. Present distinguishes code 0 from no code.
type Code struct {
	Family  string
	Number  int
	Present bool
}

// Name returns the vendor's name with the number, "ObjectNotFound (7)", or "Unknown (N)"; empty if
// there is no code.
func (c Code) Name() string {
	if !c.Present {
		return ""
	}
	name, known := codeNames[c.Family][c.Number]
	if !known {
		name = "Unknown"
	}
	return fmt.Sprintf("%s (%d)", name, c.Number)
}

var codeNames = map[string]map[int]string{
	FamilySign: {
		0: "None", 1: "Success", 2: "InsufficientPermission", 3: "CreateFailure", 4: "UpdateFailure",
		5: "DeleteFailure",
		6: "RenameFailure", 7: "ObjectNotFound", 8: "IncorrectObjectType", 9: "ObjectHasChildren",
		10: "AssignPermissionFailure", 11: "RelatedObjectNotSaved", 12: "RemoteError", 13: "NotImplemented",
		14: "UnhandledException", 15: "FailedToLoadObject",
		1000: "AssignProjectPermissionFailure", 1001: "DuplicateUserAssignment", 1002: "UserNotFound",
		2000: "ObjectInGroup", 2001: "ObjectNotInGroup", 2002: "ObjectAlreadyExists",
		3000: "EnvironmentMoveRestricted", 3001: "ValueProhibitedByTemplate", 3002: "KeyAccessFailure",
		3003: "QueryFailure", 3004: "ImportFailure", 3005: "ObjectsPending",
	},
	FamilyWorkflow: {
		0: "None", 1: "Success", 2: "GenericFailure", 3: "TicketDoesNotExist", 4: "InsufficientPrivileges",
		5: "BadArguments", 6: "ObjectDoesNotExist", 7: "RemoteError", 8: "WorkflowObjectDoesNotExist",
	},
	FamilyFlow: {
		0: "Success", 1: "InsufficientPermission", 2: "TicketNotFound", 3: "FailedToEnumerateTickets",
		4: "FailedToApproveTickets", 5: "FailedToRejectTickets", 6: "FailedToCreateTicket", 7: "FailedToGetTicket",
		8: "FailedToDeleteTicket", 9: "FailedToUseTicket", 10: "NoTicketUsesRemain", 11: "FailedToUpdateTickets",
	},
	FamilyConfig: {
		1: "Success", 2: "InvalidArgument", 3: "InvalidArgumentRange", 4: "MismatchedArguments", 5: "NotImplemented",
		7: "InsufficientPrivileges", 8: "InvalidOperation",
		400: "ObjectDoesNotExist", 401: "ObjectAlreadyExists", 402: "ObjectHasChildren", 403: "ObjectNameTooLong",
		404: "ObjectDepthTooDeep", 405: "ObjectInvalidName", 406: "ObjectInvalidClass", 407: "ObjectInvalidContainment",
		408: "ObjectMandatoryMissing", 409: "ObjectIsReadOnly", 410: "ObjectInvalidOperation",
	},
}

// reasonOfCode returns the reason of a code that callers act on; every other code is Refused.
func reasonOfCode(c Code) Reason {
	if r, known := codeReasons[c.Family][c.Number]; known {
		return r
	}
	return Refused
}

// settled is true if the code alone proves that nothing was done, whatever the HTTP status. The
// calls for workflow tickets send it with 400, 401 and 500 too (OAS). None, GenericFailure and
// RemoteError may come from the middle of the work, so there the status decides.
func (c Code) settled() bool {
	return c.Present && c.Family == FamilyWorkflow && slices.Contains([]int{3, 4, 5, 6, 8}, c.Number)
}

// isSuccess reports whether the code means success.
func (c Code) isSuccess() bool {
	success := 1
	if c.Family == FamilyFlow {
		success = 0
	}
	return c.Present && c.Number == success
}

var codeReasons = map[string]map[int]Reason{
	FamilySign:     {2: Forbidden, 7: NotFound, 8: WrongType, 13: Unsupported, 15: LoadFailed, 3005: NotReady},
	FamilyWorkflow: {3: NotFound, 4: Forbidden},
	FamilyFlow:     {1: Forbidden, 2: NotFound},
	FamilyConfig:   {5: Unsupported, 7: Forbidden, 400: NotFound},
}
