package simulator

import (
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
	s.SetProjectStatus("P", "Pending")
	must(s.ApproveFlow("P", "admin"))
	s.RenameProject("P", "Q")
	s.AddProject(Project{Name: "R", Status: "5"})
	s.SetProjectStatus("R", "Pending")
	must(s.RejectFlow("R", "gate", "no"))
	s.RemoveProject("R")
	s.AddWorkflowTicket(WorkflowTicket{GUID: ticketGUID})
	s.SetWorkflowTicket(ticketGUID, "Approved After", "2027-01-01T00:00:00Z")
	if s.ProjectStatus(dnOf("q")) != "Enabled" || s.ProjectStatus("P") != "" || s.ProjectStatus("R") != "" {
		t.Error(s.ProjectStatus("Q"), s.ProjectStatus("P"), s.ProjectStatus("R"))
	}
	if all := s.Projects(); len(all) != 1 || all[0].DN != dnOf("Q") {
		t.Error(all)
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
	if err := s.ApproveFlow("Q", "admin"); err == nil {
		t.Error("a project without a ticket is approved")
	}
}
