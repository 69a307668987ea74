package simulator

import (
	"testing"
	"testing/synctest"
	"time"
)

func flowWorld(settings Settings) World {
	return World{
		Users:  []User{{Name: "a1"}, {Name: "a2"}, {Name: "a3"}, {Name: "owner"}, {Name: "other"}},
		Groups: []Group{{Name: "gate", Members: []string{"a3"}}},
		Projects: []Project{{
			Name: "P", Status: "Pending", Owners: []string{"owner"},
			Approvers: []string{"a1", "a2", "gate"},
		}},
		FlowTickets: []FlowTicket{
			{ID: 50, DN: dnOf("P"), ProductCode: KeyUseFlow, Approvers: []string{"a1"}},
			{ID: 51, DN: dnOf(`P\Production`), ProductCode: KeyUseFlow, Approvers: []string{"a1"}},
			{
				ID: 52, ProductCode: 0x00430001, Approvers: []string{"a1"},
				Environment: map[string]string{"TeamName": "x"},
			},
		},
		Settings: settings,
	}
}

// everyPage asks for all code-signing tickets as the newest contract requires.
func everyPage() object {
	return object{"ProductCode": FlowComponent, "TicketPageSize": 100, "TicketPageNumber": 0}
}

func (c *client) tickets(body any) []float64 {
	c.t.Helper()
	ids := []float64{}
	for _, t := range c.want(flowSuccess, "Flow/Tickets/Enumerate", body)["Tickets"].([]any) {
		ids = append(ids, t.(object)["Id"].(float64))
	}
	return ids
}

func (c *client) sees(want int, body object) {
	c.t.Helper()
	if got := c.tickets(body); len(got) != want {
		c.t.Errorf("%v shows tickets %v, want %d", body, got, want)
	}
}

func TestFlowTickets_EnumerateByApproverAndProduct(t *testing.T) {
	s := New(flowWorld(Settings{}))
	a1 := as(t, s, "a1", "any")
	a1.sees(4, nil)
	a1.sees(4, object{"ProductCode": 0, "TicketPageSize": 100, "TicketPageNumber": 0})
	a1.sees(3, object{"ProductCode": 1610743808})
	a1.sees(2, object{"ProductCode": KeyUseFlow})
	a1.sees(1, object{"ProductCode": 4390913})
	as(t, s, "a3", "any").sees(1, object{"ProductCode": FlowComponent})
	as(t, s, "owner", "any").sees(0, object{})
	if got := a1.tickets(object{"TicketPageSize": 3, "TicketPageNumber": 1}); len(got) != 1 {
		t.Errorf("second page: %v", got)
	}
	if got := a1.tickets(object{"TicketPageSize": 3, "TicketPageNumber": 2}); len(got) != 0 {
		t.Errorf("page behind the last: %v", got)
	}
	if got := a1.tickets(object{"TicketPageSize": int64(1) << 62, "TicketPageNumber": int64(1) << 62}); len(got) != 0 {
		t.Errorf("page far behind the last: %v", got)
	}
	a1.refused(400, "invalid_request", "Flow/Tickets/Enumerate", object{"TicketPageSize": 0})
	s.UpdateSettings(func(now *Settings) { now.IgnorePaging = true })
	if got := a1.tickets(object{"TicketPageSize": 3, "TicketPageNumber": 7}); len(got) != 4 {
		t.Errorf("paging ignored: %v", got)
	}
}

func TestFlowTickets_RequiredApprovals(t *testing.T) {
	s := New(flowWorld(Settings{RequiredApprovals: 2}))
	id := float64(s.FlowTickets("P")[1].ID)
	approve := object{"TicketId": id, "Comment": "yes"}
	a1, a3 := as(t, s, "a1", "codesign:approve"), as(t, s, "a3", "certificate:approve")
	as(t, s, "a1", "codesign:manage").refused(403, "insufficient_scope", "Flow/Tickets/Approve", approve)
	as(t, s, "owner", "").want(flowPermission, "Flow/Tickets/Approve", approve)
	a1.want(flowSuccess, "Flow/Tickets/Approve", approve)
	if s.ProjectStatus("P") != "Pending" {
		t.Fatal("one approval of two is not enough")
	}
	a1.want(flowApproveFails, "Flow/Tickets/Approve", approve)
	loaded := a3.want(flowSuccess, "Flow/Tickets/Load", object{"TicketId": id})["Ticket"].(object)
	if given := loaded["Approvals"].([]any); len(given) != 1 || given[0].(object)["Universal"] != s.Trustee("a1") ||
		loaded["RequiredApprovals"] != 2.0 {
		t.Errorf("ticket after one approval: %v", loaded)
	}
	a3.want(flowSuccess, "Flow/Tickets/Approve", approve)
	if s.ProjectStatus("P") != "Enabled" {
		t.Error(s.ProjectStatus("P"))
	}
	as(t, s, "a2", "").want(flowMissing, "Flow/Tickets/Approve", approve)
	as(t, s, "a2", "").want(flowMissing, "Flow/Tickets/Load", object{"TicketId": id})
}

func TestFlowTickets_RejectionSetsProjectToDraft(t *testing.T) {
	s := New(flowWorld(Settings{}))
	id := s.FlowTickets("P")[1].ID
	a2 := as(t, s, "a2", "")
	a2.refused(400, "invalid_request", "Flow/Tickets/Reject", object{"TicketId": id, "RejectionLevel": 1})
	a2.refused(400, "invalid_request", "Flow/Tickets/Reject", object{
		"TicketId": id, "Comment": "no", "RejectionLevel": 3,
	})
	a2.refused(400, "invalid_request", "Flow/Tickets/Reject", object{"Comment": "no", "RejectionLevel": 1})
	a2.want(flowMissing, "Flow/Tickets/Reject", object{"TicketId": 999, "Comment": "no", "RejectionLevel": 2})
	a2.want(flowSuccess, "Flow/Tickets/Reject", object{"TicketId": id, "Comment": "no", "RejectionLevel": 2})
	ticket := s.FlowTickets("P")[1]
	if s.ProjectStatus("P") != "Draft" || ticket.State != "rejected" || ticket.RejectionStatus != 2 ||
		ticket.RejectionComment != "no" {
		t.Error(s.ProjectStatus("P"), ticket)
	}
	a2.sees(0, object{})
}

func TestFlowTickets_TicketDelay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := flowWorld(Settings{TicketDelay: 3000})
		w.Projects[0].Status = "Draft"
		s := New(w)
		a2 := as(t, s, "a2", "any")
		as(t, s, "owner", "").want(signSuccess, "Codesign/UpdateProjectStatus",
			object{"Dn": dnOf("P"), "ProjectStatus": 3})
		a2.sees(0, everyPage())
		time.Sleep(3 * time.Second)
		a2.sees(1, everyPage())
		as(t, s, "owner", "").want(signSuccess, "Codesign/UpdateProjectStatus",
			object{"Dn": dnOf("P"), "ProjectStatus": 3})
		time.Sleep(3 * time.Second)
		a2.sees(2, everyPage())
		events := s.Journal()
		if len(events) != 3 || events[1].Kind != EventSubmitted || events[1].User != "owner" ||
			events[2].Kind != EventSubmitted {
			t.Errorf("journal: %+v", events)
		}
		if remarks := s.Remarks(); len(remarks) != 1 || remarks[0].Detail != "submitted twice" ||
			remarks[0].User != "owner" {
			t.Errorf("remarks: %+v", remarks)
		}
		s.SetProjectStatus("P", "Enabled")
		a2.sees(0, everyPage())
	})
}

func TestFlowTickets_AutoApprove(t *testing.T) {
	w := flowWorld(Settings{AutoApprove: true})
	w.Projects[0].Status = "Draft"
	s := New(w)
	as(t, s, "owner", "").want(signSuccess, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("P"), "ProjectStatus": 3})
	if s.ProjectStatus("P") != "Enabled" {
		t.Error(s.ProjectStatus("P"))
	}
}

func TestFlowTickets_ApproversAreFixedAtCreation(t *testing.T) {
	s := New(World{
		Users:    []User{{Name: "admin", Admin: true}, {Name: "late"}},
		Projects: []Project{{Name: "P", Status: "Pending"}},
	})
	s.people.must("late").rights = rightAdmin
	as(t, s, "late", "").sees(0, object{})
	as(t, s, "admin", "").sees(1, object{})
}

func TestFlowTickets_SubmitterMayNotApprove(t *testing.T) {
	s := New(World{
		Users:    []User{{Name: "admin", Admin: true}, {Name: "second", Admin: true}},
		Projects: []Project{{Name: "P"}}, Settings: Settings{SubmitterMayNotApprove: true, CommentRequired: true},
	})
	admin := as(t, s, "admin", "")
	admin.want(signSuccess, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("P"), "ProjectStatus": 3})
	id := s.FlowTickets("P")[0].ID
	admin.refused(400, "invalid_request", "Flow/Tickets/Approve", object{"TicketId": id})
	admin.want(flowPermission, "Flow/Tickets/Approve", object{"TicketId": id, "Comment": "me"})
	as(t, s, "second", "").want(flowSuccess, "Flow/Tickets/Approve", object{"TicketId": id, "Comment": "me"})
}

func TestFlowTickets_ApprovedKeyUseTicket(t *testing.T) {
	s := New(flowWorld(Settings{}))
	a1 := as(t, s, "a1", "")
	a1.want(flowSuccess, "Flow/Tickets/Approve", object{"TicketId": 50, "Comment": "ok"})
	if s.ProjectStatus("P") != "Pending" {
		t.Error("a key-use ticket says nothing about the project")
	}
	a1.want(flowApproveFails, "Flow/Tickets/Approve", object{"TicketId": 50, "Comment": "ok"})
	a1.want(flowRejectFails, "Flow/Tickets/Reject", object{"TicketId": 50, "Comment": "no", "RejectionLevel": 2})
}
