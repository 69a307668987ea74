package simulator

import (
	"cmp"
	"net/http"
	"strings"
)

// operation is one call of the API.
type operation struct {
	name   string // as Request.Path shows it, such as "Codesign/GetProject"
	method string // POST when empty
	scope  string // what the token must carry; "" means no token at all
	legacy string // the scope of older pages where it differs
	// members are the request members it knows, in every spelling, separated by blanks.
	members string
	handle  func(*call) answer
}

// The members of requests that several operations know.
const (
	pageMembers     = "ProductCode TicketPageSize TicketPageNumber"
	approvalMembers = "Comment TicketId TicketIds TicketIDs NotBefore notBefore Expires expires UseCount useCount"
)

// operations by name. Those of the authentication server begin with vedauth/.
var operations = map[string]operation{
	"Codesign/GetProject":        {scope: "codesign", members: "Dn Guid Id", handle: getProject},
	"Codesign/EnumerateProjects": {scope: "codesign", members: "Filter Rights", handle: enumerateProjects},
	"Codesign/UpdateProjectStatus": {
		scope: "codesign:manage", members: "Dn Guid Id ProjectStatus", handle: updateProjectStatus,
	},
	"Codesign/CreateProject":   {scope: "codesign:manage", members: "Dn", handle: createProject},
	"Codesign/UpdateProject":   {scope: "codesign:manage", members: "Project", handle: updateProject},
	"Codesign/RenameProject":   {scope: "codesign:manage", members: "Dn Guid Id NewDn", handle: renameProject},
	"Codesign/DeleteProject":   {scope: "codesign:delete", members: "Dn Guid Id", handle: deleteProject},
	"Codesign/GetObjectRights": {scope: "codesign:admin", legacy: "codesign", members: "Dn", handle: getObjectRights},
	"Codesign/GetRight":        {scope: "codesign:admin", legacy: "codesign:manage", members: "Dn", handle: getRight},
	"Codesign/GetTrusteeRights": {
		scope: "codesign:admin", legacy: "codesign:manage", members: "Trustee", handle: getTrusteeRights,
	},
	"Codesign/AddAdministrator":               administration(rightAdmin, true),
	"Codesign/RemoveAdministrator":            administration(rightAdmin, false),
	"Codesign/AddApplicationAdministrator":    administration(rightApplicationAdmin, true),
	"Codesign/RemoveApplicationAdministrator": administration(rightApplicationAdmin, false),
	"Codesign/AddProjectApprover":             administration(rightProjectApproval, true),
	"Codesign/RemoveProjectApprover":          administration(rightProjectApproval, false),
	"Codesign/GetApplication": {
		scope: "codesign", members: "Dn Guid Id", handle: getObject(classApplication, "Application"),
	},
	"Codesign/GetApplicationCollection": {
		scope: "codesign", members: "Dn Guid Id", handle: getObject(classCollection, "ApplicationCollection"),
	},
	"Codesign/EnumerateApplications": {
		scope: "codesign", members: "Filter", handle: enumerateObjects(classApplication, "Applications"),
	},
	"Codesign/EnumerateApplicationCollections": {
		scope: "codesign", members: "Filter", handle: enumerateObjects(classCollection, "ApplicationCollections"),
	},
	"Codesign/GetApplicationCollectionMemberDNs": {
		scope: "codesign", members: "Dn Guid Id Application", handle: collectionMembers,
	},
	"Codesign/GetApplicationCollectionMembers": {
		scope: "codesign", members: "Dn Guid Id Application", handle: collectionMemberObjects,
	},
	"Codesign/CountReferences": {
		scope: "codesign", members: "Application ApplicationCollection", handle: countReferences,
	},
	"Codesign/EnumerateTemplates": {scope: "codesign", members: "Filter", handle: enumerateTemplates},
	"Codesign/GetTemplate":        {scope: "codesign", members: "Dn Guid Id", handle: getTemplate},
	"Codesign/GetGlobalConfiguration": {
		method: get, scope: "codesign:manage", legacy: "codesign", handle: globalConfiguration,
	},
	"Codesign/GetEnvironment": {scope: "codesign", members: "Dn Guid Id", handle: getEnvironment},
	"Codesign/CreateEnvironment": {
		scope: "codesign:manage", members: createEnvironmentMembers, handle: createEnvironment,
	},
	"Flow/Tickets/Enumerate":         {scope: "any", members: pageMembers, handle: enumerateFlow(statePending)},
	"Flow/Tickets/EnumerateApproved": {scope: "any", members: pageMembers, handle: enumerateFlow(stateApproved)},
	"Flow/Tickets/Count":             {scope: "any", members: "ProductCode", handle: countFlow(statePending)},
	"Flow/Tickets/CountApproved":     {scope: "any", members: "ProductCode", handle: countFlow(stateApproved)},
	"Flow/Tickets/Load":              {scope: "any", members: "TicketId TicketIds TicketIDs", handle: loadFlow},
	"Flow/Tickets/Approve":           {scope: ":approve", members: approvalMembers, handle: approveFlow},
	"Flow/Tickets/Reject": {
		scope: ":approve", members: "Comment RejectionLevel TicketId TicketIds TicketIDs", handle: rejectFlow,
	},
	"Flow/Tickets/Update": {scope: ":approve", members: approvalMembers, handle: updateFlow},
	"Workflow/Ticket/Create": {
		scope: "configuration:manage", members: "ObjectDN WorkflowDN Approvers Reason UserData", handle: createTicket,
	},
	"Workflow/Ticket/Delete":    {scope: "configuration:delete", members: "GUID", handle: deleteTicket},
	"Workflow/Ticket/Details":   {scope: "any", members: "GUID", handle: ticketDetails},
	"Workflow/Ticket/Enumerate": {scope: "any", members: "ObjectDN UserData", handle: enumerateTickets},
	"Workflow/Ticket/Exists":    {scope: "any", members: "GUID", handle: ticketExists},
	"Workflow/Ticket/Status":    {scope: "any", members: "GUID", handle: ticketStatus},
	"Workflow/Ticket/UpdateStatus": {
		scope: ":approve", handle: updateTicket,
		members: "GUID Status Explanation ScheduledStart ScheduledStop Approvers ObjectDN Reason UserData",
	},
	"Permissions/Refresh": {method: get, scope: "any", handle: refreshPermissions},
	"Identity/Browse": {
		scope: "configuration", members: "Filter Limit IdentityType", handle: browseIdentities,
	},
	"Identity/Validate":       {scope: "configuration", members: "ID", handle: validateIdentity},
	"Identity/Self":           {method: get, scope: "any", handle: selfIdentity},
	"Identity/GetMembers":     {scope: "configuration", members: "ID ResolveNested", handle: identityMembers},
	"Identity/GetMemberships": {scope: "configuration", members: "ID", handle: identityMemberships},
	"Identity/ReadAttribute": {
		scope: "configuration", members: "ID AttributeName", handle: readIdentityAttribute,
	},
	"Config/IsValid": {scope: "configuration", members: "ObjectDN ObjectGUID", handle: configIsValid},
	"Config/DnToGuid": {
		scope: "configuration", legacy: "any", members: "ObjectDN", handle: configDNToGUID,
	},
	"Config/GuidToDn": {
		scope: "configuration", legacy: "any", members: "ObjectGUID", handle: configGUIDToDN,
	},
	"Config/IdInfo":  {scope: "configuration", members: "ObjectID", handle: configIDInfo},
	"Config/Read":    {scope: "configuration", members: "ObjectDN AttributeName", handle: configRead},
	"Config/ReadAll": {scope: "configuration", members: "ObjectDN", handle: configReadAll},
	"Config/Enumerate": {
		scope: "configuration", members: "ObjectDN Recursive Pattern", handle: configEnumerate,
	},
	"Config/Write": {
		scope: "configuration:manage", members: "ObjectDN AttributeData", handle: configWrite,
	},
	"Config/ClearAttribute": {
		scope: "configuration:manage", members: "ObjectDN AttributeName", handle: configClear,
	},
	"SystemStatus/Version":           {method: get, scope: "any", handle: systemVersion},
	"SystemStatus":                   {method: get, scope: "any", handle: systemStatus},
	"SystemStatus/Upgrade/Status":    {method: get, scope: "any", handle: upgradeStatus},
	"vedsdk":                         {method: get, handle: alive},
	"vedauth/authorize/oauth":        {members: "client_id username password scope state", handle: grantPassword},
	"vedauth/authorize/certificate":  {members: "client_id scope", handle: grantCertificate},
	"vedauth/authorize/jwt":          {members: "client_id jwt scope", handle: grantJWT},
	"vedauth/authorize/device":       {members: "client_id scope", handle: grantDevice},
	"vedauth/authorize/token":        {members: "client_id refresh_token grant_type device_code", handle: grantRefresh},
	"vedauth/authorize/verify":       {method: get, scope: "any", handle: verifyToken},
	"vedauth/authorize/isAuthServer": {method: get, handle: isAuthServer},
	"vedauth/revoke/token":           {method: get, scope: "any", handle: revokeToken},
}

// operationsByPath has the operations by the folded name.
var operationsByPath = func() map[string]*operation {
	m := map[string]*operation{}
	for name, op := range operations {
		op.name, op.method = name, cmp.Or(op.method, post)
		m[strings.ToLower(name)] = &op
	}
	return m
}()

// administration gives or takes an installation-wide right.
func administration(right int, give bool) operation {
	return operation{
		scope: "codesign:admin", legacy: "codesign:manage", members: "Trustee", handle: grantRight(right, give),
	}
}

// shortPaths are the URLs that the vendor's pages print without "Codesign/".
var shortPaths = map[string]bool{
	"updateprojectstatus": true, "updateproject": true, "countreferences": true, "addprojectapprover": true,
}

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

func lookup(path string) (name string, op *operation) {
	name = normalise(path)
	if op = operationsByPath[strings.ToLower(name)]; op != nil {
		name = op.name
	}
	return name, op
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
