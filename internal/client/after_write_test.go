package client

import (
	"context"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

func TestGetProjectCached_WriteInvalidates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		readAll(t, c, 10, 10)
		if err := c.UpdateProjectStatus(t.Context(), ByID(3), lifecycle.Disabled); err != nil {
			t.Fatal(err)
		}
		for _, ref := range []ProjectRef{ByID(3), ByDN("P3")} { // P3 is written to under another name
			if p, err := c.GetProjectCached(t.Context(), ref); err != nil || p.Status != lifecycle.Disabled {
				t.Errorf("%s: %+v, %v", ref, p, err)
			}
		}
		s.expect(t, 3, 1)
		readAll(t, c, 2, 2) // the others are as they were
		s.expect(t, 3, 1)
	})
}

func TestGetProjectCached_FailedWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		readAll(t, c, 10, 10)
		s.answer = func(int, arrived) canned { return canned{err: errReset} }
		if err := c.UpdateProjectStatus(t.Context(), ByID(3), lifecycle.Disabled); !IsUnclear(err) {
			t.Error(err)
		}
		s.answer = func(int, arrived) canned {
			return canned{body: `{"Project":{"Id":3,"Guid":"{3}","Dn":"P3","Status":0},"Success":true}`}
		}
		if p, err := c.GetProjectCached(t.Context(), ByID(3)); err != nil || p.Status != lifecycle.Disabled {
			t.Errorf("%+v, %v", p, err)
		}
	})
}

func TestGetProjectCached_FlowDecision(t *testing.T) {
	for name, decide := range map[string]func(context.Context, *Client) error{
		"approve": func(ctx context.Context, c *Client) error { return c.ApproveFlowTicket(ctx, 1, "") },
		"reject":  func(ctx context.Context, c *Client) error { return c.RejectFlowTicket(ctx, 1, "", true) },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newCompany(10)
				c := clientOf(t, s)
				readAll(t, c, 10, 10)
				_ = decide(t.Context(), c)
				readAll(t, c, 5, 1)
				s.expect(t, 6, 1)
			})
		})
	}
}

// The enumeration is under way when the write begins, or the write when the enumeration does:
// either way the list may be
// from before the write.
func TestGetProjectCached_WriteDuringEnumeration(t *testing.T) {
	for name, wait := range map[string]time.Duration{"enumeration first": 10 * time.Millisecond, "write first": 0} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newCompany(10)
				c := clientOf(t, s)
				var all sync.WaitGroup
				write := func() { _ = c.UpdateProjectStatus(t.Context(), ByID(3), lifecycle.Disabled) }
				if wait == 0 {
					all.Go(write)
					synctest.Wait()
				}
				for _, id := range []int64{1, 2} {
					all.Go(func() { _, _ = c.GetProjectCached(t.Context(), ByID(id)) })
					synctest.Wait()
				}
				if wait > 0 {
					time.Sleep(wait)
					all.Go(write)
				}
				all.Wait()
				s.expect(t, 1, 1)
				if p, err := c.GetProjectCached(t.Context(), ByID(3)); err != nil || p.Status != lifecycle.Disabled {
					t.Errorf("%+v, %v", p, err)
				}
				s.expect(t, 2, 1)
			})
		})
	}
}

func TestGetProjectCached_JoinsEnumerationAfterWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		if err := c.UpdateProjectStatus(t.Context(), ByID(3), lifecycle.Disabled); err != nil {
			t.Fatal(err)
		}
		readAll(t, c, 2, 2)
		if p, err := c.GetProjectCached(t.Context(), ByID(3)); err != nil || p.Status != lifecycle.Disabled {
			t.Errorf("%+v, %v", p, err)
		}
		s.expect(t, 1, 1)
	})
}

func TestGetProjectCached_NoEnumerationAfterWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(200)
		c := clientOf(t, s)
		var all sync.WaitGroup
		for id := int64(1); id <= 200; id++ {
			all.Go(func() {
				_ = c.UpdateProjectStatus(t.Context(), ByID(id), lifecycle.Disabled)
				if p, err := c.GetProjectCached(t.Context(), ByID(id)); err != nil || p.Status != lifecycle.Disabled {
					t.Errorf("%+v, %v", p, err)
				}
			})
		}
		all.Wait()
		s.expect(t, 200, 0)
	})
}

func TestGetProjectCached_WaitsAfterWritesShareEnumeration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(50)
		c := clientOf(t, s)
		for id := int64(1); id <= 50; id++ {
			_ = c.UpdateProjectStatus(t.Context(), ByID(id), lifecycle.Enabled)
		}
		time.Sleep(2 * enumerationTTL)
		readAll(t, c, 50, 10)
		s.expect(t, 1, 1)
	})
}

// Owners write to their project and look at it, others look at all of them, and the server takes
// its time at random before and after it acts. A caller never reads a status from before its own
// write.
func TestGetProjectCached_NeverMissesOwnWrite(t *testing.T) {
	for seed := range uint64(20) {
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			random := rand.New(rand.NewPCG(seed, 1))
			upTo := func(n int64) time.Duration {
				mu.Lock()
				defer mu.Unlock()
				return time.Duration(random.Int64N(n)) * time.Millisecond
			}
			s := newCompany(12)
			act := s.answer
			s.answer = func(n int, r arrived) canned {
				time.Sleep(upTo(40))
				c := act(n, r)
				c.delay = upTo(40) + 1
				return c
			}
			c := clientOf(t, s)
			var all sync.WaitGroup
			for id := int64(1); id <= 12; id++ {
				all.Go(func() {
					for round := range 40 {
						time.Sleep(upTo(200))
						want := lifecycle.Status(round % 2)
						if err := c.UpdateProjectStatus(t.Context(), ByID(id), want); err != nil {
							t.Error(err)
						}
						if p, err := c.GetProjectCached(t.Context(), ByDN(fmt.Sprintf("P%d", id))); err != nil ||
							p.Status != want {
							t.Errorf("seed %d, project %d, round %d: %+v, %v; want %s", seed, id, round, p, err, want)
						}
					}
				})
				all.Go(func() {
					for range 80 {
						time.Sleep(upTo(100))
						if p, err := c.GetProjectCached(t.Context(), ByID(id)); err != nil || p.ID != id {
							t.Errorf("%+v, %v", p, err)
						}
					}
				})
			}
			all.Wait()
			if s.count("EnumerateProjects") == 0 {
				t.Error("nothing was shared, so nothing is shown")
			}
		})
	}
}

// change writes and looks, so many projects at once, as an apply does.
func change(t *testing.T, c *Client, n, atOnce int) {
	t.Helper()
	c.coalescer.mu.Lock()
	// Otherwise the first read may be for what was read last, and would count as a repetition.
	c.coalescer.lastKey = ""
	c.coalescer.mu.Unlock()
	ids := make(chan int64)
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for id := range ids {
				if err := c.UpdateProjectStatus(t.Context(), ByID(id), lifecycle.Disabled); err != nil {
					t.Error(err)
				}
				if p, err := c.GetProjectCached(t.Context(), ByID(id)); err != nil || p.Status != lifecycle.Disabled {
					t.Errorf("%+v, %v", p, err)
				}
			}
		})
	}
	for id := int64(1); id <= int64(n); id++ {
		ids <- id
	}
	close(ids)
	all.Wait()
}

func TestGetProjectCached_SharedAfterWrites(t *testing.T) {
	for slow, row := range map[time.Duration]struct{ single, enumerations int }{
		50 * time.Millisecond:  {1, 1 + 10}, // one for each ten that read at the same time
		100 * time.Millisecond: {1, 1 + 10},
		150 * time.Millisecond: {1 + 100, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := newCompany(100)
			s.slow = slow
			c := clientOf(t, s)
			readAll(t, c, 100, 10)
			change(t, c, 100, 10)
			s.expect(t, row.single, row.enumerations)
		})
	}
}

func TestGetProjectCached_SingleAfterSingleWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(100)
		c := clientOf(t, s)
		readAll(t, c, 100, 10)
		change(t, c, 5, 1)
		s.expect(t, 1+5, 1)
	})
}

// A server may show a new status late.
func TestGetProjectCached_RepeatedReadAfterWrite(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		readAll(t, c, 10, 10)
		change(t, c, 10, 10)
		s.expect(t, 1, 2)
		s.mu.Lock()
		s.status[3] = lifecycle.Pending // another person's
		s.mu.Unlock()
		time.Sleep(500 * time.Millisecond)
		if p, err := c.GetProjectCached(t.Context(), ByID(3)); err != nil || p.Status != lifecycle.Pending {
			t.Errorf("%+v, %v", p, err)
		}
	})
}
