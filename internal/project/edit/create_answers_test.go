package edit_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	creating = "creating project " + rocket
	updating = "updating project Rocket (changes merged: 1)"
	adopting = "project " + rocket + " exists and is unfinished: continuing its creation"
)

// A creation is sent a second time only if its answer was lost and the project does not exist. Only a
// project of an unknown origin is adopted.
func TestCreate_Answers(t *testing.T) {
	for name, c := range map[string]struct {
		answer  func(nth int) error
		bare    bool
		creates int
		adopted bool
		took    time.Duration
		reports []string
	}{
		"with the project": {
			nil, false, 1, false, 100 * time.Millisecond, []string{"0s: " + creating, "100ms: " + updating},
		},
		"without the project": {
			nil, true, 1, false, 100 * time.Millisecond, []string{"0s: " + creating, "100ms: " + updating},
		},
		"lost, carried out": {
			first(carriedOut{errLost}), false, 1, true, 100 * time.Millisecond,
			[]string{"0s: " + creating, "0s: " + adopting, "100ms: " + updating},
		},
		"lost, not carried out": {
			first(errLost), false, 2, false, 10500 * time.Millisecond,
			[]string{"0s: " + creating, "10.4s: " + creating, "10.5s: " + updating},
		},
		"lost twice, carried out": {
			first(errLost, carriedOut{errLost}), false, 2, true, 10500 * time.Millisecond,
			[]string{"0s: " + creating, "10.4s: " + creating, "10.4s: " + adopting, "10.5s: " + updating},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				s.bare = c.bare
				s.answer(createProject, c.answer)
				created, err := f.create(f.full())
				if err != nil || created.Adopted != c.adopted || !created.Sent || s.count(createProject) != c.creates {
					t.Fatalf("got %+v, %v after %d calls", created, err, s.count(createProject))
				}
				f.took(c.took)
				f.reported(c.reports...)
				f.guid = created.Project.GUID
				f.has(settings.Use, "kim")
			})
		})
	}
}

func TestCreate_Fails(t *testing.T) {
	for name, c := range map[string]struct {
		answer  func(nth int) error
		code    failure.Code
		words   []string
		creates int
		took    time.Duration
	}{
		"accepted without effect": {always(errIgnored), failure.NotFound, nil, 1, 10400 * time.Millisecond},
		"lost": {
			always(errLost), failure.OutcomeUnknown,
			[]string{"was lost", "the apply continues with it"},
			2,
			20800 * time.Millisecond,
		},
		"refused": {always(signError(2)), failure.Refused, []string{"InsufficientPermission (2)"}, 1, 0},
		"taken":   {always(signError(2002)), failure.Exists, []string{"in use by another object"}, 1, 0},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				s.answer(createProject, c.answer)
				created, err := f.create(f.full())
				f.fails(err, c.code, c.words...)
				if created.Project != nil || created.Adopted || s.count(createProject) != c.creates {
					t.Errorf("got %+v after %d calls", created, s.count(createProject))
				}
				f.took(c.took)
				f.sent(0)
			})
		})
	}
}

// An error that is not about the project is returned as it is.
func TestCreate_NoScope(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.script().answer(createProject, always(errNoScope))
		if _, err := f.create(f.full()); !errors.Is(err, errNoScope) || failure.CodeOf(err) != "" {
			t.Errorf("got %v", err)
		}
	})
}

// The caller leaves while the first answer is awaited: the creation is not repeated.
func TestCreate_LostAndInterrupted(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		s.answer(createProject, always(errLost))
		ctx, cancel := context.WithTimeout(f.Context(), time.Second)
		defer cancel()
		_, err := f.editor.Create(ctx, rocket, f.full())
		f.fails(err, failure.OutcomeUnknown)
		if s.count(createProject) != 1 {
			t.Errorf("%d creations were sent", s.count(createProject))
		}
	})
}

// The project that exists is returned with the error, and is not changed.
func TestCreate_ReturnsTheOtherProject(t *testing.T) {
	other := func(w *simulator.World) {
		w.Projects = append(w.Projects, simulator.Project{Name: "Rocket", Owners: []string{"olga"}})
	}
	inVirtualTime(t, other, func(f *fixture) {
		created, err := f.create(f.full())
		f.fails(err, failure.Exists, "exists already", "status Draft")
		if created.Project == nil || created.Project.DN != rocket || created.Adopted || created.Sent {
			t.Errorf("got %+v", created)
		}
		f.took(0)
		f.reported("0s: " + creating)
	})
}

func TestCreate_NoOwner(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		_, err := f.create(f.exactly(settings.Owner))
		f.fails(err, failure.NotApplicable, "leave project Rocket without an owner", "Nothing was sent")
		if n := len(f.server.Requests()); n != 0 {
			t.Errorf("%d requests were sent", n)
		}
	})
}

// The update of a new project fails: the result says that the project exists, and the error has the cause.
func TestCreate_Unfinished(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.script().answer(updateProject, always(signError(2)))
		created, err := f.create(f.full())
		f.fails(err, failure.Refused, "InsufficientPermission (2)")
		if created.Project == nil || created.Project.DN != rocket || !created.Unfinished {
			t.Errorf("got %+v", created)
		}
	})
}

// A server that shows a new project late refuses its update first: the update is sent again once the
// project shows.
func TestCreate_ShowsLate(t *testing.T) {
	late := func(w *simulator.World) { w.Settings.VisibilityLag = 2000 }
	inVirtualTime(t, late, func(f *fixture) {
		created, err := f.create(f.full())
		if err != nil || created.Adopted {
			t.Fatalf("got %+v, %v", created, err)
		}
		const again = "project Rocket is not ready yet: trying again"
		f.reported("0s: "+creating, "100ms: "+updating, "100ms: "+again, "3.1s: "+updating)
		f.sent(2)
	})
}

// The project does not show at all: the creation fails at the end of the consistency window.
func TestCreate_NeverShows(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		s.answer(updateProject, always(errNotFound))
		s.answer(getProject, always(errNotFound))
		s.answer(isValid, always(errNotFound))
		_, err := f.editor.Create(f.within(), rocket, f.full())
		f.fails(err, failure.NotFound)
		if s.count(updateProject) != 1 || s.count(createProject) != 1 {
			t.Errorf("%d creations, %d updates", s.count(createProject), s.count(updateProject))
		}
		if took := time.Since(f.start); took < 10*time.Second || took > 20*time.Second {
			t.Errorf("it took %s", took)
		}
	})
}

// The settings of a new project wait for an approval. Only a ticket shows that to the next creation.
func TestCreate_AwaitsApproval(t *testing.T) {
	for words, visible := range map[string]bool{
		"looks for this ticket first":                         true,
		"Have the update decided before the next apply: with": false,
	} {
		inVirtualTime(t, nil, func(f *fixture) {
			s := f.script()
			flow := updateFlow
			s.flow, s.hold = &flow, true
			s.update = func(*client.ProjectUpdate) error {
				if visible {
					f.server.AddFlowTicket(simulator.FlowTicket{DN: rocket, Approvers: []string{"adam"}, ID: 4711})
				}
				return nil
			}
			created, err := f.create(f.full())
			f.fails(err, failure.TimedOut, "timed out after 1m0s", words)
			if (created.Pending.Ticket == 4711) != visible || created.Pending.IsZero() {
				t.Errorf("got %+v", created)
			}
		})
	}
}
