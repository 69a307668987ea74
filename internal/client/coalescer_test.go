package client

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// company is a server with n enabled projects, each called by its number. Calls take 50 ms.
type company struct {
	*script
	mu        sync.Mutex
	status    map[int]lifecycle.Status
	hidden    map[int]bool
	enumerate *canned       // instead of the list
	bare      bool          // the list has no status
	slow      time.Duration // what the list takes, where that is something else
}

func newCompany(n int) *company {
	c := &company{status: map[int]lifecycle.Status{}, hidden: map[int]bool{}}
	for i := 1; i <= n; i++ {
		c.status[i] = lifecycle.Enabled
	}
	c.script = &script{answer: func(_ int, r arrived) canned {
		c.mu.Lock()
		defer c.mu.Unlock()
		answer := c.reply(r)
		if answer.delay == 0 {
			answer.delay = 50 * time.Millisecond
		}
		return answer
	}}
	return c
}

func (c *company) reply(r arrived) canned {
	var id, status int
	switch {
	case strings.HasSuffix(r.path, "GetProject"):
		if _, err := fmt.Sscanf(r.body, `{"Id":%d}`, &id); err != nil {
			_, _ = fmt.Sscanf(r.body, `{"Dn":"P%d"}`, &id)
		}
		if _, there := c.status[id]; !there {
			return canned{body: `{"Result":7,"Success":false}`}
		}
		return canned{body: `{"Project":` + c.project(id) + `,"Result":1,"Success":true}`}
	case strings.HasSuffix(r.path, "UpdateProjectStatus"):
		_, _ = fmt.Sscanf(r.body, `{"Id":%d,"ProjectStatus":%d}`, &id, &status)
		c.status[id] = lifecycle.Status(status)
		return canned{body: signOK}
	case strings.HasSuffix(r.path, "Approve"):
		return canned{body: `{"Result":0}`}
	case c.enumerate != nil:
		return *c.enumerate
	}
	var list []string
	for id := range c.status {
		if !c.hidden[id] {
			list = append(list, c.project(id))
		}
	}
	return canned{body: `{"Projects":[` + strings.Join(list, ",") + `],"Result":1,"Success":true}`, delay: c.slow}
}

func (c *company) project(id int) string {
	status := fmt.Sprintf(`,"Status":%d`, c.status[id])
	if c.bare {
		status = ""
	}
	return fmt.Sprintf(`{"Dn":"P%d","Guid":"{%d}","Id":%d,"Description":"d"%s}`, id, id, id, status)
}

// readAll reads projects 1 to n, so many at a time, and reports what is wrong with the answers.
func readAll(t *testing.T, c *Client, n, atOnce int) {
	t.Helper()
	ids := make(chan int)
	var all sync.WaitGroup
	for range atOnce {
		all.Go(func() {
			for id := range ids {
				readOne(t, c, id)
			}
		})
	}
	for id := 1; id <= n; id++ {
		ids <- id
	}
	close(ids)
	all.Wait()
}

func readOne(t *testing.T, c *Client, id int) {
	t.Helper()
	p, err := c.GetProjectCached(t.Context(), ByID(int64(id)))
	if err != nil || p.ID != int64(id) || p.Status != lifecycle.Enabled || p.DN != fmt.Sprintf("P%d", id) {
		t.Errorf("project %d: %+v, %v", id, p, err)
	}
}

// readInOrder begins the reads one after the other, while none has an answer yet.
func readInOrder(t *testing.T, c *Client, n int) {
	t.Helper()
	var all sync.WaitGroup
	for id := 1; id <= n; id++ {
		all.Go(func() { readOne(t, c, id) })
		synctest.Wait()
	}
	all.Wait()
}

func (c *company) expect(t *testing.T, single, enumerations int) {
	t.Helper()
	if s, e := c.count("GetProject"), c.count("EnumerateProjects"); s != single || e != enumerations {
		t.Errorf("%d single reads and %d enumerations, want %d and %d", s, e, single, enumerations)
	}
}

func TestGetProjectCached_SharedEnumeration(t *testing.T) {
	for _, atOnce := range []int{1, 2, 10, 50} {
		synctest.Test(t, func(t *testing.T) {
			s := newCompany(1000)
			readAll(t, clientOf(t, s), 1000, atOnce)
			s.expect(t, 1, 1)
		})
	}
}

func TestGetProjectCached_SingleRead(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(1000)
		c := clientOf(t, s)
		for range 3 { // the same project, looked at again and again
			readAll(t, c, 1, 1)
		}
		s.expect(t, 3, 0)
		time.Sleep(time.Second)
		if _, err := c.GetProjectCached(t.Context(), ByID(2)); err != nil {
			t.Error(err)
		}
		s.expect(t, 4, 0)
	})
}

func TestGetProjectCached_TTL(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		readAll(t, c, 10, 10)
		time.Sleep(enumerationTTL - 100*time.Millisecond)
		readAll(t, c, 1, 1)
		s.expect(t, 1, 1)
		time.Sleep(time.Second)
		readAll(t, c, 1, 1)
		s.expect(t, 2, 1)
	})
}

func TestGetProjectCached_LongRefresh(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(1000)
		c := clientOf(t, s)
		for id := 1; id <= 1000; id++ { // a hundred a second
			if _, err := c.GetProjectCached(t.Context(), ByID(int64(id))); err != nil {
				t.Fatal(err)
			}
			time.Sleep(10 * time.Millisecond)
		}
		s.expect(t, 1, 2)
	})
}

func TestGetProjectCached_MissingFromEnumeration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		s.hidden[7] = true
		c := clientOf(t, s)
		readAll(t, c, 10, 10)
		s.expect(t, 2, 1)
		if _, err := c.GetProjectCached(t.Context(), ByID(11)); !IsNotFound(err) {
			t.Error(err)
		}
		s.expect(t, 3, 1)
	})
}

func TestGetProjectCached_ByAnyName(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		readAll(t, c, 10, 10)
		for _, ref := range []ProjectRef{ByDN("P3"), ByDN("p3"), ByGUID("{3}"), ByGUID("3"), ByID(3)} {
			if p, err := c.GetProjectCached(t.Context(), ref); err != nil || p.ID != 3 || p.GUID != "{3}" {
				t.Errorf("%s: %+v, %v", ref, p, err)
			}
		}
		s.expect(t, 1, 1)
	})
}

func TestGetProjectCached_FailedEnumeration(t *testing.T) {
	for name, answer := range map[string]canned{
		"refused": {body: `{"Result":2,"Success":false}`}, "unknown": {status: 404},
		"unavailable": maintenance, "reset": {err: errReset},
		"no scope": {status: 403, body: `{"error":"insufficient_scope"}`}, "HTML": {kind: "text/html"},
		"half":         {body: `{"Projects":[{"Id":1,`},
		"late refusal": {body: `{"Projects":[{"Id":1,"Status":1}],"Result":14,"Success":false}`},
		"endless":      {delay: time.Hour},
		"no status":    {body: `{"Projects":[{"Id":1},{"Id":2}],"Result":1,"Success":true}`},
		"nonsense":     {body: `{"Projects":7}`},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := newCompany(100)
				s.enumerate = &answer
				c := clientOf(t, s)
				readAll(t, c, 100, 10)
				s.expect(t, 100, 1)
				time.Sleep(enumerationBackoff - time.Minute)
				readAll(t, c, 100, 10)
				s.expect(t, 200, 1)
				s.enumerate = nil
				time.Sleep(2 * time.Minute)
				readAll(t, c, 100, 10)
				s.expect(t, 201, 2)
			})
		})
	}
}

func TestGetProjectCached_IncompleteInEnumeration(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(3)
		s.enumerate = &canned{
			body: `{"projects":[{"Id":1,"Guid":"{1}","Status":1,"Dn":"P1"},{"Id":2,"Guid":"{2}","Dn":"P2"},{"Id":3,` +
				`"Guid":"{3}","Status":"1","Dn":"P3"}],"Success":true}`,
		}
		readInOrder(t, clientOf(t, s), 3)
		s.expect(t, 2, 1)
		s = newCompany(3)
		s.enumerate = &canned{
			body: `{"Projects":[{"Id":1,"Guid":"{1}","Status":1,"Dn":"P1"},{"Id":2,"Status":1,"Dn":"P2"},{"Id":3,` +
				`"Guid":"{3}","Status":1,"Dn":"P3"}],"Success":true}`,
		}
		readInOrder(t, clientOf(t, s), 3)
		s.expect(t, 2, 1)
	})
}

func TestGetProjectCached_OneCallerCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		c := clientOf(t, s)
		go func() { _, _ = c.GetProjectCached(t.Context(), ByID(1)) }()
		synctest.Wait()
		ctx, cancel := context.WithCancel(t.Context())
		failed := make(chan error)
		go func() { _, err := c.GetProjectCached(ctx, ByID(2)); failed <- err }() // starts the enumeration
		synctest.Wait()
		worked := make(chan error)
		go func() { _, err := c.GetProjectCached(t.Context(), ByID(3)); worked <- err }()
		synctest.Wait()
		start := time.Now()
		cancel()
		if err := <-failed; !errors.Is(err, context.Canceled) || ReasonOf(err) != Cancelled || time.Since(start) != 0 {
			t.Errorf("after %s: %v", time.Since(start), err)
		}
		if err := <-worked; err != nil {
			t.Error(err)
		}
		s.expect(t, 1, 1)
	})
}

func TestGetProjectCached_LastCallerCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := newCompany(10)
		s.enumerate = &canned{delay: time.Hour}
		c := clientOf(t, s, func(o *Options) { o.RequestTimeout = 2 * time.Hour })
		go func() { _, _ = c.GetProjectCached(t.Context(), ByID(1)) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.GetProjectCached(ctx, ByID(2)); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		synctest.Wait()
		s.mu.Lock()
		s.enumerate = nil
		s.mu.Unlock()
		readAll(t, c, 10, 10)
		s.expect(t, 2, 2)
	})
}
