package simulator

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const ticketGUID = "6ede0e12-f7c0-4068-9977-001076205c84"

func workflowWorld(settings Settings, ticket WorkflowTicket) World {
	ticket.GUID, ticket.Blocking, ticket.IssuedDueTo = ticketGUID, `\VED\Policy\Web\shop`, `\VED\Workflow\Gate`
	ticket.Approvers = append(ticket.Approvers, "ann", "team")
	ticket.Created = time.UnixMilli(1760000000000)
	return World{
		Users:  []User{{Name: "ann"}, {Name: "bob"}, {Name: "eve"}},
		Groups: []Group{{Name: "team", Members: []string{"bob"}}},
		WorkflowTickets: []WorkflowTicket{
			ticket, {GUID: "other", Blocking: `\VED\Policy\Web\shop`, UserData: "change-1", Approvers: []string{"eve"}},
		},
		Settings: settings,
	}
}

func approval() object { return object{"GUID": ticketGUID, "Status": "Approved"} }

func TestWorkflowTickets_Details(t *testing.T) {
	s := New(workflowWorld(Settings{}, WorkflowTicket{Reason: "needs review"}))
	m := as(t, s, "ann", "any").want(workflowSuccess, "Workflow/Ticket/Details", object{"GUID": ticketGUID})
	for member, want := range map[string]any{
		"Status": "Pending", "Blocking": `\VED\Policy\Web\shop`, "IssuedDueTo": `\VED\Workflow\Gate`,
		"ApprovalReason": "needs review",
		"Created":        "/Date(1760000000000)/", "ApprovalExplanation": nil, "ScheduledStart": nil,
	} {
		if m[member] != want {
			t.Errorf("%s: %v, want %v", member, m[member], want)
		}
	}
	if fmt.Sprint(m["Approvers"]) != fmt.Sprint([]string{s.Trustee("ann"), s.Trustee("team")}) {
		t.Error(m["Approvers"])
	}
}

func TestWorkflowTickets_OnlyApproversDecide(t *testing.T) {
	s := New(workflowWorld(Settings{}, WorkflowTicket{}))
	as(t, s, "ann", "codesign:manage").refused(403, "insufficient_scope", "Workflow/Ticket/UpdateStatus", approval())
	as(t, s, "eve", "codesign:approve").want(workflowPrivileges, "Workflow/Ticket/UpdateStatus", approval())
	s.UpdateSettings(func(now *Settings) { now.WorkflowUnauthorized = true })
	status, m := as(t, s, "eve", "codesign:approve").do(post, "/vedsdk/Workflow/Ticket/UpdateStatus", approval())
	if status != 401 || m["Result"] != 4.0 || m["error"] != nil {
		t.Errorf("lack of rights as 401: %d %v", status, m)
	}
	as(t, s, "bob", "certificate:approve").want(workflowSuccess, "Workflow/Ticket/UpdateStatus", approval())
}

func TestWorkflowTickets_ApprovedTicketVanishes(t *testing.T) {
	s := New(workflowWorld(Settings{}, WorkflowTicket{}))
	ann := as(t, s, "ann", "")
	ann.want(workflowSuccess, "Workflow/Ticket/Exists", object{"GUID": ticketGUID})
	ann.want(workflowSuccess, "Workflow/Ticket/UpdateStatus", approval())
	for _, op := range []string{"Details", "Status", "Exists", "UpdateStatus"} {
		ann.want(workflowMissing, "Workflow/Ticket/"+op, approval())
	}
	if _, there := s.WorkflowTicket(ticketGUID); there {
		t.Error("the ticket is still there")
	}
	if events := s.Journal(); len(events) != 2 || events[0].Kind != EventDecided || events[1].Kind != EventRemoved {
		t.Errorf("journal: %+v", events)
	}
}

func TestWorkflowTickets_StayUntilConsumed(t *testing.T) {
	s := New(workflowWorld(Settings{ApprovedTicketsVanish: new(bool)}, WorkflowTicket{}))
	ann := as(t, s, "ann", "")
	for _, status := range []string{"Approved", "Rejected", "Pending", "Approved After"} {
		ann.want(workflowSuccess, "Workflow/Ticket/UpdateStatus",
			object{"GUID": ticketGUID, "Status": status, "Explanation": "why " + status})
		m := ann.want(workflowSuccess, "Workflow/Ticket/Details", object{"GUID": ticketGUID})
		if m["Status"] != status || m["ApprovalExplanation"] != "why "+status || m["ApprovalFrom"] != s.Trustee("ann") {
			t.Errorf("after %s: %v", status, m)
		}
	}
	s.UpdateSettings(func(now *Settings) { now.StatusShort = true })
	if m := ann.want(workflowSuccess, "Workflow/Ticket/Status", object{"GUID": ticketGUID}); m["Status"] != "Approved" {
		t.Error(m)
	}
	s.RemoveWorkflowTicket(ticketGUID)
	ann.want(workflowMissing, "Workflow/Ticket/Status", object{"GUID": ticketGUID})
}

func TestWorkflowTickets_Schedule(t *testing.T) {
	s := New(workflowWorld(Settings{}, WorkflowTicket{}))
	ann := as(t, s, "ann", "")
	ann.want(workflowSuccess, "Workflow/Ticket/UpdateStatus", object{
		"GUID":   ticketGUID,
		"Status": "Approved Between", "ScheduledStart": "2027-01-09T20:00:00.000000Z",
		"ScheduledStop": "2027-01-10T00:00:00.000000+02:00",
	})
	m := ann.want(workflowSuccess, "Workflow/Ticket/Details", object{"GUID": ticketGUID})
	if m["ScheduledStart"] != "/Date(1799524800000)/" || m["ScheduledStop"] != "/Date(1799532000000)/" {
		t.Errorf("schedule: %v %v", m["ScheduledStart"], m["ScheduledStop"])
	}
	if w, _ := s.WorkflowTicket(ticketGUID); w.ScheduledStart != "2027-01-09T20:00:00.000000Z" {
		t.Errorf("as sent: %q", w.ScheduledStart)
	}
	s.UpdateSettings(func(now *Settings) { now.DetailsOmitSchedule = true })
	if m := ann.want(workflowSuccess, "Workflow/Ticket/Details",
		object{"GUID": ticketGUID}); m["ScheduledStart"] != nil {
		t.Error(m)
	}
}

func TestWorkflowTickets_RemarksOnOddRequests(t *testing.T) {
	for _, c := range []struct {
		body object
		note string
	}{
		{object{"Status": "Approved After"}, "ScheduledStart missing"},
		{object{"Status": "Approved Between", "ScheduledStart": "2027-01-01T00:00:00Z"}, "ScheduledStop missing"},
		{
			object{"Status": "Approved After", "ScheduledStart": "2022-11-15T00:41"},
			"ScheduledStart without zone: 2022-11-15T00:41",
		},
		{object{
			"Status": "Approved After", "ScheduledStart": "2027-01-01T00:00:00Z",
			"ScheduledStop": "2027-01-02T00:00:00-05:00",
		}, "ScheduledStop with Approved After"},
		{object{"Status": "Rejected", "ScheduledStart": "2027-01-01T00:00:00Z"}, "schedule with Rejected"},
		{object{"Status": "Pending"}, "nothing new: Pending"},
		{object{"Status": "Pending", "Explanation": "why"}, ""},
		{object{"Status": "Approved Before"}, "undocumented status"},
	} {
		s := New(workflowWorld(Settings{}, WorkflowTicket{}))
		c.body["GUID"] = ticketGUID
		as(t, s, "ann", "").want(workflowSuccess, "Workflow/Ticket/UpdateStatus", c.body)
		notes := []string{}
		for _, e := range s.Remarks() {
			notes = append(notes, e.Detail)
		}
		if strings.Join(notes, ";") != c.note {
			t.Errorf("%v: remarks %q, want %q", c.body, notes, c.note)
		}
	}
}

func TestWorkflowTickets_BadArguments(t *testing.T) {
	s := New(workflowWorld(Settings{}, WorkflowTicket{}))
	ann := as(t, s, "ann", "")
	for _, body := range []object{
		{"GUID": ticketGUID, "Status": "approved"},
		{"GUID": ticketGUID},
		{"Status": "Approved"},
		{"GUID": ticketGUID, "Status": "ApprovedAfter"},
		{"GUID": ticketGUID, "Status": "Approved After", "ScheduledStart": "tomorrow"},
	} {
		ann.want(workflowBadArguments, "Workflow/Ticket/UpdateStatus", body)
	}
	ann.want(workflowMissing, "Workflow/Ticket/UpdateStatus",
		object{"GUID": "11111111-1111-1111-1111-111111111111", "Status": "Approved"})
	ann.want(workflowMissing, "Workflow/Ticket/Details", object{"GUID": "no guid"})
	ann.refused(400, "invalid_request", "Workflow/Ticket/UpdateStatus", object{"GUID": 7, "Status": "Approved"})
}

func TestWorkflowTickets_VisibleAfterPermissionRefresh(t *testing.T) {
	s := New(workflowWorld(Settings{}, WorkflowTicket{HiddenUntilRefresh: true}))
	ann, again := as(t, s, "ann", ""), as(t, s, "ann", "")
	ann.want(workflowMissing, "Workflow/Ticket/Details", object{"GUID": ticketGUID})
	if status, m := ann.do(get, "/vedsdk/Permissions/Refresh", nil); status != 200 || m["Result"] != 1.0 {
		t.Fatal(status, m)
	}
	ann.want(workflowSuccess, "Workflow/Ticket/Details", object{"GUID": ticketGUID})
	again.want(workflowMissing, "Workflow/Ticket/UpdateStatus", approval())
	guid := s.AddWorkflowTicket(WorkflowTicket{Approvers: []string{"ann"}, HiddenUntilRefresh: true})
	ann.want(workflowMissing, "Workflow/Ticket/Exists", object{"GUID": guid})
	s.UpdateSettings(func(now *Settings) { now.RefreshNeedsSecurity = true })
	if status, _ := as(t, s, "ann", "codesign").do(get, "/vedsdk/Permissions/Refresh/", nil); status != 403 {
		t.Error("refresh without the scope security:", status)
	}
}

func TestWorkflowTickets_SessionsCacheRights(t *testing.T) {
	s := New(workflowWorld(Settings{SessionsCacheRights: true}, WorkflowTicket{}))
	old := as(t, s, "ann", "")
	old.want(workflowSuccess, "Workflow/Ticket/Exists", object{"GUID": ticketGUID})
	guid := s.AddWorkflowTicket(WorkflowTicket{Approvers: []string{"ann"}})
	old.want(workflowMissing, "Workflow/Ticket/Exists", object{"GUID": guid})
	as(t, s, "ann", "").want(workflowSuccess, "Workflow/Ticket/Exists", object{"GUID": guid})
}

func TestWorkflowTickets_CreateForOneApprover(t *testing.T) {
	s := New(workflowWorld(Settings{}, WorkflowTicket{}))
	guid := as(t, s, "ann", "").want(workflowSuccess, "Workflow/Ticket/Create", object{
		"ObjectDN": `\VED\Policy\Web\shop`, "WorkflowDN": `\VED\Workflow\W`,
		"Approvers": object{"PrefixedName": "local:bob"},
	})["GUID"].(string)
	if ticket, _ := s.WorkflowTicket(guid); len(ticket.Approvers) != 1 || ticket.Approvers[0] != s.Trustee("bob") {
		t.Error(ticket)
	}
}

func TestWorkflowTickets_CreateListDelete(t *testing.T) {
	s := New(workflowWorld(Settings{}, WorkflowTicket{}))
	ann := as(t, s, "ann", "")
	list := func(body object) int {
		return len(ann.want(workflowSuccess, "Workflow/Ticket/Enumerate", body)["GUIDs"].([]any))
	}
	create := object{
		"ObjectDN": `\VED\Policy\Web\shop`, "WorkflowDN": `\VED\Workflow\Gate`, "Reason": 5, "UserData": "mine",
		"Approvers": []object{{"PrefixedUniversal": s.Trustee("ann")}, {"PrefixedName": "local:bob"}},
	}
	as(t, s, "ann", "codesign:approve").refused(403, "insufficient_scope", "Workflow/Ticket/Create", create)
	guid := ann.want(workflowSuccess, "Workflow/Ticket/Create", create)["GUID"].(string)
	if w, _ := s.WorkflowTicket(guid); len(w.Approvers) != 2 || w.Approvers[1] != s.Trustee("bob") {
		t.Error(w.Approvers)
	}
	if list(object{"ObjectDN": `\ved\policy\web\SHOP`}) != 3 || list(object{"UserData": "mine"}) != 1 ||
		list(object{}) != 2 ||
		list(object{"ObjectDN": `\VED\Policy\Web\shop`, "UserData": "change-1"}) != 1 {
		t.Error("enumeration by object, by user data, of the caller")
	}
	ann.want(workflowNoObject, "Workflow/Ticket/Enumerate", object{"ObjectDN": `\VED\Nothing`})
	create["ObjectDN"] = `\VED\Nothing`
	ann.want(workflowNoObject, "Workflow/Ticket/Create", create)
	ann.want(workflowSuccess, "Workflow/Ticket/Delete", object{"GUID": guid})
	ann.want(workflowMissing, "Workflow/Ticket/Delete", object{"GUID": guid})
}
