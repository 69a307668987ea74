package client

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// canned is what a scripted server answers: JSON with status 200 unless it says otherwise.
type canned struct {
	status int
	phrase string
	kind   string
	body   string
	header map[string]string
	err    error         // instead of an answer
	delay  time.Duration // before it
	slow   time.Duration // between the bytes of the body
}

// arrived is a request as the server saw it.
type arrived struct {
	method, path, body, token string
	header                    http.Header
	host                      string
}

// script is an in-memory server, so that tests can run in virtual time.
type script struct {
	mu     sync.Mutex
	log    []arrived
	answer func(n int, r arrived) canned
	under  int
	most   int
}

// always answers every request alike.
func always(c canned) *script { return &script{answer: func(int, arrived) canned { return c }} }

// inTurn answers with one after the other; the last one stays.
func inTurn(list ...canned) *script {
	return &script{answer: func(n int, _ arrived) canned { return list[min(n, len(list)-1)] }}
}

// byPath answers by operation; an unknown one is a 404.
func byPath(list map[string]canned) *script {
	return &script{answer: func(_ int, r arrived) canned {
		if c, there := list[strings.TrimPrefix(r.path, "/vedsdk/")]; there {
			return c
		}
		return canned{status: 404}
	}}
}

func (s *script) requests() []arrived {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]arrived(nil), s.log...)
}

func (s *script) count(op string) (n int) {
	for _, r := range s.requests() {
		if strings.HasSuffix(r.path, op) {
			n++
		}
	}
	return n
}

func (s *script) RoundTrip(r *http.Request) (*http.Response, error) {
	a := arrived{method: r.Method, path: r.URL.Path, header: r.Header, host: r.URL.Scheme + "://" + r.URL.Host}
	a.token = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	if r.Body != nil {
		body, _ := io.ReadAll(r.Body)
		r.Body.Close()
		a.body = string(body)
	}
	s.mu.Lock()
	n := len(s.log)
	s.log = append(s.log, a)
	s.under++
	s.most = max(s.most, s.under)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.under--
		s.mu.Unlock()
	}()
	c := s.answer(n, a)
	select {
	case <-time.After(c.delay):
	case <-r.Context().Done():
		return nil, r.Context().Err()
	}
	if c.err != nil {
		return nil, c.err
	}
	return c.response(r), nil
}

func (c canned) response(r *http.Request) *http.Response {
	if c.status == 0 {
		c.status = http.StatusOK
	}
	if c.phrase == "" {
		c.phrase = http.StatusText(c.status)
	}
	if c.kind == "" {
		c.kind = "application/json; charset=utf-8"
	}
	h := http.Header{"Content-Type": {c.kind}}
	for k, v := range c.header {
		h.Set(k, v)
	}
	return &http.Response{
		StatusCode: c.status, Status: fmt.Sprintf("%d %s", c.status, c.phrase), Header: h, Request: r,
		Body: io.NopCloser(&dripping{strings.NewReader(c.body), c.slow, r.Context()}),
	}
}

// dripping is a body whose bytes come one by one where it is slow.
type dripping struct {
	in   *strings.Reader
	slow time.Duration
	ctx  context.Context
}

func (d *dripping) Read(p []byte) (int, error) {
	if d.slow == 0 {
		return d.in.Read(p)
	}
	select {
	case <-time.After(d.slow):
		return d.in.Read(p[:1])
	case <-d.ctx.Done():
		return 0, d.ctx.Err()
	}
}

// tokens hands out "token-0", after a rejection "token-1" and so on; with fixed set there is only the first.
type tokens struct {
	mu       sync.Mutex
	n        int
	rejected int
	fixed    bool
}

func (s *tokens) Token(context.Context) (Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return Token{
		Value: fmt.Sprintf("token-%d", s.n), Origin: "password grant of local:robot",
		Expiry: time.Date(2027, 1, 9, 20, 0, 0, 0, time.UTC), Identity: "local:{token}",
	}, nil
}

func (s *tokens) Reject(_ context.Context, t Token) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.rejected++
	if s.fixed {
		return errors.New("a token given as access_token cannot be renewed")
	}
	if t.Value == fmt.Sprintf("token-%d", s.n) {
		s.n++
	}
	return nil
}

// clientOf is a client of a server in memory; jitter is all of it, so that pauses are known.
func clientOf(tb testing.TB, transport http.RoundTripper, change ...func(*Options)) *Client {
	tb.Helper()
	o := Options{
		BaseURL: "https://codesign.example.test", Transport: transport, Tokens: &tokens{}, MaxRetries: 4,
		Rand: func() float64 { return 1 },
	}
	for _, f := range change {
		f(&o)
	}
	return New(o)
}

const signOK = `{"Result":1,"Success":true}`

// errorOf is the typed error, which every failure has to be.
func errorOf(tb testing.TB, err error) *Error {
	tb.Helper()
	e, is := err.(*Error)
	if !is {
		tb.Fatalf("not a typed error: %T %v", err, err)
	}
	return e
}

// What is compiled late fails late, so here is each of them.
func TestPatterns_Compile(t *testing.T) {
	t.Parallel()
	for _, compiled := range []int{
		quotedScope().NumSubexp(), dotNetDate().NumSubexp(), 1 + universalForm().NumSubexp(),
	} {
		if compiled != 1 {
			t.Errorf("%d groups", compiled)
		}
	}
	for _, text := range []string{
		bareScope().FindString("needs codesign:admin now"), plainPath().FindString("/vedsdk"),
	} {
		if text == "" {
			t.Error("a pattern does not match its example")
		}
	}
}
