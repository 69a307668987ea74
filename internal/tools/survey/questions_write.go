package main

import (
	"cmp"
	"slices"
	"strings"
)

// waited is how long a write took to show.
func (ev *evidence) waited(probe string) choice {
	return oneOf(ev.waits[probe], shownAtOnce, shownLater, waitedInVain)
}

// shown reports whether a write was accepted and showed.
func (ev *evidence) shown(probe string) bool {
	return ev.of(probe).succeeded() && ev.waits[probe] != waitedInVain
}

// outcome is accepted if a write shows, a refusal, or what a success without an effect means.
func (ev *evidence) outcome(probe, withoutEffect string, refusals ...string) choice {
	return either(accepted, withoutEffect, ev.of(probe), ev.shown(probe)).orRefusal(ev.of(probe), refusals...)
}

// effect is accepted if the read after an update shows it.
func (ev *evidence) effect(probe string, found bool) choice {
	return either(accepted, noEffect, ev.of(probe), found).orRefusal(ev.of(probe))
}

func createQuestions(ev *evidence) []observation {
	read := ev.of("create.read")
	return []observation{
		ev.ask("create-owner", "Is the creator of a project its owner?", "create",
			either(yes, no, read, read.get("Project", "Owners").has(ev.caller()))),
		ev.ask("create-shown", "When does a new project show?", "create", ev.waited("create")),
		ev.ask("create-listed", "When does the list of projects have a new project?", "create.list",
			ev.waited("create.list")),
	}
}

func updateQuestions(ev *evidence) []observation {
	after := func(probe string, path ...string) node {
		return ev.of(probe + ".read").get("Project").get(path...)
	}
	kept := func(probe string, kept bool) choice {
		return either("kept", "cleared", ev.of(probe+".read"), kept).provided(ev.shown(probe))
	}
	hasSuffix := func(list node, suffix string) bool {
		return slices.ContainsFunc(list.list(), func(i node) bool {
			return strings.HasSuffix(strings.ToLower(i.text()), strings.ToLower(suffix))
		})
	}
	undirty := ev.outcome("update.no-dirty", yes).answer
	auditors, trustee := after("update", "Auditors"), ev.trustee()
	spelled := slices.ContainsFunc(auditors.list(), func(i node) bool { return i.text() == trustee })
	return []observation{
		ev.ask("update", "Is an update of a draft accepted?", "update", ev.outcome("update", notShown)),
		ev.ask("update-shown", "When does an update show?", "update",
			oneOf(ev.waits["update"], shownAtOnce, shownLater).provided(ev.shown("update"))),
		ev.ask("absent-lists", "What becomes of a list that an update leaves out?", "update.absent",
			kept("update.absent", after("update.absent", "Auditors").has(ev.trustee()))),
		ev.ask("absent-owners", "Is an update without Owners accepted?", "update.no-owners",
			ev.outcome("update.no-owners", noEffect, "HTTP 400")),
		ev.ask("absent-description", "What becomes of a description that an update leaves out?",
			"update.no-description",
			kept("update.no-description", after("update.no-description", "Description").text() != "")),
		ev.ask("dirty", "Does a changed list need Dirty?", "update.no-dirty",
			which(undirty != accepted, yes, no).provided(undirty != "")),
		ev.ask("delta", "Is a list with Added and without Items applied?", "update.delta",
			ev.outcome("update.delta", noEffect, "HTTP 400")),
		ev.ask("clear-description", "Does an empty text clear the description?", "update.clear",
			ev.outcome("update.clear", noEffect)),
		ev.ask("unknown-trustee", "Is a trustee accepted that does not exist?", "update.trustee",
			ev.effect("update.trustee", hasSuffix(after("update.trustee", "Auditors"), ev.stranger()))),
		ev.ask("unknown-application", "Is an application accepted that does not exist?", "update.application",
			ev.effect("update.application", hasSuffix(after("update.application", "ApplicationDNs"), ev.unused))),
		ev.ask("user-role", "May a user have a role?", "update.user",
			ev.effect("update.user", hasSuffix(after("update.user", "Auditors"), ev.caller()))),
		ev.ask("empty-owners", "May a project have no owner?", "update.empty-owners",
			ev.effect("update.empty-owners", len(after("update.empty-owners", "Owners").list()) == 0)),
		ev.ask("update-renames", "Does another Dn in an update rename the project?", "update.name",
			either(yes, no, ev.of("update.name.read"),
				strings.HasSuffix(after("update.name", "Dn").text(), "-renamed"))),
		ev.ask("list-spelling", "How are trustees of a role written?", "update",
			either("as sent", "in another case", ev.of("update"), spelled).provided(auditors.has(trustee))),
	}
}

func fieldQuestions(ev *evidence) []observation {
	field, sent := ev.scratchField("field.read"), sentValue(ev.knownField())
	stored := map[string]string{strings.ToUpper(sent): "in upper case", sent: "as sent"}[field.text("Values", "0")]
	return []observation{
		ev.ask("field", "How is a value of a custom field stored?", "field",
			oneOf(cmp.Or(stored, "in another form"), "as sent", "in upper case", "in another form").
				provided(field.found).orRefusal(ev.of("field"))),
		ev.ask("field-clear", "Does a custom field without values stay in the answer?", "field.clear",
			either(yes, no, ev.of("field.clear.read"), ev.scratchField("field.clear.read").found).
				provided(ev.of("field.clear").succeeded() && field.found)),
		ev.ask("rename", "Can a project be renamed?", "rename", ev.outcome("rename", noEffect)),
		ev.ask("move", "Can a project be moved to another folder?", "move",
			ev.outcome("move", noEffect, "RenameFailure (6)")),
	}
}

func statusQuestions(ev *evidence) []observation {
	submitted, status := ev.outcome("submit", notShown), ev.of("submit.read").text("Project", "Status")
	if submitted.answer == accepted {
		submitted.answer = map[string]string{"3": "Pending", "1": "Enabled"}[status]
	}
	submitted.answers = []string{"Pending", "Enabled", notShown}
	step := func(id, text, probe string) observation {
		return ev.ask(id, text, probe, ev.outcome(probe, noEffect, "UpdateFailure (4)", "InsufficientPermission (2)"))
	}
	read := ev.of("update.status.read")
	return []observation{
		ev.ask("submit", "Which status has a submitted project?", "submit", submitted),
		ev.ask("submit-shown", "When does a new status show?", "submit",
			ev.waited("submit").provided(ev.of("submit").succeeded())),
		step("direct-draft", "Can a draft be enabled directly?", "direct.draft"),
		step("direct-pending", "Can a submitted project be enabled without its ticket?", "direct.pending"),
		step("withdraw", "Can a submission be withdrawn?", "withdraw"),
		step("disable", "Can the owner disable the project?", "disable"),
		step("enable", "Can the owner enable it again?", "enable"),
		ev.ask("update-status", "Does an update change the status?", "update.status",
			either(yes, no, read, read.text("Project", "Status") == "0").provided(ev.of("update.status").succeeded())),
	}
}
