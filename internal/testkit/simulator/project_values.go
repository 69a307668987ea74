package simulator

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// values are what UpdateProject changes of a project.
type values struct {
	description                                               string
	owners, auditors, keyUsers, keyUseApprovers, applications []string
	customFields                                              map[string][]string
}

// listMembers are the lists of a project object that UpdateProject replaces; the roles come first.
var listMembers = []string{"Owners", "Auditors", "KeyUsers", "KeyUseApprovers", "ApplicationDNs"}

var roleMembers = listMembers[:4]

// list is the list behind a member of the project object.
func (v *values) list(member string) *[]string {
	switch member {
	case "Owners":
		return &v.owners
	case "Auditors":
		return &v.auditors
	case "KeyUsers":
		return &v.keyUsers
	case "KeyUseApprovers":
		return &v.keyUseApprovers
	default:
		return &v.applications
	}
}

func (v *values) clone() values {
	c := *v
	for _, member := range listMembers {
		*c.list(member) = slices.Clone(*v.list(member))
	}
	c.customFields = maps.Clone(v.customFields)
	return c
}

// changed names the members in which two sets of values differ.
func (v *values) changed(other *values) []string {
	var names []string
	if v.description != other.description {
		names = append(names, "Description")
	}
	for _, member := range listMembers {
		if !slices.Equal(*v.list(member), *other.list(member)) {
			names = append(names, member)
		}
	}
	if !maps.EqualFunc(v.customFields, other.customFields, slices.Equal[[]string]) {
		names = append(names, "CustomFieldAttributes")
	}
	return names
}

// valuesOf are the values of a project of a World.
func (s *Server) valuesOf(w Project) values {
	v := values{
		description: w.Description, customFields: s.settings.storedFields(w.CustomFields),
		owners:   s.people.trustees(w.Owners),
		auditors: s.people.trustees(w.Auditors), keyUsers: s.people.trustees(w.KeyUsers),
		keyUseApprovers: s.people.trustees(w.KeyUseApprovers),
	}
	for _, dn := range slices.Concat(w.Applications, w.Collections) {
		v.applications = append(v.applications, placeDN("", applicationsRoot, dn))
	}
	return v
}

// split separates applications from collections.
func (s *Server) split(dns []string) (applications, collections []string) {
	for _, dn := range dns {
		if it := s.objects.byDN[foldDN(dn)]; it != nil && it.class == classCollection {
			collections = append(collections, dn)
			continue
		}
		applications = append(applications, dn)
	}
	return applications, collections
}

// valuesAt is what a read at that moment shows.
func (p *project) valuesAt(now time.Time) *values {
	if now.Before(p.shownValuesUntil) {
		return &p.shownValues
	}
	return &p.values
}

// setValues changes a project for good and for reads after the lag. user is empty for actors outside
// the API.
func (s *Server) setValues(p *project, to values, user string, now time.Time) {
	what := p.changed(&to)
	if len(what) == 0 {
		return
	}
	p.shownValues, p.shownValuesUntil = p.valuesAt(now).clone(), now.Add(milliseconds(s.settings.UpdateLag))
	p.values = to
	p.touch()
	s.note(Event{Time: now, Kind: EventChanged, Object: p.dn, User: user, Detail: strings.Join(what, ", ")})
}

// edit is what a ProjectEdit makes of the values.
func (s *Server) edit(v values, e ProjectEdit) values {
	v = v.clone()
	if e.Description != nil {
		v.description = *e.Description
	}
	place := func(dn string) string { return placeDN("", applicationsRoot, dn) }
	for _, l := range []struct {
		list *[]string
		edit ListEdit
		full func(string) string
	}{
		{&v.owners, e.Owners, s.people.trustee},
		{&v.auditors, e.Auditors, s.people.trustee},
		{&v.keyUsers, e.KeyUsers, s.people.trustee},
		{&v.keyUseApprovers, e.KeyUseApprovers, s.people.trustee},
		{&v.applications, e.Applications, place},
	} {
		for _, name := range l.edit.Remove {
			*l.list = slices.DeleteFunc(*l.list, func(have string) bool {
				return strings.EqualFold(have, l.full(name))
			})
		}
		for _, name := range l.edit.Add {
			if !hasFold(*l.list, l.full(name)) {
				*l.list = append(*l.list, l.full(name))
			}
		}
	}
	for name, list := range e.CustomFields {
		v.setField(name, list)
	}
	return v
}

// setField replaces the values of a custom field; none removes it.
func (v *values) setField(name string, list []string) {
	if v.customFields == nil {
		v.customFields = map[string][]string{}
	}
	v.customFields[name] = list
	if len(list) == 0 {
		delete(v.customFields, name)
	}
}

func hasFold(list []string, word string) bool {
	return slices.ContainsFunc(list, func(have string) bool { return strings.EqualFold(have, word) })
}

// storedFields is how the server keeps custom fields.
func (m ProjectModes) storedFields(fields map[string][]string) map[string][]string {
	stored := map[string][]string{}
	for name, list := range fields {
		kept := make([]string, 0, len(list))
		for _, value := range list {
			kept = append(kept, m.storedField(value))
		}
		stored[name] = kept
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
