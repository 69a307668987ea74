package simulator

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"
)

func TestWorld_SampleCompany(t *testing.T) {
	w := SampleCompany()
	s := New(w)
	seen := map[string]bool{}
	for _, p := range w.Projects {
		seen[s.ProjectStatus(p.Name)] = true
	}
	for _, status := range statusNames {
		if !seen[status] {
			t.Errorf("no project is %s", status)
		}
	}
	if people := len(w.Users) + len(w.Groups); len(w.Projects) < 12 || people < 30 || len(w.Applications) < 3 ||
		len(w.Collections) < 2 {
		t.Errorf("%d projects, %d identities, %d applications, %d collections", len(w.Projects), people,
			len(w.Applications), len(w.Collections))
	}
	for _, u := range w.Users {
		if u.Password == "" {
			t.Errorf("%s has no password", u.Name)
		}
	}
	terraform := as(t, s, "terraform", "")
	if got := terraform.tickets(object{"ProductCode": FlowComponent}); len(got) != 1 {
		t.Errorf("flow tickets that wait for the pipeline: %v", got)
	}
	waiting := terraform.want(workflowSuccess, "Workflow/Ticket/Enumerate", object{})["GUIDs"].([]any)
	if len(waiting) < 3 {
		t.Errorf("workflow tickets that wait for the pipeline: %v", waiting)
	}
}

func TestWorld_Snapshot(t *testing.T) {
	s := New(SampleCompany())
	as(t, s, "terraform", "").want(signSuccess, "Codesign/UpdateProjectStatus",
		object{"Dn": dnOf("Payments"), "ProjectStatus": 0})
	if err := s.ApproveFlow("Drivers", "ada.brandt"); err != nil {
		t.Fatal(err)
	}
	first := s.Snapshot()
	text, err := json.Marshal(first)
	if err != nil {
		t.Fatal(err)
	}
	read, err := ReadWorld(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	next := New(read)
	again, err := json.Marshal(next.Snapshot())
	if err != nil || !bytes.Equal(again, text) {
		t.Errorf("not the same after a round: %v\n%s\n%s", err, text, again)
	}
	if next.Trustee("Release Managers") != s.Trustee("Release Managers") ||
		next.ProjectStatus("Payments") != "Disabled" {
		t.Error("identities and projects")
	}
	if err := next.ApproveFlow("Drivers", "ada.brandt"); err == nil {
		t.Error("an approval given before is forgotten")
	}
	if err := next.ApproveFlow("Drivers", "priya.nair"); err != nil || next.ProjectStatus("Drivers") != "Enabled" {
		t.Error(err, next.ProjectStatus("Drivers"))
	}
}

func TestWorld_Contradictions(t *testing.T) {
	for name, w := range map[string]World{
		"status":        {Projects: []Project{{Name: "P", Status: "Nice"}}},
		"twice":         {Projects: []Project{{Name: "P"}, {DN: strings.ToLower(dnOf("P"))}}},
		"unknown group": {Groups: []Group{{Name: "g", Members: []string{"unknown"}}}},
	} {
		if _, err := NewChecked(w); err == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if _, err := ReadWorld(strings.NewReader(`{"projects":[{"title":"P"}]}`)); err == nil {
		t.Error("an unknown member")
	}
}

func TestExternalChanges(t *testing.T) {
	s := New(cast("Draft"))
	for _, a := range []Action{
		{Do: "set_status", DN: "P", Status: "Pending"},
		{Do: "approve", DN: "P", User: "admin"},
		{Do: "rename", DN: "P", NewDN: "Q"},
		{Do: "add_project", Project: &Project{Name: "R", Status: "5"}},
		{Do: "set_status", DN: "R", Status: "Pending"},
		{Do: "reject", DN: "R", User: "gate", Comment: "no"},
		{Do: "remove", DN: "R"},
		{Do: "add_ticket", Ticket: &WorkflowTicket{GUID: ticketGUID}},
		{Do: "set_ticket", GUID: ticketGUID, Status: "Approved After", Start: "2027-01-01T00:00:00Z"},
	} {
		if err := s.Act(a); err != nil {
			t.Fatal(err)
		}
	}
	if s.ProjectStatus(dnOf("q")) != "Enabled" || s.ProjectStatus("P") != "" || s.ProjectStatus("R") != "" {
		t.Error(s.ProjectStatus("Q"), s.ProjectStatus("P"), s.ProjectStatus("R"))
	}
	if w, _ := s.WorkflowTicket(ticketGUID); w.Status != "Approved After" ||
		w.ScheduledStart != "2027-01-01T00:00:00Z" || w.ScheduledStop != "" {
		t.Error(w)
	}
	var kinds []string
	for _, e := range s.Journal() {
		kinds = append(kinds, e.Kind)
	}
	want := []string{
		EventStatus, EventSubmitted, EventFlowApproved, EventStatus, EventRenamed, EventCreated, EventStatus,
		EventSubmitted, EventFlowRejected, EventStatus, EventRemoved, EventCreated, EventDecided,
	}
	if !reflect.DeepEqual(kinds, want) {
		t.Errorf("journal %v, want %v", kinds, want)
	}
	for _, a := range []Action{
		{Do: "fly"},
		{Do: "remove", DN: "X"},
		{Do: "approve", DN: "Q", User: "admin"},
		{Do: "set_status", DN: "Q", Status: "Nice"},
		{Do: "add_project"},
		{Do: "set_ticket", GUID: "x", Status: "Approved"},
	} {
		if err := s.Act(a); err == nil {
			t.Errorf("%+v: accepted", a)
		}
	}
}
