package simulator

import (
	"fmt"
	"maps"
	"slices"
	"strings"
)

// projectChange is what an UpdateProject asks for; what is absent stays.
type projectChange struct {
	dn          string // a new name; empty: none
	status      *int
	description *string
	lists       map[string][]string
	fields      map[string][]string // all of them, when not nil
}

func updateProject(c *call) answer {
	r, sent := c.member("Project")
	c.stopIf(!sent, badRequest("Project is required."))
	p := r.named()
	c.maintain(p)
	c.stopIf(p.status == deleted, signFail(signUpdate, "The project is queued for deletion."))
	r.inspect(p)
	change := r.change(p)
	c.check(p, change)
	partly := c.restrict(p, &change)
	if a, held := c.hold(p, change); held {
		return a
	}
	if after := c.after(p, change); len(p.changed(&after)) == 0 && change.dn == "" && change.status == nil {
		c.remark(p.dn, "UpdateProject changes nothing")
	}
	c.apply(p, change)
	c.stopIf(partly, signFail(signRelated, "The project was saved, its applications were not."))
	return signOK(nil)
}

// change reads what the request asks for.
func (c *call) change(p *project) projectChange {
	change := projectChange{lists: map[string][]string{}}
	var dn, description string
	if c.into(&dn, "Dn") && foldDN(dn) != foldDN(p.dn) {
		c.remark(p.dn, "UpdateProject with another Dn")
		if c.settings.UpdateRenames {
			c.newPlace(p, dn, signUpdate)
			change.dn = dn
		}
	}
	if c.into(&description, "Description") || c.settings.AbsentDescriptionCleared {
		change.description = &description
	}
	for _, member := range listMembers {
		c.changeList(p, &change, member)
	}
	c.changeFields(p, &change)
	for _, member := range []string{"Status", "ProjectStatus"} {
		var status int
		if c.into(&status, member) && c.settings.UpdateSetsStatus && status != p.status {
			change.status = &status
		}
	}
	return change
}

func (c *call) changeList(p *project, change *projectChange, member string) {
	items, dirty, sent := readList[string](c, member)
	for i, name := range items {
		items[i] = c.stored(name)
	}
	switch {
	case !sent && member == "Owners" && c.settings.OwnersRequired:
		c.stop(badRequest("Project.Owners is required."))
	case !sent && c.settings.AbsentListsCleared:
		change.lists[member] = []string{}
	case !sent:
		return
	case !dirty && !sameSet(*p.list(member), items):
		c.remark(p.dn, member+" changed without Dirty")
		if !c.settings.DirtyRequired {
			change.lists[member] = items
		}
	case dirty || !c.settings.DirtyRequired:
		change.lists[member] = items
	}
}

func (c *call) changeFields(p *project, change *projectChange) {
	fields, dirty, sent := readList[field](c, "CustomFieldAttributes")
	if !sent && !c.settings.AbsentListsCleared || sent && !dirty && c.settings.DirtyRequired {
		return
	}
	change.fields = map[string][]string{}
	for _, f := range fields {
		want := c.settings.fieldType(f.FieldName)
		if f.Type == nil || *f.Type != want {
			c.remark(p.dn, "custom field "+f.FieldName+" with another Type")
			c.stop(signFail(signUpdate, fmt.Sprintf("The type of the custom field %s is %d.", f.FieldName, want)))
		}
		if _, twice := change.fields[f.FieldName]; twice {
			c.stop(signFail(signUpdate, fmt.Sprintf("The custom field %s occurs twice.", f.FieldName)))
		}
		change.fields[f.FieldName] = f.Values
	}
}

// sameSet compares without order, case and repetition.
func sameSet(a, b []string) bool {
	within := func(a, b []string) bool {
		return !slices.ContainsFunc(a, func(s string) bool { return !hasFold(b, s) })
	}
	return within(a, b) && within(b, a)
}

// after is what a change makes of a project.
func (s *Server) after(p *project, change projectChange) Project {
	v := p.clone()
	if change.description != nil {
		v.Description = *change.description
	}
	for member, list := range change.lists {
		*v.list(member) = slices.Clone(list)
	}
	if change.fields != nil {
		v.CustomFields = s.settings.storedFields(change.fields)
	}
	return v
}

// apply carries a change out. The revision rises even where nothing differs.
func (s *Server) apply(p *project, change projectChange) {
	s.setValues(p, s.after(p, change))
	p.touch()
	if change.dn != "" {
		s.rename(p, change.dn)
	}
	if change.status != nil {
		s.setStatus(p, *change.status)
	}
}

// check refuses a change that contradicts the rules of the server.
func (c *call) check(p *project, change projectChange) {
	for _, member := range roleMembers {
		if list, sent := change.lists[member]; sent {
			c.checkTrustees(*p.list(member), list)
		}
	}
	owners, sent := change.lists["Owners"]
	c.stopIf(sent && len(owners) == 0 && c.settings.EmptyOwnersRefused,
		signFail(signUpdate, "A project has at least one owner."))
	after := c.after(p, change)
	for _, name := range c.settings.RequiredCustomFields {
		c.stopIf(len(after.CustomFields[name]) == 0,
			signFail(signUpdate, fmt.Sprintf("The custom field %s is required.", name)))
	}
}

func (c *call) checkTrustees(had, list []string) {
	seen := map[string]bool{}
	for _, trustee := range list {
		who, isNew := c.people.holder(trustee), !hasFold(had, trustee)
		switch {
		case seen[strings.ToLower(trustee)]:
			c.stop(signFail(signDuplicate, trustee+" is assigned twice."))
		case isNew && who == nil && c.settings.UnknownTrusteesRefused:
			c.stop(signFail(signUserNotFound, trustee+" could not be found."))
		case who != nil && !who.group && c.settings.refusesUser(isNew):
			c.stop(signFail(signUpdate, "Roles are assigned to groups only; "+trustee+" is a user."))
		}
		seen[strings.ToLower(trustee)] = true
	}
}

// refusesUser says whether a user may not be in a role.
func (m ProjectModes) refusesUser(isNew bool) bool {
	return m.EnforceGroupRoles && m.UsersUnderGroupRoles != "accept" && (isNew || m.UsersUnderGroupRoles == "refuse")
}

// restrict takes out of a change what a failure keeps from being saved; partly is true when the
// applications are.
func (c *call) restrict(p *project, change *projectChange) (partly bool) {
	if applications, sent := change.lists["ApplicationDNs"]; sent && c.settings.UnknownApplicationsRefused {
		partly = slices.ContainsFunc(applications, func(dn string) bool {
			return !hasFold(p.Applications, dn) && c.objects.at(dn) == nil
		})
		if partly {
			delete(change.lists, "ApplicationDNs")
		}
	}
	if c.failure == nil || c.failure.Saved == "all" {
		return partly
	}
	onlyRoles := c.failure.Saved == "roles"
	maps.DeleteFunc(change.lists, func(member string, _ []string) bool {
		return slices.Contains(roleMembers, member) != onlyRoles
	})
	if onlyRoles {
		change.description, change.fields, change.dn = nil, nil, ""
	}
	return partly
}
