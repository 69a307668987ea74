package simulator

import (
	"maps"
	"slices"
)

// Snapshot is the present state as a World, with prefixed universals for people; a server made from
// it goes on where this one stands. Tokens are not part of it.
func (s *Server) Snapshot() World {
	defer s.lock()()
	w := World{Clients: s.clients, Settings: s.settings}
	for _, i := range s.people.all {
		s.people.export(i, &w)
	}
	for _, it := range s.objects.order {
		switch it.class {
		case classApplication:
			w.Applications = append(w.Applications, it.export())
		case classCollection:
			w.Collections = append(w.Collections, it.export())
		case classProject:
			w.Projects = append(w.Projects, it.project.export())
		case classContainer:
			if len(it.dn) > len(projectsRoot) && hasFolder(it.dn, projectsRoot) {
				w.Folders = append(w.Folders, it.dn)
			}
		}
	}
	w.WorkflowTickets = mapped(s.workflow, func(t *workflowTicket) WorkflowTicket { return t.WorkflowTicket })
	w.FlowTickets = mapped(s.flow, func(t *flowTicket) FlowTicket { return t.FlowTicket })
	return w
}

func (d *directory) export(i *identity, w *World) {
	u := i.User
	for bit, held := range u.globalRights() {
		*held = i.rights&bit != 0
	}
	if !i.group {
		w.Users = append(w.Users, u)
		return
	}
	members := kept(d.all, func(m *identity) bool { return slices.Contains(m.memberOf, i) })
	u.Members = mapped(members, (*identity).prefixedName)
	w.Groups = append(w.Groups, Group(u))
}

func (it *item) export() Object {
	o := it.source
	o.Name, o.DN, o.GUID, o.ID, o.Rights = "", it.dn, it.guid, it.id, maps.Clone(it.rights)
	return o
}

func (p *project) export() Project {
	w := p.clone()
	w.DN, w.GUID, w.ID, w.Status, w.Rights = p.dn, p.guid, p.id, statusName(p.status), maps.Clone(p.rights)
	for _, e := range p.environments {
		out := e.Environment
		out.GUID, out.ID, out.Status = e.guid, e.id, statusName(e.status)
		w.Environments = append(w.Environments, out)
	}
	return w
}
