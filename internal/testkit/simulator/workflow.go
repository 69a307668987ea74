package simulator

import (
	"cmp"
	"slices"
	"strings"
	"time"
)

func (s *Server) addWorkflowTicket(t WorkflowTicket) *WorkflowTicket {
	t.GUID = foldGUID(cmp.Or(t.GUID, guidOf("workflow ticket", t.Blocking, t.IssuedDueTo, t.UserData)))
	t.Status = cmp.Or(t.Status, "Pending")
	t.Created = cmp.Or(t.Created, s.now)
	t.updated = t.Created
	t.Approvers = s.people.trustees(t.Approvers)
	s.serial++
	t.born = s.serial
	s.workflow = append(s.workflow, &t)
	return &t
}

func (s *Server) workflowTicket(guid string) *WorkflowTicket {
	return first(s.workflow, func(t *WorkflowTicket) bool { return t.GUID == foldGUID(guid) })
}

func (s *Server) removeTicket(t *WorkflowTicket) {
	s.note(Event{Kind: EventRemoved, Object: t.GUID})
	s.workflow = slices.DeleteFunc(s.workflow, func(o *WorkflowTicket) bool { return o == t })
}

// visible: some tickets show only to sessions whose rights are newer than they.
func (c *call) visible(t *WorkflowTicket) bool {
	switch {
	case t.HiddenUntilRefresh:
		return c.session.refreshed >= t.born
	case c.settings.SessionsCacheRights:
		return c.session.seen >= t.born
	}
	return true
}

// ticket finds the ticket a request names and ends the call where there is none.
func (c *call) ticket() *WorkflowTicket {
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
	noPrivilege := withResult(workflowPrivileges)
	noPrivilege.status = choose(c.settings.WorkflowUnauthorized, 401, 200)
	c.stopIf(!c.who().includes(t.Approvers), noPrivilege)
	c.remarks(t, status, start, stop)
	c.note(Event{Kind: EventDecided, Object: t.GUID, To: status})
	t.Status, t.Explanation, t.ScheduledStart, t.ScheduledStop = status, explanation, start, stop
	t.updated, t.UpdatedBy = c.now, c.who().prefixed
	if vanishes := c.settings.ApprovedTicketsVanish; status == "Approved" && (vanishes == nil || *vanishes) {
		c.removeTicket(t)
	}
	return withResult(workflowSuccess)
}

// timeLayouts are the ISO forms the server reads; one without zone is its local time.
var timeLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05.999999999", "2006-01-02T15:04",
}

func parseMoment(text string) (at time.Time, ok bool) {
	for _, layout := range timeLayouts {
		if at, err := time.Parse(layout, text); err == nil {
			return at, true
		}
	}
	return time.Time{}, text == ""
}

// remarks notes what the server accepts and the provider should not send.
func (c *call) remarks(t *WorkflowTicket, status, start, stop string) {
	remark := func(when bool, text string) {
		if when {
			c.remark(t.GUID, text)
		}
	}
	zoneless := func(s string) bool {
		return s != "" && !strings.HasSuffix(s, "Z") && !strings.ContainsAny(s[min(len(s), 10):], "+-")
	}
	remark(zoneless(start), "ScheduledStart without zone: "+start)
	remark(zoneless(stop), "ScheduledStop without zone: "+stop)
	remark(start == "" && (status == "Approved After" || status == "Approved Between"), "ScheduledStart missing")
	remark(stop == "" && status == "Approved Between", "ScheduledStop missing")
	remark(stop != "" && status == "Approved After", "ScheduledStop with Approved After")
	remark(start+stop != "" && !strings.HasPrefix(status, "Approved "), "schedule with "+status)
	remark(t.Status == status && t.ScheduledStart == start && t.ScheduledStop == stop &&
		t.Explanation == c.str("Explanation"), "nothing new: "+status)
	remark(status == "Approved Before", "undocumented status")
}

func ticketDetails(c *call) answer {
	t := c.ticket()
	body := object{
		"GUID": t.GUID, "Status": t.Status, "Approvers": notNil(t.Approvers), "Blocking": t.Blocking,
		"IssuedDueTo": t.IssuedDueTo,
		"Created":     c.ticketTime(t.Created), "Updated": c.ticketTime(t.updated), "ApprovalFrom": orNil(t.UpdatedBy),
		"ApprovalReason": orNil(t.Reason), "ApprovalExplanation": orNil(t.Explanation),
	}
	if !c.settings.DetailsOmitSchedule {
		body["ScheduledStart"], body["ScheduledStop"] = c.scheduled(t.ScheduledStart), c.scheduled(t.ScheduledStop)
	}
	return withResult(workflowSuccess, body)
}

// scheduled shows a moment that came as ISO text in the server's own spelling.
func (c *call) scheduled(moment string) any {
	if at, ok := parseMoment(moment); ok && moment != "" {
		return c.ticketTime(at)
	}
	return orNil(moment)
}

// ticketTime is a time of Details the way the settings say.
func (c *call) ticketTime(at time.Time) any {
	if hasWord(c.settings.DetailsTimes, "minutes") {
		at = at.Truncate(time.Minute)
	}
	if hasWord(c.settings.DetailsTimes, "zoneless") && !at.IsZero() {
		return at.UTC().Add(milliseconds(c.settings.DetailsClock)).Format("2006-01-02T15:04:05")
	}
	return c.date(at)
}

func ticketStatus(c *call) answer {
	status := c.ticket().Status
	if c.settings.StatusShort && strings.HasPrefix(status, "Approved") {
		status = "Approved"
	}
	return withResult(workflowSuccess, object{"Status": status})
}

func ticketExists(c *call) answer {
	c.ticket()
	return withResult(workflowSuccess)
}

func enumerateTickets(c *call) answer {
	dn, data := c.str("ObjectDN"), c.str("UserData")
	c.stopIf(dn != "" && c.objects.at(dn) == nil && !c.blocked(dn), withResult(workflowNoObject))
	guids := []string{}
	for _, t := range c.workflow {
		switch {
		case !c.visible(t), dn != "" && foldDN(dn) != foldDN(t.Blocking), data != "" && data != t.UserData:
		case dn == "" && data == "" && !c.who().includes(t.Approvers):
		default:
			guids = append(guids, t.GUID)
		}
	}
	return withResult(workflowSuccess, object{"GUIDs": guids})
}

// blocked reports whether tickets wait for a DN, which then exists though it is nothing of code
// signing.
func (s *Server) blocked(dn string) bool {
	return first(s.workflow, func(t *WorkflowTicket) bool { return foldDN(t.Blocking) == foldDN(dn) }) != nil
}

func createTicket(c *call) answer {
	dn, workflow := c.str("ObjectDN"), c.str("WorkflowDN")
	var approvers []identityRef
	if one, _ := c.raw("Approvers"); strings.HasPrefix(string(one), "{") {
		approvers = make([]identityRef, 1)
		c.into(&approvers[0], "Approvers")
	} else {
		c.into(&approvers, "Approvers")
	}
	reason, data := c.text("Reason"), c.text("UserData")
	switch {
	case dn == "" || workflow == "" || len(approvers) == 0:
		return withResult(workflowBadArguments)
	case c.objects.at(dn) == nil && !c.blocked(dn):
		return withResult(workflowNoObject)
	}
	t := c.addWorkflowTicket(WorkflowTicket{
		GUID: guidOf("created ticket", c.now.String(), dn, newToken()), Approvers: mapped(approvers, identityRef.key),
		Blocking: dn, IssuedDueTo: workflow, Reason: reason, UserData: data,
	})
	c.note(Event{Kind: EventCreated, Object: t.GUID})
	return withResult(workflowSuccess, object{"GUID": t.GUID})
}

func deleteTicket(c *call) answer {
	c.removeTicket(c.ticket())
	return withResult(workflowSuccess)
}
