package simulator

import "fmt"

// project roles that may change, rename and delete a project.
const maintainerRights = rightAdmin | rightOwner

// newPlace checks that a project may come to stand under a DN; p is nil for a new one. failure is
// the result for a place that does not exist.
func (c *call) newPlace(p *project, dn string, failure int) {
	parent, taken := c.objects.at(parentDN(dn)), c.objects.at(dn)
	switch {
	case taken != nil && (p == nil || taken != p.item):
		c.stop(signFail(signExists, fmt.Sprintf("%s already exists.", dn)))
	case parent == nil || parent.class != classContainer || !hasFolder(dn, projectsRoot) || lastPart(dn) == "" ||
		len(dn) > 255:
		c.stop(signFail(failure, fmt.Sprintf("%s is not a place for a project.", dn)))
	}
}

// createProject makes a Draft that belongs to its creator.
func createProject(c *call) answer {
	dn := c.required("Dn")
	c.newPlace(nil, dn, signCreate)
	owners := []string{c.who().prefixed()}
	if c.settings.CreatorNotOwner || c.failure != nil && c.failure.Saved == "object" {
		owners = nil
	}
	p := c.addProject(Project{DN: dn, CreatedOn: c.now, Owners: owners})
	c.startVisibilityLag(p, c.now)
	c.note(Event{Kind: EventCreated, Object: p.dn})
	return signOK(object{"Project": jsonText(c.render(p, c.now))})
}

func renameProject(c *call) answer {
	dn := c.required("NewDn")
	p := c.targetProject()
	c.maintain(p)
	c.newPlace(p, dn, signRename)
	switch {
	case p.status == deleted:
		return signFail(signRename, "The project is queued for deletion.")
	case c.settings.MoveRefused && foldDN(parentDN(dn)) != foldDN(parentDN(p.dn)):
		return signFail(signRename, "The project cannot be moved to another folder.")
	case dn == p.dn:
		c.remark(p.dn, "renamed to its own name")
	}
	c.rename(p, dn, c.who().Name, c.now)
	return signOK(nil)
}

func deleteProject(c *call) answer {
	p := c.targetProject()
	c.maintain(p)
	mode := c.settings.DeleteFlow
	switch {
	case p.status == deleted || p.removing:
		c.remark(p.dn, "deleted twice")
		c.stopIf(mode.Second == "" || mode.Second == "refuse",
			signFail(signDelete, "The project is queued for deletion already."))
	case p.DeleteNeedsApproval || mode.applies(p.status):
		c.queueDeletion(p)
	case c.settings.DeleteLag > 0:
		p.removing = true
		at, user := c.now.Add(milliseconds(c.settings.DeleteLag)), c.who().Name
		c.late = append(c.late, lateCommit{at: at, do: func() {
			if c.objects.byGUID[p.guid] == p.item {
				c.removeProject(p, user, at)
			}
		}})
	default:
		c.removeProject(p, c.who().Name, c.now)
	}
	return signOK(nil)
}

func (c *call) maintain(p *project) {
	c.stopIf(rightsOf(c.who(), p.item)&maintainerRights == 0,
		signFail(signPermission, "You must be a Code Signing Administrator or an owner of the project."))
}
