package simulator

import (
	"fmt"
	"strings"
	"testing"
)

func TestUpdateProject_OtherDnRenames(t *testing.T) {
	s := New(modeWorld(ProjectModes{UpdateRenames: true}))
	c := as(t, s, "owner", "")
	sent := c.echo(dnOf("P"))
	sent["Dn"] = dnOf("Q")
	c.want(signSuccess, "Codesign/UpdateProject", object{"Project": sent})
	if p := s.mustExport(t, "Q"); p.Environments[0].GUID == "" || s.ProjectStatus("P") != "" {
		t.Error(p)
	}
}

func TestUpdateProject_Remarks(t *testing.T) {
	for _, row := range []struct {
		name   string
		change func(object)
		want   string
	}{
		{"a change", func(o object) { o["Description"] = "new" }, ""},
		{"a change of a list", func(o object) { o["Auditors"] = listed() }, ""},
		{"no change", func(object) {}, "UpdateProject changes nothing"},
		{"no Dirty", func(o object) { o["Auditors"] = object{"Items": []string{}} }, "Auditors changed without Dirty"},
		{
			"a list left out", func(o object) { delete(o, "Auditors"); o["Description"] = "new" },
			"UpdateProject without Auditors",
		},
		{"null", func(o object) { o["Auditors"] = nil; o["Description"] = "new" }, "UpdateProject without Auditors"},
		{"a status", func(o object) { o["Status"] = 1; o["Description"] = "new" }, "UpdateProject with Status"},
		{
			"expanded applications", func(o object) { o["Applications"] = []string{}; o["Description"] = "new" },
			"UpdateProject with Applications",
		},
		{
			"environments", func(o object) { o["CertificateEnvironments"] = []object{}; o["Description"] = "new" },
			"UpdateProject with CertificateEnvironments",
		},
		{
			"a delta", func(o object) {
				o["Auditors"] = object{"Items": []string{}, "Dirty": true, "Removed": []string{}}
			},
			"Auditors with Removed",
		},
		{
			"another member", func(o object) { o["Fancy"] = 1; o["Description"] = "new" },
			"UpdateProject with the unknown member Fancy",
		},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := New(modeWorld(ProjectModes{}))
			c := as(t, s, "owner", "")
			sent := c.echo(dnOf("P"))
			row.change(sent)
			c.want(signSuccess, "Codesign/UpdateProject", object{"Project": sent})
			var got []string
			for _, e := range s.Remarks() {
				got = append(got, e.Detail)
			}
			if strings.Join(got, "; ") != row.want {
				t.Errorf("got %q", got)
			}
			environments := 0
			for _, e := range s.Journal() {
				if e.Object == dnOf(`P\Production`) && e.Kind == EventChanged {
					environments++
				}
			}
			if (environments > 0) != (row.name == "environments") {
				t.Errorf("%d changes of environments", environments)
			}
		})
	}
}

func TestUpdateProject_RaisesTheRevision(t *testing.T) {
	s := New(modeWorld(ProjectModes{}))
	c := as(t, s, "admin", "")
	revision := func() any {
		return c.post("Config/IsValid", object{"ObjectDN": dnOf("P")})["Object"].(object)["Revision"]
	}
	before := revision()
	c.want(signSuccess, "Codesign/UpdateProject", object{"Project": c.echo(dnOf("P"))})
	if revision() == before {
		t.Error("an update that changes nothing has the same revision")
	}
}

func TestUpdateProject_NamesTheProject(t *testing.T) {
	s := New(modeWorld(ProjectModes{}))
	c := as(t, s, "owner", "")
	for _, change := range []func(object){
		func(o object) { delete(o, "Dn"); delete(o, "Guid"); delete(o, "Id") },
		func(o object) { o["Id"] = 5 },
		func(o object) { o["Owners"] = "x" },
	} {
		sent := c.echo(dnOf("P"))
		change(sent)
		c.refused(400, "invalid_request", "Codesign/UpdateProject", object{"Project": sent})
	}
	sent := c.echo(dnOf("P"))
	sent["Guid"] = "{00000000-0000-0000-0000-000000000000}"
	c.want(signNotFound, "Codesign/UpdateProject", object{"Project": sent})
	as(t, s, "user", "").want(signPermission, "Codesign/UpdateProject", object{"Project": c.echo(dnOf("P"))})
	s.SetProjectStatus("P", "Deleted")
	c.want(signUpdate, "Codesign/UpdateProject", object{"Project": c.echo(dnOf("P"))})
}

func TestListSpelling_OfAnswers(t *testing.T) {
	for spelling, want := range map[string]string{
		"": "owner team", "reversed": "team owner", "upper": "OWNER TEAM", "upper,sorted": "OWNER TEAM",
	} {
		w := World{
			Users:    []User{{Name: "admin", Admin: true}},
			Projects: []Project{{Name: "P", Owners: []string{"owner", "team"}}},
		}
		w.Settings.ListSpelling = spelling
		got := as(t, New(w), "admin", "").echo(dnOf("P"))["Owners"].(object)["Items"].([]any)
		if fmt.Sprint(got) != "["+want+"]" {
			t.Errorf("%s: %v", spelling, got)
		}
	}
}

func TestEmptyFields_InAnswers(t *testing.T) {
	for _, shown := range []bool{false, true} {
		s := New(modeWorld(ProjectModes{EmptyFieldsShown: shown}))
		c := as(t, s, "owner", "")
		sent := c.echo(dnOf("P"))
		sent["CustomFieldAttributes"] = object{"Dirty": true, "Items": []object{stage()}}
		c.want(signSuccess, "Codesign/UpdateProject", object{"Project": sent})
		fields := c.echo(dnOf("P"))["CustomFieldAttributes"].(object)["Items"].([]any)
		if (len(fields) == 1) != shown {
			t.Errorf("shown %v: %v", shown, fields)
		}
	}
}
