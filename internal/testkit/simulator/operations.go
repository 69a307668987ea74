package simulator

import (
	"net/http"
	"strings"
)

// operation is one call of the API.
type operation struct {
	name   string // as Request.Path shows it, such as "Codesign/GetProject"
	method string
	scope  string // what the token must carry; "" means no token at all
	legacy string // the scope of older pages where it differs
	// members are the request members it knows, in every spelling, separated by blanks.
	members string
	handle  func(*call) answer
}

// The members of requests that several operations know.
const (
	reference       = "Dn Guid Id"
	ticketMembers   = "TicketId TicketIds TicketIDs"
	pageMembers     = "ProductCode TicketPageSize TicketPageNumber"
	approvalMembers = ticketMembers + " Comment NotBefore notBefore Expires expires UseCount useCount"
	creationMembers = "ObjectDN WorkflowDN Approvers Reason UserData"
	decisionMembers = "GUID Status Explanation ScheduledStart ScheduledStop Approvers ObjectDN Reason UserData"
)

// posts is an operation whose request has a body.
func posts(scope, members string, handle func(*call) answer) operation {
	return operation{method: post, scope: scope, members: members, handle: handle}
}

func gets(scope string, handle func(*call) answer) operation {
	return operation{method: get, scope: scope, handle: handle}
}

// once is an operation with another scope on older pages.
func (o operation) once(legacy string) operation {
	o.legacy = legacy
	return o
}

// operations by name. Those of the authentication server begin with vedauth/.
var operations = map[string]operation{
	"Codesign/GetProject":        posts("codesign", reference, getProject),
	"Codesign/EnumerateProjects": posts("codesign", "Filter Rights", enumerateProjects),
	"Codesign/UpdateProjectStatus": posts("codesign:manage", reference+" ProjectStatus",
		updateProjectStatus),
	"Codesign/CreateProject":   posts("codesign:manage", "Dn", createProject),
	"Codesign/UpdateProject":   posts("codesign:manage", "Project", updateProject),
	"Codesign/RenameProject":   posts("codesign:manage", reference+" NewDn", renameProject),
	"Codesign/DeleteProject":   posts("codesign:delete", reference, deleteProject),
	"Codesign/GetObjectRights": posts("codesign:admin", "Dn", getObjectRights).once("codesign"),
	"Codesign/GetRight":        posts("codesign:admin", "Dn", getRight).once("codesign:manage"),
	"Codesign/GetTrusteeRights": posts("codesign:admin", "Trustee",
		getTrusteeRights).once("codesign:manage"),
	"Codesign/EnumerateApplications":           posts("codesign", "Filter", enumerateApplications),
	"Codesign/GetApplicationCollectionMembers": posts("codesign", reference, collectionMembers),
	"Codesign/CountReferences":                 posts("codesign", "Application ApplicationCollection", countReferences),
	"Codesign/EnumerateTemplates":              posts("codesign", "Filter", enumerateTemplates),
	"Codesign/GetGlobalConfiguration":          gets("codesign:manage", globalConfiguration).once("codesign"),
	"Codesign/GetEnvironment":                  posts("codesign", reference, getEnvironment),
	"Codesign/CreateEnvironment":               posts("codesign:manage", createEnvironmentMembers, createEnvironment),

	"Flow/Tickets/Enumerate":         posts("any", pageMembers, enumerateFlow),
	"Flow/Tickets/Load":              posts("any", ticketMembers, loadFlow),
	"Flow/Tickets/Approve":           posts(":approve", approvalMembers, approveFlow),
	"Flow/Tickets/Reject":            posts(":approve", ticketMembers+" Comment RejectionLevel", rejectFlow),
	"Workflow/Ticket/Create":         posts("configuration:manage", creationMembers, createTicket),
	"Workflow/Ticket/Delete":         posts("configuration:delete", "GUID", deleteTicket),
	"Workflow/Ticket/Details":        posts("any", "GUID", ticketDetails),
	"Workflow/Ticket/Enumerate":      posts("any", "ObjectDN UserData", enumerateTickets),
	"Workflow/Ticket/Exists":         posts("any", "GUID", ticketExists),
	"Workflow/Ticket/Status":         posts("any", "GUID", ticketStatus),
	"Workflow/Ticket/UpdateStatus":   posts(":approve", decisionMembers, updateTicket),
	"Permissions/Refresh":            gets("any", refreshPermissions),
	"Identity/Browse":                posts("configuration", "Filter Limit IdentityType", browseIdentities),
	"Identity/Validate":              posts("configuration", "ID", validateIdentity),
	"Identity/Self":                  gets("any", selfIdentity),
	"Config/IsValid":                 posts("configuration", "ObjectDN ObjectGUID", configIsValid),
	"Config/DnToGuid":                posts("configuration", "ObjectDN", configDNToGUID).once("any"),
	"Config/GuidToDn":                posts("configuration", "ObjectGUID", configGUIDToDN).once("any"),
	"Identity/GetMembers":            posts("configuration", "ID ResolveNested", identityMembers),
	"Identity/GetMemberships":        posts("configuration", "ID", identityMemberships),
	"Config/ReadAll":                 posts("configuration", "ObjectDN", configReadAll),
	"Config/Enumerate":               posts("configuration", "ObjectDN Recursive Pattern", configEnumerate),
	"Config/Write":                   posts("configuration:manage", "ObjectDN AttributeData", refuseWrite),
	"Config/ClearAttribute":          posts("configuration:manage", "ObjectDN AttributeName", refuseWrite),
	"Config/Read":                    posts("configuration", "ObjectDN AttributeName", configRead),
	"SystemStatus/Version":           gets("any", systemVersion),
	"vedsdk":                         gets("", alive),
	"vedauth/authorize/oauth":        posts("", "client_id username password scope state", grantPassword),
	"vedauth/authorize/certificate":  posts("", "client_id scope", grantCertificate),
	"vedauth/authorize/jwt":          posts("", "client_id jwt scope", grantJWT),
	"vedauth/authorize/token":        posts("", "client_id refresh_token", grantRefresh),
	"vedauth/authorize/verify":       gets("any", verifyToken),
	"vedauth/authorize/isAuthServer": gets("", isAuthServer),
	"vedauth/revoke/token":           gets("any", revokeToken),
}

// shortPaths are the URLs that the vendor's pages print without "Codesign/".
var shortPaths = map[string]bool{"updateprojectstatus": true, "updateproject": true, "countreferences": true}

// normalise turns a URL path into the name of an operation: no /vedsdk, no empty segments,
// authentication under vedauth/.
func normalise(path string) string {
	parts := strings.FieldsFunc(path, func(r rune) bool { return r == '/' })
	if len(parts) > 0 && strings.EqualFold(parts[0], "vedsdk") {
		parts = parts[1:]
		if len(parts) == 0 {
			return "vedsdk"
		}
	}
	if len(parts) == 1 && shortPaths[strings.ToLower(parts[0])] {
		parts = []string{"Codesign", parts[0]}
	}
	return strings.Join(parts, "/")
}

// lookup finds the operation of a path; one that does not exist has a name only.
func lookup(path string) *operation {
	name := normalise(path)
	for canonical, op := range operations {
		if strings.EqualFold(canonical, name) {
			op.name = canonical
			return &op
		}
	}
	return &operation{name: name}
}

func (s *Server) scopeOf(op *operation) string {
	if scope, set := s.settings.Scopes[op.name]; set {
		return scope
	}
	if s.settings.LegacyScopes && op.legacy != "" {
		return op.legacy
	}
	if op.name == "Permissions/Refresh" && s.settings.RefreshNeedsSecurity {
		return "security"
	}
	return op.scope
}

const (
	get  = http.MethodGet
	post = http.MethodPost
)
