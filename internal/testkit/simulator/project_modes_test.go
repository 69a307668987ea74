package simulator

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// describe sends an UpdateProject with another description.
func (c *client) describe(result int, dn, description string) {
	c.t.Helper()
	sent := c.echo(dn)
	sent["Description"] = description
	c.want(result, "Codesign/UpdateProject", object{"Project": sent})
}

func (c *client) description(dn string) any { return c.echo(dn)["Description"] }

func TestUpdateFlow_Decisions(t *testing.T) {
	for _, row := range []struct {
		name   string
		status string
		mode   FlowMode
		want   string // the description at once, after 1.5s and after approval of all that is open
	}{
		{"none", "Enabled", FlowMode{}, "new new new"},
		{"approved", "Enabled", FlowMode{Decision: "approved", Delay: 1000}, "text new new"},
		{"rejected", "Enabled", FlowMode{Decision: "rejected", Delay: 1000}, "text text text"},
		{"wait", "Enabled", FlowMode{Decision: "wait"}, "text text new"},
		{"a Draft waits", "Draft", FlowMode{Decision: "wait"}, "text text new"},
		{"a Draft is spared", "Draft", FlowMode{Decision: "wait", SpareDrafts: true}, "new new new"},
		{"only Drafts are spared", "Enabled", FlowMode{Decision: "wait", SpareDrafts: true}, "text text new"},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := modeWorld(ProjectModes{UpdateFlow: row.mode})
				w.Projects[0].Status = row.status
				s := New(w)
				c := as(t, s, "owner", "")
				c.describe(signSuccess, dnOf("P"), "new")
				seen := []string{fmt.Sprint(c.description(dnOf("P")))}
				time.Sleep(1500 * time.Millisecond)
				seen = append(seen, fmt.Sprint(c.description(dnOf("P"))))
				_ = s.ApproveFlow("P", "gate")
				seen = append(seen, fmt.Sprint(c.description(dnOf("P"))))
				if got := strings.Join(seen, " "); got != row.want || s.ProjectStatus("P") != row.status {
					t.Errorf("%s, want %s; status %s", got, row.want, s.ProjectStatus("P"))
				}
			})
		})
	}
}

func TestUpdateFlow_SecondUpdate(t *testing.T) {
	for second, want := range map[string]string{
		"": "2 tickets, first then second", "queue": "2 tickets, first then second",
		"replace": "1 tickets, second then second", "refuse": "1 tickets, first then first",
	} {
		s := New(modeWorld(ProjectModes{UpdateFlow: FlowMode{Decision: "wait", Second: second}}))
		c := as(t, s, "owner", "")
		c.describe(signSuccess, dnOf("P"), "first")
		result := signSuccess
		if second == "refuse" {
			result = signUpdate
		}
		c.describe(result, dnOf("P"), "second")
		tickets := len(s.openTickets(dnOf("P"), ProjectUpdateFlow))
		_ = s.ApproveFlow("P", "admin")
		first := c.description(dnOf("P"))
		_ = s.ApproveFlow("P", "admin")
		if got := fmt.Sprintf("%d tickets, %v then %v", tickets, first, c.description(dnOf("P"))); got != want {
			t.Errorf("%q: %s, want %s", second, got, want)
		}
	}
}

func TestUpdateFlow_TicketIsForItsApprovers(t *testing.T) {
	w := modeWorld(ProjectModes{UpdateFlow: FlowMode{Decision: "wait"}})
	w.Projects[0].Status, w.Projects[0].NoTicket = "Pending", false
	s := New(w)
	as(t, s, "owner", "").describe(signSuccess, dnOf("P"), "new")
	if ids := as(t, s, "gate", "").tickets(everyPage()); len(ids) != 2 {
		t.Error(ids)
	}
	if ids := as(t, s, "owner", "").tickets(everyPage()); len(ids) != 0 {
		t.Error("an owner sees the ticket:", ids)
	}
	s.SetProjectStatus("P", "Draft")
	open := s.openTickets(dnOf("P"), 0)
	if len(open) != 1 || open[0].ProductCode != ProjectUpdateFlow {
		t.Error("leaving Pending ends the submission, and nothing else:", len(open))
	}
	if err := s.RejectFlow("P", "gate", "no"); err != nil || s.ProjectStatus("P") != "Draft" {
		t.Error(err, s.ProjectStatus("P"))
	}
}

func TestDeleteFlow_Decisions(t *testing.T) {
	for _, row := range []struct {
		name   string
		status string
		mode   FlowMode
		lag    int
		want   string // the status at once and after 1.5s
	}{
		{"none", "Enabled", FlowMode{}, 0, "- -"},
		{"lag", "Enabled", FlowMode{}, 1000, "Enabled -"},
		{"approved", "Enabled", FlowMode{Decision: "approved", Delay: 1000}, 0, "Deleted -"},
		{"rejected", "Enabled", FlowMode{Decision: "rejected", Delay: 1000}, 0, "Deleted Disabled"},
		{"wait", "Enabled", FlowMode{Decision: "wait"}, 0, "Deleted Deleted"},
		{"a Draft waits", "Draft", FlowMode{Decision: "wait"}, 0, "Deleted Deleted"},
		{"a Draft is spared", "Draft", FlowMode{Decision: "wait", SpareDrafts: true}, 0, "- -"},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				w := modeWorld(ProjectModes{DeleteFlow: row.mode, DeleteLag: row.lag})
				w.Projects[0].Status = row.status
				s := New(w)
				as(t, s, "owner", "").want(signSuccess, "Codesign/DeleteProject", object{"Dn": dnOf("P")})
				seen := []string{orDash(s.ProjectStatus("P"))}
				time.Sleep(1500 * time.Millisecond)
				if got := strings.Join(append(seen, orDash(s.ProjectStatus("P"))), " "); got != row.want {
					t.Errorf("%s, want %s", got, row.want)
				}
			})
		})
	}
}

func orDash(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

func TestDeleteProject_Twice(t *testing.T) {
	for second, want := range map[string]int{"": signDelete, "refuse": signDelete, "queue": signSuccess} {
		s := New(modeWorld(ProjectModes{DeleteFlow: FlowMode{Decision: "wait", Second: second}}))
		c := as(t, s, "owner", "")
		c.want(signSuccess, "Codesign/DeleteProject", object{"Dn": dnOf("P")})
		c.want(want, "Codesign/DeleteProject", object{"Dn": dnOf("P")})
		c.want(signRename, "Codesign/RenameProject", object{"Dn": dnOf("P"), "NewDn": dnOf("Q")})
		c.want(signExists, "Codesign/CreateProject", object{"Dn": dnOf("P")})
		if n := len(s.openTickets(dnOf("P"), ProjectDeleteFlow)); n != 1 || len(s.Remarks()) != 1 {
			t.Errorf("%q: %d tickets, %v", second, n, s.Remarks())
		}
	}
}

func TestUpdateLag_ShowsFormerValues(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(modeWorld(ProjectModes{UpdateLag: 2000}))
		c := as(t, s, "owner", "")
		c.describe(signSuccess, dnOf("P"), "new")
		listed := func() any {
			return c.post("Codesign/EnumerateProjects", object{})["Projects"].([]any)[0].(object)["Description"]
		}
		if c.description(dnOf("P")) != "text" || listed() != "text" || s.mustExport(t, "P").Description != "new" {
			t.Error("the update shows at once")
		}
		time.Sleep(2 * time.Second)
		if c.description(dnOf("P")) != "new" || listed() != "new" {
			t.Error("the update does not show")
		}
	})
}

func TestCreateProject_Modes(t *testing.T) {
	s := New(modeWorld(ProjectModes{CreatorNotOwner: true}))
	as(t, s, "stranger", "").want(signSuccess, "Codesign/CreateProject", object{"Dn": dnOf(`Other\New`)})
	if p := s.mustExport(t, `Other\New`); len(p.Owners) != 0 || p.Status != "Draft" {
		t.Error(p)
	}
	s.UpdateSettings(func(now *Settings) {
		now.CreatorNotOwner = false
		now.Failures = map[string]Failure{"Codesign/CreateProject": {Result: 1000, Saved: "object", Count: 1}}
	})
	c := as(t, s, "stranger", "")
	c.want(1000, "Codesign/CreateProject", object{"Dn": dnOf("Half")})
	c.want(signSuccess, "Codesign/CreateProject", object{"Dn": dnOf("Whole")})
	if half, whole := s.mustExport(t, "Half"), s.mustExport(t, "Whole"); len(half.Owners) != 0 ||
		len(whole.Owners) != 1 {
		t.Error(half, whole)
	}
	c.want(signCreate, "Codesign/CreateProject", object{"Dn": applicationsRoot + `\New`})
}

func TestRenameProject_Modes(t *testing.T) {
	s := New(modeWorld(ProjectModes{MoveRefused: true}))
	c := as(t, s, "owner", "")
	c.want(signRename, "Codesign/RenameProject", object{"Dn": dnOf("P"), "NewDn": dnOf(`Other\P`)})
	c.want(signRename, "Codesign/RenameProject", object{"Dn": dnOf("P"), "NewDn": dnOf(`Missing\P`)})
	c.want(signSuccess, "Codesign/RenameProject", object{"Dn": dnOf("P"), "NewDn": dnOf("p")})
	s.UpdateSettings(func(now *Settings) { now.MoveRefused = false })
	c.want(signSuccess, "Codesign/RenameProject", object{"Dn": dnOf("p"), "NewDn": dnOf(`Other\P`)})
	c.want(signSuccess, "Codesign/GetEnvironment", object{"Dn": dnOf(`Other\P\Production`)})
}

func TestFailures_CountAndTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(modeWorld(ProjectModes{
			Failures: map[string]Failure{"Codesign/GetEnvironment": {Result: 3005, For: 1000}},
		}))
		c := as(t, s, "owner", "")
		c.want(3005, "Codesign/GetEnvironment", object{"Dn": dnOf(`P\Production`)})
		time.Sleep(time.Second)
		c.want(signSuccess, "Codesign/GetEnvironment", object{"Dn": dnOf(`P\Production`)})
		s.UpdateSettings(func(now *Settings) {
			now.Failures = map[string]Failure{"Codesign/GetEnvironment": {Result: 3005, Count: 1}}
		})
		c.want(3005, "Codesign/GetEnvironment", object{"Dn": dnOf(`P\Production`)})
		s.UpdateSettings(func(now *Settings) { now.TicketDelay = 1 })
		c.want(signSuccess, "Codesign/GetEnvironment", object{"Dn": dnOf(`P\Production`)})
	})
}

// Every mode is a member of the settings in JSON, for the file of the command.
func TestProjectModes_InJSON(t *testing.T) {
	w, err := ReadWorld(strings.NewReader(`{"settings":{"absent_lists_cleared":true,
		"delete_flow":{"decision":"approved","delay":5},"failures":{"Codesign/CreateProject":{"result":3}}}}`))
	if err != nil || !w.Settings.AbsentListsCleared || w.Settings.DeleteFlow.Delay != 5 ||
		w.Settings.Failures["Codesign/CreateProject"].Result != 3 {
		t.Error(err, w.Settings)
	}
}
