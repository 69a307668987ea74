package simulator

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// listMembers are the lists of a project object that UpdateProject replaces; the roles come first.
var listMembers = []string{"Owners", "Auditors", "KeyUsers", "KeyUseApprovers", "ApplicationDNs"}

var roleMembers = listMembers[:4]

// lists are the lists behind listMembers.
func (p *Project) lists() []*[]string {
	return []*[]string{&p.Owners, &p.Auditors, &p.KeyUsers, &p.KeyUseApprovers, &p.Applications}
}

func (p *Project) list(member string) *[]string { return p.lists()[slices.Index(listMembers, member)] }

func (p Project) clone() Project {
	for _, list := range p.lists() {
		*list = slices.Clone(*list)
	}
	p.CustomFields = maps.Clone(p.CustomFields)
	return p
}

// changed names the members in which two projects differ, of those that UpdateProject changes.
func (p *Project) changed(other *Project) []string {
	var names []string
	if p.Description != other.Description {
		names = append(names, "Description")
	}
	for _, member := range listMembers {
		if !slices.Equal(*p.list(member), *other.list(member)) {
			names = append(names, member)
		}
	}
	if !maps.EqualFunc(p.CustomFields, other.CustomFields, slices.Equal[[]string]) {
		names = append(names, "CustomFieldAttributes")
	}
	return names
}

// resolved is a project of a World as the server keeps it: with prefixed universals and DNs, and
// without what its item has.
func (s *Server) resolved(w Project) Project {
	for _, member := range roleMembers {
		*w.list(member) = s.people.trustees(*w.list(member))
	}
	w.Approvers = s.people.trustees(w.Approvers)
	w.Applications = mapped(slices.Concat(w.Applications, w.Collections), applicationDN)
	w.CustomFields = s.settings.storedFields(w.CustomFields)
	w.CreatedOn = cmp.Or(w.CreatedOn, s.now)
	w.Name, w.DN, w.GUID, w.ID, w.Status = "", "", "", 0, ""
	w.Collections, w.Environments, w.Rights = nil, nil, nil
	return w
}

// setValues changes a project for good and for reads after the lag.
func (s *Server) setValues(p *project, to Project) {
	what := p.changed(&to)
	if len(what) == 0 {
		return
	}
	p.shownValues.keep(p.valuesAt(s.now).clone(), s.now, s.settings.UpdateLag)
	p.Project = to
	p.touch()
	s.note(Event{Kind: EventChanged, Object: p.dn, Detail: strings.Join(what, ", ")})
}

// edit is what a ProjectEdit makes of a project.
func (s *Server) edit(p Project, e ProjectEdit) Project {
	p = p.clone()
	if e.Description != nil {
		p.Description = *e.Description
	}
	for i, edit := range []ListEdit{e.Owners, e.Auditors, e.KeyUsers, e.KeyUseApprovers, e.Applications} {
		list, full := p.lists()[i], s.people.trustee
		if i >= len(roleMembers) {
			full = applicationDN
		}
		for _, name := range edit.Remove {
			*list = slices.DeleteFunc(*list, func(have string) bool { return strings.EqualFold(have, full(name)) })
		}
		for _, name := range edit.Add {
			if !hasFold(*list, full(name)) {
				*list = append(*list, full(name))
			}
		}
	}
	for name, list := range e.CustomFields {
		p.CustomFields[name] = list
		if len(list) == 0 {
			delete(p.CustomFields, name)
		}
	}
	return p
}

// storedFields is how the server keeps custom fields.
func (m ProjectModes) storedFields(fields map[string][]string) map[string][]string {
	stored := map[string][]string{}
	for name, list := range fields {
		stored[name] = mapped(list, m.storedField)
	}
	return stored
}

// storedField is how the server keeps a value of a custom field.
func (m ProjectModes) storedField(value string) string {
	switch m.CustomFieldSpelling {
	case "upper":
		return strings.ToUpper(value)
	case "date":
		if day, err := time.Parse(time.DateOnly, value); err == nil {
			return fmt.Sprintf("%d/%d/%d", day.Month(), day.Day(), day.Year())
		}
	}
	return value
}
