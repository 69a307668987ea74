package edit_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
)

const renaming = "renaming project " + payments + " to " + rocket

// A rename is sent a second time only if its answer was lost and the project has its old name.
func TestRename_Answers(t *testing.T) {
	const window = 10400 * time.Millisecond // until the last read
	for name, c := range map[string]struct {
		answer  func(nth int) error
		lag     time.Duration // until the new name shows
		code    failure.Code
		words   string
		took    time.Duration
		reports []string
	}{
		"carried out":         {nil, 0, "", "", 0, []string{"0s: " + renaming}},
		"shown late":          {nil, 3 * time.Second, "", "", 4100 * time.Millisecond, []string{"0s: " + renaming}},
		"lost, carried out":   {first(carriedOut{errLost}), 0, "", "", 0, []string{"0s: " + renaming}},
		"refused, but there":  {always(carriedOut{signError(2)}), 0, "", "", 0, []string{"0s: " + renaming}},
		"lost, not there yet": {first(errLost), 0, "", "", window, []string{"0s: " + renaming, "10.4s: " + renaming}},
		"lost twice": {
			always(errLost), 0, failure.OutcomeUnknown, "the answer was lost: lost", 2 * window,
			[]string{"0s: " + renaming, "10.4s: " + renaming},
		},
		"without effect": {
			always(errIgnored), 0, failure.NotShown, "accepted the new name, but does not show it", window,
			[]string{"0s: " + renaming},
		},
		"refused": {
			always(signError(2)), 0, failure.Refused, "InsufficientPermission (2)", 0, []string{"0s: " + renaming},
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				s := f.script()
				s.answer(renameProject, c.answer)
				s.read = func(p *client.Project) {
					if time.Since(f.start) < c.lag {
						p.DN = payments
					}
				}
				p, err := f.editor.Rename(f.within(), f.guid, rocket)
				if p == nil || dn.Equal(p.DN, rocket) != (c.code == "") {
					t.Errorf("got %+v", p)
				}
				if c.code == "" && err != nil {
					t.Error(err)
				}
				if c.code != "" {
					f.fails(err, c.code, c.words, "was not renamed to "+rocket, "must be free")
					if text := err.(interface{ Advice() string }).Advice(); strings.Contains(text, "another folder") {
						t.Errorf("got advice %q", text)
					}
				}
				f.took(c.took)
				f.reported(c.reports...)
			})
		})
	}
}

// The caller leaves while the first answer is awaited: the rename is not repeated.
func TestRename_LostAndInterrupted(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.script().answer(renameProject, always(errLost))
		ctx, cancel := context.WithTimeout(f.Context(), time.Second)
		defer cancel()
		_, err := f.editor.Rename(ctx, f.guid, rocket)
		f.fails(err, failure.OutcomeUnknown)
		f.reported("0s: " + renaming)
	})
}

// A project that has the name already, or cannot be read, is not renamed.
func TestRename_NotSent(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		if p, err := f.editor.Rename(f.within(), f.guid, strings.ToUpper(payments)); err != nil || p.GUID != f.guid {
			t.Errorf("got %+v, %v", p, err)
		}
		s.answer(getProject, always(errNoScope))
		if p, err := f.editor.Rename(f.within(), f.guid, rocket); !errors.Is(err, errNoScope) || p != nil {
			t.Errorf("got %+v, %v", p, err)
		}
		f.reported()
	})
}

// The reads after the rename fail: the project is returned as it was read before.
func TestRename_ReadFails(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.script().answer(getProject, after(1, errNoScope))
		p, err := f.editor.Rename(f.within(), f.guid, rocket)
		f.fails(err, failure.NotShown)
		if p == nil || p.DN != payments {
			t.Errorf("got %+v", p)
		}
	})
}

// While a deletion waits for its approval, no other operation of the project begins. Each one ends
// with its own time.
func TestEditor_OneAtATime(t *testing.T) {
	for name, operation := range map[string]func(f *fixture, ctx context.Context) (*client.Project, error){
		"rename": func(f *fixture, ctx context.Context) (*client.Project, error) {
			return f.editor.Rename(ctx, f.guid, rocket)
		},
		"delete": func(f *fixture, ctx context.Context) (*client.Project, error) {
			return f.editor.Delete(ctx, strings.ToUpper(f.guid), true)
		},
		"edit": func(f *fixture, ctx context.Context) (*client.Project, error) {
			result, err := f.editor.Edit(ctx, client.ProjectRef{}, f.guid, edit.Request{Change: text("New")})
			return result.Project, err
		},
	} {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, deleteFlow("wait"), func(f *fixture) {
				done := make(chan struct{})
				go func() { defer close(done); _, _ = f.delete(time.Minute, true) }()
				time.Sleep(10 * time.Second)
				f.server.ResetLog()
				ctx, cancel := context.WithTimeout(f.Context(), 5*time.Second)
				defer cancel()
				p, err := operation(f, ctx)
				if !errors.Is(err, context.DeadlineExceeded) || p != nil {
					t.Errorf("got %+v, %v", p, err)
				}
				f.took(15 * time.Second)
				for _, path := range []string{renameProject, deleteProject, updateProject, isValid} {
					if n := f.server.Count(path); n != 0 {
						t.Errorf("%d requests to %s", n, path)
					}
				}
				<-done
			})
		})
	}
}
