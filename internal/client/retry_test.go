package client

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"sync"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

var (
	errRefused  = &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	errReset    = &net.OpError{Op: "read", Net: "tcp", Err: syscall.ECONNRESET}
	deadlocked  = canned{status: 500, body: `{"Error":"chosen as the deadlock victim. Rerun the transaction."}`}
	goodProject = canned{
		body: `{"Project":{"Dn":"\\VED\\X","Guid":"{0f1e}","Id":7,"Status":1},"Result":1,"Success":true}`,
	}
	maintenance = canned{
		status: 503, kind: "text/html",
		body: "<html><head><title>Service\nUnavailable</title></head></html>",
	}
)

func readOnce(ctx context.Context, c *Client) error {
	_, err := c.GetProject(ctx, ByDN(`\VED\X`))
	return err
}

func writeOnce(ctx context.Context, c *Client) error {
	return c.UpdateProjectStatus(ctx, ByDN(`\VED\X`), lifecycle.Disabled)
}

func TestRetry_Read(t *testing.T) {
	for name, trouble := range map[string]canned{
		"refused": {err: errRefused}, "reset": {err: errReset}, "cut off": {err: io.ErrUnexpectedEOF},
		"429": {status: 429}, "502": {status: 502}, "503": maintenance, "504": {status: 504}, "deadlock": deadlocked,
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := inTurn(trouble, trouble, trouble, goodProject)
				start := time.Now()
				if err := readOnce(t.Context(), clientOf(t, s)); err != nil {
					t.Fatal(err)
				}
				if n := len(s.requests()); n != 4 {
					t.Errorf("%d requests", n)
				}
				if took := time.Since(start); took != 3500*time.Millisecond {
					t.Errorf("paused %s, want 0.5 s + 1 s + 2 s", took)
				}
			})
		})
	}
}

func TestRetry_Write(t *testing.T) {
	ok := canned{body: signOK}
	for _, row := range []struct {
		name     string
		trouble  canned
		requests int
		delivery Delivery // of the failure; none if it is repeated
		reason   Reason
	}{
		{"refused", canned{err: errRefused}, 2, 0, 0},
		{"429", canned{status: 429}, 2, 0, 0},
		{"503", maintenance, 2, 0, 0},
		{"deadlock", deadlocked, 2, 0, 0},
		{"reset", canned{err: errReset}, 1, Unclear, Unavailable},
		{"500", canned{status: 500, body: `{"Error":"Internal error occurred."}`}, 1, Unclear, Unavailable},
		{"502", canned{status: 502}, 1, Unclear, Unavailable},
		{"504", canned{status: 504}, 1, Unclear, Unavailable},
		{"HTML instead of an answer", canned{kind: "text/html", body: "<title>Log in</title>"}, 1, Unclear, BadAnswer},
		{"half an answer", canned{body: `{"Result":1,`}, 1, Unclear, Unavailable},
		{"half a value", canned{body: `tru`}, 1, Unclear, BadAnswer},
		{"no answer in the answer", canned{body: `{}`}, 1, Unclear, EmptyAnswer},
		{"contradiction", canned{body: `{"Result":4,"Success":true}`}, 1, Unclear, BadAnswer},
		{"refusal", canned{body: `{"Result":4,"Success":false,"Error":"no"}`}, 1, Answered, Refused},
		{"invalid", canned{status: 400, body: `{"error":"invalid_request"}`}, 1, Answered, Refused},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s := inTurn(row.trouble, ok)
				err := writeOnce(t.Context(), clientOf(t, s))
				if n := len(s.requests()); n != row.requests {
					t.Errorf("%d requests, want %d", n, row.requests)
				}
				if row.requests == 2 {
					if err != nil {
						t.Error(err)
					}
					return
				}
				if e := errorOf(t, err); e.Delivery != row.delivery || e.Reason != row.reason {
					t.Errorf("got %s, reason %d: %v", e.Delivery, e.Reason, e)
				}
				if IsUnclear(err) != (row.delivery == Unclear) {
					t.Error("IsUnclear disagrees")
				}
			})
		})
	}
}

func TestRetry_Limit(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for retries, want := range map[int]int{0: 1, 2: 3, 4: 5} {
			s := always(maintenance)
			err := readOnce(t.Context(), clientOf(t, s, func(o *Options) { o.MaxRetries = retries }))
			e := errorOf(t, err)
			if n := len(s.requests()); n != want || e.Attempts != want {
				t.Errorf("max_retries %d: %d requests, the error says %d", retries, n, e.Attempts)
			}
			if e.Reason != Unavailable || e.HTTPStatus != 503 || e.Message != "Service Unavailable" {
				t.Errorf("got %#v", e)
			}
		}
	})
}

func TestRetry_RetryAfter(t *testing.T) {
	for header, want := range map[string]time.Duration{
		"7":                             7 * time.Second,
		"Sat, 01 Jan 2000 00:00:20 GMT": 20 * time.Second, // virtual time begins in 2000
		"86400":                         time.Minute,
		"nonsense":                      500 * time.Millisecond,
	} {
		synctest.Test(t, func(t *testing.T) {
			s := inTurn(canned{status: 503, header: map[string]string{"Retry-After": header}}, goodProject)
			start := time.Now()
			if err := readOnce(t.Context(), clientOf(t, s)); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took != want {
				t.Errorf("%q: waited %s, want %s", header, took, want)
			}
		})
	}
}

func TestRetry_AttemptTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		quick := func(o *Options) { o.RequestTimeout = 3 * time.Second }
		s := inTurn(canned{delay: time.Hour}, goodProject)
		if err := readOnce(t.Context(), clientOf(t, s, quick)); err != nil {
			t.Error(err)
		}
		s = inTurn(canned{body: strings.Repeat(" ", 100), slow: time.Second}, goodProject)
		if err := readOnce(t.Context(), clientOf(t, s, quick)); err != nil {
			t.Error("slow body:", err)
		}
		s = always(canned{delay: time.Hour})
		err := writeOnce(t.Context(), clientOf(t, s, quick))
		if e := errorOf(t, err); e.Delivery != Unclear || e.Reason != Unavailable ||
			!strings.Contains(e.Error(), "no complete answer within 3s") {
			t.Error(e)
		}
		if errors.Is(err, context.DeadlineExceeded) {
			t.Error("our own time limit looks like the caller's")
		}
		if n := len(s.requests()); n != 1 {
			t.Errorf("the write was sent %d times", n)
		}
	})
}

func TestRetry_Cancellation(t *testing.T) {
	for name, c := range map[string]canned{
		"in flight": {delay: time.Hour}, "in the body": {body: "    ", slow: time.Hour},
		"between attempts": {status: 503, header: map[string]string{"Retry-After": "59"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				time.AfterFunc(time.Second, cancel)
				start := time.Now()
				err := readOnce(ctx, clientOf(t, always(c), func(o *Options) { o.RequestTimeout = 2 * time.Hour }))
				if took := time.Since(start); took != time.Second {
					t.Errorf("ended after %s", took)
				}
				if e := errorOf(t, err); e.Reason != Cancelled || !errors.Is(err, context.Canceled) {
					t.Error(e)
				}
			})
		})
	}
}

func TestRetry_TimeoutNamesLastFailure(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
		defer cancel()
		err := readOnce(ctx, clientOf(t, always(maintenance)))
		if !errors.Is(err, context.DeadlineExceeded) || !strings.Contains(err.Error(), "last seen: HTTP 503") {
			t.Error(err)
		}
	})
}

func TestDelivery_CancelledWrite(t *testing.T) {
	for _, row := range []struct {
		name string
		c    canned
		want Delivery
	}{
		{"in flight", canned{delay: time.Hour}, Unclear},
		{"after a refusal, before the repetition", canned{
			status: 503,
			header: map[string]string{"Retry-After": "59"},
		}, Answered},
		{"after no connection, before the repetition", canned{err: errRefused}, NotSent},
	} {
		t.Run(row.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
				defer cancel()
				if e := errorOf(t, writeOnce(ctx, clientOf(t, always(row.c)))); e.Delivery != row.want ||
					e.Reason != Cancelled {
					t.Errorf("%s: %v", e.Delivery, e)
				}
			})
		})
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	s := always(canned{body: signOK})
	if e := errorOf(t, writeOnce(ctx, clientOf(t, s))); e.Delivery != NotSent || len(s.requests()) != 0 {
		t.Errorf("cancelled before: %s, %d requests", e.Delivery, len(s.requests()))
	}
}

// cancelling answers, and ends the caller's context while doing so.
type cancelling struct {
	script
	cancel func()
}

func (c *cancelling) RoundTrip(r *http.Request) (*http.Response, error) {
	resp, err := c.script.RoundTrip(r)
	c.cancel()
	return resp, err
}

func TestRetry_AnswerDuringCancellation(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	s := &cancelling{script: *always(canned{body: signOK}), cancel: cancel}
	if err := writeOnce(ctx, clientOf(t, s)); err != nil {
		t.Error(err)
	}
}

func TestLimiter_ConcurrentRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := always(canned{body: goodProject.body, delay: time.Second})
		c := clientOf(t, s, func(o *Options) { o.MaxConcurrentRequests = 3 })
		var all sync.WaitGroup
		start := time.Now()
		for range 12 {
			all.Go(func() { _ = readOnce(t.Context(), c) })
		}
		all.Wait()
		if s.most != 3 || time.Since(start) != 4*time.Second {
			t.Errorf("%d at once, %s in all", s.most, time.Since(start))
		}
	})
}

func TestRetry_DelayFreesLimiter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := inTurn(canned{status: 503, header: map[string]string{"Retry-After": "50"}}, goodProject)
		c := clientOf(t, s, func(o *Options) { o.MaxConcurrentRequests = 1 })
		var all sync.WaitGroup
		all.Go(func() { _ = readOnce(t.Context(), c) })
		synctest.Wait()
		start := time.Now()
		if err := readOnce(t.Context(), c); err != nil || time.Since(start) != 0 {
			t.Errorf("waited %s: %v", time.Since(start), err)
		}
		all.Wait()
	})
}
