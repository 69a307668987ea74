package main

import (
	"slices"
	"strings"
)

// writingQuestions are the questions that need a scratch project.
func writingQuestions() []question {
	return slices.Concat(createQuestions, updateQuestions, fieldQuestions, renameQuestions, statusQuestions,
		approvalQuestions, ticketQuestions, deleteQuestions)
}

var waits = []string{shownAtOnce, shownLater, waitedInVain}

// waited is how long a write took to show.
func waited(name string) func(*evidence) string {
	return func(ev *evidence) string { return ev.waits[name] }
}

const accepted = "accepted"

// outcome is accepted if the write shows, a refusal, or what a success without an effect means.
func outcome(name, withoutEffect string) func(*evidence) string {
	return func(ev *evidence) string {
		e := ev.of(name)
		switch {
		case e.succeeded() && ev.waits[name] == waitedInVain:
			return withoutEffect
		case e.succeeded():
			return accepted
		default:
			return refusalOf(e)
		}
	}
}

var createQuestions = []question{
	{
		"create-owner", "Is the creator of a project its owner?",
		[]string{yes, no},
		"create", manageScope,
		func(ev *evidence) string {
			owners := ev.of("create.read").list("Project", "Owners")
			return ifAny(ev.of("create.read"), hasItem(owners, ev.caller()), yes, no)
		},
	},
	{"create-shown", "When does a new project show?", waits, "create", manageScope, waited("create")},
	{
		"create-listed", "When does the list of projects have a new project?", waits, "create.list", "codesign",
		waited("create.list"),
	},
}

var updateQuestions = []question{
	{
		"update", "Is an update of a draft accepted?",
		[]string{accepted, "Success, but not shown"},
		"update", manageScope,
		outcome("update", "Success, but not shown"),
	},
	{
		"update-shown", "When does an update show?",
		[]string{shownAtOnce, shownLater},
		"update", manageScope,
		func(ev *evidence) string {
			if ev.waits["update"] == waitedInVain || !ev.of("update").succeeded() {
				return ""
			}
			return ev.waits["update"]
		},
	},
	{
		"absent-lists", "What becomes of a list that an update leaves out?",
		[]string{"kept", "cleared"},
		"update.absent", manageScope,
		func(ev *evidence) string {
			if ev.waits["update.absent"] == waitedInVain || !ev.of("update.absent").succeeded() {
				return ""
			}
			return ifAny(ev.of("update.absent.read"), hasItem(auditorsAfter(ev, "update.absent"), ev.trustee()),
				"kept", "cleared")
		},
	},
	{
		"absent-owners", "Is an update without Owners accepted?",
		[]string{accepted, "no effect", "HTTP 400"},
		"update.no-owners",
		manageScope, outcome("update.no-owners", "no effect"),
	},
	{
		"absent-description", "What becomes of a description that an update leaves out?",
		[]string{"kept", "cleared"},
		"update.no-description", manageScope, func(ev *evidence) string {
			read := ev.of("update.no-description.read")
			if ev.waits["update.no-description"] == waitedInVain || !ev.of("update.no-description").succeeded() {
				return ""
			}
			return ifAny(read, read.text("Project", "Description") != "", "kept", "cleared")
		},
	},
	{
		"dirty", "Does a changed list need Dirty?",
		[]string{yes, no},
		"update.no-dirty", manageScope,
		func(ev *evidence) string {
			switch outcome("update.no-dirty", yes)(ev) {
			case "":
				return ""
			case accepted:
				return no
			default:
				return yes
			}
		},
	},
	{
		"delta", "Is a list with Added and without Items applied?",
		[]string{accepted, "no effect", "HTTP 400"},
		"update.delta",
		manageScope, outcome("update.delta", "no effect"),
	},
	{
		"clear-description", "Does an empty text clear the description?",
		[]string{accepted, "no effect"},
		"update.clear", manageScope,
		outcome("update.clear", "no effect"),
	},
	{
		"unknown-trustee", "Is a trustee accepted that does not exist?",
		[]string{accepted, "no effect"},
		"update.trustee", manageScope,
		effect("update.trustee", "Auditors", func(ev *evidence) string { return "local:{" + ev.guid + "}" }),
	},
	{
		"unknown-application", "Is an application accepted that does not exist?",
		[]string{accepted, "no effect"},
		"update.application",
		manageScope, effect("update.application", "ApplicationDNs", func(ev *evidence) string { return ev.unused }),
	},
	{
		"user-role", "May a user have a role?",
		[]string{accepted, "no effect"},
		"update.user", manageScope,
		effect("update.user", "Auditors", (*evidence).caller),
	},
	{
		"empty-owners", "May a project have no owner?",
		[]string{accepted, "no effect"},
		"update.empty-owners", manageScope,
		func(ev *evidence) string {
			e := ev.of("update.empty-owners")
			if !e.succeeded() {
				return refusalOf(e)
			}
			return ifAny(e, len(ev.of("update.empty-owners.read").list("Project", "Owners")) == 0, accepted,
				"no effect")
		},
	},
	{
		"update-renames", "Does another Dn in an update rename the project?",
		[]string{yes, no},
		"update.name", manageScope,
		func(ev *evidence) string {
			e := ev.of("update.name.read")
			return ifAny(e, strings.HasSuffix(e.text("Project", "Dn"), "-renamed"), yes, no)
		},
	},
	{
		"list-spelling", "How are trustees of a role written?",
		[]string{"as sent", "in another case"},
		"update",
		manageScope, func(ev *evidence) string {
			for _, auditor := range auditorsAfter(ev, "update") {
				if strings.EqualFold(textOf(auditor), ev.trustee()) {
					return ifAny(ev.of("update"), textOf(auditor) == ev.trustee(), "as sent", "in another case")
				}
			}
			return ""
		},
	},
}

// effect is accepted if a list has an item after an update.
func effect(name, member string, item func(*evidence) string) func(*evidence) string {
	return func(ev *evidence) string {
		if !ev.of(name).succeeded() {
			return refusalOf(ev.of(name))
		}
		found := slices.ContainsFunc(ev.of(name+".read").list("Project", member), func(i any) bool {
			return strings.HasSuffix(strings.ToLower(textOf(i)), strings.ToLower(item(ev)))
		})
		return ifAny(ev.of(name), found, accepted, "no effect")
	}
}

var fieldQuestions = []question{
	{
		"field", "How is a value of a custom field stored?",
		[]string{"as sent", "in upper case", "in another form"},
		"field",
		manageScope, func(ev *evidence) string {
			field := scratchField(ev, "field.read")
			if field == nil {
				return refusalOf(ev.of("field"))
			}
			sent := sentValue(ev.knownField())
			stored, _, _ := lookUp(field, "Values", "0")
			switch {
			case sent == textOf(stored):
				return "as sent"
			case strings.ToUpper(sent) == textOf(stored):
				return "in upper case"
			default:
				return "in another form"
			}
		},
	},
	{
		"field-clear", "Does a custom field without values stay in the answer?",
		[]string{yes, no},
		"field.clear", manageScope,
		func(ev *evidence) string {
			if !ev.of("field.clear").succeeded() || scratchField(ev, "field.read") == nil {
				return ""
			}
			return ifAny(ev.of("field.clear.read"), scratchField(ev, "field.clear.read") != nil, yes, no)
		},
	},
}

var renameQuestions = []question{
	{
		"rename", "Can a project be renamed?",
		[]string{accepted, "no effect"},
		"rename", manageScope,
		outcome("rename", "no effect"),
	},
	{
		"move", "Can a project be moved to another folder?",
		[]string{accepted, "no effect", "RenameFailure (6)"},
		"move", manageScope,
		outcome("move", "no effect"),
	},
}

var statusQuestions = []question{
	{
		"submit", "Which status has a submitted project?",
		[]string{"Pending", "Enabled", "Success, but not shown"},
		"submit",
		manageScope, func(ev *evidence) string {
			switch {
			case !ev.of("submit").succeeded():
				return refusalOf(ev.of("submit"))
			case ev.waits["submit"] == waitedInVain:
				return "Success, but not shown"
			}
			switch ev.of("submit.read").text("Project", "Status") {
			case "3":
				return "Pending"
			case "1":
				return "Enabled"
			default:
				return ""
			}
		},
	},
	{"submit-shown", "When does a new status show?", waits, "submit", manageScope, func(ev *evidence) string {
		if !ev.of("submit").succeeded() {
			return ""
		}
		return ev.waits["submit"]
	}},
	{
		"direct-draft", "Can a draft be enabled directly?", steps, "direct.draft", manageScope,
		outcome("direct.draft", "no effect"),
	},
	{
		"direct-pending", "Can a submitted project be enabled without its ticket?", steps, "direct.pending",
		manageScope, outcome("direct.pending", "no effect"),
	},
	{"withdraw", "Can a submission be withdrawn?", steps, "withdraw", manageScope, outcome("withdraw", "no effect")},
	{"disable", "Can the owner disable the project?", steps, "disable", manageScope, outcome("disable", "no effect")},
	{"enable", "Can the owner enable it again?", steps, "enable", manageScope, outcome("enable", "no effect")},
	{
		"update-status", "Does an update change the status?",
		[]string{yes, no},
		"update.status", manageScope,
		func(ev *evidence) string {
			if !ev.of("update.status").succeeded() {
				return ""
			}
			return ifAny(ev.of("update.status.read"), ev.of("update.status.read").text("Project", "Status") == "0",
				yes, no)
		},
	},
}

var steps = []string{accepted, "no effect", "UpdateFailure (4)", "InsufficientPermission (2)"}
