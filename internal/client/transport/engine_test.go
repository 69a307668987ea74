package transport_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

type roundTrip func(*http.Request) (*http.Response, error)

func (r roundTrip) RoundTrip(req *http.Request) (*http.Response, error) { return r(req) }

func newEngine(answer roundTrip, change func(*transport.Options)) *transport.Engine {
	o := transport.Options{
		BaseURL: "http://server", Transport: answer, RequestTimeout: time.Minute,
		Secrets: &redact.Secrets{},
	}
	if change != nil {
		change(&o)
	}
	return transport.New(o)
}

func reply(req *http.Request, status int, location string) *http.Response {
	return &http.Response{
		Request: req, StatusCode: status, Body: io.NopCloser(strings.NewReader("{}")),
		Header: http.Header{"Location": {location}},
	}
}

func never(transport.Result) string { return "" }

func TestEngine_Headers(t *testing.T) {
	var seen http.Header
	answer := func(req *http.Request) (*http.Response, error) {
		seen = req.Header
		return reply(req, http.StatusOK, ""), nil
	}
	bare := transport.Request{Method: http.MethodGet, Path: "/a", Retry: never}
	newEngine(answer, nil).Do(t.Context(), bare)
	if len(seen) != 1 || seen.Get("Accept") != "application/json" {
		t.Errorf("a request without options has %v", seen)
	}
	full := bare
	full.Body = []byte("{}")
	full.Token.Value = "a-token-of-the-server"
	newEngine(answer, func(o *transport.Options) { o.UserAgent, o.MaxConcurrentRequests = "provider/1", 1 }).
		Do(t.Context(), full)
	if seen.Get("Authorization") != "Bearer a-token-of-the-server" || seen.Get("User-Agent") != "provider/1" ||
		seen.Get("Content-Type") != "application/json" {
		t.Errorf("a request with all options has %v", seen)
	}
}

// Only a GET is redirected, only where the options say so, and each hop counts as a request.
func TestEngine_Redirects(t *testing.T) {
	answer := func(req *http.Request) (*http.Response, error) {
		if req.URL.Path == "/moved" {
			return reply(req, http.StatusFound, "http://server/new"), nil
		}
		return reply(req, http.StatusOK, ""), nil
	}
	for _, c := range []struct {
		method           string
		follow           bool
		status, attempts int
	}{
		{http.MethodGet, true, http.StatusOK, 2},
		{http.MethodGet, false, http.StatusFound, 1},
		{http.MethodPost, true, http.StatusFound, 1},
		{http.MethodPost, false, http.StatusFound, 1},
	} {
		e := newEngine(answer, func(o *transport.Options) { o.FollowRedirects = c.follow })
		got := e.Do(t.Context(), transport.Request{Method: c.method, Path: "/moved", Retry: never})
		if got.Reply.Status != c.status || got.Attempts != c.attempts {
			t.Errorf("%s, follow %t: status %d after %d requests", c.method, c.follow, got.Reply.Status, got.Attempts)
		}
		if target := got.Reply.RedirectTarget(); (target != nil) != (c.status == http.StatusFound) {
			t.Errorf("%s, follow %t: target %v", c.method, c.follow, target)
		}
	}
}

// A request that has begun ends with its caller, unless it is uninterrupted.
func TestEngine_Uninterrupted(t *testing.T) {
	for _, uninterrupted := range []bool{false, true} {
		ctx, cancel := context.WithCancel(t.Context())
		e := newEngine(func(req *http.Request) (*http.Response, error) {
			cancel()
			return reply(req, http.StatusOK, ""), req.Context().Err()
		}, nil)
		got := e.Do(ctx, transport.Request{Method: http.MethodPost, Retry: never, Uninterrupted: uninterrupted})
		if (got.Err == nil) != uninterrupted {
			t.Errorf("uninterrupted %t: %v", uninterrupted, got.Err)
		}
	}
}

func TestEngine_Failures(t *testing.T) {
	for _, c := range []struct {
		err         error
		text        string
		lastFailure string
	}{
		{io.EOF, "the connection ended before an answer: EOF", "the connection ended before an answer: EOF"},
		{io.ErrUnexpectedEOF, "the connection ended before an answer", "the connection ended before an answer"},
		{errors.New("refused"), "refused", "refused"},
		{context.Canceled, "context canceled", "HTTP 503"},
		{context.DeadlineExceeded, "context deadline exceeded", "HTTP 503"},
	} {
		e := newEngine(func(*http.Request) (*http.Response, error) { return nil, c.err }, nil)
		got := e.Do(t.Context(), transport.Request{Retry: never, Before: transport.Result{LastFailure: "HTTP 503"}})
		if got.Err == nil || !strings.HasPrefix(got.Err.Text, c.text) || !errors.Is(got.Err, c.err) {
			t.Errorf("%v: got %v", c.err, got.Err)
		}
		if !strings.HasPrefix(got.LastFailure, c.lastFailure) {
			t.Errorf("%v: the last failure is %q", c.err, got.LastFailure)
		}
	}
	got := newEngine(nil, nil).Do(t.Context(), transport.Request{Method: "a b", Retry: never})
	if got.Err == nil || !got.Permanent || got.Sent {
		t.Errorf("an invalid request: %+v", got)
	}
}

type records []map[string]any

func (r *records) Debug(_ context.Context, _ string, fields map[string]any) { *r = append(*r, fields) }

func TestEngine_Retries(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		status, log := http.StatusServiceUnavailable, &records{}
		e := newEngine(func(req *http.Request) (*http.Response, error) {
			return reply(req, status, ""), nil
		}, func(o *transport.Options) { o.MaxRetries, o.MaxDelay, o.Logger = 3, time.Second, log })
		request := transport.Request{Retry: func(r transport.Result) string {
			if r.Reply.OK() {
				return ""
			}
			if r.Attempts == 2 {
				status = http.StatusOK
			}
			return "unavailable"
		}}
		if got := e.Do(t.Context(), request); got.Attempts != 3 || got.LastFailure != "HTTP 503" || !got.Reply.OK() {
			t.Errorf("got %+v", got)
		}
		if got := e.Do(t.Context(), request); got.Attempts != 1 || got.LastFailure != "" {
			t.Errorf("a request without failures: %+v", got)
		}
		ctx, cancel := context.WithCancel(t.Context())
		request.Retry = func(transport.Result) string { cancel(); return "again" }
		if got := e.Do(ctx, request); got.Attempts != 1 {
			t.Errorf("%d requests after the end of the context", got.Attempts)
		}
		if len(*log) != 7 { // five requests and two repetitions
			t.Errorf("%d log lines: %v", len(*log), *log)
		}
	})
}

func TestEngine_LogsErrors(t *testing.T) {
	log := &records{}
	e := newEngine(func(*http.Request) (*http.Response, error) { return nil, errors.New("refused") },
		func(o *transport.Options) { o.Logger = log })
	e.Do(t.Context(), transport.Request{Retry: never})
	if len(*log) != 1 || (*log)[0]["error"] != "refused" {
		t.Errorf("got %v", *log)
	}
}

func TestError_Timeout(t *testing.T) {
	for err, want := range map[*transport.Error]bool{
		{Code: transport.Timeout}:                                  true,
		{Code: transport.Network}:                                  false,
		{Code: transport.Network, Err: os.ErrDeadlineExceeded}:     true,
		{Code: transport.Network, Err: errors.New("other")}:        false,
		{Code: transport.Network, Err: &transport.Error{}}:         false,
		{Code: transport.BadAnswer, Err: context.DeadlineExceeded}: true,
	} {
		if got := err.Timeout(); got != want {
			t.Errorf("%+v: got %t", err, got)
		}
	}
}

func TestReply_Status(t *testing.T) {
	for status, want := range map[int]struct{ ok, redirects bool }{
		199: {}, 200: {ok: true}, 299: {ok: true}, 300: {redirects: true}, 399: {redirects: true}, 400: {},
	} {
		r := transport.Reply{Status: status, Location: "/x"}
		if r.OK() != want.ok || (r.RedirectTarget() != nil) != want.redirects {
			t.Errorf("%d: OK %t, target %v", status, r.OK(), r.RedirectTarget())
		}
	}
	if r := (transport.Reply{Status: 302, Location: "http://[bad"}); r.RedirectTarget() != nil {
		t.Error("an invalid location is a target")
	}
	for kind, want := range map[string]bool{
		"application/json; charset=utf-8": true, "text/json": true, "application/problem+json": true,
		"text/html": false, "": false, "application/json; x": false,
	} {
		if r := (transport.Reply{ContentType: kind}); r.IsJSON() != want {
			t.Errorf("%q: got %t", kind, r.IsJSON())
		}
	}
}

// The last caller who leaves ends the request. It waits for the end only if the group says so.
func TestGroup_LastCallerLeaves(t *testing.T) {
	for _, waits := range []bool{false, true} {
		synctest.Test(t, func(t *testing.T) {
			g := transport.Group[int]{WaitForCancelled: waits}
			calls, begun := 0, time.Now()
			fetch := func(ctx context.Context) (int, error) {
				calls++
				if calls > 1 {
					return calls, nil
				}
				<-ctx.Done()
				time.Sleep(time.Second)
				return 0, ctx.Err()
			}
			ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
			defer cancel()
			_, err := g.Do(ctx, "key", fetch)
			want := time.Minute
			if waits {
				want += time.Second
			}
			if took := time.Since(begun); took != want || !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("waits %t: %v after %s", waits, err, took)
			}
			if got, err := g.Do(t.Context(), "key", fetch); got != 2 || err != nil {
				t.Errorf("waits %t: the next caller gets %d, %v", waits, got, err)
			}
			if _, err := g.Do(ctx, "key", fetch); !errors.Is(err, context.DeadlineExceeded) || calls != 2 {
				t.Errorf("waits %t: a caller whose time is over gets %v after %d calls", waits, err, calls)
			}
			time.Sleep(time.Minute)
		})
	}
}
