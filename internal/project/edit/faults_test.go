package edit_test

import (
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

var faultKinds = []simulator.FaultKind{
	simulator.Status429, simulator.Status503, simulator.Status502, simulator.Status504, simulator.Deadlock500,
	simulator.Other500, simulator.ResetBeforeCommit, simulator.ResetAfterCommit, simulator.Gateway502AfterCommit,
	simulator.Gateway504AfterCommit, simulator.Hang, simulator.HangAfterCommit, simulator.TruncatedBody,
	simulator.WrongContentType, simulator.EmptyBody, simulator.DeepJSON, simulator.RedirectLoop, simulator.ExpiredToken,
	simulator.InsufficientScope, simulator.ControlCharacters, simulator.AspNet500, simulator.AspNet400,
	simulator.ConnectionRefused, simulator.Gateway502LateCommit,
}

// A fault on any call of an edit, for a while or for good: an edit that reports success is carried
// out, the change is made at most once, nothing else changes, and the next run completes it.
func TestEdit_FaultsByCalls(t *testing.T) {
	modes := modesOf(map[string]simulator.ProjectModes{
		"": {}, "lag": {UpdateLag: 2000}, "flow": {UpdateFlow: simulator.FlowMode{Decision: "approved", Delay: 3000}},
	})
	paths := []string{getProject, updateProject, isValid, "Codesign/GetGlobalConfiguration", "Flow/Tickets/Enumerate"}
	eachFault(t, paths, modes, func(f *fixture, fault simulator.Fault) { f.survives(fault) })
}

func (f *fixture) survives(fault simulator.Fault) {
	f.Helper()
	before, change := f.truth(), f.add(settings.Use, "max")
	remove := f.server.Inject(fault)
	result, err := f.edit(change)
	if err == nil && !slices.Contains(f.truth().KeyUsers, f.trustee("max")) {
		f.Errorf("success without the change: %+v", result)
	}
	if err != nil && err.Error() == "" {
		f.Errorf("an error without a text: %T", err)
	}
	f.intact(before, change)
	remove()
	time.Sleep(5 * time.Second)
	again := edit.Request{Change: change, Pending: result.Pending}
	if _, err := f.editorOf("adam").Edit(f.within(), client.ProjectRef{}, f.guid, again); err != nil {
		f.Errorf("the next run: %v", err)
	}
	f.intact(before, change)
	if !slices.Contains(f.truth().KeyUsers, f.trustee("max")) || f.applied() != 1 {
		f.Errorf("applied %d times: %v", f.applied(), f.truth().KeyUsers)
	}
	f.clean()
}

func (f *fixture) intact(before simulator.Project, change settings.Change) {
	f.Helper()
	if !reflect.DeepEqual(others(f.truth(), change), others(before, change)) {
		f.Errorf("something else changed: %+v\nfrom %+v", f.truth(), before)
	}
}

// eachFault runs a test for every kind of fault on every call, once and for good.
func eachFault(
	t *testing.T, paths []string, modes map[string]simulator.Settings, test func(*fixture, simulator.Fault),
) {
	t.Helper()
	for _, path := range paths {
		for _, kind := range faultKinds {
			for _, count := range []int{1, 0} {
				for mode, server := range modes {
					t.Run(fmt.Sprintf("%s/%s/%d/%s", path, kind, count, mode), func(t *testing.T) {
						world := func(w *simulator.World) { everything(w); w.Settings = server }
						inVirtualTime(t, world, func(f *fixture) {
							test(f, simulator.Fault{Path: path, Kind: kind, Count: count, CommitAfter: 4 * time.Second})
						})
					})
				}
			}
		}
	}
}

func modesOf(modes map[string]simulator.ProjectModes) map[string]simulator.Settings {
	all := map[string]simulator.Settings{}
	for name, m := range modes {
		all[name] = simulator.Settings{ProjectModes: m}
	}
	return all
}

// events counts the entries of the journal about a kind of change.
func (f *fixture) events(kind string) int {
	n := 0
	for _, e := range f.server.Journal() {
		if e.Kind == kind {
			n++
		}
	}
	return n
}

// Whatever goes wrong, there is one project in the end, with all settings, and it is updated once.
func TestCreate_FaultsByCalls(t *testing.T) {
	modes := modesOf(map[string]simulator.ProjectModes{
		"": {}, "lag": {UpdateLag: 2000},
		"flow": {UpdateFlow: simulator.FlowMode{Decision: "approved", Delay: 3000}},
	})
	modes["late"] = simulator.Settings{VisibilityLag: 2000}
	paths := []string{createProject, updateProject, getProject, "Identity/Self", "Flow/Tickets/Enumerate"}
	eachFault(t, paths, modes, func(f *fixture, fault simulator.Fault) {
		change := f.full()
		change.Lists[settings.Owners] = settings.ListChange{Exact: true, Items: f.trustees([]string{"adam", "olga"})}
		remove := f.server.Inject(fault)
		created, err := f.create(change)
		remove()
		if p, _ := f.server.Project("Rocket"); err == nil && len(p.Owners) != 2 {
			f.Errorf("success without the settings: %+v", created)
		}
		for range 2 {
			if err == nil {
				break
			}
			time.Sleep(5 * time.Second)
			f.editor = f.editorOf("adam")
			_, err = f.create(change)
		}
		p, _ := f.server.Project("Rocket")
		if err != nil || len(p.Owners) != 2 || len(p.KeyUsers) != 1 || p.Description != "Rockets" {
			f.Errorf("the next run: %v, %+v", err, p)
		}
		if f.events(simulator.EventCreated) != 1 || f.applied() != 1 {
			f.Errorf("%d created, %d updated", f.events(simulator.EventCreated), f.applied())
		}
		f.clean()
	})
}

// An unfinished creation that has no owner is not recognized. The error says how to go on.
func TestCreate_CreatorNotOwner(t *testing.T) {
	inVirtualTime(t, func(w *simulator.World) { w.Settings.CreatorNotOwner = true }, func(f *fixture) {
		change := f.full()
		change.Lists[settings.Owners] = settings.ListChange{Exact: true, Items: f.trustees([]string{"olga"})}
		f.server.Inject(simulator.Fault{Path: updateProject, Kind: simulator.Status503, Count: 3})
		if _, err := f.create(change); err == nil {
			t.Error("success without the settings")
		}
		_, err := f.create(change)
		f.fails(err, failure.Exists, "exists already", "import {")
		f.server.RemoveProject("Rocket")
		if _, err := f.create(change); err != nil {
			t.Error(err)
		}
		if p, _ := f.server.Project("Rocket"); len(p.Owners) != 1 || p.Owners[0] != f.trustee("olga") {
			t.Errorf("got %+v", p)
		}
	})
}

// A project is renamed once, and keeps all else.
func TestRename_FaultsByCalls(t *testing.T) {
	modes := map[string]simulator.Settings{"": {}, "listed late": {EnumerationLag: 3000}}
	eachFault(t, []string{renameProject, getProject}, modes, func(f *fixture, fault simulator.Fault) {
		before := f.truth()
		remove := f.server.Inject(fault)
		_, err := f.editor.Rename(f.within(), f.guid, rocket)
		_, renamed := f.server.Project("Rocket")
		if err == nil && !renamed {
			f.Error("success without the new name")
		}
		remove()
		time.Sleep(5 * time.Second)
		if _, err := f.editorOf("adam").Rename(f.within(), f.guid, rocket); err != nil {
			f.Errorf("the next run: %v", err)
		}
		p, _ := f.server.Project("Rocket")
		if p.DN, before.DN = "", ""; !reflect.DeepEqual(p, before) || f.events(simulator.EventRenamed) != 1 {
			f.Errorf("%d times renamed: %+v", f.events(simulator.EventRenamed), p)
		}
		f.clean()
	})
}

// A project is deleted once.
func TestDelete_FaultsByCalls(t *testing.T) {
	modes := modesOf(map[string]simulator.ProjectModes{
		"": {}, "lag": {DeleteLag: 2000}, "flow": {DeleteFlow: simulator.FlowMode{Decision: "approved", Delay: 3000}},
	})
	eachFault(t, []string{deleteProject, getProject}, modes, func(f *fixture, fault simulator.Fault) {
		remove := f.server.Inject(fault)
		_, err := f.delete(time.Minute, true)
		if status := f.server.ProjectStatus("Payments"); err == nil && status != "" {
			f.Errorf("success, and the project is %s", status)
		}
		remove()
		time.Sleep(5 * time.Second)
		f.editor = f.editorOf("adam")
		if _, err := f.delete(time.Minute, true); err != nil {
			f.Errorf("the next run: %v", err)
		}
		if n := f.events(simulator.EventRemoved); n != 1 {
			f.Errorf("%d times removed", n)
		}
		f.clean()
	})
}
