package main

import "strings"

// rights classifies the first list of rights with a row.
func rights(classify func(value any, spelled string) string) func(*evidence) string {
	return func(ev *evidence) string {
		for _, probe := range []string{"rights.object", "rights.trustee"} {
			e := ev.of(probe)
			value, spelled, found := e.get("RightsList")
			if found && e.succeeded() && (len(listOf(value)) > 0 || isFilled(value)) {
				return classify(value, spelled)
			}
		}
		return ""
	}
}

var rightsQuestions = []question{
	{
		"rights-member", "How is the list of rights spelled?",
		[]string{"RightsList", "Rightslist", another},
		"rights.object",
		"codesign:admin", rights(func(_ any, spelled string) string {
			switch spelled {
			case "RightsList", "Rightslist":
				return spelled
			case "rightslist":
				return "RightsList" // all members are in lower case
			default:
				return another
			}
		}),
	},
	{
		"rights-form", "Which form do rights have?",
		[]string{"key and value", "Key and Value", "a map"},
		"rights.object", "codesign:admin",
		rights(func(value any, _ string) string {
			rows := listOf(value)
			if len(rows) == 0 {
				return "a map"
			}
			if _, spelled, _ := lookUp(rows[0], "key"); spelled == "Key" {
				return "Key and Value"
			}
			return "key and value"
		}),
	},
	{
		"rights-empty", "What is the answer for a trustee without rights?",
		[]string{"an empty list", "no list", "HTTP 400"},
		"rights.none", "codesign:admin", func(ev *evidence) string {
			e := ev.of("rights.none")
			if !e.succeeded() {
				if refusal := refusalOf(e); refusal != "InsufficientPermission (2)" {
					return refusal
				}
				return ""
			}
			_, _, found := e.get("RightsList")
			return ifAny(e, found, "an empty list", "no list")
		},
	},
	{
		"rights-scope", "Which scope do the calls for rights need?",
		[]string{"codesign:admin", "codesign:manage", "codesign"},
		"rights.own", "codesign:admin", rightsScope,
	},
}

func isFilled(value any) bool {
	m, isMap := value.(map[string]any)
	return isMap && len(m) > 0
}

// rightsScope is settled by a refusal that names the scope, or by a success without codesign:admin.
func rightsScope(ev *evidence) string {
	scopes, known := ev.grantedScopes()
	for _, probe := range []string{"rights.own", "rights.object", "rights.trustee"} {
		e := ev.of(probe)
		if scope := requiredScope(e); strings.HasPrefix(scope, "codesign") {
			return scope
		}
		refused := e == nil || e.status != 200
		switch {
		case refused, !known, scopes["codesign:admin"]:
		case scopes["codesign:manage"]:
			return "codesign:manage"
		case scopes["codesign"]:
			return "codesign"
		}
	}
	return ""
}
