package edit_test

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	rocket        = projects + "Rocket"
	createProject = "Codesign/CreateProject"
	deleteProject = "Codesign/DeleteProject"
	renameProject = "Codesign/RenameProject"
)

func (f *fixture) create(change settings.Change) (edit.Result, error) {
	return f.editor.Create(f.within(), rocket, change)
}

// full is a change with every setting.
func (f *fixture) full() settings.Change {
	change := f.exactly(settings.Use, "kim")
	change.Lists[settings.Auditors] = settings.ListChange{Exact: true, Items: f.trustees([]string{"max"})}
	change.Description = text("Rockets").Description
	return change
}

func TestCreate(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		created, err := f.create(f.full())
		if err != nil || created.Adopted || created.Project == nil || created.Project.Status != lifecycle.Draft {
			t.Fatalf("got %+v, %v", created, err)
		}
		f.guid = created.Project.GUID
		var paths []string
		for _, r := range f.server.Requests() {
			paths = append(paths, r.Path)
		}
		if want := []string{createProject, updateProject, getProject}; !slices.Equal(paths, want) {
			t.Errorf("got %v, want %v", paths, want)
		}
		f.exact()
		f.has(settings.Use, "kim")
		f.has(settings.Owner, "adam")
	})
}

// The run ends between the two writes, or the answer to one of them is lost: the next run continues.
func TestCreate_Continues(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"refused update":        {Path: updateProject, Kind: simulator.Status503, Count: 9},
		"lost answer, created":  {Path: createProject, Kind: simulator.Gateway504AfterCommit, Count: 1},
		"lost answer":           {Path: createProject, Kind: simulator.Status504, Count: 1},
		"lost answer, updated":  {Path: updateProject, Kind: simulator.Gateway504AfterCommit, Count: 1},
		"all answers, created":  {Path: createProject, Kind: simulator.ResetAfterCommit},
		"all answers, updated":  {Path: updateProject, Kind: simulator.ResetAfterCommit},
		"no answer to a create": {Path: createProject, Kind: simulator.HangAfterCommit, Count: 1},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				f.script()
				f.server.Inject(fault)
				_, first := f.editor.Create(f.within(), rocket, f.full())
				f.server.ClearFaults()
				if first != nil {
					if created, err := f.create(f.full()); err != nil || !created.Adopted {
						t.Errorf("after %v: got %+v, %v", first, created, err)
					}
				}
				p, err := f.editor.API.GetProject(f.within(), client.ByDN(rocket))
				if err != nil || !f.full().MetBy(p.Settings) {
					t.Errorf("got %+v, %v", p, err)
				}
			})
		})
	}
}

func TestCreate_Exists(t *testing.T) {
	for name, change := range map[string]func(p *simulator.Project){
		"enabled":     func(p *simulator.Project) { p.Status = "Enabled" },
		"others":      func(p *simulator.Project) { p.Owners = []string{"olga"} },
		"description": func(p *simulator.Project) { p.Description = "something else" },
		"environment": func(p *simulator.Project) { p.Environments = []simulator.Environment{{Name: "E"}} },
		"no owner":    func(p *simulator.Project) { p.Owners = nil },
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, func(w *simulator.World) {
				p := simulator.Project{Name: "Rocket", Owners: []string{"adam"}}
				change(&p)
				w.Projects = append(w.Projects, p)
			}, func(f *fixture) {
				_, err := f.create(f.full())
				f.fails(err, failure.Exists, "exists already", "import {\n  to = codesign_project.rocket")
				f.sent(0)
			})
		})
	}
}

func TestCreate_NoPlace(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		_, err := f.editor.Create(f.within(), projects+`Missing\Rocket`, f.full())
		f.fails(err, failure.Refused, "CreateFailure (3)", "its folder exists")
	})
}

func TestAdoptable(t *testing.T) {
	self := []string{"local:{a}"}
	base := func() *client.Project {
		return &client.Project{Status: lifecycle.Draft, Settings: settings.Settings{Owners: []string{"LOCAL:{A}"}}}
	}
	exact := func(items ...string) settings.ListChange { return settings.ListChange{Exact: true, Items: items} }
	roles := func(owners, users settings.ListChange) settings.Change {
		return settings.Change{
			Lists: map[settings.Field]settings.ListChange{settings.Owners: owners, settings.KeyUsers: users},
		}
	}
	configured := roles(exact("local:{b}"), exact("local:{k}"))
	for name, c := range map[string]struct {
		change settings.Change
		modify func(p *client.Project)
		want   bool
	}{
		"just created":     {configured, func(*client.Project) {}, true},
		"partly done":      {configured, func(p *client.Project) { p.KeyUsers = []string{"local:{k}"} }, true},
		"another key user": {configured, func(p *client.Project) { p.KeyUsers = []string{"local:{x}"} }, false},
		"other applications": {
			configured, func(p *client.Project) { p.Settings.Applications = []string{`\VED\A`} }, false,
		},
		"finished": {configured, func(p *client.Project) {
			p.Owners, p.KeyUsers = []string{"local:{b}"}, []string{"local:{k}"}
		}, true},
		"of another owner": {settings.Change{}, func(p *client.Project) { p.Owners = []string{"local:{b}"} }, false},
		"one of two owners": {settings.Change{}, func(p *client.Project) {
			p.Owners = append(p.Owners, "local:{b}")
		}, true},
		"two owners, unlike": {configured, func(p *client.Project) {
			p.Owners = append(p.Owners, "local:{b}")
		}, false},
		"submitted": {configured, func(p *client.Project) { p.Status = lifecycle.Pending }, false},
		"with an environment": {configured, func(p *client.Project) {
			p.Environments = make([]client.Environment, 1)
		}, false},
		"custom field": {configured, func(p *client.Project) {
			p.CustomFields = []settings.CustomField{{Name: "F", Values: []string{"v"}}}
		}, false},
		"one of two custom fields": {
			settings.Change{CustomFields: map[string][]string{"F": {"v"}, "G": {"w"}}},
			func(p *client.Project) { p.CustomFields = []settings.CustomField{{Name: "f", Values: []string{"v"}}} },
			true,
		},
	} {
		p := base()
		c.modify(p)
		if got := edit.Adoptable(p, c.change, self); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

func TestRename(t *testing.T) {
	for name, c := range map[string]struct {
		newDN  string
		fault  simulator.FaultKind
		code   failure.Code
		advice string
	}{
		"new name":             {rocket, "", "", ""},
		"other case":           {strings.ToUpper(payments), "", "", ""},
		"lost answer":          {rocket, simulator.Gateway502AfterCommit, "", ""},
		"lost request":         {rocket, simulator.Status502, "", ""},
		"taken":                {projects + "Taken", "", failure.Refused, "must be free"},
		"missing folder":       {projects + `Missing\Payments`, "", failure.Refused, "another folder"},
		"scope is not allowed": {rocket, simulator.InsufficientScope, failure.Refused, ""},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, func(w *simulator.World) {
				w.Projects = append(w.Projects, simulator.Project{Name: "Taken"})
			}, func(f *fixture) {
				if c.fault != "" {
					f.server.Inject(simulator.Fault{Path: renameProject, Kind: c.fault, Count: 1})
				}
				p, err := f.editor.Rename(f.within(), f.guid, c.newDN)
				if c.code != "" {
					f.fails(err, c.code, c.advice)
					return
				}
				if err != nil || !strings.EqualFold(p.DN, c.newDN) {
					t.Errorf("got %+v, %v", p, err)
				}
			})
		})
	}
}

func (f *fixture) delete(timeout time.Duration, force bool) (*client.Project, error) {
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	return f.editor.Delete(ctx, f.guid, force)
}

func TestDelete(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		_, err := f.delete(time.Minute, false)
		f.fails(err, failure.NotApplicable, "Release (Certificate)", "force_destroy = true")
		if f.server.Count(deleteProject) != 0 {
			t.Error("the deletion was sent")
		}
		for range 2 { // the second time it is gone
			if _, err := f.delete(time.Minute, true); err != nil {
				t.Error(err)
			}
		}
		if n := f.server.Count(deleteProject); n != 1 {
			t.Errorf("%d deletions were sent", n)
		}
	})
}

func TestDelete_NeedsApproval(t *testing.T) {
	inVirtualTime(t, func(w *simulator.World) { w.Projects[0].DeleteNeedsApproval = true }, func(f *fixture) {
		p, err := f.delete(time.Minute, true)
		f.fails(err, failure.TimedOut, "queued for deletion (status Deleted)", "Undecided: flow ticket",
			"sends nothing")
		if p.Status != lifecycle.Deleted {
			t.Errorf("got %+v", p)
		}
		go func() { time.Sleep(time.Minute); _ = f.server.ApproveFlow("Payments", "adam") }()
		if _, err := f.delete(5*time.Minute, true); err != nil {
			t.Error(err)
		}
		if n := f.server.Count(deleteProject); n != 1 {
			t.Errorf("%d deletions were sent", n)
		}
	})
}

func TestDelete_Rejected(t *testing.T) {
	inVirtualTime(t, func(w *simulator.World) { w.Projects[0].DeleteNeedsApproval = true }, func(f *fixture) {
		go func() { time.Sleep(time.Minute); _ = f.server.RejectFlow("Payments", "adam", "no") }()
		p, err := f.delete(5*time.Minute, true)
		f.fails(err, failure.Rejected, "was rejected", "enable it again")
		if p.Status != lifecycle.Disabled {
			t.Errorf("got %+v", p)
		}
	})
}

func TestDelete_LostAnswer(t *testing.T) {
	for kind, deleted := range map[simulator.FaultKind]bool{
		simulator.Gateway504AfterCommit: true, simulator.Status504: false, simulator.HangAfterCommit: true,
	} {
		t.Run(string(kind), func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				f.server.Inject(simulator.Fault{Path: deleteProject, Kind: kind, Count: 1})
				_, err := f.delete(2*time.Minute, true)
				if !deleted {
					f.fails(err, failure.OutcomeUnknown, "it reads the project first")
				} else if err != nil {
					t.Error(err)
				}
				if n := f.server.Count(deleteProject); n != 1 {
					t.Errorf("%d deletions were sent", n)
				}
			})
		})
	}
}

func TestDelete_Refused(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.editor = f.editorOf("max")
		_, err := f.delete(time.Minute, true)
		f.fails(err, failure.Refused, "InsufficientPermission (2)", "codesign:delete")
	})
}
