package simulator

import (
	"fmt"
	"maps"
	"sync/atomic"
)

// The methods of this file are what other people do while a client works: they need no token and
// obey no roles. A DN that does not exist panics, for it is a mistake in the test.

func (s *Server) mustProject(dn string) *project {
	if p := s.projectAt(projectDN(dn)); p != nil {
		return p
	}
	panic("simulator: there is no project " + dn)
}

// projectAt is the project with a DN; nil for none.
func (s *Server) projectAt(dn string) *project {
	if it := s.objects.at(dn); it != nil {
		return it.project
	}
	return nil
}

// SetProjectStatus sets a status as an administrator does in the user interface. Pending raises a flow ticket like
// any submission.
func (s *Server) SetProjectStatus(dn, status string) {
	defer s.lock()()
	p, to := s.mustProject(dn), mustStatus(status, draft)
	if to == pending && p.status != pending {
		s.submit(p)
		return
	}
	s.setStatus(p, to)
}

// ProjectStatus is the true status by name, whatever reads show; "" where the project does not
// exist.
func (s *Server) ProjectStatus(dn string) string {
	p, _ := s.Project(dn)
	return p.Status
}

// AddProject adds a project to the running server.
func (s *Server) AddProject(p Project) {
	defer s.lock()()
	s.create(p)
}

// RemoveProject removes a project with its environments and open tickets.
func (s *Server) RemoveProject(dn string) {
	defer s.lock()()
	s.removeProject(s.mustProject(dn))
}

// RenameProject moves a project to a new DN.
func (s *Server) RenameProject(dn, newDN string) {
	defer s.lock()()
	s.rename(s.mustProject(dn), projectDN(newDN))
}

func (s *Server) rename(p *project, dn string) {
	old := p.dn
	for _, e := range p.environments {
		s.objects.rename(e.item, dn+`\`+lastPart(e.dn))
	}
	s.objects.rename(p.item, dn)
	for _, t := range s.flow {
		if foldDN(t.DN) == foldDN(old) {
			t.DN = dn
		}
	}
	p.touch()
	p.listed.keep(old, s.now, s.settings.EnumerationLag)
	s.note(Event{Kind: EventRenamed, Object: dn, To: dn})
}

// EditProject changes a project as an administrator does in the web console, past every flow.
func (s *Server) EditProject(dn string, e ProjectEdit) {
	defer s.lock()()
	p := s.mustProject(dn)
	s.setValues(p, s.edit(p.Project, e))
}

// EditBefore edits a project right before each of the next n requests for an operation, as another client
// does. stop ends that early.
func (s *Server) EditBefore(op string, n int64, dn string, e ProjectEdit) (stop func()) {
	var left atomic.Int64
	left.Store(n)
	s.OnRequest(func(r Request) {
		if r.Path == op && left.Add(-1) >= 0 {
			s.EditProject(dn, e)
		}
	})
	return func() { left.Store(0) }
}

// Project is a project as it truly is, whatever reads show, if it exists. People are prefixed
// universals.
func (s *Server) Project(dn string) (Project, bool) {
	defer s.lock()()
	if p := s.projectAt(projectDN(dn)); p != nil {
		return p.export(), true
	}
	return Project{}, false
}

// Projects are all of them, as Project shows one.
func (s *Server) Projects() []Project {
	defer s.lock()()
	return mapped(s.objects.of(classProject), func(it *item) Project { return it.project.export() })
}

// ApproveFlow approves the open flow ticket of a project as a user.
func (s *Server) ApproveFlow(dn, user string) error {
	return s.decideFlow(dn, user, func(t *FlowTicket) int { return s.approve(t, "approved outside") })
}

// RejectFlow rejects the open flow ticket of a project as a user.
func (s *Server) RejectFlow(dn, user, comment string) error {
	return s.decideFlow(dn, user, func(t *FlowTicket) int { return s.reject(t, comment, 1) })
}

func (s *Server) decideFlow(dn, user string, decide func(*FlowTicket) int) error {
	defer s.lock()()
	dn, s.actor = projectDN(dn), s.people.must(user)
	open := s.openTickets(dn, 0)
	if len(open) == 0 {
		return fmt.Errorf("simulator: %s has no open flow ticket", dn)
	}
	t := open[0]
	if result := decide(t); result != flowSuccess {
		return fmt.Errorf("simulator: flow ticket %d: result %d: %s", t.ID, result, flowMessages[result])
	}
	return nil
}

// FlowTickets lists every flow ticket of an object there ever was, whatever its state.
func (s *Server) FlowTickets(dn string) []FlowTicket {
	defer s.lock()()
	of := kept(s.flow, func(t *FlowTicket) bool { return foldDN(t.DN) == foldDN(projectDN(dn)) })
	return mapped(of, func(t *FlowTicket) FlowTicket { return *t })
}

// AddWorkflowTicket adds a ticket and returns its GUID.
func (s *Server) AddWorkflowTicket(t WorkflowTicket) (guid string) {
	defer s.lock()()
	guid = s.addWorkflowTicket(t).GUID
	s.note(Event{Kind: EventCreated, Object: guid})
	return guid
}

// AddFlowTicket adds a flow ticket that no submission of this server raised.
func (s *Server) AddFlowTicket(t FlowTicket) (id int64) {
	defer s.lock()()
	return s.addFlowTicket(t).ID
}

// SetWorkflowTicket decides a ticket outside the API; schedule is start and stop.
func (s *Server) SetWorkflowTicket(guid, status string, schedule ...string) {
	defer s.lock()()
	t := s.workflowTicket(guid)
	if t == nil {
		panic("simulator: there is no workflow ticket " + guid)
	}
	s.note(Event{Kind: EventDecided, Object: t.GUID, To: status})
	schedule = append(schedule, "", "")
	t.Status, t.ScheduledStart, t.ScheduledStop, t.updated = status, schedule[0], schedule[1], s.now
}

// RemoveWorkflowTicket consumes a ticket, as the server does when a decided one has served its
// purpose. One that is gone already stays gone.
func (s *Server) RemoveWorkflowTicket(guid string) {
	defer s.lock()()
	if t := s.workflowTicket(guid); t != nil {
		s.removeTicket(t)
	}
}

// WorkflowTicket is a copy of a ticket, if it still exists.
func (s *Server) WorkflowTicket(guid string) (WorkflowTicket, bool) {
	defer s.lock()()
	if t := s.workflowTicket(guid); t != nil {
		return *t, true
	}
	return WorkflowTicket{}, false
}

// UpdateSettings changes settings while the server runs.
func (s *Server) UpdateSettings(change func(*Settings)) {
	defer s.lock()()
	failures := maps.Clone(s.settings.Failures)
	change(&s.settings)
	if !maps.Equal(failures, s.settings.Failures) {
		clear(s.failed)
	}
	for _, it := range s.objects.of(classProject) {
		it.project.rendered = nil
	}
}

// ExpireTokens makes every access token given out so far expired; refresh tokens stay good.
func (s *Server) ExpireTokens() {
	defer s.lock()()
	for _, n := range s.sessions {
		n.expires = s.now
	}
}
