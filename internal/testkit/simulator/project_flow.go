package simulator

import "time"

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

// queueDeletion puts a project into the status Deleted until its ticket is decided.
func (c *call) queueDeletion(p *project) {
	c.setStatus(p, deleted, c.who().Name, c.now)
	c.await(p, ProjectDeleteFlow, c.settings.DeleteFlow)
}

// await raises the ticket that an update or a deletion waits for.
func (c *call) await(p *project, product int64, mode FlowMode) *flowTicket {
	t := c.raise(p, product, c.who().Name, c.now)
	c.note(Event{Kind: EventHeld, Object: p.dn, Ticket: t.ID})
	c.decideLater(t, mode)
	return t
}

// decideLater lets an approver outside decide a ticket as the mode says.
func (s *Server) decideLater(t *flowTicket, mode FlowMode) {
	if mode.Decision != "approved" && mode.Decision != "rejected" {
		return
	}
	at := time.Now().Add(milliseconds(mode.Delay))
	s.late = append(s.late, lateCommit{at: at, do: func() {
		switch {
		case t.State != statePending:
		case mode.Decision == "approved":
			s.note(Event{Time: at, Kind: EventFlowApproved, Object: t.DN, Ticket: t.ID})
			s.granted(t, "", at)
		default:
			s.rejected(t, "", "rejected outside", 1, at)
		}
	}})
}
