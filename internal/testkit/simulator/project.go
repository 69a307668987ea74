package simulator

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// project is a Project whose people are prefixed universals. What the item and the fields below have is
// empty in the Project.
type project struct {
	*item
	Project
	status       int
	shownStatus  former[int]     // what reads show until the lag of a step is over
	shownValues  former[Project] // what reads show until the lag of an update is over
	listed       former[string]  // the DN that EnumerateProjects shows; "" is nothing
	submitted    time.Time
	removing     bool // a DeleteProject takes effect later
	environments []*environment
	rendered     []byte // cache of the answer's project object
}

type environment struct {
	*item
	Environment
	status int
}

// former is the value that reads show for some time after a change.
type former[T any] struct {
	value T
	until time.Time
}

// at is what a read at that moment sees.
func (f former[T]) at(now time.Time, present T) T {
	if now.Before(f.until) {
		return f.value
	}
	return present
}

// keep lets reads show a value for some milliseconds.
func (f *former[T]) keep(value T, now time.Time, lag int) {
	f.value, f.until = value, now.Add(milliseconds(lag))
}

func (p *project) statusAt(now time.Time) int { return p.shownStatus.at(now, p.status) }

func (p *project) valuesAt(now time.Time) Project { return p.shownValues.at(now, p.Project) }

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
			t := s.raise(p, ProjectFlow)
			t.Created, t.visibleFrom = p.submitted, s.now
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

// setStatus changes a project's status for good and for reads after the lag.
func (s *Server) setStatus(p *project, to int) {
	if p.status == to {
		return
	}
	p.shownStatus.keep(p.statusAt(s.now), s.now, s.settings.StatusLag)
	s.note(Event{Kind: EventStatus, Object: p.dn, To: statusName(to)})
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
func (s *Server) submit(p *project) {
	p.submitted = s.now
	if s.settings.AutoApprove {
		s.setStatus(p, enabled)
		return
	}
	s.setStatus(p, pending)
	t := s.raise(p, ProjectFlow)
	s.note(Event{Kind: EventSubmitted, Object: p.dn, Ticket: t.ID})
}

// touch counts a change of the project.
func (p *project) touch() {
	p.changes++
	p.rendered = nil
}

// roleBits are the rights of those in the lists of roleMembers.
var roleBits = []int{rightOwner, rightAudit, rightUse, rightApproveUse}

// roles lists who holds which bits on an item, in order of first mention.
func (it *item) roles() (order []string, bits map[string]int) {
	bits = map[string]int{}
	grant := func(bit int, trustees ...string) {
		for _, t := range trustees {
			if _, known := bits[t]; !known {
				order = append(order, t)
			}
			bits[t] |= bit
		}
	}
	if it.project != nil {
		for i, bit := range roleBits {
			grant(bit, *it.project.lists()[i]...)
		}
	}
	for _, t := range sortedKeys(it.rights) {
		grant(it.rights[t], t)
	}
	return order, bits
}

// rightsOf is the sum of an identity's rights on an item, installation-wide ones included.
func rightsOf(who *identity, it *item) int {
	sum := who.global()
	for _, me := range who.closure {
		sum |= it.rights[me.prefixed]
	}
	if it.project != nil {
		for i, bit := range roleBits {
			sum |= choose(who.includes(*it.project.lists()[i]), bit, 0)
		}
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
	if n := slices.IndexFunc(statusNames, func(name string) bool { return strings.EqualFold(name, s) }); n >= 0 {
		return n
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		panic(fmt.Sprintf("simulator: %q is not a project status", s))
	}
	return n
}

// create adds a project while the server runs; it shows after the lags.
func (s *Server) create(w Project) *project {
	p := s.addProject(w)
	p.visibleFrom = s.now.Add(milliseconds(s.settings.VisibilityLag))
	p.listed.keep("", s.now, max(s.settings.VisibilityLag, s.settings.EnumerationLag))
	s.note(Event{Kind: EventCreated, Object: p.dn})
	return p
}

// enumerated is what EnumerateProjects shows of a project and the DN it shows; nil for nothing.
func (c *call) enumerated(p *project) (encoded []byte, dn string) {
	switch dn = p.listed.at(c.now, p.dn); {
	case p.seenAt(c.now) == nil || dn == "":
		return nil, ""
	case dn != p.dn:
		o := c.projectObject(p)
		o["Dn"] = dn
		return mustJSON(o), dn
	}
	return c.render(p), dn
}
