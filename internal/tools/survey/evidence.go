package main

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
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
	waits     map[string]string // how long a write took to show, by experiment
	names     []string          // DNs that the scratch project had
	unused    string            // a name that no object has
	guid      string            // a GUID that no object has
}

func newEvidence(h hints) *evidence {
	var random [16]byte
	_, _ = rand.Read(random[:])
	digits := hex.EncodeToString(random[:])
	return &evidence{
		hints: h, exchanges: map[string]*exchange{}, skipped: map[string]string{}, waits: map[string]string{},
		unused: "tf-survey-" + digits[:8],
		guid:   fmt.Sprintf("%s-%s-%s-%s-%s", digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]),
	}
}

func (ev *evidence) of(probe string) *exchange { return ev.exchanges[probe] }

// project is a project of the enumeration, one with environments first.
func (ev *evidence) project() any {
	projects := ev.of("projects").list("Projects")
	for _, p := range projects {
		if kind, _ := environmentOf(p); kind != "" {
			return p
		}
	}
	if len(projects) > 0 {
		return projects[0]
	}
	if found, _, there := ev.of("project.hint").get("Project"); there && found != nil {
		return found
	}
	return nil
}

func (ev *evidence) projectText(member string) string {
	value, _, _ := lookUp(ev.project(), member)
	return textOf(value)
}

var environmentKinds = []string{"Certificate", "Apple", "KeyPair", "CSP", "DotNet", "GPG"}

// environmentOf is an environment of a project, a certificate first.
func environmentOf(project any) (kind string, environment any) {
	for _, kind := range environmentKinds {
		list, _, _ := lookUp(project, kind+"Environments")
		if found := listOf(list); len(found) > 0 {
			return kind, found[0]
		}
	}
	return "", nil
}

// caller is the prefixed universal of the identity.
func (ev *evidence) caller() string {
	if universal := ev.of("self").text("Identities", "0", "PrefixedUniversal"); universal != "" {
		return universal
	}
	return ev.of("verify").text("identity")
}

// flowTicket is a ticket of the list, one with approvals first.
func (ev *evidence) flowTicket() any {
	tickets := ev.of("flow.all").list("Tickets")
	i := slices.IndexFunc(tickets, func(t any) bool {
		approvals, _, _ := lookUp(t, "Approvals")
		return len(listOf(approvals)) > 0
	})
	switch {
	case i >= 0:
		return tickets[i]
	case len(tickets) > 0:
		return tickets[0]
	default:
		return nil
	}
}

// grantedScopes are the scopes of the token, as "codesign:manage", if the server describes it.
func (ev *evidence) grantedScopes() (scopes map[string]bool, known bool) {
	described := ev.of("verify").text("scope")
	if described == "" {
		described = ev.of("grant").text("scope")
	}
	scopes = map[string]bool{}
	for scope := range strings.SplitSeq(described, ";") {
		name, restrictions, _ := strings.Cut(strings.TrimSpace(scope), ":")
		scopes[name] = true
		for restriction := range strings.SplitSeq(restrictions, ",") {
			scopes[name+":"+strings.TrimSpace(restriction)] = true
		}
	}
	return scopes, described != ""
}

// requiredScope is a scope that the refusal of a call names, if it is one of the vendor's.
func requiredScope(e *exchange) string {
	if e == nil || e.status != 403 && e.status != 401 {
		return ""
	}
	text := strings.ToLower(e.text("error_description"))
	for _, scope := range []string{
		"codesign:admin", "codesign:manage", "codesign:approve", "codesign:delete", "configuration:manage",
		"configuration:delete", "configuration", "security", "codesign",
	} {
		if strings.Contains(text, "'"+scope+"'") || strings.Contains(text, `"`+scope+`"`) {
			return scope
		}
	}
	return ""
}

// whyNot says why an answer settles nothing.
func (ev *evidence) whyNot(probe, scope string) string {
	e := ev.of(probe)
	switch {
	case ev.skipped[probe] != "":
		return ev.skipped[probe]
	case e == nil:
		return "the call was not made"
	case e.status == 401:
		return "the server rejected the token"
	case e.status == 403:
		if named := requiredScope(e); named != "" {
			scope = named
		}
		return "the token lacks the scope " + scope
	case e.status == 404 || e.status == 405:
		return "the server does not have the call"
	case e.status > 299:
		return fmt.Sprintf("the server answered HTTP %d", e.status)
	case e.doc == nil && !e.isEmpty():
		return "the answer is not readable JSON"
	}
	if code, there := e.result(); there && code == 2 {
		return "the identity lacks the role"
	}
	return "the answer does not show it"
}
