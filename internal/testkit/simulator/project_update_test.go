package simulator

import (
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

func stage(values ...string) object {
	return object{"FieldName": "Stage", "Type": 1, "Values": notNil(values)}
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
			"Dirty": true, "Items": []object{stage("three")},
		}), signSuccess, func(p Project) bool {
			return reflect.DeepEqual(p.CustomFields, map[string][]string{"Stage": {"three"}})
		}},
		{"field values in upper case", ProjectModes{CustomFieldSpelling: "upper"}, set("CustomFieldAttributes", object{
			"Dirty": true, "Items": []object{stage("three")},
		}), signSuccess, func(p Project) bool { return p.CustomFields["Stage"][0] == "THREE" }},
		{"field values as dates", ProjectModes{CustomFieldSpelling: "date"}, set("CustomFieldAttributes", object{
			"Dirty": true, "Items": []object{stage("2027-03-01", "x")},
		}), signSuccess, func(p Project) bool {
			return slices.Equal(p.CustomFields["Stage"], []string{"3/1/2027", "x"})
		}},
		{
			"another field type",
			ProjectModes{CustomFieldTypes: map[string]int{"Stage": 4}},
			set("CustomFieldAttributes", object{"Dirty": true, "Items": []object{stage("x")}}), signUpdate, nil,
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
			set("CustomFieldAttributes", object{"Dirty": true, "Items": []object{stage()}}), signUpdate, nil,
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

func TestEditBefore_KeepsWhatARequestLeavesOut(t *testing.T) {
	s := New(modeWorld(ProjectModes{}))
	c := as(t, s, "owner", "")
	s.EditBefore("Codesign/UpdateProject", 1, "P", ProjectEdit{
		Auditors:     ListEdit{Add: []string{"stranger"}, Remove: []string{"auditor"}},
		CustomFields: map[string][]string{"Late": {"1"}},
	})
	sent := c.echo(dnOf("P"))
	delete(sent, "Auditors")
	delete(sent, "CustomFieldAttributes")
	c.want(signSuccess, "Codesign/UpdateProject", object{"Project": sent})
	if p := s.mustExport(t, "P"); !slices.Equal(p.Auditors, []string{s.Trustee("stranger")}) ||
		len(p.CustomFields) != 3 {
		t.Errorf("got %+v", p)
	}
}

func TestEditBefore_HitsAsOftenAsItSays(t *testing.T) {
	s := New(modeWorld(ProjectModes{}))
	c := as(t, s, "owner", "")
	read := func() any {
		s.EditProject("P", ProjectEdit{Description: new("before")})
		return c.description(dnOf("P"))
	}
	s.EditBefore("Codesign/GetProject", 2, "P", ProjectEdit{Description: new("console")})
	for i, want := range []string{"console", "console", "before"} {
		if got := read(); got != want {
			t.Errorf("read %d: %v, want %s", i, got, want)
		}
	}
	stop := s.EditBefore("Codesign/GetProject", 2, "P", ProjectEdit{Description: new("console")})
	stop()
	if got := read(); got != "before" {
		t.Error("after the end:", got)
	}
}
