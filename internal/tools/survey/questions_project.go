package main

import (
	"encoding/json"
	"regexp"
	"strings"
)

var versionForm = regexp.MustCompile(`^(\d{2})\.(\d{1,2})(\.|$)`)

func isVersion(answer string) bool { return versionForm.MatchString(answer) }

var generalQuestions = []question{
	{
		"version", "Which version is the server?",
		[]string{"24.3", "25.1", "25.3", "26.1"},
		"version", "configuration",
		func(ev *evidence) string {
			found := versionForm.FindStringSubmatch(ev.of("version").text("Version"))
			if found == nil {
				return ""
			}
			return found[1] + "." + found[2]
		},
	},
	{
		"members", "How are member names of answers spelled?",
		[]string{"as documented", "lower case", another},
		"projects",
		"codesign", memberSpelling,
	},
	{
		"encoding", "How are answers encoded?",
		[]string{"utf-8", "bom", "utf-16"},
		"version", "any",
		func(ev *evidence) string {
			for _, probe := range []string{"version", "projects", "flow.all", "self"} {
				if e := ev.of(probe); e != nil && e.status == 200 && !e.isEmpty() {
					return e.encoding
				}
			}
			return ""
		},
	},
	{
		"refresh-scope", "Which scope does Permissions/Refresh need?",
		[]string{"any", "security"},
		"refresh", "security",
		func(ev *evidence) string {
			scopes, known := ev.grantedScopes()
			switch e := ev.of("refresh"); {
			case requiredScope(e) == "security":
				return "security"
			case e.succeeded() && known && !scopes["security"]:
				return "any"
			default:
				return ""
			}
		},
	},
	{
		"revoke", "Which status has the answer to a revocation?",
		[]string{"HTTP 200", "HTTP 202"},
		"revoke", "",
		func(ev *evidence) string {
			switch e := ev.of("revoke"); {
			case e == nil:
				return ""
			case e.status == 200:
				return "HTTP 200"
			case e.status == 202:
				return "HTTP 202"
			default:
				return another
			}
		},
	},
	{
		"grant", "Does the answer of a grant have expires_in and refresh_until?",
		[]string{present, absent},
		"grant", "",
		func(ev *evidence) string {
			_, _, found := ev.of("grant").get("expires_in")
			return ifAny(ev.of("grant"), found, present, absent)
		},
	},
}

// memberSpelling looks at members that every server sends. Those of Codesign/* come first: other
// families may be spelled otherwise.
func memberSpelling(ev *evidence) string {
	for _, known := range [][2]string{
		{"projects", "Projects"},
		{"project.hint", "Project"},
		{"project.missing", "Success"},
		{"self", "Identities"},
		{"version", "Version"},
	} {
		switch _, spelled, found := ev.of(known[0]).get(known[1]); {
		case !found:
		case spelled == known[1]:
			return "as documented"
		case spelled == strings.ToLower(spelled):
			return "lower case"
		default:
			return another
		}
	}
	return ""
}

// aProject classifies a project of the enumeration.
func aProject(classify func(project any) string) func(*evidence) string {
	return func(ev *evidence) string {
		if ev.project() == nil {
			return ""
		}
		return classify(ev.project())
	}
}

var projectQuestions = []question{
	{
		"enumeration", "Does EnumerateProjects list projects?",
		[]string{"a list", "InsufficientPermission (2)"},
		"projects", "codesign",
		func(ev *evidence) string {
			if e := ev.of("projects"); e.succeeded() {
				return "a list"
			}
			return refusalOf(ev.of("projects"))
		},
	},
	{
		"guid", "How are GUIDs of projects written?",
		[]string{"with braces", "without braces", another},
		"projects", "codesign",
		aProject(func(p any) string {
			guid, _, _ := lookUp(p, "Guid")
			switch classOf(textOf(guid)) {
			case "GUID in braces":
				return "with braces"
			case "GUID":
				return "without braces"
			default:
				return another
			}
		}),
	},
	{
		"guid-request", "Is the other spelling of a GUID accepted?",
		[]string{yes, no},
		"project.guid-other", "codesign",
		func(ev *evidence) string { return acceptance(ev.of("project.guid-other")) },
	},
	{
		"dn-case", "Is a DN found in another case?",
		[]string{yes, no},
		"project.dn-case", "codesign",
		func(ev *evidence) string { return acceptance(ev.of("project.dn-case")) },
	},
	{
		"status", "How is the status of a project written?",
		[]string{"a number", "a number in quotes", "a name", absent},
		"projects", "codesign", aProject(statusForm),
	},
	{
		"dates", "How are dates written?", dateForms, "projects", "codesign",
		aProject(func(p any) string { created, _, _ := lookUp(p, "CreatedOn"); return dateForm(textOf(created)) }),
	},
	{
		"submission-date", "Does a project have ApprovalSubmissionDate?",
		[]string{present, absent},
		"projects", "codesign",
		aProject(func(p any) string {
			if _, _, found := lookUp(p, "ApprovalSubmissionDate"); found {
				return present
			}
			return absent
		}),
	},
	{
		"field-type", "Which types do custom fields have?",
		[]string{"1 only", "other types, too"},
		"projects", "codesign",
		fieldTypes,
	},
	{
		"filter-star", "Does Filter accept a * at its end?",
		[]string{yes, no},
		"projects.star", "codesign",
		func(ev *evidence) string { return filtered(ev.of("projects.star")) },
	},
	{
		"filter-prefix", "Does Filter match the beginning of a name?",
		[]string{yes, no},
		"projects.prefix", "codesign",
		func(ev *evidence) string { return filtered(ev.of("projects.prefix")) },
	},
}

// fieldTypes compares the custom fields of all visible projects.
func fieldTypes(ev *evidence) string {
	found := ""
	for _, project := range ev.of("projects").list("Projects") {
		fields, _, _ := lookUp(project, "CustomFieldAttributes")
		for _, field := range listOf(fields) {
			if kind, _, there := lookUp(field, "Type"); there && textOf(kind) != "1" {
				return "other types, too"
			}
			found = "1 only"
		}
	}
	return found
}

var dateForms = []string{"/Date(ms)/", "/Date(ms+zone)/", "ISO with zone", "ISO without zone", another}

func dateForm(text string) string {
	if text == "" {
		return ""
	}
	form, isDate := strings.CutPrefix(classOf(text), "date ")
	if !isDate {
		return another
	}
	return form
}

func statusForm(project any) string {
	value, _, found := lookUp(project, "Status")
	if !found || value == nil {
		return absent
	}
	switch v := value.(type) {
	case json.Number:
		return "a number"
	case string:
		if classOf(v) == "number in quotes" {
			return "a number in quotes"
		}
		return "a name"
	default:
		return ""
	}
}

// acceptance is yes for a success, no for an object that is not found, and "" otherwise.
func acceptance(e *exchange) string {
	switch refusal := refusalOf(e); {
	case e.succeeded():
		return yes
	case refusal == "":
		return ""
	default:
		return no
	}
}

func filtered(e *exchange) string { return ifAny(e, len(e.list("Projects")) > 0, yes, no) }

var missingResults = []string{
	"ObjectNotFound (7)", "FailedToLoadObject (15)", "IncorrectObjectType (8)", "InsufficientPermission (2)",
	"Success without a project", "HTTP 400", "HTTP 5xx",
}

// missing classifies the answer for a project that is not there.
func missing(probe string) func(*evidence) string {
	return func(ev *evidence) string {
		if project, _, _ := ev.of(probe).get("Project"); ev.of(probe).succeeded() && project == nil {
			return "Success without a project"
		}
		return refusalOf(ev.of(probe))
	}
}

var missingQuestions = []question{
	{
		"missing", "What is the answer for a DN that does not exist?", missingResults, "project.missing", "codesign",
		missing("project.missing"),
	},
	{
		"missing-guid", "What is the answer for a GUID that does not exist?", missingResults, "project.missing-guid",
		"codesign", missing("project.missing-guid"),
	},
	{
		"folder", "What is the answer for the DN of a folder?", missingResults, "project.folder", "codesign",
		missing("project.folder"),
	},
	{
		"hidden", "What is the answer for a project without a role of the identity?", missingResults, "project.hidden",
		"codesign", missing("project.hidden"),
	},
}
