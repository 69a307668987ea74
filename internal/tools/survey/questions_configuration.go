package main

import (
	"cmp"
	"strings"
)

func identityQuestions(ev *evidence) []observation {
	self, browse := ev.of("self"), ev.of("identity.browse")
	found, prefix := browse.list("Identities"), self.text("Identities", "0", "Prefix")
	foreign := prefix != "" && !strings.EqualFold(prefix, "local") && len(found) > 0
	local := preferred(found, func(i node) bool { return strings.EqualFold(i.text("Prefix"), "local") })
	return []observation{
		ev.ask("identity-unknown", "What is the answer of Validate for an unknown identity?", "identity.unknown",
			oneOf(unknownIdentity(ev.of("identity.unknown")), "an object without ID", "ID is null", "an empty body",
				"HTTP 204", "HTTP 400", "HTTP 5xx")),
		ev.ask("universal", "How is the universal of a local identity written?", "identity.browse",
			oneOf(localUniversal(append(self.list("Identities"), found...)), "in braces", "with dashes", another)),
		ev.ask("browse", "Does Browse find local identities for a caller of another directory?", "identity.browse",
			either(yes, no, browse, strings.EqualFold(local.text("Prefix"), "local")).provided(foreign)),
		ev.ask("self-scope", "Does Identity/Self need the scope configuration?", "self",
			oneOf(ev.needs(self, "configuration", yes, no), yes, no)),
	}
}

func unknownIdentity(e *exchange) string {
	id := e.get("ID")
	switch {
	case e.status > 299:
		return e.refusal()
	case e.status == 0 || id.value != nil:
		return ""
	case e.status == 204:
		return "HTTP 204"
	case e.isEmpty():
		return "an empty body"
	case id.found:
		return "ID is null"
	default:
		return "an object without ID"
	}
}

func localUniversal(identities []node) string {
	for _, identity := range identities {
		universal := identity.text("PrefixedUniversal")
		if strings.HasPrefix(strings.ToLower(universal), "local:") {
			forms := map[string]string{"universal in braces": "in braces", "universal with dashes": "with dashes"}
			return cmp.Or(forms[classOf(universal)], another)
		}
	}
	return ""
}

func configurationQuestions(ev *evidence) []observation {
	global := ev.of("global")
	member := func(name string) node { return global.get("GlobalConfiguration", name) }
	flow := oneOf(success(global, absent), yes, no, absent)
	if update := member("ProjectUpdateFlowDN"); update.found {
		flow.answer = either(yes, no, global, update.text() != "").answer
	}
	policy := func(name string) choice {
		c := oneOf("off", "on", "off", absent)
		switch member(name).value {
		case nil:
			c.answer = success(global, absent)
		case true:
			c.answer = "on"
		}
		return c
	}
	return []observation{
		ev.ask("global", "Does the global configuration have the members of newer servers?", "global",
			either(yes, no, global, member("EnforceGroupRoles").found)),
		ev.ask("group-roles", "Is EnforceGroupRoles on?", "global", policy("EnforceGroupRoles")),
		ev.ask("self-dealing", "Is PreventSelfDealing on?", "global", policy("PreventSelfDealing")),
		ev.ask("update-flow", "Is a flow assigned to updates of projects?", "global", flow),
	}
}

// environment is the one that GetEnvironment returned, with its answer.
func environment(ev *evidence) (node, *exchange) {
	for _, probe := range []string{"environment.guid", "environment.id", "environment.dn"} {
		for _, kind := range environmentKinds {
			if found := ev.of(probe).get(kind + "Environment"); found.value != nil {
				return found, ev.of(probe)
			}
		}
	}
	return node{}, &exchange{}
}

func environmentQuestions(ev *evidence) []observation {
	found, e := environment(ev)
	listed, country := environmentOf(ev.project()).get("Dn"), found.get("Country")
	doubled := classOf(listed.text()) == "DN with doubled backslashes"
	return []observation{
		ev.ask("environment", "Does GetEnvironment return the environment?", "environment.guid",
			either(yes, no, ev.of("environment.guid"), found.value != nil)),
		ev.ask("environment-dn", "How is the DN of an environment written?", "projects",
			which(!doubled, "plain", "with doubled backslashes").provided(listed.found)),
		ev.ask("country", "How is Country of a certificate environment spelled?", "environment.guid",
			which(country.name != "country", "Country", "country").
				provided(country.found && e.succeeded() && memberSpelling(ev) != "lower case")),
		ev.ask("application-pattern", "Which member has the pattern of permitted arguments?", "applications",
			argumentPattern(ev.of("applications").list("Applications"))),
	}
}

func argumentPattern(applications []node) choice {
	c := oneOf("", "CommandRestrictionRegex", "PermittedArgumentPattern", absent)
	if len(applications) > 0 {
		c.answer = absent
		for _, member := range []string{"CommandRestrictionRegex", "PermittedArgumentPattern"} {
			if applications[0].get(member).found {
				c.answer = member
			}
		}
	}
	return c
}
