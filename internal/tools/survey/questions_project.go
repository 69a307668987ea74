package main

import (
	"cmp"
	"fmt"
	"regexp"
	"strings"
)

func generalQuestions(ev *evidence) []observation {
	refresh, grant, revoke := ev.of("refresh"), ev.of("grant"), ev.of("revoke")
	version := shortVersion.FindString(ev.of("version").text("Version"))
	return []observation{
		ev.ask("version", "Which version is the server?", "version",
			oneOf(strings.TrimSuffix(version, "."), "24.3", "25.1", "25.3", "26.1")),
		ev.ask("members", "How are member names of answers spelled?", "projects",
			oneOf(memberSpelling(ev), "as documented", "lower case", another)),
		ev.ask("encoding", "How are answers encoded?", "version", oneOf(encoding(ev), "utf-8", "bom", "utf-16")),
		ev.ask("refresh-scope", "Which scope does Permissions/Refresh need?", "refresh",
			oneOf(ev.needs(refresh, "security", "security", "any"), "any", "security")),
		ev.ask("revoke", "Which status has the answer to a revocation?", "revoke",
			oneOf(fmt.Sprintf("HTTP %d", revoke.status), "HTTP 200", "HTTP 202").orAnother().
				provided(revoke.status != 0)),
		ev.ask("grant", "Does the answer of a grant have expires_in and refresh_until?", "grant",
			either(present, absent, grant, grant.get("expires_in").found)),
	}
}

var shortVersion = regexp.MustCompile(`^\d{2}\.\d{1,2}(\.|$)`)

// needs is the first answer if a refusal names the scope, and the second if the call succeeds without it.
func (ev *evidence) needs(e *exchange, scope, needed, otherwise string) string {
	if requiredScope(e) == scope {
		return needed
	}
	return chosen(ev.lacks(scope), success(e, otherwise), "")
}

func encoding(ev *evidence) string {
	for _, probe := range []string{"version", "projects", "flow.all", "self"} {
		if e := ev.of(probe); e.status == 200 && !e.isEmpty() {
			return e.encoding
		}
	}
	return ""
}

// memberSpelling uses members that every server sends. Those of Codesign/* come first: other
// families may be spelled otherwise.
func memberSpelling(ev *evidence) string {
	for _, known := range [][2]string{
		{"projects", "Projects"},
		{"project.hint", "Project"},
		{"project.missing", "Success"},
		{"self", "Identities"},
		{"version", "Version"},
	} {
		switch member := ev.of(known[0]).get(known[1]); {
		case !member.found:
		case member.name == known[1]:
			return "as documented"
		case member.name == strings.ToLower(member.name):
			return "lower case"
		default:
			return another
		}
	}
	return ""
}

func projectQuestions(ev *evidence) []observation {
	projects, project := ev.of("projects"), ev.project()
	guid := map[string]string{"GUID in braces": "with braces", "GUID": "without braces"}[classOf(project.text("Guid"))]
	visible := project.value != nil
	return []observation{
		ev.ask("enumeration", "Does EnumerateProjects list projects?", "projects",
			oneOf(success(projects, "a list"), "a list").orRefusal(projects, "InsufficientPermission (2)")),
		ev.ask("guid", "How are GUIDs of projects written?", "projects",
			oneOf(cmp.Or(guid, another), "with braces", "without braces", another).provided(visible)),
		ev.ask("guid-request", "Is the other spelling of a GUID accepted?", "project.guid-other",
			oneOf(acceptance(ev.of("project.guid-other")), yes, no)),
		ev.ask("dn-case", "Is a DN found in another case?", "project.dn-case",
			oneOf(acceptance(ev.of("project.dn-case")), yes, no)),
		ev.ask("status", "How is the status of a project written?", "projects",
			oneOf(statusForm(project), "a number", "a number in quotes", "a name", absent).provided(visible)),
		ev.ask("dates", "How are dates written?", "projects", dateForm(project.text("CreatedOn"))),
		ev.ask("submission-date", "Does a project have ApprovalSubmissionDate?", "projects",
			which(project.get("ApprovalSubmissionDate").found, present, absent).provided(visible)),
		ev.ask("field-type", "Which types do custom fields have?", "projects",
			oneOf(fieldTypes(projects), "1 only", "other types, too")),
		ev.ask("filter-star", "Does Filter accept a * at its end?", "projects.star", filtered(ev.of("projects.star"))),
		ev.ask("filter-prefix", "Does Filter match the beginning of a name?", "projects.prefix",
			filtered(ev.of("projects.prefix"))),
	}
}

// fieldTypes compares the custom fields of all visible projects.
func fieldTypes(projects *exchange) string {
	found := ""
	for _, project := range projects.list("Projects") {
		for _, field := range project.list("CustomFieldAttributes") {
			if kind := field.get("Type"); kind.found && kind.text() != "1" {
				return "other types, too"
			}
			found = "1 only"
		}
	}
	return found
}

// dateForm is the form of a date, without an answer for an empty text.
func dateForm(text string) choice {
	form, isDate := strings.CutPrefix(classOf(text), "date ")
	if !isDate {
		form = another
	}
	return oneOf(form, "/Date(ms)/", "/Date(ms+zone)/", "ISO with zone", "ISO without zone", another).
		provided(text != "")
}

func statusForm(project node) string {
	status := project.get("Status")
	quoted := chosen(classOf(status.text()) == "number in quotes", "a number in quotes", "a name")
	forms := map[string]string{"number": "a number", "text": quoted}
	return chosen(status.value == nil, absent, forms[status.kind()])
}

// acceptance is yes for a success, no for an object that is not found, and "" otherwise.
func acceptance(e *exchange) string {
	return chosen(e.refusal() != "", no, success(e, yes))
}

func filtered(e *exchange) choice { return either(yes, no, e, len(e.list("Projects")) > 0) }

func missingQuestions(ev *evidence) []observation {
	missing := func(id, text, probe string) observation {
		e := ev.of(probe)
		const empty = "Success without a project"
		return ev.ask(id, text, probe, oneOf(success(e, empty), "ObjectNotFound (7)", "FailedToLoadObject (15)",
			"IncorrectObjectType (8)", "InsufficientPermission (2)", empty, "HTTP 400", "HTTP 5xx").
			provided(e.get("Project").value == nil).orRefusal(e))
	}
	return []observation{
		missing("missing", "What is the answer for a DN that does not exist?", "project.missing"),
		missing("missing-guid", "What is the answer for a GUID that does not exist?", "project.missing-guid"),
		missing("folder", "What is the answer for the DN of a folder?", "project.folder"),
		missing("hidden", "What is the answer for a project without a role of the identity?", "project.hidden"),
	}
}

func rightsQuestions(ev *evidence) []observation {
	rights, none := rightsList(ev), ev.of("rights.none")
	form := "a map"
	if rows := rights.list(); len(rows) > 0 {
		form = chosen(rows[0].get("key").name == "Key", "Key and Value", "key and value")
	}
	lower := rights.name == "rightslist" // all members are in lower case
	return []observation{
		ev.ask("rights-member", "How is the list of rights spelled?", "rights.object",
			oneOf(chosen(lower, "RightsList", rights.name), "RightsList", "Rightslist", another).orAnother()),
		ev.ask("rights-form", "Which form do rights have?", "rights.object",
			oneOf(form, "key and value", "Key and Value", "a map").provided(rights.found)),
		ev.ask("rights-empty", "What is the answer for a trustee without rights?", "rights.none",
			either("an empty list", "no list", none, none.get("RightsList").found).orRefusal(none, "HTTP 400").
				provided(none.refusal() != "InsufficientPermission (2)")),
		ev.ask("rights-scope", "Which scope do the calls for rights need?", "rights.own",
			oneOf(rightsScope(ev), "codesign:admin", "codesign:manage", "codesign")),
	}
}

// rightsList is the first list of rights with a row.
func rightsList(ev *evidence) node {
	for _, probe := range []string{"rights.object", "rights.trustee"} {
		list := ev.of(probe).get("RightsList")
		asMap, _ := list.value.(map[string]any)
		if ev.of(probe).succeeded() && (len(list.list()) > 0 || len(asMap) > 0) {
			return list
		}
	}
	return node{}
}

// rightsScope is settled by a refusal that names the scope, or by a success without codesign:admin.
func rightsScope(ev *evidence) string {
	for _, probe := range []string{"rights.own", "rights.object", "rights.trustee"} {
		e := ev.of(probe)
		if scope := requiredScope(e); strings.HasPrefix(scope, "codesign") {
			return scope
		}
		for _, scope := range []string{"codesign:manage", "codesign"} {
			if e.status == 200 && ev.lacks("codesign:admin") && !ev.lacks(scope) {
				return scope
			}
		}
	}
	return ""
}
