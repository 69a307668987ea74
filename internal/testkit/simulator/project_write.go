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
	owners := []string{c.who().prefixed}
	if c.settings.CreatorNotOwner || c.failure != nil && c.failure.Saved == "object" {
		owners = nil
	}
	return signOK(object{"Project": jsonText(c.render(c.create(Project{DN: dn, Owners: owners})))})
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
	c.rename(p, dn)
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
		c.setStatus(p, deleted)
		c.await(p, ProjectDeleteFlow, mode)
	case c.settings.DeleteLag > 0:
		p.removing = true
		c.later(milliseconds(c.settings.DeleteLag), c.actor, func() {
			if c.objects.at(p.dn) == p.item {
				c.removeProject(p)
			}
		})
	default:
		c.removeProject(p)
	}
	return signOK(nil)
}

func (c *call) maintain(p *project) {
	c.stopIf(rightsOf(c.who(), p.item)&maintainerRights == 0,
		signFail(signPermission, "You must be a Code Signing Administrator or an owner of the project."))
}

// hold keeps a change behind a flow ticket where the settings say so.
func (c *call) hold(p *project, change projectChange) (a answer, held bool) {
	mode := c.settings.UpdateFlow
	if !mode.applies(p.status) {
		return answer{}, false
	}
	if waiting := c.openTickets(p.dn, ProjectUpdateFlow); len(waiting) > 0 {
		c.remark(p.dn, "UpdateProject while one waits")
		switch mode.Second {
		case "refuse":
			return signFail(signUpdate, "An update of the project waits for its approval."), true
		case "replace":
			c.closeTickets(p.dn, ProjectUpdateFlow)
		}
	}
	c.await(p, ProjectUpdateFlow, mode).change = &change
	return signOK(nil), true
}

// await raises the ticket that an update or a deletion waits for. An approver outside decides it as the
// mode says.
func (c *call) await(p *project, product int64, mode FlowMode) *FlowTicket {
	t := c.raise(p, product)
	c.later(milliseconds(mode.Delay), nil, func() {
		switch {
		case t.State != statePending:
		case mode.Decision == "approved":
			c.note(Event{Kind: EventFlowApproved, Object: t.DN, Ticket: t.ID})
			c.granted(t)
		case mode.Decision == "rejected":
			c.rejected(t, "rejected outside", 1)
		}
	})
	return t
}

// failing is the failure that a request for an operation meets; nil for none.
func (c *call) failing(op string) *Failure {
	f, set := c.settings.Failures[op]
	past := c.failed[op]
	if !set || f.Count > 0 && len(past) >= f.Count ||
		f.For > 0 && len(past) > 0 && !c.now.Before(past[0].Add(milliseconds(f.For))) {
		return nil
	}
	c.failed[op] = append(past, c.now)
	return &f
}

// carryOut calls a handler, unless a failure keeps it from anything.
func (c *call) carryOut(op *operation) answer {
	c.failure = c.failing(op.name)
	if c.failure == nil {
		return op.handle(c)
	}
	failed := signFail(c.failure.Result, "The operation could not be completed.")
	if c.failure.Saved == "" {
		return failed
	}
	if a := op.handle(c); a.result == nil || *a.result != signSuccess {
		return a
	}
	return failed
}
