package client

import (
	"fmt"
	"io"
	"net/http"
	"runtime"
	"strings"
	"testing"
)

// endless is an enumeration of n projects of 20 kB each, made while it is read.
type endless struct {
	n, at int
	rest  []byte
}

var manyWords = strings.Repeat("what is written about a project ", 20<<10/32)

func (e *endless) Read(p []byte) (int, error) {
	for len(e.rest) == 0 {
		switch {
		case e.at > e.n:
			return 0, io.EOF
		case e.at == e.n:
			e.rest = []byte(`],"Result":1,"Success":true}`)
		default:
			open := map[bool]string{true: `{"Projects":[`, false: `,`}[e.at == 0]
			e.rest = fmt.Appendf(nil, `%s{"Dn":"P%d","Guid":"{%[2]d}","Id":%d,"Status":1,"Description":%q}`,
				open, e.at, e.at+1, manyWords)
		}
		e.at++
	}
	n := copy(p, e.rest)
	e.rest = e.rest[n:]
	return n, nil
}

func (e *endless) Close() error { return nil }

// RoundTrip answers whatever is asked.
func (e *endless) RoundTrip(r *http.Request) (*http.Response, error) {
	return &http.Response{
		StatusCode: http.StatusOK, Status: "200 OK",
		Header: http.Header{"Content-Type": {"application/json"}}, Body: e, Request: r,
	}, nil
}

// live is what the heap holds when all that can be collected is.
func live() int64 {
	runtime.GC()
	runtime.GC() // what a pool holds survives one collection
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

//nolint:paralleltest // the heap is one for all
func TestEnumerateProjects_Memory(t *testing.T) {
	const n = 500 // 10 MB
	for name, enumerate := range map[string]func(c *Client, each func()) error{
		"for everybody": func(c *Client, each func()) error {
			return c.EnumerateProjects(t.Context(), ProjectFilter{}, func(*Project) error { each(); return nil })
		},
		"for reads that share it": func(c *Client, each func()) error {
			k := call{op: opEnumerateProjects, single: true}
			return c.enumerate(t.Context(), k, ProjectFilter{}, func(*wireProject) error { each(); return nil })
		},
	} {
		c := clientOf(t, &endless{n: n})
		before, most, seen := live(), int64(0), 0
		err := enumerate(c, func() {
			if seen++; seen%100 == 0 {
				most = max(most, live()-before)
			}
		})
		if err != nil || seen != n {
			t.Fatalf("%s: %d projects, %v", name, seen, err)
		}
		if most > 2<<20 {
			t.Errorf("%s: %d kB are held during an answer of 10 MB", name, most>>10)
		}
	}
}

// What is kept of the projects themselves, for the reads that share an enumeration, is a few hundred bytes of each.
//
//nolint:paralleltest // likewise
func TestProjectSummary_Memory(t *testing.T) {
	const n = 500
	c := clientOf(t, &endless{n: n})
	before := live()
	found := readSummaries(t.Context(), c)
	each := (live() - before) / n
	if len(found) != 3*n {
		t.Fatalf("%d names", len(found))
	}
	if each > 1000 {
		t.Errorf("%d bytes are kept of each project", each)
	}
	runtime.KeepAlive(found)
}
