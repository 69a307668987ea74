package main

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"strings"
)

const surveyText = "scratch project of a survey"

// update sends all members of the scratch project as they were read, with changes. A nil member is
// left out.
func (w *writer) update(ctx context.Context, probe, why string, changes members, shows func() bool) {
	project := members{"Id": w.ev.scratch().get("Id").value}
	for _, member := range []string{"Dn", "Guid", "Description"} {
		project[member] = w.ev.scratch().text(member)
	}
	for _, member := range []string{"Owners", "Auditors", "KeyUsers", "KeyUseApprovers", "ApplicationDNs"} {
		items := []any{}
		for _, item := range w.ev.scratch().list(member) {
			items = append(items, item.value)
		}
		project[member] = members{"Items": items}
	}
	maps.Copy(project, changes)
	maps.DeleteFunc(project, func(_ string, value any) bool { return value == nil })
	w.try(ctx, probe, updateCall, why, members{"Project": project}, shows)
}

func changed(items ...any) members {
	return members{"Items": append([]any{}, items...), "Dirty": true}
}

// updatable says why the scratch project cannot be updated.
func (ev *evidence) updatable() string {
	switch {
	case !ev.of("update").succeeded():
		return "the server refuses the first update"
	case ev.waits["update"] == waitedInVain:
		return "updates of the scratch project are not shown"
	default:
		return ""
	}
}

// unless is a reason why an experiment cannot be made, "" if the condition holds.
func unless(condition bool, why string) string { return chosen(condition, "", why) }

// updates ask how UpdateProject treats what is sent and what is not.
func (w *writer) updates(ctx context.Context) {
	ev, trustee := w.ev, w.ev.trustee()
	described, hasAuditor := ev.shows("Description", surveyText), ev.lists("Auditors", trustee)
	first := members{"Description": surveyText, "Auditors": changed(trustee)}
	complete := func() bool { return described() && hasAuditor() }

	w.update(ctx, "update", "", first, complete)
	w.update(ctx, "update.absent", ev.updatable(), members{
		"Auditors": nil, "KeyUsers": nil, "KeyUseApprovers": nil, "ApplicationDNs": nil,
		"Description": surveyText + " 2",
	}, ev.shows("Description", surveyText+" 2"))
	w.update(ctx, "update.restore", ev.updatable(), first, complete)
	kept := ev.of("update.absent.read").get("Project", "Auditors").has(trustee)
	w.update(ctx, "update.no-owners", cmp.Or(ev.updatable(), unless(kept, "the server clears lists that are left out")),
		members{"Owners": nil, "Description": surveyText + " 3"}, ev.shows("Description", surveyText+" 3"))
	w.update(ctx, "update.no-description", ev.updatable(), members{
		"Description": nil, "KeyUseApprovers": changed(trustee),
	}, ev.lists("KeyUseApprovers", trustee))
	// Without the auditor, a server that clears absent lists would remove the owners.
	w.update(ctx, "update.no-dirty",
		cmp.Or(ev.updatable(), unless(hasAuditor(), "the server may clear lists that are left out")),
		members{"Auditors": members{"Items": []any{}}}, func() bool { return !hasAuditor() })
	w.update(ctx, "update.delta", ev.updatable(), members{
		"KeyUsers": members{"Added": []any{trustee}, "Removed": []any{}, "Dirty": true},
	}, ev.lists("KeyUsers", trustee))
}

// refusals ask what UpdateProject refuses. The last one repairs what the one before did.
func (w *writer) refusals(ctx context.Context) {
	ev := w.ev
	listed := func(member string) []node { return ev.scratch().list(member) }

	w.update(ctx, "update.clear", ev.updatable(), members{"Description": ""}, ev.shows("Description", ""))
	w.update(ctx, "update.trustee", ev.updatable(), members{"Auditors": changed(ev.stranger())},
		ev.lists("Auditors", ev.stranger()))
	w.update(ctx, "update.application", ev.updatable(), members{
		"ApplicationDNs": changed(`\VED\Code Signing\Signing Applications\` + ev.unused),
	}, func() bool { return len(listed("ApplicationDNs")) > 0 })
	isUser := ev.of("self").get("Identities", "0", "IsGroup").value == false && ev.caller() != ""
	w.update(ctx, "update.user", cmp.Or(ev.updatable(), unless(isUser, noCaller)),
		members{"Auditors": changed(ev.caller())}, ev.lists("Auditors", ev.caller()))
	w.update(ctx, "update.name", ev.updatable(), members{
		"Dn": ev.missingDN() + "-renamed", "Description": surveyText,
	}, ev.shows("Description", surveyText))
	w.update(ctx, "update.empty-owners", cmp.Or(ev.updatable(), unless(ev.isAdministrator(),
		"the identity is not a Code Signing Administrator, and could lose the scratch project")),
		members{"Owners": changed()}, func() bool { return len(listed("Owners")) == 0 })
	w.update(ctx, "update.owners",
		cmp.Or(ev.updatable(), unless(len(listed("Owners")) == 0, "the scratch project has an owner")),
		members{"Owners": changed(ev.caller())}, nil)
}

func (ev *evidence) isAdministrator() bool {
	rights := ev.of("scratch.rights").text("Rights")
	return rights != "" && (rights[len(rights)-1]-'0')%2 == 1
}

// knownField is a custom field with values of a visible project.
func (ev *evidence) knownField() node {
	for _, project := range ev.of("projects").list("Projects") {
		for _, field := range project.list("CustomFieldAttributes") {
			if len(field.list("Values")) > 0 {
				return field
			}
		}
	}
	return node{}
}

// scratchField is the field of the scratch project that the survey set.
func (ev *evidence) scratchField(read string) node {
	name := ev.knownField().text("FieldName")
	for _, field := range ev.of(read).list("Project", "CustomFieldAttributes") {
		if name != "" && field.text("FieldName") == name {
			return field
		}
	}
	return node{}
}

// sentValue is a known value in lower case, so that a server that changes the case shows it.
func sentValue(known node) string { return strings.ToLower(known.text("Values", "0")) }

// fields set a custom field and clear it.
func (w *writer) fields(ctx context.Context) {
	known := w.ev.knownField()
	set := func(probe string, values []any, shows func(field node) bool) {
		w.update(ctx, probe, cmp.Or(w.ev.updatable(), unless(known.found, "no visible project has a custom field")),
			members{"CustomFieldAttributes": changed(members{
				"FieldName": known.get("FieldName").value, "Values": values, "Type": known.get("Type").value,
			})}, func() bool { return shows(w.ev.scratchField("scratch")) })
	}
	set("field", []any{sentValue(known)}, func(field node) bool { return field.found })
	set("field.clear", []any{}, func(field node) bool { return len(field.list("Values")) == 0 })
}

// renames give the scratch project other DNs. Cleanup finds it by its GUID.
func (w *writer) renames(ctx context.Context) {
	rename := func(probe, why, dn string) {
		w.try(ctx, probe, renameCall, why, members{"Guid": w.ev.scratch().text("Guid"), "NewDn": dn},
			func() bool { return strings.EqualFold(w.ev.scratch().text("Dn"), dn) })
	}
	rename("rename", "", w.ev.missingDN()+"-2")
	folder := w.ev.folder()
	rename("move", unless(folder != "", "no visible project is in a folder"), folder+`\`+w.ev.unused)
}

// folder is a folder below the root of projects that has a visible project.
func (ev *evidence) folder() string {
	for _, project := range ev.of("projects").list("Projects") {
		dn := project.text("Dn")
		parent := dn[:max(strings.LastIndex(dn, `\`), 0)]
		if len(parent) > len(projectsRoot) && strings.EqualFold(parent[:len(projectsRoot)+1], projectsRoot+`\`) {
			return parent
		}
	}
	return ""
}

// statuses take the scratch project through its statuses. It has no environment, so that nothing can
// be signed with it.
func (w *writer) statuses(ctx context.Context) {
	ev := w.ev
	set := func(probe, why string, status int, shows func() bool) {
		body := members{"Guid": ev.scratch().text("Guid"), "ProjectStatus": status}
		w.try(ctx, probe, statusCall, why, body, shows)
	}
	approve := func(probe string, more members) {
		body := members{}
		if tickets := ev.scratchTickets("tickets"); len(tickets) > 0 {
			body["TicketId"] = tickets[0].get("Id").value
		}
		maps.Copy(body, more)
		w.try(ctx, probe, approveCall, cmp.Or(ev.inStatus("3"), ev.hasTicket()), body, nil)
	}
	is := func(statuses ...string) func() bool { return ev.shows("Status", statuses...) }

	set("direct.draft", ev.inStatus("2"), 1, is("1"))
	set("submit", ev.inStatus("2"), 3, is("3", "1"))
	set("submit.again", cmp.Or(ev.inStatus("3"), ev.hasTicket()), 3, nil)
	set("direct.pending", ev.inStatus("3"), 1, is("1"))
	set("withdraw", ev.inStatus("3"), 2, is("2"))
	set("submit.after", ev.inStatus("2"), 3, is("3", "1"))
	approve("approve.silent", nil)
	approve("approve", members{"Comment": surveyText})
	set("disable", ev.inStatus("1", "2"), 0, is("0"))
	set("enable", ev.inStatus("0"), 1, is("1"))
	w.update(ctx, "update.enabled", ev.inStatus("0", "1"), members{"Description": surveyText + " 4"},
		ev.shows("Description", surveyText+" 4"))
	held := ev.held("update") || ev.held("update.enabled")
	w.update(ctx, "update.second", unless(held, "no update waits for an approval"),
		members{"Description": surveyText + " 5"}, nil)
	w.update(ctx, "update.status", ev.inStatus("1", "2"),
		members{"Status": 0, "Description": surveyText + " 6"}, is("0"))
}

func (ev *evidence) inStatus(statuses ...string) string {
	return unless(ev.shows("Status", statuses...)(), "the scratch project does not have the status for it")
}

func (ev *evidence) hasTicket() string {
	return unless(len(ev.scratchTickets("tickets")) > 0,
		"the identity does not see the flow ticket of the scratch project")
}

// held reports whether the server accepted an update and does not show it.
func (ev *evidence) held(probe string) bool {
	return ev.of(probe).succeeded() && ev.waits[probe] == waitedInVain
}

// scratchTickets are the visible flow tickets of the scratch project.
func (ev *evidence) scratchTickets(probe string) (tickets []node) {
	for _, ticket := range ev.of(probe).list("Tickets") {
		environment := ticket.get("Environment")
		asMap, _ := environment.value.(map[string]any)
		values := slices.Collect(maps.Values(asMap))
		for _, pair := range environment.list() {
			values = append(values, pair.get("Value").value)
		}
		if slices.ContainsFunc(ev.names, func(name string) bool { return node{value: values}.has(name) }) {
			tickets = append(tickets, ticket)
		}
	}
	return tickets
}

// workflowTickets create a ticket for the caller and one for others, on the scratch project, and
// decide them. That is done only if a workflow is named: a ticket needs one, and a survey cannot find
// it.
func (w *writer) workflowTickets(ctx context.Context) {
	ev, why := w.ev, ""
	switch {
	case ev.workflow == "":
		why = "no workflow was named (WORKFLOW)"
	case ev.caller() == "":
		why = "the scratch project cannot be read"
	}
	call := func(probe, call string, body members) { w.attempt(ctx, probe, call, why, body) }
	create := func(probe, approver string) {
		call(probe, createTicketCall, members{
			"ObjectDN": ev.scratch().text("Dn"), "WorkflowDN": ev.workflow, "Reason": 1, "UserData": ev.unused,
			"Approvers": []any{members{"PrefixedUniversal": approver}},
		})
	}
	about := func(created string, more members) members {
		body := members{"GUID": ev.of(created).text("GUID")}
		maps.Copy(body, more)
		return body
	}
	approved := members{"Status": "Approved", "Explanation": surveyText}

	create("ticket.create", ev.caller())
	create("foreign.create", ev.stranger())
	call("ticket.new", "Workflow/Ticket/Details", about("ticket.create", nil))
	call("ticket.refresh", "Permissions/Refresh", nil)
	call("ticket.decide", decideTicketCall, about("ticket.create", approved))
	call("ticket.after", "Workflow/Ticket/Details", about("ticket.create", nil))
	call("foreign.decide", decideTicketCall, about("foreign.create", approved))
}
