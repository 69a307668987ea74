package client

import (
	"context"
	"errors"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// Readers of one project share its read.
func TestGetProjectCached_SameProject(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				p, err := c.GetProjectCached(t.Context(), ByDN("P1"))
				if err != nil || p.ID != 1 {
					t.Errorf("got %+v, %v", p, err)
					return
				}
				p.Description = "changed by one of them"
			})
		}
		all.Wait()
		s.expect(t, 1, 0)
		if p, _ := c.GetProjectCached(t.Context(), ByDN("P1")); p.Description != "d" {
			t.Errorf("got %+v", p)
		}
	})
}

// A read of another project meanwhile begins an enumeration.
func TestGetProjectCached_SameProjectAndAnother(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		var all sync.WaitGroup
		for _, id := range []int{1, 1, 1, 2, 3} {
			all.Go(func() { readOne(t, c, id) })
			synctest.Wait()
		}
		all.Wait()
		s.expect(t, 1, 1)
	})
}

func TestGetProjectCached_SameProjectOneCallerCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error)
		go func() { _, err := c.GetProjectCached(ctx, ByID(1)); failed <- err }()
		synctest.Wait()
		go func() { synctest.Wait(); cancel() }()
		readOne(t, c, 1)
		if err := <-failed; !errors.Is(err, context.Canceled) || ReasonOf(err) != Cancelled {
			t.Errorf("got %v", err)
		}
		s.expect(t, 1, 0)
	})
}

// Resources that read the settings of one project one after the other share a read, until a write.
func TestGetSettingsCached_SameProject(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		read := func() {
			if p, err := c.GetSettingsCached(t.Context(), ByID(1)); err != nil || p.ID != 1 {
				t.Errorf("got %+v, %v", p, err)
			}
		}
		for range 5 {
			read()
		}
		s.expect(t, 1, 0)
		if err := c.UpdateProjectStatus(t.Context(), ByDN("P1"), lifecycle.Disabled); err != nil {
			t.Fatal(err)
		}
		read()
		s.expect(t, 2, 0)
		if _, err := c.GetProject(t.Context(), ByID(1)); err != nil {
			t.Fatal(err)
		}
		read()
		s.expect(t, 3, 0)
		time.Sleep(coalesceWindow)
		read()
		s.expect(t, 4, 0)
	})
}

// A reader that comes after a write does not share a read that began before.
func TestGetProjectCached_SameProjectAfterWrite(t *testing.T) {
	for name, ref := range map[string]ProjectRef{"same name": ByID(1), "another name": ByDN("P1")} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newCompany(10)
				c := clientOf(t, s)
				slow := s.answer
				s.answer = func(n int, r arrived) canned {
					answer := slow(n, r)
					if r.path == "/vedsdk/Codesign/GetProject" {
						answer.delay = time.Second
					}
					return answer
				}
				first := make(chan lifecycle.Status)
				go func() {
					p, _ := c.GetProjectCached(t.Context(), ref)
					first <- p.Status
				}()
				synctest.Wait()
				if err := c.UpdateProjectStatus(t.Context(), ByID(1), lifecycle.Disabled); err != nil {
					t.Fatal(err)
				}
				p, err := c.GetProjectCached(t.Context(), ref)
				if err != nil || p.Status != lifecycle.Disabled {
					t.Errorf("got %+v, %v", p, err)
				}
				if status := <-first; status != lifecycle.Disabled {
					t.Errorf("a read that a write overtook shows %s", status)
				}
			})
		})
	}
}
