package simulator

import "fmt"

// project roles that may change, rename and delete a project.
const maintainerRights = rightAdmin | rightOwner

// newPlace checks that a project may come to stand under a DN. failure is the result for a place
// that does not exist.
func (c *call) newPlace(dn string, failure int) {
	parent := c.objects.byDN[foldDN(parentDN(dn))]
	switch {
	case c.objects.byDN[foldDN(dn)] != nil:
		c.stop(signFail(signExists, fmt.Sprintf("%s already exists.", dn)))
	case parent == nil || parent.class != classContainer || lastPart(dn) == "" || len(dn) > 255:
		c.stop(signFail(failure, fmt.Sprintf("%s is not a place for a project.", dn)))
	}
}

// createProject makes a Draft that belongs to its creator.
func createProject(c *call) answer {
	dn := c.str("Dn")
	if dn == "" {
		c.stop(badRequest("Dn is required."))
	}
	c.newPlace(dn, signCreate)
	p := c.addProject(Project{DN: dn, CreatedOn: c.now, Owners: []string{c.who().prefixed()}})
	c.startVisibilityLag(p, c.now)
	c.note(Event{Kind: EventCreated, Object: p.dn})
	return signOK(object{"Project": jsonText(c.render(p, c.now))})
}

func renameProject(c *call) answer {
	dn := c.str("NewDn")
	if dn == "" {
		c.stop(badRequest("NewDn is required."))
	}
	p := c.targetProject()
	c.maintain(p)
	c.newPlace(dn, signRename)
	c.rename(p, dn, c.who().name, c.now)
	return signOK(nil)
}

func deleteProject(c *call) answer {
	p := c.targetProject()
	c.maintain(p)
	if p.status == deleted {
		return signFail(signDelete, "The project is queued for deletion already.")
	}
	if p.deleteNeedsApproval {
		c.setStatus(p, deleted, c.who().name, c.now)
		c.raise(p, ProjectDeleteFlow, c.who().name, c.now.Add(c.settings.ticketDelay()))
		return signOK(nil)
	}
	c.removeProject(p, c.who().name, c.now)
	return signOK(nil)
}

func (c *call) maintain(p *project) {
	if rightsOf(c.who(), p.item)&maintainerRights == 0 {
		c.stop(signFail(signPermission, "You must be a Code Signing Administrator or an owner of the project."))
	}
}

// projectChange is the part of a project object that UpdateProject uses; lists are replaced as a
// whole.
type projectChange struct {
	DN, GUID        string
	ID              int64
	Description     *string
	Status          *int
	Applications    *list `json:"ApplicationDNs"`
	Owners          *list
	Auditors        *list
	KeyUsers        *list
	KeyUseApprovers *list
}

type list struct{ Items []string }

func updateProject(c *call) answer {
	var change projectChange
	if !c.into(&change, "Project") {
		c.stop(badRequest("Project is required."))
	}
	it := c.objects.byDN[foldDN(change.DN)]
	if change.GUID != "" {
		it = c.objects.byGUID[foldGUID(change.GUID)]
	} else if change.DN == "" {
		it = c.objects.byID[change.ID]
	}
	if it == nil || it.project == nil {
		c.stop(c.missing("The project"))
	}
	p := it.project
	c.maintain(p)
	if change.Status != nil && *change.Status != p.status {
		c.remark(p.dn, "status inside UpdateProject has no effect")
	}
	if change.Description != nil {
		p.description = *change.Description
	}
	for _, l := range []struct {
		to   *[]string
		from *list
	}{
		{&p.owners, change.Owners},
		{&p.auditors, change.Auditors},
		{&p.keyUsers, change.KeyUsers},
		{&p.keyUseApprovers, change.KeyUseApprovers},
		{&p.applications, change.Applications},
	} {
		if l.from != nil {
			*l.to = l.from.Items
		}
	}
	p.touch()
	c.note(Event{Kind: EventChanged, Object: p.dn})
	return signOK(nil)
}
