package edit_test

import (
	"reflect"
	"slices"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// serverModes are the answers that a server may give to an update, without an approval.
var serverModes = map[string]simulator.ProjectModes{
	"default":                    {},
	"absent cleared":             {AbsentListsCleared: true, AbsentDescriptionCleared: true},
	"Dirty required":             {DirtyRequired: true},
	"both":                       {DirtyRequired: true, AbsentListsCleared: true, OwnersRequired: true},
	"lag":                        {UpdateLag: 3000},
	"honors status":              {UpdateSetsStatus: true, UpdateRenames: true},
	"upper case":                 {ListSpelling: "upper"},
	"another order":              {ListSpelling: "reversed"},
	"field types":                {CustomFieldTypes: map[string]int{"Stage": 4}},
	"empty fields shown":         {EmptyFieldsShown: true},
	"fields in caps":             {CustomFieldSpelling: "upper"},
	"fields as dates":            {CustomFieldSpelling: "date"},
	"group roles":                {EnforceGroupRoles: true, UsersUnderGroupRoles: "accept"},
	"approved later":             {UpdateFlow: simulator.FlowMode{Decision: "approved", Delay: 2000}},
	"old configuration":          {OldGlobalConfiguration: true},
	"3005 before the update":     {Failures: map[string]simulator.Failure{getProject: {Result: 3005, Count: 1}}},
	"3005 of the update":         {Failures: map[string]simulator.Failure{updateProject: {Result: 3005, Count: 1}}},
	"partial failure, all saved": {Failures: map[string]simulator.Failure{updateProject: {Result: 10, Saved: "all"}}},
}

// everything gives the project of the fixture something in each member.
func everything(w *simulator.World) {
	w.Applications = []simulator.Object{{Name: "signtool"}, {Name: "jarsigner"}}
	w.Collections = []simulator.Object{{Name: "Tools", Members: []string{"signtool"}}}
	p := &w.Projects[0]
	p.Applications, p.KeyUseApprovers = []string{"signtool", "Tools"}, []string{"lea"}
	p.CustomFields = map[string][]string{"Cost Centre": {"4711"}, "Stage": {"Two"}}
}

// anyChange is one change of each member.
func (f *fixture) changes() map[string]settings.Change {
	const application = `\VED\Code Signing\Signing Applications\jarsigner`
	return map[string]settings.Change{
		"description":    text("New"),
		"no description": text(""),
		"a member":       f.add(settings.Use, "max"),
		"a role":         f.exactly(settings.Audit, "lea", "max"),
		"an empty role":  f.exactly(settings.ApproveUse),
		"one fewer":      f.remove(settings.Use, "kim"),
		"applications": {Lists: map[settings.Field]settings.ListChange{
			settings.Applications: {Exact: true, Items: []string{application}},
		}},
	}
}

// others are the values of a project that a change does not name, with sorted lists.
func others(p simulator.Project, change settings.Change) simulator.Project {
	for _, list := range []*[]string{&p.Owners, &p.Auditors, &p.KeyUsers, &p.KeyUseApprovers, &p.Applications} {
		*list = slices.Sorted(slices.Values(*list))
	}
	if change.Description != nil {
		p.Description = ""
	}
	for field := range change.Lists {
		*map[settings.Field]*[]string{
			settings.Owners: &p.Owners, settings.Auditors: &p.Auditors, settings.KeyUsers: &p.KeyUsers,
			settings.KeyUseApprovers: &p.KeyUseApprovers, settings.Applications: &p.Applications,
		}[field] = nil
	}
	return p
}

func (f *fixture) truth() simulator.Project {
	f.Helper()
	p, found := f.server.Project("Payments")
	if !found {
		f.Fatal("the project is gone")
	}
	return p
}

// applied is how often an update changed the project.
func (f *fixture) applied() int {
	return len(slices.DeleteFunc(f.server.Journal(), func(e simulator.Event) bool {
		return e.Kind != simulator.EventChanged
	}))
}

// clean complains about requests that the provider should not send.
func (f *fixture) clean() {
	f.Helper()
	for _, e := range f.server.Remarks() {
		if e.Object != "Flow/Tickets" {
			f.Errorf("remark: %s", e.Detail)
		}
	}
}

// The server has not created all objects of the project when the update is read back.
func TestEdit_ObjectsPendingAfterUpdate(t *testing.T) {
	inVirtualTime(t, everything, func(f *fixture) {
		f.during(updateProject, 1, func() {
			f.server.UpdateSettings(func(now *simulator.Settings) {
				now.Failures = map[string]simulator.Failure{getProject: {Result: 3005, For: 4000}}
			})
		})
		if result, err := f.edit(text("New")); err != nil || result.Project.Description != "New" {
			t.Errorf("got %+v, %v", result, err)
		}
		f.sent(1)
	})
}

// No other request comes between the last read of the revision and the update.
func TestEdit_RevisionRightBeforeUpdate(t *testing.T) {
	for _, create := range []bool{true, false} {
		inVirtualTime(t, everything, func(f *fixture) {
			request := edit.Request{Change: text("New"), Create: create}
			if _, err := f.editor.Edit(f.within(), client.ProjectRef{}, f.guid, request); err != nil {
				t.Fatal(err)
			}
			before := ""
			for _, r := range f.server.Requests() {
				if r.Path == updateProject && before != isValid {
					t.Errorf("create %t: %s comes right before the update", create, before)
				}
				before = r.Path
			}
		})
	}
}

// Each change is made once, and nothing else changes, whichever way the server answers.
func TestEdit_ServerModes(t *testing.T) {
	for mode, modes := range serverModes {
		for name := range (&fixture{server: simulator.New(simulator.World{Users: []simulator.User{
			{Name: "adam", Admin: true}, {Name: "kim"}, {Name: "lea"}, {Name: "max"},
		}})}).changes() {
			t.Run(mode+"/"+name, func(t *testing.T) {
				world := func(w *simulator.World) {
					everything(w)
					w.Settings.ProjectModes = modes
					w.Settings.Failures = nil // the fixture reads the project
				}
				inVirtualTime(t, world, func(f *fixture) {
					f.server.UpdateSettings(func(now *simulator.Settings) { now.Failures = modes.Failures })
					change, before := f.changes()[name], f.truth()
					result, err := f.edit(change)
					if err != nil || !result.Sent {
						t.Fatalf("got %+v, %v", result, err)
					}
					if !change.MetBy(f.settings()) || !reflect.DeepEqual(others(f.truth(), change),
						others(before, change)) {
						t.Errorf("got %+v\nfrom %+v", f.truth(), before)
					}
					if f.applied() != 1 {
						t.Errorf("applied %d times", f.applied())
					}
					f.clean()
				})
			})
		}
	}
}
