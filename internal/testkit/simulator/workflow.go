package simulator

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

// workflowTicket is a WorkflowTicket whose people are prefixed universals.
type workflowTicket struct {
	WorkflowTicket
	born       int64 // serial
	approvedBy []string
}

func (s *Server) addWorkflowTicket(w WorkflowTicket) *workflowTicket {
	w.GUID = foldGUID(cmp.Or(w.GUID, guidOf("workflow ticket", w.Blocking, w.IssuedDueTo, w.UserData)))
	w.Status = cmp.Or(w.Status, "Pending")
	w.Created = cmp.Or(w.Created, time.Now())
	w.Updated = cmp.Or(w.Updated, w.Created)
	w.Approvers = s.people.trustees(w.Approvers)
	s.serial++
	t := &workflowTicket{WorkflowTicket: w, born: s.serial}
	s.workflow = append(s.workflow, t)
	return t
}

func (s *Server) workflowTicket(guid string) *workflowTicket {
	return first(s.workflow, func(t *workflowTicket) bool { return t.GUID == foldGUID(guid) })
}

func (s *Server) removeTicket(t *workflowTicket) {
	s.workflow = slices.DeleteFunc(s.workflow, func(o *workflowTicket) bool { return o == t })
}

// visible: some tickets show only to sessions whose rights are newer than they.
func (c *call) visible(t *workflowTicket) bool {
	switch {
	case t.HiddenUntilRefresh:
		return c.session.refreshed >= t.born
	case c.settings.SessionsCacheRights:
		return c.session.seen >= t.born
	}
	return true
}

// ticket finds the ticket a request names and ends the call where there is none.
func (c *call) ticket() *workflowTicket {
	guid := c.str("GUID")
	c.stopIf(guid == "", withResult(workflowBadArguments))
	t := c.workflowTicket(guid)
	c.stopIf(t == nil || !c.visible(t), withResult(workflowMissing))
	return t
}

// decisions are the status strings the server knows; case and blank matter.
var decisions = []string{"Pending", "Approved", "Approved After", "Approved Between", "Approved Before", "Rejected"}

func updateTicket(c *call) answer {
	t := c.ticket()
	status, explanation := c.str("Status"), c.str("Explanation")
	start, stop := c.str("ScheduledStart"), c.str("ScheduledStop")
	_, startOK := parseMoment(start)
	if _, stopOK := parseMoment(stop); !startOK || !stopOK || !slices.Contains(decisions, status) {
		return withResult(workflowBadArguments)
	}
	c.stopIf(!c.who().includes(t.Approvers), c.noPrivilege())
	c.remarks(t, status, start, stop)
	if status == "Approved" && t.RequireAll && !c.lastApproval(t) {
		return withResult(workflowSuccess)
	}
	c.note(Event{Kind: EventDecided, Object: t.GUID, From: t.Status, To: status, Detail: schedule(start, stop)})
	t.Status, t.Explanation, t.ScheduledStart, t.ScheduledStop = status, explanation, start, stop
	t.Updated, t.UpdatedBy = c.now, c.who().prefixed()
	if status == "Approved" && c.settings.ticketsVanish() {
		c.removeTicket(t)
		c.note(Event{Kind: EventConsumed, Object: t.GUID})
	}
	return withResult(workflowSuccess)
}

func schedule(start, stop string) string {
	return strings.Trim(start+" to "+stop, " to")
}

func (c *call) noPrivilege() answer {
	a := withResult(workflowPrivileges)
	if c.settings.WorkflowUnauthorized {
		a.status = 401
	}
	return a
}

// lastApproval counts an approval where all approvers are needed.
func (c *call) lastApproval(t *workflowTicket) bool {
	me := c.who().prefixed()
	if !slices.Contains(t.approvedBy, me) {
		t.approvedBy = append(t.approvedBy, me)
	}
	return len(t.approvedBy) >= len(t.Approvers)
}
