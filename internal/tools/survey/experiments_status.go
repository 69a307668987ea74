package main

import (
	"slices"
	"strings"
)

// status changes the status of the scratch project.
func status(to int) func(*evidence) members {
	return func(ev *evidence) members {
		return members{"Guid": ev.scratchText("Guid"), "ProjectStatus": to}
	}
}

func hasStatus(statuses ...string) func(*evidence) bool {
	return func(ev *evidence) bool { return inStatus(statuses...)(ev) == "" }
}

// scratchTickets are the visible flow tickets of the scratch project.
func (ev *evidence) scratchTickets(probe string) (tickets []any) {
	for _, ticket := range ev.of(probe).list("Tickets") {
		environment, _, _ := lookUp(ticket, "Environment")
		values := []any{}
		if m, isMap := environment.(map[string]any); isMap {
			for _, value := range m {
				values = append(values, value)
			}
		}
		for _, pair := range listOf(environment) {
			value, _, _ := lookUp(pair, "Value")
			values = append(values, value)
		}
		if slices.ContainsFunc(ev.names, func(name string) bool { return hasItem(values, name) }) {
			tickets = append(tickets, ticket)
		}
	}
	return tickets
}

func hasTicket(ev *evidence) string {
	if len(ev.scratchTickets("tickets")) == 0 {
		return "the identity does not see the flow ticket of the scratch project"
	}
	return ""
}

func approve(comment bool) func(*evidence) members {
	return func(ev *evidence) members {
		id, _, _ := lookUp(ev.scratchTickets("tickets")[0], "Id")
		body := members{"TicketId": id}
		if comment {
			body["Comment"] = surveyText
		}
		return body
	}
}

// renameExperiments rename the scratch project. Cleanup finds it by its GUID.
func renameExperiments() []experiment {
	rename := func(dn func(*evidence) string) func(*evidence) members {
		return func(ev *evidence) members {
			return members{"Guid": ev.scratchText("Guid"), "NewDn": dn(ev)}
		}
	}
	named := func(dn func(*evidence) string) func(*evidence) bool {
		return func(ev *evidence) bool { return strings.EqualFold(ev.scratchText("Dn"), dn(ev)) }
	}
	plain := func(ev *evidence) string { return projectsRoot + `\` + ev.unused + "-2" }
	moved := func(ev *evidence) string { return ev.folder() + `\` + ev.unused }
	return []experiment{
		{"rename", "Codesign/RenameProject", manageScope, readable, rename(plain), named(plain)},
		{"move", "Codesign/RenameProject", manageScope, needs(readable, func(ev *evidence) string {
			if ev.folder() == "" {
				return "no visible project is in a folder"
			}
			return ""
		}), rename(moved), named(moved)},
	}
}

func readable(ev *evidence) string {
	if ev.scratch() == nil {
		return "the scratch project cannot be read"
	}
	return ""
}

// folder is a folder below the root of projects that has a visible project.
func (ev *evidence) folder() string {
	for _, project := range ev.of("projects").list("Projects") {
		value, _, _ := lookUp(project, "Dn")
		name := textOf(value)
		parent := name[:max(strings.LastIndex(name, `\`), 0)]
		if len(parent) > len(projectsRoot) && strings.EqualFold(parent[:len(projectsRoot)+1], projectsRoot+`\`) {
			return parent
		}
	}
	return ""
}

// statusExperiments take the scratch project through its statuses. It has no environment, so that
// nothing can be signed with it.
func statusExperiments() []experiment {
	return []experiment{
		{"direct.draft", statusCall, manageScope, inStatus("2"), status(1), hasStatus("1")},
		{"submit", statusCall, manageScope, inStatus("2"), status(3), hasStatus("3", "1")},
		{"submit.again", statusCall, manageScope, needs(inStatus("3"), hasTicket), status(3), nil},
		{"direct.pending", statusCall, manageScope, inStatus("3"), status(1), hasStatus("1")},
		{"withdraw", statusCall, manageScope, inStatus("3"), status(2), hasStatus("2")},
		{"submit.after", statusCall, manageScope, inStatus("2"), status(3), hasStatus("3", "1")},
		{
			"approve.silent", "Flow/Tickets/Approve", "codesign:approve", needs(inStatus("3"), hasTicket),
			approve(false), nil,
		},
		{"approve", "Flow/Tickets/Approve", "codesign:approve", needs(inStatus("3"), hasTicket), approve(true), nil},
		{"disable", statusCall, manageScope, inStatus("1", "2"), status(0), hasStatus("0")},
		{"enable", statusCall, manageScope, inStatus("0"), status(1), hasStatus("1")},
		{"update.enabled", updateCall, manageScope, inStatus("0", "1"), update(func(_ *evidence, p members) {
			p["Description"] = surveyText + " 4"
		}), func(ev *evidence) bool { return ev.scratchText("Description") == surveyText+" 4" }},
		{"update.second", updateCall, manageScope, func(ev *evidence) string {
			if !held(ev, "update") && !held(ev, "update.enabled") {
				return "no update waits for an approval"
			}
			return ""
		}, update(func(_ *evidence, p members) { p["Description"] = surveyText + " 5" }), nil},
		{"update.status", updateCall, manageScope, inStatus("1", "2"), update(func(_ *evidence, p members) {
			p["Status"], p["Description"] = 0, surveyText+" 6"
		}), hasStatus("0")},
	}
}

// held reports whether the server accepted an update and does not show it.
func held(ev *evidence, name string) bool {
	return ev.of(name).succeeded() && ev.waits[name] == waitedInVain
}
