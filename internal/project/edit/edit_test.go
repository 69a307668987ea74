package edit_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestEdit_ChangesOnlyWhatIsManaged(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		result, err := f.edit(f.add(settings.ApproveUse, "lea"))
		if err != nil || !result.Sent || result.LostAccess || !result.Pending.IsZero() {
			t.Fatalf("got %+v, %v", result, err)
		}
		f.has(settings.ApproveUse, "lea")
		f.has(settings.Owner, "olga")
		f.has(settings.Use, "kim")
		f.has(settings.Audit, "max")
		f.exact()
		body := f.bodies()[0]
		if got := string(body["KeyUseApprovers"]); !strings.Contains(got, `"Dirty":true`) {
			t.Errorf("the changed list is not dirty: %s", got)
		}
		if got := string(body["Owners"]); strings.Contains(got, "Dirty") {
			t.Errorf("an unchanged list is dirty: %s", got)
		}
		if status := f.server.ProjectStatus("Payments"); status != "Enabled" {
			t.Errorf("the project is %s", status)
		}
	})
}

func TestEdit_MetSendsNothing(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		for name, change := range map[string]settings.Change{
			"nothing": {}, "member": f.add(settings.Use, "kim"), "list": f.exactly(settings.Audit, "max"),
			"text": text("Terminals"), "absent": f.remove(settings.Use, "lea"),
		} {
			if result, err := f.edit(change); err != nil || result.Sent || result.Project == nil {
				t.Errorf("%s: got %+v, %v", name, result, err)
			}
		}
		f.sent(0)
	})
}

// Ten resources of one project arrive together: one update, and four requests for the project.
func TestEdit_MergesWhatArrivesTogether(t *testing.T) {
	var users []string
	inVirtualTime(t, func(w *simulator.World) {
		for i := range 10 {
			users = append(users, fmt.Sprintf("user%d", i))
			w.Users = append(w.Users, simulator.User{Name: users[i]})
		}
	}, func(f *fixture) {
		var changes []settings.Change
		for _, user := range users {
			changes = append(changes, f.add(settings.ApproveUse, user))
		}
		errs := f.together(changes...)
		for _, err := range errs {
			if err != nil {
				t.Error(err)
			}
		}
		f.has(settings.ApproveUse, users...)
		f.sent(1)
		if n := f.server.Count(getProject) - 1; n+1 > 3 { // has reads the project once
			t.Errorf("%d reads and one update", n)
		}
	})
}

// On a loaded machine, the changes of one apply arrive one after the other. The first one does not wait
// for all of a long series.
func TestEdit_GathersWhileChangesArrive(t *testing.T) {
	for changes, updates := range map[int]int{1: 1, 6: 1, 20: 3} {
		var users []string
		inVirtualTime(t, func(w *simulator.World) {
			for i := range changes {
				users = append(users, fmt.Sprintf("user%d", i))
				w.Users = append(w.Users, simulator.User{Name: users[i]})
			}
		}, func(f *fixture) {
			var callers sync.WaitGroup
			for i, user := range users {
				callers.Go(func() {
					time.Sleep(time.Duration(i) * 60 * time.Millisecond)
					if _, err := f.edit(f.add(settings.ApproveUse, user)); err != nil {
						t.Error(err)
					}
				})
			}
			callers.Wait()
			f.has(settings.ApproveUse, users...)
			f.sent(updates)
		})
	}
}

// A change that arrives while the project is read joins the update; one that arrives later makes
// another one.
func TestEdit_JoinsUntilTheUpdateStarts(t *testing.T) {
	for path, updates := range map[string]int{getProject: 1, updateProject: 2} {
		inVirtualTime(t, nil, func(f *fixture) {
			second := make(chan error, 1)
			f.during(path, 1, func() {
				go func() {
					_, err := f.edit(f.add(settings.Use, "max"))
					second <- err
				}()
				time.Sleep(time.Millisecond)
			})
			if _, err := f.edit(f.add(settings.Use, "lea")); err != nil {
				t.Error(err)
			}
			if err := <-second; err != nil {
				t.Error(err)
			}
			f.has(settings.Use, "kim", "lea", "max")
			f.sent(updates)
		})
	}
}

// Changes that contradict each other fail, and the others are made.
func TestEdit_Conflict(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		errs := f.together(f.exactly(settings.Use, "kim"), f.add(settings.Use, "lea"), text("New"))
		f.fails(errs[0], failure.Conflict, "key_users")
		f.fails(errs[1], failure.Conflict, "key_users")
		if errs[2] != nil {
			t.Error(errs[2])
		}
		f.has(settings.Use, "kim")
		f.sent(1)
	})
}

// A destroyed resource leaves alone what another resource of the run asks for.
func TestEdit_Release(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		release := edit.Request{Change: f.remove(settings.Use, "kim"), Release: true}
		done := make(chan edit.Result, 1)
		go func() {
			result, err := f.editor.Edit(f.within(), client.ProjectRef{}, f.guid, release)
			if err != nil {
				t.Error(err)
			}
			done <- result
		}()
		if _, err := f.edit(f.exactly(settings.Use, "kim", "lea")); err != nil {
			t.Error(err)
		}
		if result := <-done; len(result.Kept) != 1 {
			t.Errorf("got %+v", result)
		}
		if _, err := f.editor.Edit(f.within(), client.ProjectRef{}, f.guid, release); err != nil {
			t.Error(err) // later in the same run
		}
		f.has(settings.Use, "kim", "lea")
		f.sent(1)
	})
}

func TestEdit_LastOwner(t *testing.T) {
	inVirtualTime(t, func(w *simulator.World) { w.Projects[0].Owners = []string{"olga", "lea"} }, func(f *fixture) {
		errs := f.together(f.remove(settings.Owner, "olga"), f.remove(settings.Owner, "lea"),
			f.add(settings.Use, "max"))
		f.fails(errs[0], failure.NotApplicable, "without an owner")
		f.fails(errs[1], failure.NotApplicable, "without an owner")
		if errs[2] != nil {
			t.Error(errs[2])
		}
		f.has(settings.Owner, "olga", "lea")
		f.has(settings.Use, "kim", "max")
	})
}

func TestEdit_ProjectQueuedForDeletion(t *testing.T) {
	inVirtualTime(t, func(w *simulator.World) { w.Projects[0].Status = "Deleted" }, func(f *fixture) {
		_, err := f.edit(text("New"))
		f.fails(err, failure.NotApplicable, "queued for deletion")
		f.sent(0)
	})
}

func TestEdit_MissingProject(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.server.RemoveProject("Payments")
		errs := f.together(text("New"), f.add(settings.Use, "lea"))
		for _, err := range errs {
			f.fails(err, failure.NotFound)
		}
		_, err := f.editor.Edit(f.within(), client.ByDN(payments), "", edit.Request{Change: text("New")})
		f.fails(err, failure.NotFound)
	})
}

// The owner takes the role from itself and is not an administrator.
func TestEdit_LosesOwnAccess(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.editor = f.editorOf("olga")
		result, err := f.edit(f.exactly(settings.Owner, "lea"))
		if err != nil || !result.LostAccess || !settings.SameSet(result.Project.Owners, f.trustees([]string{"lea"})) {
			t.Errorf("got %+v, %v", result, err)
		}
		f.sent(1)
	})
}

func TestEdit_Refused(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.editor = f.editorOf("max")
		result, err := f.edit(text("New"))
		f.fails(err, failure.Refused, "InsufficientPermission (2)", "owners of the project")
		if result.Project == nil || result.Project.Description != "Terminals" {
			t.Errorf("got %+v", result)
		}
		f.sent(1)
	})
}
