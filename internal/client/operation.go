package client

import "net/http"

// operation is one call of the server, spelled as in its documentation.
type operation struct {
	name   string // path below /vedsdk, and the name in errors
	write  bool   // repeated only if it certainly was not carried out
	family string // of result codes; empty: the answer has none
	get    bool   // GET without a body; all others are POST with a JSON object
	auth   bool   // below /vedauth
}

// request is the method and the path of the call.
func (o operation) request() (method, path string) {
	method, path = http.MethodPost, "/vedsdk/"+o.name
	if o.get {
		method = http.MethodGet
	}
	if o.auth {
		path = "/vedauth/" + o.name
	}
	return method, path
}

var (
	opGetProject          = operation{name: "Codesign/GetProject", family: FamilySign}
	opUpdateProjectStatus = operation{name: "Codesign/UpdateProjectStatus", family: FamilySign, write: true}
	opCreateProject       = operation{name: "Codesign/CreateProject", family: FamilySign, write: true}
	opUpdateProject       = operation{name: "Codesign/UpdateProject", family: FamilySign, write: true}
	opRenameProject       = operation{name: "Codesign/RenameProject", family: FamilySign, write: true}
	opDeleteProject       = operation{name: "Codesign/DeleteProject", family: FamilySign, write: true}
	opEnumerateProjects   = operation{name: "Codesign/EnumerateProjects", family: FamilySign}
	opGetObjectRights     = operation{name: "Codesign/GetObjectRights", family: FamilySign}
	opGetTrusteeRights    = operation{name: "Codesign/GetTrusteeRights", family: FamilySign}
	opGetRight            = operation{name: "Codesign/GetRight", family: FamilySign}

	opGetEnvironment         = operation{name: "Codesign/GetEnvironment", family: FamilySign}
	opGetGlobalConfiguration = operation{name: "Codesign/GetGlobalConfiguration", family: FamilySign, get: true}

	opTicketDetails      = operation{name: "Workflow/Ticket/Details", family: FamilyWorkflow}
	opTicketStatus       = operation{name: "Workflow/Ticket/Status", family: FamilyWorkflow}
	opTicketExists       = operation{name: "Workflow/Ticket/Exists", family: FamilyWorkflow}
	opTicketEnumerate    = operation{name: "Workflow/Ticket/Enumerate", family: FamilyWorkflow}
	opTicketUpdateStatus = operation{name: "Workflow/Ticket/UpdateStatus", family: FamilyWorkflow, write: true}

	opFlowEnumerate = operation{name: "Flow/Tickets/Enumerate", family: FamilyFlow}
	opFlowApprove   = operation{name: "Flow/Tickets/Approve", family: FamilyFlow, write: true}
	opFlowReject    = operation{name: "Flow/Tickets/Reject", family: FamilyFlow, write: true}

	opConfigRead         = operation{name: "Config/Read", family: FamilyConfig}
	opIsValid            = operation{name: "Config/IsValid", family: FamilyConfig}
	opPermissionsRefresh = operation{name: "Permissions/Refresh", family: FamilyConfig, get: true}

	opIdentityValidate = operation{name: "Identity/Validate"}
	opIdentityBrowse   = operation{name: "Identity/Browse"}
	opIdentitySelf     = operation{name: "Identity/Self", get: true}
	opVersion          = operation{name: "SystemStatus/Version", get: true}
	opVerify           = operation{name: "authorize/verify", get: true, auth: true}
)
