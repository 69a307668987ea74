package main

import (
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/google/uuid"
)

const projectsRoot = `\VED\Code Signing\Projects`

// hints are objects that a survey cannot find by itself. They stay in the program.
type hints struct {
	project  string // DN of a project to read, if projects cannot be listed
	hidden   string // DN of a project that exists, on which the identity has no role
	workflow string // DN of a workflow, for tickets of the writing survey
	foreign  string // GUID of a workflow ticket that exists, which the identity may not read
}

// evidence is all answers so far, by probe.
type evidence struct {
	hints
	exchanges map[string]*exchange
	skipped   map[string]string // why a probe was not sent
	waits     map[string]string // how long a write took to show, by probe
	names     []string          // DNs that the scratch project had
	unused    string            // a name that no object has
	guid      string            // a GUID that no object has
}

func newEvidence(h hints) *evidence {
	guid := uuid.NewString()
	return &evidence{
		hints: h, exchanges: map[string]*exchange{}, skipped: map[string]string{}, waits: map[string]string{},
		unused: "tf-survey-" + guid[:8], guid: guid,
	}
}

// of returns the answer to a probe, or an empty exchange for a probe that was not sent.
func (ev *evidence) of(probe string) *exchange {
	if e := ev.exchanges[probe]; e != nil {
		return e
	}
	return &exchange{}
}

// missingDN is the DN of a project that does not exist.
func (ev *evidence) missingDN() string { return projectsRoot + `\` + ev.unused }

// stranger is a trustee that does not exist.
func (ev *evidence) stranger() string { return "local:{" + ev.guid + "}" }

// preferred is the first element with a property, else the first one.
func preferred(list []node, property func(node) bool) node {
	if i := slices.IndexFunc(list, property); i >= 0 {
		return list[i]
	}
	if len(list) > 0 {
		return list[0]
	}
	return node{}
}

// project is a project of the enumeration, one with environments first.
func (ev *evidence) project() node {
	projects := ev.of("projects").list("Projects")
	if found := preferred(projects, func(p node) bool { return environmentOf(p).found }); found.found {
		return found
	}
	return ev.of("project.hint").get("Project")
}

func (ev *evidence) projectDN() string { return ev.project().text("Dn") }

var environmentKinds = []string{"Certificate", "Apple", "KeyPair", "CSP", "DotNet", "GPG"}

// environmentOf is an environment of a project, a certificate first.
func environmentOf(project node) node {
	for _, kind := range environmentKinds {
		if found := project.list(kind + "Environments"); len(found) > 0 {
			return found[0]
		}
	}
	return node{}
}

// caller is the prefixed universal of the identity.
func (ev *evidence) caller() string {
	return cmp.Or(ev.of("self").text("Identities", "0", "PrefixedUniversal"), ev.of("verify").text("identity"))
}

// flowTicket is a ticket of the list, one with approvals first.
func (ev *evidence) flowTicket() node {
	return preferred(ev.of("flow.all").list("Tickets"), func(t node) bool { return len(t.list("Approvals")) > 0 })
}

// lacks reports whether the token certainly does not have a scope, such as "codesign:manage".
func (ev *evidence) lacks(scope string) bool {
	described := cmp.Or(ev.of("verify").text("scope"), ev.of("grant").text("scope"))
	area, privilege, restricted := strings.Cut(scope, ":")
	for part := range strings.SplitSeq(strings.ReplaceAll(described, " ", ""), ";") {
		name, privileges, _ := strings.Cut(part, ":")
		if name == area && (!restricted || slices.Contains(strings.Split(privileges, ","), privilege)) {
			return false
		}
	}
	return described != ""
}

// namedScope is a scope in the text of a refusal, of which calls for flow tickets name the privilege
// only. A report names no scope but the vendor's.
var namedScope = regexp.MustCompile(
	`['"](codesign|configuration|security|)(|:admin|:approve|:delete|:manage)['"]`)

// requiredScope is the scope that the refusal of a call names.
func requiredScope(e *exchange) string {
	found := namedScope.FindStringSubmatch(strings.ToLower(e.text("error_description")))
	if found == nil || e.status != 403 && e.status != 401 {
		return ""
	}
	return cmp.Or(found[1], "codesign") + found[2]
}

// whyNot says why the answer to a probe settles nothing.
func (ev *evidence) whyNot(probe string) string {
	e := ev.of(probe)
	switch {
	case ev.skipped[probe] != "":
		return ev.skipped[probe]
	case e.status == 0:
		return "the call was not made"
	case e.status == 401:
		return "the server rejected the token"
	case e.status == 403:
		if scope := requiredScope(e); scope != "" {
			return "the token lacks the scope " + scope
		}
		return "the token lacks a scope"
	case e.status == 404 || e.status == 405:
		return "the server does not have the call"
	case e.status > 299:
		return fmt.Sprintf("the server answered HTTP %d", e.status)
	case e.value == nil && !e.isEmpty():
		return "the answer is not readable JSON"
	}
	if code, there := e.result(); there && code == 2 {
		return "the identity lacks the role"
	}
	return "the answer does not show it"
}
