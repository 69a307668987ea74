package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// probe is one reading call. Without a text in its body, the call cannot be made, and missing says
// what there is not.
type probe struct {
	name, call, missing string
	body                members
}

type members = map[string]any

// isIncomplete reports a body without one of its texts.
func isIncomplete(body members) bool {
	for _, value := range body {
		inner, _ := value.(members)
		if value == nil || value == "" || isIncomplete(inner) {
			return true
		}
	}
	return false
}

const (
	noProject     = "no project is visible"
	noEnvironment = "no project with an environment is visible"
	noFlowTicket  = "no flow ticket is visible"
	noTicket      = "no workflow ticket is visible"
	noCaller      = "the server does not say who the caller is"
	noHidden      = "no project without a role of the identity was named (HIDDEN)"
	noForeign     = "no workflow ticket of other approvers was named (FOREIGN)"
)

// otherBraces is a GUID in the other spelling.
func otherBraces(guid string) string {
	if bare := strings.Trim(guid, "{}"); bare != guid || guid == "" {
		return bare
	}
	return "{" + guid + "}"
}

// readingProbes are all calls of the reading survey, in their order. Bodies depend on earlier answers.
func (ev *evidence) readingProbes() []probe {
	return slices.Concat(ev.projectProbes(), ev.rightsProbes(), ev.ticketProbes(), ev.configurationProbes())
}

// byPrefix filters by the name of the project without its last character.
func (ev *evidence) byPrefix(suffix string) members {
	dn := ev.projectDN()
	name := []rune(dn[strings.LastIndex(dn, `\`)+1:])
	if len(name) < 2 {
		return members{"Filter": ""}
	}
	return members{"Filter": string(name[:len(name)-1]) + suffix}
}

func (ev *evidence) projectProbes() []probe {
	const get, enumerate = "Codesign/GetProject", "Codesign/EnumerateProjects"
	project, dn := ev.project(), ev.projectDN()
	return []probe{
		{"version", "SystemStatus/Version", "", nil},
		{"verify", "authorize/verify", "", nil},
		{"self", "Identity/Self", "", nil},
		{"projects", enumerate, "", members{}},
		{"project.hint", get, "no project was named", members{"Dn": ev.hints.project}},
		{"projects.prefix", enumerate, noProject, ev.byPrefix("")},
		{"projects.star", enumerate, noProject, ev.byPrefix("*")},
		{"projects.admin", enumerate, "", members{"Rights": 1}},
		{"project.dn", get, noProject, members{"Dn": dn}},
		{"project.dn-case", get, noProject, members{"Dn": strings.ToUpper(dn)}},
		{"project.guid", get, noProject, members{"Guid": project.text("Guid")}},
		{"project.guid-other", get, noProject, members{"Guid": otherBraces(project.text("Guid"))}},
		{"project.id", get, noProject, members{"Id": project.text("Id")}},
		{"project.missing", get, "", members{"Dn": ev.missingDN()}},
		{"project.missing-guid", get, "", members{"Guid": "{" + ev.guid + "}"}},
		{"project.folder", get, "", members{"Dn": projectsRoot}},
		{"project.hidden", get, noHidden, members{"Dn": ev.hidden}},
	}
}

func (ev *evidence) rightsProbes() []probe {
	return []probe{
		{"rights.object", "Codesign/GetObjectRights", noProject, members{"Dn": ev.projectDN()}},
		{"rights.own", "Codesign/GetRight", noProject, members{"Dn": ev.projectDN()}},
		{"rights.trustee", "Codesign/GetTrusteeRights", noCaller, members{"Trustee": ev.caller()}},
		{"rights.none", "Codesign/GetTrusteeRights", "", members{"Trustee": ev.stranger()}},
	}
}

func (ev *evidence) ticketProbes() []probe {
	const enumerate, details = "Flow/Tickets/Enumerate", "Workflow/Ticket/Details"
	workflow := members{"GUID": ev.of("workflow.own").text("GUIDs", "0")}
	return []probe{
		{"refresh", "Permissions/Refresh", "", nil},
		{"flow.all", enumerate, "", ticketPage(0, 100, 0)},
		{"flow.signing", enumerate, "", ticketPage(1610743808, 100, 0)},
		{"flow.first", enumerate, "", ticketPage(0, 1, 0)},
		{"flow.second", enumerate, "", ticketPage(0, 1, 1)},
		{"flow.beyond", enumerate, "", ticketPage(0, 1, 100000)},
		{"flow.load", "Flow/Tickets/Load", noFlowTicket, members{"TicketId": ev.flowTicket().get("Id").value}},
		{"workflow.own", "Workflow/Ticket/Enumerate", "", members{}},
		{"workflow.missing", details, "", members{"GUID": ev.guid}},
		{"workflow.details", details, noTicket, workflow},
		{"workflow.status", "Workflow/Ticket/Status", noTicket, workflow},
		{"workflow.foreign", details, noForeign, members{"GUID": ev.foreign}},
	}
}

func ticketPage(product, size, number int) members {
	return members{"ProductCode": product, "TicketPageSize": size, "TicketPageNumber": number}
}

func (ev *evidence) configurationProbes() []probe {
	const validate, environment = "Identity/Validate", "Codesign/GetEnvironment"
	dn, found := ev.projectDN(), environmentOf(ev.project())
	universal := func(text string) members { return members{"ID": members{"PrefixedUniversal": text}} }
	named := members{"ID": members{"PrefixedName": ev.of("self").text("Identities", "0", "PrefixedName")}}
	return []probe{
		{"identity.own", validate, noCaller, universal(ev.caller())},
		{"identity.name", validate, noCaller, named},
		{"identity.unknown", validate, "", universal(ev.stranger())},
		{"identity.browse", "Identity/Browse", "", members{"Filter": "", "Limit": 20, "IdentityType": 3}},
		{"config.valid", "Config/IsValid", noProject, members{"ObjectDN": dn}},
		{"config.missing", "Config/IsValid", "", members{"ObjectDN": ev.missingDN()}},
		{"config.guid", "Config/DnToGuid", noProject, members{"ObjectDN": dn}},
		{"config.dn", "Config/GuidToDn", noProject, members{"ObjectGUID": ev.project().text("Guid")}},
		{"config.read", "Config/Read", noProject, members{"ObjectDN": dn, "AttributeName": "Status"}},
		{"global", "Codesign/GetGlobalConfiguration", "", nil},
		{"environment.guid", environment, noEnvironment, members{"Guid": found.get("Guid").value}},
		{"environment.id", environment, noEnvironment, members{"Id": found.get("Id").value}},
		{"environment.dn", environment, noEnvironment, members{"Dn": found.get("Dn").value}},
		{"applications", "Codesign/EnumerateApplications", "", members{}},
	}
}

// survey asks the questions of one server.
type survey struct {
	session *session
	ev      *evidence
	out     io.Writer
}

var errTokenRejected = errors.New("the server rejected the token: check the environment variables of the provider")

// read makes the reading calls, in their order.
func (s *survey) read(ctx context.Context) error {
	for i := range s.ev.readingProbes() {
		if err := ctx.Err(); err != nil {
			return err
		}
		probes := s.ev.readingProbes() // with what the answers so far show
		p := probes[i]
		fmt.Fprintf(s.out, "[%2d/%d] %s\n", i+1, len(probes), p.call)
		if err := s.probe(ctx, p); err != nil {
			return err
		}
	}
	return nil
}

func (s *survey) probe(ctx context.Context, p probe) error {
	if p.missing != "" && isIncomplete(p.body) {
		s.ev.skipped[p.name] = p.missing
		return nil
	}
	e, err := s.session.send(ctx, p.call, p.body)
	if err != nil {
		s.ev.skipped[p.name] = "the server did not answer"
		if ctx.Err() != nil || len(s.ev.exchanges) > 0 {
			return ctx.Err()
		}
		return err // there was no answer at all
	}
	s.ev.exchanges[p.name] = e
	if e.status == 401 && p.name == "verify" {
		return errTokenRejected
	}
	return nil
}
