package main

import (
	"slices"
	"strings"
)

// probe is one reading call. Its body depends on earlier answers: without a text in the body, the
// call cannot be made, and missing says what there is not.
type probe struct {
	name, call, missing string
	body                func(ev *evidence) members
}

type members = map[string]any

// isIncomplete reports a body without one of its texts.
func isIncomplete(body members) bool {
	for _, value := range body {
		inner, _ := value.(members)
		if value == nil || value == "" || isIncomplete(inner) {
			return true
		}
	}
	return false
}

const (
	noProject     = "no project is visible"
	noEnvironment = "no project with an environment is visible"
	noFlowTicket  = "no flow ticket is visible"
	noTicket      = "no workflow ticket is visible"
	noCaller      = "the server does not say who the caller is"
)

// otherBraces is a GUID in the other spelling.
func otherBraces(guid string) string {
	switch {
	case guid == "":
		return ""
	case strings.HasPrefix(guid, "{"):
		return strings.Trim(guid, "{}")
	default:
		return "{" + guid + "}"
	}
}

// readingProbes are all calls of the reading survey, in their order.
func readingProbes() []probe {
	return slices.Concat(projectProbes(), rightsProbes(), ticketProbes(), configurationProbes())
}

func fixed(body members) func(*evidence) members {
	return func(*evidence) members { return body }
}

// one is a body with one member.
func one(member string, text func(*evidence) string) func(*evidence) members {
	return func(ev *evidence) members { return members{member: text(ev)} }
}

// ofProject is a member of the project, "" if no project is visible.
func ofProject(member string) func(*evidence) string {
	return func(ev *evidence) string { return ev.project().get(member).text() }
}

// byPrefix filters by the name of the project without its last character.
func byPrefix(suffix string) func(*evidence) members {
	return one("Filter", func(ev *evidence) string {
		dn := ev.projectDN()
		name := []rune(dn[strings.LastIndex(dn, `\`)+1:])
		if len(name) < 2 {
			return ""
		}
		return string(name[:len(name)-1]) + suffix
	})
}

func projectProbes() []probe {
	const get, enumerate = "Codesign/GetProject", "Codesign/EnumerateProjects"
	return []probe{
		{"version", "SystemStatus/Version", "", nil},
		{"verify", "authorize/verify", "", nil},
		{"self", "Identity/Self", "", nil},
		{"projects", enumerate, "", fixed(members{})},
		{"project.hint", get, "no project was named", one("Dn", func(ev *evidence) string { return ev.hints.project })},
		{"projects.prefix", enumerate, noProject, byPrefix("")},
		{"projects.star", enumerate, noProject, byPrefix("*")},
		{"projects.admin", enumerate, "", fixed(members{"Rights": 1})},
		{"project.dn", get, noProject, one("Dn", ofProject("Dn"))},
		{
			"project.dn-case", get, noProject,
			one("Dn", func(ev *evidence) string { return strings.ToUpper(ev.projectDN()) }),
		},
		{"project.guid", get, noProject, one("Guid", ofProject("Guid"))},
		{
			"project.guid-other", get, noProject,
			one("Guid", func(ev *evidence) string { return otherBraces(ofProject("Guid")(ev)) }),
		},
		{"project.id", get, noProject, one("Id", ofProject("Id"))},
		{"project.missing", get, "", one("Dn", (*evidence).missingDN)},
		{"project.missing-guid", get, "", one("Guid", func(ev *evidence) string { return "{" + ev.guid + "}" })},
		{"project.folder", get, "", fixed(members{"Dn": projectsRoot})},
		{
			"project.hidden", get, "no project without a role of the identity was named (HIDDEN)",
			one("Dn", func(ev *evidence) string { return ev.hidden }),
		},
	}
}

func rightsProbes() []probe {
	return []probe{
		{"rights.object", "Codesign/GetObjectRights", noProject, one("Dn", ofProject("Dn"))},
		{"rights.own", "Codesign/GetRight", noProject, one("Dn", ofProject("Dn"))},
		{"rights.trustee", "Codesign/GetTrusteeRights", noCaller, one("Trustee", (*evidence).caller)},
		{"rights.none", "Codesign/GetTrusteeRights", "", one("Trustee", (*evidence).stranger)},
	}
}

func ticketProbes() []probe {
	const enumerate, details = "Flow/Tickets/Enumerate", "Workflow/Ticket/Details"
	page := func(product, size, number int) func(*evidence) members {
		return fixed(ticketPage(product, size, number))
	}
	workflow := one("GUID", func(ev *evidence) string { return ev.of("workflow.own").text("GUIDs", "0") })
	return []probe{
		{"refresh", "Permissions/Refresh", "", nil},
		{"flow.all", enumerate, "", page(0, 100, 0)},
		{"flow.signing", enumerate, "", page(1610743808, 100, 0)},
		{"flow.first", enumerate, "", page(0, 1, 0)},
		{"flow.second", enumerate, "", page(0, 1, 1)},
		{"flow.beyond", enumerate, "", page(0, 1, 100000)},
		{
			"flow.load", "Flow/Tickets/Load", noFlowTicket,
			func(ev *evidence) members { return members{"TicketId": ev.flowTicket().get("Id").value} },
		},
		{"workflow.own", "Workflow/Ticket/Enumerate", "", fixed(members{})},
		{"workflow.missing", details, "", one("GUID", func(ev *evidence) string { return ev.guid })},
		{"workflow.details", details, noTicket, workflow},
		{"workflow.status", "Workflow/Ticket/Status", noTicket, workflow},
		{
			"workflow.foreign", details, "no workflow ticket of other approvers was named (FOREIGN)",
			one("GUID", func(ev *evidence) string { return ev.foreign }),
		},
	}
}

func ticketPage(product, size, number int) members {
	return members{"ProductCode": product, "TicketPageSize": size, "TicketPageNumber": number}
}

func configurationProbes() []probe {
	const validate, environment = "Identity/Validate", "Codesign/GetEnvironment"
	identity := func(member string, text func(*evidence) string) func(*evidence) members {
		return func(ev *evidence) members { return members{"ID": members{member: text(ev)}} }
	}
	named := func(ev *evidence) string { return ev.of("self").text("Identities", "0", "PrefixedName") }
	environmentBy := func(member string) func(*evidence) members {
		return func(ev *evidence) members { return members{member: environmentOf(ev.project()).get(member).value} }
	}
	return []probe{
		{"identity.own", validate, noCaller, identity("PrefixedUniversal", (*evidence).caller)},
		{"identity.name", validate, noCaller, identity("PrefixedName", named)},
		{"identity.unknown", validate, "", identity("PrefixedUniversal", (*evidence).stranger)},
		{"identity.browse", "Identity/Browse", "", fixed(members{"Filter": "", "Limit": 20, "IdentityType": 3})},
		{"config.valid", "Config/IsValid", noProject, one("ObjectDN", ofProject("Dn"))},
		{"config.missing", "Config/IsValid", "", one("ObjectDN", (*evidence).missingDN)},
		{"config.guid", "Config/DnToGuid", noProject, one("ObjectDN", ofProject("Dn"))},
		{"config.dn", "Config/GuidToDn", noProject, one("ObjectGUID", ofProject("Guid"))},
		{"config.read", "Config/Read", noProject, func(ev *evidence) members {
			return members{"ObjectDN": ev.projectDN(), "AttributeName": "Status"}
		}},
		{"global", "Codesign/GetGlobalConfiguration", "", nil},
		{"environment.guid", environment, noEnvironment, environmentBy("Guid")},
		{"environment.id", environment, noEnvironment, environmentBy("Id")},
		{"environment.dn", environment, noEnvironment, environmentBy("Dn")},
		{"applications", "Codesign/EnumerateApplications", "", fixed(members{})},
	}
}
