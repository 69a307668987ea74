package main

import (
	"slices"
	"strings"
)

// probe is one reading call. The body depends on earlier answers; a reason says why it cannot be
// made.
type probe struct {
	name, call, scope string
	body              func(ev *evidence) (body any, why string)
}

type members = map[string]any

func fixed(body members) func(*evidence) (any, string) {
	return func(*evidence) (any, string) { return body, "" }
}

// aboutProject fills one member with a text of the project, changed in its spelling.
func aboutProject(member, of string, change func(string) string) func(*evidence) (any, string) {
	return func(ev *evidence) (any, string) {
		text := ev.projectText(of)
		if text == "" {
			return nil, noProject
		}
		if change != nil {
			text = change(text)
		}
		return members{member: text}, ""
	}
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
	if strings.HasPrefix(guid, "{") {
		return strings.Trim(guid, "{}")
	}
	return "{" + guid + "}"
}

// readingProbes are all calls of the reading survey, in their order.
func readingProbes() []probe {
	return slices.Concat(projectProbes(), rightsProbes(), ticketProbes(), configurationProbes())
}

// byPrefix filters by the name of the project without its last character.
func byPrefix(suffix string) func(*evidence) (any, string) {
	return func(ev *evidence) (any, string) {
		name := ev.projectText("Dn")
		name = name[strings.LastIndex(name, `\`)+1:]
		if len([]rune(name)) < 2 {
			return nil, noProject
		}
		return members{"Filter": string([]rune(name)[:len([]rune(name))-1]) + suffix}, ""
	}
}

func projectProbes() []probe {
	const get, enumerate = "Codesign/GetProject", "Codesign/EnumerateProjects"
	return []probe{
		{"version", "SystemStatus/Version", "any", nil},
		{"verify", "authorize/verify", "any", nil},
		{"self", "Identity/Self", "configuration", nil},
		{"projects", enumerate, "codesign", fixed(members{})},
		{"project.hint", get, "codesign", func(ev *evidence) (any, string) {
			if ev.hints.project == "" {
				return nil, "no project was named"
			}
			return members{"Dn": ev.hints.project}, ""
		}},
		{"projects.prefix", enumerate, "codesign", byPrefix("")},
		{"projects.star", enumerate, "codesign", byPrefix("*")},
		{"projects.admin", enumerate, "codesign", fixed(members{"Rights": 1})},
		{"project.dn", get, "codesign", aboutProject("Dn", "Dn", nil)},
		{"project.dn-case", get, "codesign", aboutProject("Dn", "Dn", strings.ToUpper)},
		{"project.guid", get, "codesign", aboutProject("Guid", "Guid", nil)},
		{"project.guid-other", get, "codesign", aboutProject("Guid", "Guid", otherBraces)},
		{"project.id", get, "codesign", aboutProject("Id", "Id", nil)},
		{"project.missing", get, "codesign", func(ev *evidence) (any, string) {
			return members{"Dn": projectsRoot + `\` + ev.unused}, ""
		}},
		{"project.missing-guid", get, "codesign", func(ev *evidence) (any, string) {
			return members{"Guid": "{" + ev.guid + "}"}, ""
		}},
		{"project.folder", get, "codesign", fixed(members{"Dn": projectsRoot})},
		{"project.hidden", get, "codesign", func(ev *evidence) (any, string) {
			if ev.hidden == "" {
				return nil, "no project without a role of the identity was named (HIDDEN)"
			}
			return members{"Dn": ev.hidden}, ""
		}},
	}
}

func rightsProbes() []probe {
	return []probe{
		{"rights.object", "Codesign/GetObjectRights", "codesign:admin", aboutProject("Dn", "Dn", nil)},
		{"rights.own", "Codesign/GetRight", "codesign:admin", aboutProject("Dn", "Dn", nil)},
		{"rights.trustee", "Codesign/GetTrusteeRights", "codesign:admin", func(ev *evidence) (any, string) {
			if ev.caller() == "" {
				return nil, noCaller
			}
			return members{"Trustee": ev.caller()}, ""
		}},
		{"rights.none", "Codesign/GetTrusteeRights", "codesign:admin", func(ev *evidence) (any, string) {
			return members{"Trustee": "local:{" + ev.guid + "}"}, ""
		}},
	}
}

func ticketProbes() []probe {
	const enumerate = "Flow/Tickets/Enumerate"
	page := func(product, size, number int) func(*evidence) (any, string) {
		return fixed(members{"ProductCode": product, "TicketPageSize": size, "TicketPageNumber": number})
	}
	workflow := func(ev *evidence) (any, string) {
		guid := ev.of("workflow.own").text("GUIDs", "0")
		if guid == "" {
			return nil, noTicket
		}
		return members{"GUID": guid}, ""
	}
	return []probe{
		{"refresh", "Permissions/Refresh", "security", nil},
		{"flow.all", enumerate, "any", page(0, 100, 0)},
		{"flow.signing", enumerate, "any", page(1610743808, 100, 0)},
		{"flow.first", enumerate, "any", page(0, 1, 0)},
		{"flow.second", enumerate, "any", page(0, 1, 1)},
		{"flow.beyond", enumerate, "any", page(0, 1, 100000)},
		{"flow.load", "Flow/Tickets/Load", "any", func(ev *evidence) (any, string) {
			id, _, found := lookUp(ev.flowTicket(), "Id")
			if !found {
				return nil, noFlowTicket
			}
			return members{"TicketId": id}, ""
		}},
		{"workflow.own", "Workflow/Ticket/Enumerate", "any", fixed(members{})},
		{"workflow.missing", "Workflow/Ticket/Details", "any", func(ev *evidence) (any, string) {
			return members{"GUID": ev.guid}, ""
		}},
		{"workflow.details", "Workflow/Ticket/Details", "any", workflow},
		{"workflow.status", "Workflow/Ticket/Status", "any", workflow},
		{"workflow.foreign", "Workflow/Ticket/Details", "any", func(ev *evidence) (any, string) {
			if ev.foreign == "" {
				return nil, "no workflow ticket of other approvers was named (FOREIGN)"
			}
			return members{"GUID": ev.foreign}, ""
		}},
	}
}

func configurationProbes() []probe {
	validate := func(member string, value func(*evidence) string) func(*evidence) (any, string) {
		return func(ev *evidence) (any, string) {
			text := value(ev)
			if text == "" {
				return nil, noCaller
			}
			return members{"ID": members{member: text}}, ""
		}
	}
	environment := func(member, of string) func(*evidence) (any, string) {
		return func(ev *evidence) (any, string) {
			_, found := environmentOf(ev.project())
			value, _, _ := lookUp(found, of)
			if textOf(value) == "" {
				return nil, noEnvironment
			}
			return members{member: value}, ""
		}
	}
	self := func(member string) func(*evidence) string {
		return func(ev *evidence) string { return ev.of("self").text("Identities", "0", member) }
	}
	unknown := func(ev *evidence) string { return "local:{" + ev.guid + "}" }
	return []probe{
		{"identity.own", "Identity/Validate", "configuration", validate("PrefixedUniversal", (*evidence).caller)},
		{"identity.name", "Identity/Validate", "configuration", validate("PrefixedName", self("PrefixedName"))},
		{"identity.unknown", "Identity/Validate", "configuration", validate("PrefixedUniversal", unknown)},
		{
			"identity.browse", "Identity/Browse", "configuration",
			fixed(members{"Filter": "", "Limit": 20, "IdentityType": 3}),
		},
		{"config.valid", "Config/IsValid", "configuration", aboutProject("ObjectDN", "Dn", nil)},
		{"config.missing", "Config/IsValid", "configuration", func(ev *evidence) (any, string) {
			return members{"ObjectDN": projectsRoot + `\` + ev.unused}, ""
		}},
		{"config.guid", "Config/DnToGuid", "configuration", aboutProject("ObjectDN", "Dn", nil)},
		{"config.dn", "Config/GuidToDn", "configuration", aboutProject("ObjectGUID", "Guid", nil)},
		{"config.read", "Config/Read", "configuration", func(ev *evidence) (any, string) {
			if ev.projectText("Dn") == "" {
				return nil, noProject
			}
			return members{"ObjectDN": ev.projectText("Dn"), "AttributeName": "Status"}, ""
		}},
		{"global", "Codesign/GetGlobalConfiguration", "codesign:manage", nil},
		{"environment.guid", "Codesign/GetEnvironment", "codesign", environment("Guid", "Guid")},
		{"environment.id", "Codesign/GetEnvironment", "codesign", environment("Id", "Id")},
		{"environment.dn", "Codesign/GetEnvironment", "codesign", environment("Dn", "Dn")},
		{"applications", "Codesign/EnumerateApplications", "codesign", fixed(members{})},
	}
}
