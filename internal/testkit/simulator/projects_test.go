package simulator

import (
	"fmt"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func splitWords(s string) []string { return strings.Fields(s) }

func TestProjects_CreateUpdateRenameDelete(t *testing.T) {
	s := New(cast("Enabled"))
	owner, admin := as(t, s, "stranger", "codesign:manage,delete"), as(t, s, "admin", "")
	created := owner.want(signSuccess, "Codesign/CreateProject", object{"Dn": dnOf("New")})["Project"].(object)
	if created["Status"] != 2.0 || !strings.Contains(fmt.Sprint(created["Owners"]), s.Trustee("stranger")) {
		t.Errorf("a new project is a Draft of its creator: %v", created)
	}
	owner.want(signExists, "Codesign/CreateProject", object{"Dn": strings.ToLower(dnOf("New"))})
	owner.want(signCreate, "Codesign/CreateProject", object{"Dn": `\VED\Nowhere\New`})
	owner.want(signSuccess, "Codesign/UpdateProject", object{"Project": object{
		"Dn": dnOf("New"), "Description": "text", "Status": 1, "KeyUsers": object{"Items": []string{s.Trustee("user")}},
	}})
	owner.want(signSuccess, "Codesign/RenameProject", object{"Dn": dnOf("New"), "NewDn": dnOf("Newer")})
	owner.want(signNotFound, "Codesign/GetProject", object{"Dn": dnOf("New")})
	read := owner.want(signSuccess, "Codesign/GetProject", object{"Guid": created["Guid"]})["Project"].(object)
	if read["Dn"] != dnOf("Newer") || read["Description"] != "text" || read["Status"] != 2.0 ||
		!strings.Contains(fmt.Sprint(read["KeyUsers"]), s.Trustee("user")) {
		t.Errorf("after update and rename: %v", read)
	}
	owner.want(signExists, "Codesign/RenameProject", object{"Dn": dnOf("Newer"), "NewDn": dnOf("P")})
	as(t, s, "user", "").want(signPermission, "Codesign/DeleteProject", object{"Dn": dnOf("Newer")})
	owner.want(signSuccess, "Codesign/DeleteProject", object{"Dn": dnOf("Newer")})
	admin.want(signNotFound, "Codesign/GetProject", object{"Dn": dnOf("Newer")})
}

func TestProjects_DeleteNeedsApproval(t *testing.T) {
	w := cast("Enabled")
	w.Projects[0].DeleteNeedsApproval = true
	s := New(w)
	admin := as(t, s, "admin", "")
	admin.want(signSuccess, "Codesign/DeleteProject", object{"Dn": dnOf("P")})
	if got := s.ProjectStatus("P"); got != "Deleted" {
		t.Fatal(got)
	}
	if err := s.RejectFlow("P", "admin", "keep it"); err != nil || s.ProjectStatus("P") != "Disabled" {
		t.Fatal(err, s.ProjectStatus("P"))
	}
	admin.want(signSuccess, "Codesign/DeleteProject", object{"Dn": dnOf("P")})
	if err := s.ApproveFlow("P", "gate"); err != nil || s.ProjectStatus("P") != "" {
		t.Fatal(err, s.ProjectStatus("P"))
	}
}

func TestProjects_StatusLag(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := cast("Enabled")
		w.Settings.StatusLag = 2000
		s := New(w)
		c := as(t, s, "admin", "")
		status := func() any {
			return c.want(signSuccess, "Codesign/GetProject", object{"Dn": dnOf("P")})["Project"].(object)["Status"]
		}
		c.want(signSuccess, "Codesign/UpdateProjectStatus", object{"Dn": dnOf("P"), "ProjectStatus": 0})
		if s.ProjectStatus("P") != "Disabled" || status() != 1.0 {
			t.Error("the lag hides a status from reads only", s.ProjectStatus("P"), status())
		}
		time.Sleep(1999 * time.Millisecond)
		if status() != 1.0 {
			t.Error("too early")
		}
		time.Sleep(time.Millisecond)
		if status() != 0.0 {
			t.Error("too late")
		}
	})
}

func TestProjects_Enumerate(t *testing.T) {
	s := New(World{
		Users: []User{{Name: "admin", Admin: true}, {Name: "o"}},
		Projects: []Project{
			{Name: "Rocket Firmware", Owners: []string{"o"}}, {
				Name:     "Rocket Ground",
				Auditors: []string{"o"},
			}, {Name: "Payments"},
		},
	})
	names := func(who string, body any) string {
		var out []string
		for _, p := range as(t, s, who, "codesign").want(signSuccess, "Codesign/EnumerateProjects",
			body)["Projects"].([]any) {
			out = append(out, lastPart(p.(object)["Dn"].(string)))
		}
		return strings.Join(out, ",")
	}
	for _, c := range []struct {
		who  string
		body any
		want string
	}{
		{"admin", object{}, "Rocket Firmware,Rocket Ground,Payments"},
		{"admin", "", "Rocket Firmware,Rocket Ground,Payments"},
		{"o", object{}, "Rocket Firmware,Rocket Ground"},
		{"o", object{"Rights": 8}, "Rocket Firmware"},
		{"admin", object{"Filter": "Rocket*"}, "Rocket Firmware,Rocket Ground"},
		{"admin", object{"Filter": "*ground"}, "Rocket Ground"},
		{"admin", object{"Filter": "rocket g"}, "Rocket Ground"},
		{"admin", object{"Filter": "*ock*ware"}, "Rocket Firmware"},
		{"admin", object{"Filter": "nothing"}, ""},
	} {
		if got := names(c.who, c.body); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.who, c.body, got, c.want)
		}
	}
	s.UpdateSettings(func(now *Settings) { now.EnumerateRefused = true })
	as(t, s, "admin", "").want(signPermission, "Codesign/EnumerateProjects", object{})
}

func BenchmarkEnumerate10000Projects(b *testing.B) {
	w := World{Users: []User{{Name: "admin", Admin: true}}}
	for i := range 10000 {
		w.Projects = append(w.Projects, Project{
			Name: fmt.Sprintf("Project %05d", i), Owners: []string{"admin"},
			Status: "Enabled",
		})
	}
	s := New(w)
	s.actor = s.people.must("admin")
	c := &call{Server: s}
	for b.Loop() {
		if a := enumerateProjects(c); len(a.text) < 10000 {
			b.Fatal("too few")
		}
	}
}

func TestObjects_ApplicationsAndEnvironments(t *testing.T) {
	c := as(t, New(cast("Enabled")), "stranger", "codesign")
	if got := c.want(signSuccess, "Codesign/EnumerateApplications", object{})["Applications"].([]any); len(got) != 1 {
		t.Error(got)
	}
	c.want(signWrongType, "Codesign/GetEnvironment", object{"Dn": dnOf("P")})
	c.want(signNotFound, "Codesign/GetEnvironment", object{"Id": 5})
	c.want(signPermission, "Codesign/GetEnvironment", object{"Dn": dnOf(`P\Production`)})
	as(t, New(cast("Enabled")), "user", "").want(signSuccess, "Codesign/GetEnvironment",
		object{"Dn": dnOf(`P\Production`)})
}
