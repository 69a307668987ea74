package main

import "strings"

var identityQuestions = []question{
	{
		"identity-unknown", "What is the answer of Validate for an unknown identity?",
		[]string{"an object without ID", "ID is null", "an empty body", "HTTP 204", "HTTP 400", "HTTP 5xx"},
		"identity.unknown",
		"configuration", func(ev *evidence) string {
			e := ev.of("identity.unknown")
			value, _, found := e.get("ID")
			switch {
			case e == nil || e.status > 299:
				return refusalOf(e)
			case e.status == 204:
				return "HTTP 204"
			case e.isEmpty():
				return "an empty body"
			case !found:
				return "an object without ID"
			case value == nil:
				return "ID is null"
			default:
				return ""
			}
		},
	},
	{
		"universal", "How is the universal of a local identity written?",
		[]string{"in braces", "with dashes", another},
		"identity.browse", "configuration", localUniversal,
	},
	{
		"browse", "Does Browse find local identities for a caller of another directory?",
		[]string{yes, no},
		"identity.browse",
		"configuration", browsesLocal,
	},
	{
		"self-scope", "Does Identity/Self need the scope configuration?",
		[]string{yes, no},
		"self", "configuration",
		func(ev *evidence) string {
			scopes, known := ev.grantedScopes()
			switch {
			case requiredScope(ev.of("self")) == "configuration":
				return yes
			case ev.of("self").succeeded() && known && !scopes["configuration"]:
				return no
			default:
				return ""
			}
		},
	},
}

// identities are the caller, its groups and what Browse found.
func identities(ev *evidence) []any {
	return append(append([]any{}, ev.of("self").list("Identities")...), ev.of("identity.browse").list("Identities")...)
}

func localUniversal(ev *evidence) string {
	for _, identity := range identities(ev) {
		value, _, _ := lookUp(identity, "PrefixedUniversal")
		universal := textOf(value)
		if !strings.HasPrefix(strings.ToLower(universal), "local:") {
			continue
		}
		switch classOf(universal) {
		case "universal in braces":
			return "in braces"
		case "universal with dashes":
			return "with dashes"
		default:
			return another
		}
	}
	return ""
}

func browsesLocal(ev *evidence) string {
	caller := strings.ToLower(ev.of("self").text("Identities", "0", "Prefix"))
	found := ev.of("identity.browse").list("Identities")
	if caller == "" || caller == "local" || len(found) == 0 {
		return ""
	}
	for _, identity := range found {
		prefix, _, _ := lookUp(identity, "Prefix")
		if strings.EqualFold(textOf(prefix), "local") {
			return yes
		}
	}
	return no
}

// policy classifies a truth value of the global configuration.
func policy(member string) func(*evidence) string {
	return func(ev *evidence) string {
		value, _, found := ev.of("global").get("GlobalConfiguration", member)
		switch on, isFlag := value.(bool); {
		case !found || value == nil:
			return ifAny(ev.of("global"), false, "", absent)
		case isFlag && on:
			return "on"
		default:
			return "off"
		}
	}
}

var configurationQuestions = []question{
	{
		"global", "Does the global configuration have the members of newer servers?",
		[]string{yes, no},
		"global", "codesign:manage",
		func(ev *evidence) string {
			_, _, found := ev.of("global").get("GlobalConfiguration", "EnforceGroupRoles")
			return ifAny(ev.of("global"), found, yes, no)
		},
	},
	{
		"group-roles", "Is EnforceGroupRoles on?",
		[]string{"on", "off", absent},
		"global", "codesign:manage",
		policy("EnforceGroupRoles"),
	},
	{
		"self-dealing", "Is PreventSelfDealing on?",
		[]string{"on", "off", absent},
		"global", "codesign:manage",
		policy("PreventSelfDealing"),
	},
	{
		"update-flow", "Is a flow assigned to updates of projects?",
		[]string{yes, no, absent},
		"global", "codesign:manage",
		func(ev *evidence) string {
			value, _, found := ev.of("global").get("GlobalConfiguration", "ProjectUpdateFlowDN")
			if !found {
				return ifAny(ev.of("global"), false, "", absent)
			}
			return ifAny(ev.of("global"), textOf(value) != "", yes, no)
		},
	},
}

// environment is the one that GetEnvironment returned, with its answer.
func environment(ev *evidence) (any, *exchange) {
	for _, probe := range []string{"environment.guid", "environment.id", "environment.dn"} {
		for _, kind := range environmentKinds {
			if found, _, there := ev.of(probe).get(kind + "Environment"); there && found != nil {
				return found, ev.of(probe)
			}
		}
	}
	return nil, nil
}

var environmentQuestions = []question{
	{
		"environment", "Does GetEnvironment return the environment?",
		[]string{yes, no},
		"environment.guid", "codesign",
		func(ev *evidence) string {
			found, _ := environment(ev)
			return ifAny(ev.of("environment.guid"), found != nil, yes, no)
		},
	},
	{
		"environment-dn", "How is the DN of an environment written?",
		[]string{"plain", "with doubled backslashes"},
		"projects",
		"codesign", func(ev *evidence) string {
			_, found := environmentOf(ev.project())
			value, _, there := lookUp(found, "Dn")
			switch {
			case !there:
				return ""
			case classOf(textOf(value)) == "DN with doubled backslashes":
				return "with doubled backslashes"
			default:
				return "plain"
			}
		},
	},
	{
		"country", "How is Country of a certificate environment spelled?",
		[]string{"Country", "country"},
		"environment.guid",
		"codesign", func(ev *evidence) string {
			found, e := environment(ev)
			_, spelled, there := lookUp(found, "Country")
			if !there || !e.succeeded() || memberSpelling(ev) == "lower case" {
				return ""
			}
			if spelled == "country" {
				return spelled
			}
			return "Country"
		},
	},
	{
		"application-pattern", "Which member has the pattern of permitted arguments?",
		[]string{"CommandRestrictionRegex", "PermittedArgumentPattern", absent},
		"applications", "codesign",
		func(ev *evidence) string {
			list := ev.of("applications").list("Applications")
			if len(list) == 0 {
				return ""
			}
			for _, member := range []string{"PermittedArgumentPattern", "CommandRestrictionRegex"} {
				if _, _, found := lookUp(list[0], member); found {
					return member
				}
			}
			return absent
		},
	},
}
