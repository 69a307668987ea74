package main

import "strings"

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
	scopes, known := ev.grantedScopes()
	for _, probe := range []string{"rights.own", "rights.object", "rights.trustee"} {
		e := ev.of(probe)
		if scope := requiredScope(e); strings.HasPrefix(scope, "codesign") {
			return scope
		}
		switch {
		case e.status != 200, !known, scopes["codesign:admin"]:
		case scopes["codesign:manage"]:
			return "codesign:manage"
		case scopes["codesign"]:
			return "codesign"
		}
	}
	return ""
}
