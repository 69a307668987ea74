package simulator

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// modeWorld is a project with something in every member, and a folder beside it.
func modeWorld(m ProjectModes) World {
	w := cast("Enabled")
	w.Projects[0].Applications = []string{"signtool", "Tools"}
	w.Projects[0].Description = "text"
	w.Projects[0].CustomFields = map[string][]string{"Cost Centre": {"4711"}, "Stage": {"Two"}}
	w.Folders = []string{"Other"}
	w.Settings.ProjectModes = m
	return w
}

// echo is the project as a careful client sends it back.
func (c *client) echo(dn string) object {
	c.t.Helper()
	read := c.want(signSuccess, "Codesign/GetProject", object{"Dn": dn})["Project"].(object)
	sent := object{}
	for _, name := range sentMembers {
		sent[name] = read[name]
	}
	return sent
}

func listed(items ...string) object { return object{"Items": notNil(items), "Dirty": true} }

func stage(kind int, values ...string) object {
	return object{"FieldName": "Stage", "Type": kind, "Values": notNil(values)}
}

func (s *Server) mustExport(t *testing.T, dn string) Project {
	t.Helper()
	p, found := s.Project(dn)
	if !found {
		t.Fatalf("%s does not exist", dn)
	}
	return p
}

func TestUpdateProject_Modes(t *testing.T) {
	unknown := "local:{ffffffff-0000-0000-0000-000000000000}"
	people := New(cast("Draft"))
	owner, team, user := people.Trustee("owner"), people.Trustee("team"), people.Trustee("user")
	stranger := people.Trustee("stranger")
	drop := func(names ...string) func(object) {
		return func(o object) {
			for _, name := range names {
				delete(o, name)
			}
		}
	}
	set := func(name string, value any) func(object) { return func(o object) { o[name] = value } }
	for _, row := range []struct {
		name   string
		modes  ProjectModes
		change func(object)
		result int
		want   func(p Project) bool
	}{
		{
			"absent lists are kept",
			ProjectModes{},
			drop("Auditors", "ApplicationDNs", "CustomFieldAttributes"), signSuccess,
			func(p Project) bool {
				return len(p.Auditors) == 1 && len(p.Applications) == 2 && len(p.CustomFields) == 2
			},
		},
		{
			"absent lists are cleared",
			ProjectModes{AbsentListsCleared: true},
			drop("Auditors", "ApplicationDNs", "CustomFieldAttributes"), signSuccess,
			func(p Project) bool { return len(p.Auditors)+len(p.Applications)+len(p.CustomFields) == 0 },
		},
		{
			"an absent description is kept",
			ProjectModes{},
			drop("Description"), signSuccess,
			func(p Project) bool { return p.Description == "text" },
		},
		{
			"an absent description is cleared",
			ProjectModes{AbsentDescriptionCleared: true},
			drop("Description"), signSuccess,
			func(p Project) bool { return p.Description == "" },
		},
		{
			"an empty description clears",
			ProjectModes{},
			set("Description", ""), signSuccess,
			func(p Project) bool { return p.Description == "" },
		},
		{
			"a list without Dirty counts",
			ProjectModes{},
			set("KeyUsers", object{"Items": []string{}}), signSuccess,
			func(p Project) bool { return len(p.KeyUsers) == 0 },
		},
		{
			"a list without Dirty is ignored",
			ProjectModes{DirtyRequired: true},
			set("KeyUsers", object{"Items": []string{}}), signSuccess,
			func(p Project) bool { return len(p.KeyUsers) == 1 },
		},
		{
			"a list with Dirty counts",
			ProjectModes{DirtyRequired: true},
			set("KeyUsers", listed()), signSuccess,
			func(p Project) bool { return len(p.KeyUsers) == 0 },
		},
		{"Owners are required", ProjectModes{OwnersRequired: true}, drop("Owners"), 400, nil},
		{
			"no owner is accepted",
			ProjectModes{},
			set("Owners", listed()), signSuccess,
			func(p Project) bool { return len(p.Owners) == 0 },
		},
		{"no owner is refused", ProjectModes{EmptyOwnersRefused: true}, set("Owners", listed()), signUpdate, nil},
		{"Items null", ProjectModes{}, set("Owners", object{"Items": nil}), 400, nil},
		{"a trustee twice", ProjectModes{}, set("Owners", listed(owner, strings.ToUpper(owner))), signDuplicate, nil},
		{
			"case is the server's",
			ProjectModes{},
			set("Auditors", listed(strings.ToUpper(user))), signSuccess,
			func(p Project) bool { return slices.Equal(p.Auditors, []string{user}) },
		},
		{
			"an unknown trustee is accepted",
			ProjectModes{},
			set("Auditors", listed(unknown)), signSuccess,
			func(p Project) bool { return slices.Equal(p.Auditors, []string{unknown}) },
		},
		{
			"an unknown trustee is refused",
			ProjectModes{UnknownTrusteesRefused: true},
			set("Auditors", listed(unknown)),
			signUserNotFound, nil,
		},
		{
			"a prefixed name is not a trustee",
			ProjectModes{UnknownTrusteesRefused: true},
			set("Auditors", listed("local:user")), signUserNotFound, nil,
		},
		{
			"group roles refuse a new user",
			ProjectModes{EnforceGroupRoles: true},
			set("Auditors", listed(stranger)), signUpdate, nil,
		},
		{
			"group roles keep a user",
			ProjectModes{EnforceGroupRoles: true},
			set("Description", "new"), signSuccess,
			func(p Project) bool { return p.Description == "new" },
		},
		{
			"group roles refuse every user",
			ProjectModes{EnforceGroupRoles: true, UsersUnderGroupRoles: "refuse"},
			set("Description", "new"), signUpdate, nil,
		},
		{
			"group roles accept a user",
			ProjectModes{EnforceGroupRoles: true, UsersUnderGroupRoles: "accept"},
			set("Auditors", listed(stranger)), signSuccess,
			func(p Project) bool { return slices.Equal(p.Auditors, []string{stranger}) },
		},
		{
			"group roles accept a group",
			ProjectModes{EnforceGroupRoles: true},
			set("Auditors", listed(team)), signSuccess,
			func(p Project) bool { return slices.Equal(p.Auditors, []string{team}) },
		},
		{
			"an unknown application is accepted",
			ProjectModes{},
			set("ApplicationDNs", listed(`\VED\x`)), signSuccess,
			func(p Project) bool { return slices.Equal(p.Applications, []string{`\VED\x`}) },
		},
		{"an unknown application is refused", ProjectModes{UnknownApplicationsRefused: true}, func(o object) {
			o["ApplicationDNs"], o["Description"] = listed(`\VED\x`), "new"
		}, signRelated, func(p Project) bool { return len(p.Applications) == 2 && p.Description == "new" }},
		{
			"Status is ignored",
			ProjectModes{},
			set("Status", 0), signSuccess,
			func(p Project) bool { return p.Status == "Enabled" },
		},
		{
			"Status is honored",
			ProjectModes{UpdateSetsStatus: true},
			set("Status", 0), signSuccess,
			func(p Project) bool { return p.Status == "Disabled" },
		},
		{
			"ProjectStatus is honored",
			ProjectModes{UpdateSetsStatus: true},
			set("ProjectStatus", 0), signSuccess,
			func(p Project) bool { return p.Status == "Disabled" },
		},
		{
			"another Dn is ignored",
			ProjectModes{},
			set("Dn", dnOf("Q")), signSuccess,
			func(p Project) bool { return p.DN == dnOf("P") },
		},
		{"field values as sent", ProjectModes{}, set("CustomFieldAttributes", object{
			"Dirty": true, "Items": []object{stage(1, "three")},
		}), signSuccess, func(p Project) bool {
			return reflect.DeepEqual(p.CustomFields, map[string][]string{"Stage": {"three"}})
		}},
		{"field values in upper case", ProjectModes{CustomFieldSpelling: "upper"}, set("CustomFieldAttributes", object{
			"Dirty": true, "Items": []object{stage(1, "three")},
		}), signSuccess, func(p Project) bool { return p.CustomFields["Stage"][0] == "THREE" }},
		{"field values as dates", ProjectModes{CustomFieldSpelling: "date"}, set("CustomFieldAttributes", object{
			"Dirty": true, "Items": []object{stage(1, "2027-03-01", "x")},
		}), signSuccess, func(p Project) bool { return slices.Equal(p.CustomFields["Stage"], []string{"3/1/2027", "x"}) }},
		{
			"another field type",
			ProjectModes{CustomFieldTypes: map[string]int{"Stage": 4}},
			set("CustomFieldAttributes", object{"Dirty": true, "Items": []object{stage(1, "x")}}), signUpdate, nil,
		},
		{
			"the field types of the read",
			ProjectModes{CustomFieldTypes: map[string]int{"Stage": 4}},
			set("Description", "new"),
			signSuccess, func(p Project) bool { return p.CustomFields["Stage"][0] == "Two" },
		},
		{
			"a required field",
			ProjectModes{RequiredCustomFields: []string{"Stage"}},
			set("CustomFieldAttributes", object{"Dirty": true, "Items": []object{stage(1)}}), signUpdate, nil,
		},
		{
			"nothing saved",
			ProjectModes{Failures: map[string]Failure{"Codesign/UpdateProject": {Result: 10}}},
			set("Description", "new"), 10, func(p Project) bool { return p.Description == "text" },
		},
		{
			"the object saved, the roles not",
			ProjectModes{Failures: map[string]Failure{
				"Codesign/UpdateProject": {Result: 1000, Saved: "object"},
			}},
			func(o object) { o["Description"], o["Auditors"] = "new", listed() }, 1000,
			func(p Project) bool { return p.Description == "new" && len(p.Auditors) == 1 },
		},
		{
			"the roles saved, the object not",
			ProjectModes{Failures: map[string]Failure{
				"Codesign/UpdateProject": {Result: 11, Saved: "roles"},
			}},
			func(o object) { o["Description"], o["Auditors"] = "new", listed() }, 11,
			func(p Project) bool { return p.Description == "text" && len(p.Auditors) == 0 },
		},
		{
			"all saved",
			ProjectModes{Failures: map[string]Failure{"Codesign/UpdateProject": {Result: 10, Saved: "all"}}},
			set("Description", "new"), 10, func(p Project) bool { return p.Description == "new" },
		},
		{"another writer", ProjectModes{OtherWriter: &OtherWriter{Edit: ProjectEdit{
			Auditors:     ListEdit{Add: []string{"stranger"}, Remove: []string{"auditor"}},
			CustomFields: map[string][]string{"Late": {"1"}},
		}}}, drop("Auditors", "CustomFieldAttributes"), signSuccess, func(p Project) bool {
			return slices.Equal(p.Auditors, []string{stranger}) && len(p.CustomFields) == 3
		}},
	} {
		t.Run(row.name, func(t *testing.T) {
			s := New(modeWorld(row.modes))
			c := as(t, s, "owner", "")
			sent := c.echo(dnOf("P"))
			row.change(sent)
			if row.result == 400 {
				c.refused(400, "invalid_request", "Codesign/UpdateProject", object{"Project": sent})
			} else {
				c.want(row.result, "Codesign/UpdateProject", object{"Project": sent})
			}
			p := s.mustExport(t, "P")
			if row.want != nil && !row.want(p) || row.want == nil && p.Description != "text" {
				t.Errorf("got %+v", p)
			}
		})
	}
}

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
			"a delta", func(o object) { o["Auditors"] = object{"Items": []string{}, "Dirty": true, "Removed": []string{}} },
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
		sent["CustomFieldAttributes"] = object{"Dirty": true, "Items": []object{stage(1)}}
		c.want(signSuccess, "Codesign/UpdateProject", object{"Project": sent})
		fields := c.echo(dnOf("P"))["CustomFieldAttributes"].(object)["Items"].([]any)
		if (len(fields) == 1) != shown {
			t.Errorf("shown %v: %v", shown, fields)
		}
	}
}
