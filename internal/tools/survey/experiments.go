package main

import (
	"slices"
	"strings"
)

// experiment is one write to the scratch project, and the read after it.
type experiment struct {
	name, call, scope string
	// why says why it cannot be made, "" if it can; nil: always.
	why  func(ev *evidence) string
	body func(ev *evidence) members
	// shows reports whether a read shows the write. Without it one read follows.
	shows func(ev *evidence) bool
}

const (
	updateCall, statusCall = "Codesign/UpdateProject", "Codesign/UpdateProjectStatus"
	manageScope            = "codesign:manage"
	surveyText             = "scratch project of a survey"
)

// scratch is the project of the writing survey as it was read last.
func (ev *evidence) scratch() any {
	project, _, _ := ev.of("scratch").get("Project")
	return project
}

func (ev *evidence) scratchText(member string) string {
	value, _, _ := lookUp(ev.scratch(), member)
	return textOf(value)
}

func (ev *evidence) scratchList(member string) []any {
	value, _, _ := lookUp(ev.scratch(), member)
	return listOf(value)
}

// trustee is whom the survey gives roles: a group of the caller, or the caller.
func (ev *evidence) trustee() string {
	for _, identity := range ev.of("self").list("Identities") {
		group, _, _ := lookUp(identity, "IsGroup")
		universal, _, _ := lookUp(identity, "PrefixedUniversal")
		if group == true {
			return textOf(universal)
		}
	}
	return ev.caller()
}

var roleMembers = []string{"Owners", "Auditors", "KeyUsers", "KeyUseApprovers", "ApplicationDNs"}

// update is the body of an UpdateProject: all as it was read, then changed.
func update(change func(ev *evidence, project members)) func(*evidence) members {
	return func(ev *evidence) members {
		project := members{
			"Dn": ev.scratchText("Dn"), "Guid": ev.scratchText("Guid"), "Description": ev.scratchText("Description"),
		}
		if id, _, found := lookUp(ev.scratch(), "Id"); found {
			project["Id"] = id
		}
		for _, member := range roleMembers {
			project[member] = members{"Items": notNil(ev.scratchList(member))}
		}
		change(ev, project)
		return members{"Project": project}
	}
}

func notNil(list []any) []any {
	if list == nil {
		return []any{}
	}
	return list
}

func changed(items ...any) members { return members{"Items": notNil(items), "Dirty": true} }

// hasAuditor reports whether the scratch project has the trustee as an auditor.
func hasAuditor(ev *evidence) bool { return listed("Auditors", (*evidence).trustee)(ev) }

func hasItem(list []any, item string) bool {
	return slices.ContainsFunc(list, func(i any) bool { return strings.EqualFold(textOf(i), item) })
}

// listed reports whether a list of the scratch project has an item.
func listed(member string, item func(*evidence) string) func(*evidence) bool {
	return func(ev *evidence) bool { return hasItem(ev.scratchList(member), item(ev)) }
}

// updatable says why the scratch project cannot be updated.
func updatable(ev *evidence) string {
	switch {
	case ev.scratch() == nil:
		return "the scratch project cannot be read"
	case !ev.of("update").succeeded():
		return "the server refuses the first update"
	case ev.waits["update"] == waitedInVain:
		return "updates of the scratch project are not shown"
	default:
		return ""
	}
}

func needs(conditions ...func(*evidence) string) func(*evidence) string {
	return func(ev *evidence) string {
		for _, condition := range conditions {
			if why := condition(ev); why != "" {
				return why
			}
		}
		return ""
	}
}

// keepsLists protects the owners: a server that clears absent lists would remove them.
func keepsLists(ev *evidence) string {
	if !hasAuditor(ev) {
		return "the server may clear lists that are left out"
	}
	return ""
}

func isAdministrator(ev *evidence) string {
	rights := ev.of("scratch.rights").text("Rights")
	if rights == "" || (rights[len(rights)-1]-'0')%2 == 0 {
		return "the identity is not a Code Signing Administrator, and could lose the scratch project"
	}
	return ""
}

func inStatus(statuses ...string) func(*evidence) string {
	return func(ev *evidence) string {
		if !slices.Contains(statuses, ev.scratchText("Status")) {
			return "the scratch project does not have the status for it"
		}
		return ""
	}
}

func described(text string) func(*evidence) bool {
	return func(ev *evidence) bool { return ev.scratchText("Description") == text }
}

// updateExperiments ask how UpdateProject treats what is sent and what is not.
func updateExperiments() []experiment {
	return []experiment{
		{"update", updateCall, manageScope, nil, update(func(ev *evidence, p members) {
			p["Description"], p["Auditors"] = surveyText, changed(ev.trustee())
		}), func(ev *evidence) bool { return described(surveyText)(ev) && hasAuditor(ev) }},
		{"update.absent", updateCall, manageScope, updatable, update(func(_ *evidence, p members) {
			delete(p, "Auditors")
			delete(p, "KeyUsers")
			delete(p, "KeyUseApprovers")
			delete(p, "ApplicationDNs")
			p["Description"] = surveyText + " 2"
		}), described(surveyText + " 2")},
		{"update.restore", updateCall, manageScope, updatable, update(func(ev *evidence, p members) {
			p["Description"], p["Auditors"] = surveyText, changed(ev.trustee())
		}), func(ev *evidence) bool { return described(surveyText)(ev) && hasAuditor(ev) }},
		{"update.no-owners", updateCall, manageScope, needs(updatable, func(ev *evidence) string {
			if !hasItem(auditorsAfter(ev, "update.absent"), ev.trustee()) {
				return "the server clears lists that are left out"
			}
			return ""
		}), update(func(_ *evidence, p members) {
			delete(p, "Owners")
			p["Description"] = surveyText + " 3"
		}), described(surveyText + " 3")},
		{"update.no-description", updateCall, manageScope, updatable, update(func(ev *evidence, p members) {
			delete(p, "Description")
			p["KeyUseApprovers"] = changed(ev.trustee())
		}), func(ev *evidence) bool { return hasItem(ev.scratchList("KeyUseApprovers"), ev.trustee()) }},
		{"update.no-dirty", updateCall, manageScope, needs(updatable, keepsLists), update(func(_ *evidence, p members) {
			p["Auditors"] = members{"Items": []any{}}
		}), func(ev *evidence) bool { return !hasAuditor(ev) }},
		{"update.delta", updateCall, manageScope, updatable, update(func(ev *evidence, p members) {
			p["KeyUsers"] = members{"Added": []any{ev.trustee()}, "Removed": []any{}, "Dirty": true}
		}), func(ev *evidence) bool { return hasItem(ev.scratchList("KeyUsers"), ev.trustee()) }},
	}
}

// refusalExperiments ask what UpdateProject refuses. The last one repairs what the one before did.
func refusalExperiments() []experiment {
	return []experiment{
		{"update.clear", updateCall, manageScope, updatable, update(func(_ *evidence, p members) {
			p["Description"] = ""
		}), described("")},
		{"update.trustee", updateCall, manageScope, updatable, update(func(ev *evidence, p members) {
			p["Auditors"] = changed("local:{" + ev.guid + "}")
		}), listed("Auditors", func(ev *evidence) string { return "local:{" + ev.guid + "}" })},
		{"update.application", updateCall, manageScope, updatable, update(func(ev *evidence, p members) {
			p["ApplicationDNs"] = changed(`\VED\Code Signing\Signing Applications\` + ev.unused)
		}), func(ev *evidence) bool { return len(ev.scratchList("ApplicationDNs")) > 0 }},
		{"update.user", updateCall, manageScope, needs(updatable, func(ev *evidence) string {
			if user, _, _ := ev.of("self").get("Identities", "0", "IsGroup"); user != false || ev.caller() == "" {
				return noCaller
			}
			return ""
		}), update(func(ev *evidence, p members) {
			p["Auditors"] = changed(ev.caller())
		}), listed("Auditors", (*evidence).caller)},
		{"update.name", updateCall, manageScope, updatable, update(func(ev *evidence, p members) {
			p["Dn"], p["Description"] = projectsRoot+`\`+ev.unused+"-renamed", surveyText
		}), described(surveyText)},
		{"update.empty-owners", updateCall, manageScope, needs(updatable,
			isAdministrator), update(func(_ *evidence, p members) {
			p["Owners"] = changed()
		}), func(ev *evidence) bool { return len(ev.scratchList("Owners")) == 0 }},
		{"update.owners", updateCall, manageScope, needs(updatable, func(ev *evidence) string {
			if len(ev.scratchList("Owners")) > 0 {
				return "the scratch project has an owner"
			}
			return ""
		}), update(func(ev *evidence, p members) { p["Owners"] = changed(ev.caller()) }), nil},
	}
}

func auditorsAfter(ev *evidence, name string) []any {
	return ev.of(name+".read").list("Project", "Auditors")
}

// knownField is a custom field with values of a visible project.
func (ev *evidence) knownField() any {
	for _, project := range ev.of("projects").list("Projects") {
		fields, _, _ := lookUp(project, "CustomFieldAttributes")
		for _, field := range listOf(fields) {
			values, _, _ := lookUp(field, "Values")
			if len(listOf(values)) > 0 {
				return field
			}
		}
	}
	return nil
}

func hasField(ev *evidence) string {
	if ev.knownField() == nil {
		return "no visible project has a custom field"
	}
	return ""
}

// scratchField is the field of the scratch project that the survey set.
func scratchField(ev *evidence, read string) any {
	name, _, _ := lookUp(ev.knownField(), "FieldName")
	for _, field := range ev.of(read).list("Project", "CustomFieldAttributes") {
		if found, _, _ := lookUp(field, "FieldName"); textOf(found) == textOf(name) && textOf(name) != "" {
			return field
		}
	}
	return nil
}

func setField(values func(known any) any) func(*evidence) members {
	return update(func(ev *evidence, p members) {
		name, _, _ := lookUp(ev.knownField(), "FieldName")
		kind, _, _ := lookUp(ev.knownField(), "Type")
		p["CustomFieldAttributes"] = changed(members{
			"FieldName": name, "Values": values(ev.knownField()), "Type": kind,
		})
	})
}

// sentValue is a known value in lower case, so that a server that changes the case shows it.
func sentValue(known any) string {
	value, _, _ := lookUp(known, "Values", "0")
	return strings.ToLower(textOf(value))
}

func fieldExperiments() []experiment {
	sent := func(known any) any { return []any{sentValue(known)} }
	return []experiment{
		{"field", updateCall, manageScope, needs(updatable, hasField), setField(sent), func(ev *evidence) bool {
			return scratchField(ev, "scratch") != nil
		}},
		{"field.clear", updateCall, manageScope, needs(updatable, hasField), setField(func(any) any {
			return []any{}
		}), func(ev *evidence) bool {
			values, _, _ := lookUp(scratchField(ev, "scratch"), "Values")
			return len(listOf(values)) == 0
		}},
	}
}
