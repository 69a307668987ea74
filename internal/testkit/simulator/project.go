package simulator

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// project is a Project whose people are prefixed universals, with the history that lags need. What
// the item and the fields below have is empty in the Project.
type project struct {
	*item
	Project
	shownValues      Project // what reads show until the lag of an update is over
	shownValuesUntil time.Time
	submitted        time.Time
	status           int
	shown            int // what reads say until the lag is over
	shownUntil       time.Time
	removing         bool // a DeleteProject takes effect later
	environments     []*environment
	rendered         []byte // cache of the answer's project object
	holders          []string
	held             map[string]int // cache of roles
	renderedStatus   int
	listedFrom       time.Time // when EnumerateProjects shows the present DN
	listedDN         string    // what it shows until then; empty: nothing
}

type environment struct {
	*item
	Environment
	status int
}

// statusAt is what a read at that moment sees.
func (p *project) statusAt(now time.Time) int {
	if now.Before(p.shownUntil) {
		return p.shown
	}
	return p.status
}

func (s *Server) addProject(w Project) *project {
	p := &project{
		item: &item{
			dn: placeDN(w.DN, projectsRoot, w.Name), class: classProject, guid: w.GUID, id: w.ID,
			rights: s.people.rights(w.Rights),
		},
		Project: s.resolved(w), status: mustStatus(w.Status, draft),
	}
	p.project = p
	s.objects.add(p.item)
	for _, e := range w.Environments {
		s.addEnvironment(p, e)
	}
	if p.status == pending {
		p.submitted = p.CreatedOn
		if !p.NoTicket && len(s.openTickets(p.dn, 0)) == 0 {
			t := s.raise(p, ProjectFlow, "", time.Now())
			t.Created, t.visibleFrom = p.submitted, time.Now()
		}
	}
	return p
}

func (s *Server) addEnvironment(p *project, e Environment) {
	it := &item{dn: p.dn + `\` + e.Name, class: classEnvironment, guid: e.GUID, id: e.ID, parent: p}
	s.objects.add(it)
	it.environment = &environment{item: it, Environment: e, status: mustStatus(e.Status, p.status)}
	p.environments = append(p.environments, it.environment)
}

// setStatus changes a project's status for good and for reads after the lag. user is empty for
// actors outside the API.
func (s *Server) setStatus(p *project, to int, user string, now time.Time) {
	if p.status == to {
		return
	}
	p.shown, p.shownUntil = p.statusAt(now), now.Add(milliseconds(s.settings.StatusLag))
	s.note(Event{
		Time: now, Kind: EventStatus, Object: p.dn, User: user, From: statusName(p.status), To: statusName(to),
	})
	left := p.status
	p.status = to
	for _, e := range p.environments {
		e.status = to
	}
	p.touch()
	if left == pending {
		s.closeTickets(p.dn, ProjectFlow)
	}
}

// submit takes a project to Pending, or straight to Enabled without approvers.
func (s *Server) submit(p *project, user string, now time.Time) {
	p.submitted = now
	if s.settings.AutoApprove {
		s.setStatus(p, enabled, user, now)
		return
	}
	s.setStatus(p, pending, user, now)
	t := s.raise(p, ProjectFlow, user, now)
	s.note(Event{Time: now, Kind: EventSubmitted, Object: p.dn, User: user, Ticket: t.ID})
}

// touch counts a change of the project and drops what was derived from it.
func (p *project) touch() {
	p.changes++
	p.forget()
}

// forget drops what was derived from the project.
func (p *project) forget() { p.rendered, p.held = nil, nil }

// roles lists who holds which bits on an item.
func (it *item) roles() (order []string, bits map[string]int) {
	if it.project != nil {
		return it.project.roles()
	}
	return sortedKeys(it.rights), it.rights
}

// roles lists who holds which bits on the project, in order of first mention.
func (p *project) roles() (order []string, bits map[string]int) {
	if p.held != nil {
		return p.holders, p.held
	}
	bits = map[string]int{}
	grant := func(bit int, trustees ...string) {
		for _, t := range trustees {
			if _, known := bits[t]; !known {
				order = append(order, t)
			}
			bits[t] |= bit
		}
	}
	grant(rightOwner, p.Owners...)
	grant(rightAudit, p.Auditors...)
	grant(rightUse, p.KeyUsers...)
	grant(rightApproveUse, p.KeyUseApprovers...)
	for _, t := range sortedKeys(p.rights) {
		grant(p.rights[t], t)
	}
	p.holders, p.held = order, bits
	return order, bits
}

// rightsOf is the sum of an identity's rights on an item, installation-wide ones included.
func rightsOf(who *identity, it *item) int {
	_, bits := it.roles()
	sum := who.global()
	for _, me := range who.closure() {
		sum |= bits[me.prefixed()]
	}
	return sum
}

// The numbers of a project's status.
const (
	disabled = iota
	enabled
	draft
	pending
	deleted
	disabledByParent
)

var statusNames = []string{"Disabled", "Enabled", "Draft", "Pending", "Deleted", "DisabledByParent"}

func statusName(n int) string {
	if n >= 0 && n < len(statusNames) {
		return statusNames[n]
	}
	return strconv.Itoa(n)
}

// mustStatus reads a name or a number; empty means what fallback says.
func mustStatus(s string, fallback int) int {
	if s == "" {
		return fallback
	}
	for n, name := range statusNames {
		if strings.EqualFold(name, s) {
			return n
		}
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("simulator: %q is not a project status", s))
	}
	return n
}

// startVisibilityLag starts the lags of a project that was created while the server runs.
func (s *Server) startVisibilityLag(p *project, now time.Time) {
	p.visibleFrom = now.Add(milliseconds(s.settings.VisibilityLag))
	p.listedFrom = now.Add(milliseconds(max(s.settings.VisibilityLag, s.settings.EnumerationLag)))
}

// startRenameLag starts the lag of a project that was renamed; old is its former DN.
func (s *Server) startRenameLag(p *project, old string, now time.Time) {
	if s.settings.EnumerationLag > 0 {
		p.listedDN, p.listedFrom = old, now.Add(milliseconds(s.settings.EnumerationLag))
	}
}

// listed is what EnumerateProjects shows of a project and the DN it shows; nil for nothing.
func (c *call) listed(p *project) (encoded []byte, dn string) {
	switch {
	case p.seenAt(c.now) == nil, c.now.Before(p.listedFrom) && p.listedDN == "":
		return nil, ""
	case c.now.Before(p.listedFrom):
		o := c.projectObject(p, c.now)
		o["Dn"] = p.listedDN
		return mustJSON(o), p.listedDN
	}
	return c.render(p, c.now), p.dn
}
