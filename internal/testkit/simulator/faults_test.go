package simulator

import (
	"context"
	"errors"
	"io"
	"net/http"
	"strings"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// enable asks to enable a Disabled project, over a listener or in memory, and returns what a client
// sees.
func enable(
	ctx context.Context, s *Server, transport http.RoundTripper, base string,
) (status int, header http.Header, body string, err error) {
	r, _ := http.NewRequestWithContext(ctx, post, base+"/vedsdk/Codesign/UpdateProjectStatus",
		jsonReader(object{"Dn": dnOf("P"), "ProjectStatus": enabled}))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Authorization", "Bearer "+s.Token("admin", ""))
	res, err := transport.RoundTrip(r)
	if err != nil {
		return 0, nil, "", err
	}
	defer res.Body.Close()
	b, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
	return res.StatusCode, res.Header, string(b), err
}

func TestFaults_ListenerAndMemory(t *testing.T) {
	for _, c := range []struct {
		fault     Fault
		committed bool
		status    int    // 0: no answer, or a broken one
		has       string // in the body
	}{
		{Fault{Kind: Status429}, false, 429, `"Error"`},
		{Fault{Kind: Status503}, false, 503, "<html"},
		{Fault{Kind: Status502}, false, 502, "<html"},
		{Fault{Kind: Status504}, false, 504, "<html"},
		{Fault{Kind: Status504, Status: 418, Body: "tea"}, false, 418, "tea"},
		{Fault{Kind: Deadlock500}, false, 500, "Rerun the transaction"},
		{Fault{Kind: Other500}, false, 500, "Internal error"},
		{Fault{Kind: ExpiredToken}, false, 401, "invalid_token"},
		{Fault{Kind: InsufficientScope}, false, 403, "insufficient_scope"},
		{Fault{Kind: ControlCharacters}, false, 400, `\u001b[31m`},
		{Fault{Kind: RedirectLoop}, false, 307, ""},
		{Fault{Kind: RedirectOtherHost}, false, 307, ""},
		{Fault{Kind: ResetBeforeCommit}, false, 0, ""},
		{Fault{Kind: ResetAfterCommit}, true, 0, ""},
		{Fault{Kind: Gateway502AfterCommit}, true, 502, "<html"},
		{Fault{Kind: Gateway504AfterCommit}, true, 504, "<html"},
		{Fault{Kind: SlowBody, Delay: time.Millisecond}, true, 200, `"Success":true`},
		{Fault{Kind: TruncatedBody}, true, 0, ""},
		{Fault{Kind: OversizedBody, Size: 100_000}, true, 200, `,"Result":1,"Success":true}`},
		{Fault{Kind: EndlessBody}, true, 200, `{"Error":"xxx`},
		{Fault{Kind: WrongContentType}, true, 200, "<html"},
		{Fault{Kind: DeepJSON, Size: 1000}, true, 200, strings.Repeat("[", 1000)},
		{Fault{Kind: EmptyBody}, true, 200, ""},
		{Fault{Kind: Latency, Delay: time.Millisecond}, true, 200, `"Success":true`},
	} {
		for _, way := range []string{"listener", "TLS", "memory"} {
			t.Run(string(c.fault.Kind)+" "+way, func(t *testing.T) {
				s := New(cast("Disabled"))
				transport, base := reach(t, s, way)
				s.Inject(c.fault)
				status, _, body, err := enable(t.Context(), s, transport, base)
				if (c.status == 0) != (err != nil) || err == nil && status != c.status {
					t.Fatalf("HTTP %d, error %v; want %d", status, err, c.status)
				}
				if !strings.Contains(body, c.has) {
					t.Errorf("no %q in %.200q", c.has, body)
				}
				if got := s.ProjectStatus("P") == "Enabled"; got != c.committed {
					t.Errorf("carried out: %v, want %v", got, c.committed)
				}
				if log := s.Requests(); len(log) != 1 || log[0].Fault != c.fault.Kind {
					t.Errorf("log: %+v", log)
				}
			})
		}
	}
}

// reach makes a way to the server.
func reach(t *testing.T, s *Server, way string) (http.RoundTripper, string) {
	t.Helper()
	if way == "memory" {
		return s.Transport(), "http://sim.test"
	}
	start := s.Start
	if way == "TLS" {
		start = s.StartTLS
	}
	base, err := start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	return trusting(t, s), base
}

func TestFaults_Hang(t *testing.T) {
	for kind, committed := range map[FaultKind]bool{Hang: false, HangAfterCommit: true} {
		for _, way := range []string{"listener", "memory"} {
			s := New(cast("Disabled"))
			transport, base := reach(t, s, way)
			s.Inject(Fault{Kind: kind})
			ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
			_, _, _, err := enable(ctx, s, transport, base)
			cancel()
			if !errors.Is(err, context.DeadlineExceeded) || (s.ProjectStatus("P") == "Enabled") != committed {
				t.Errorf("%s %s: %v, project %s", kind, way, err, s.ProjectStatus("P"))
			}
		}
	}
}

func TestFaults_BrokenConnections(t *testing.T) {
	s := New(cast("Disabled"))
	s.Inject(Fault{Kind: ConnectionRefused, Count: 1})
	if _, _, _, err := enable(t.Context(), s, s.Transport(), "http://sim.test"); !errors.Is(err, syscall.ECONNREFUSED) {
		t.Error(err)
	}
	if len(s.Requests()) != 0 {
		t.Error("a refused connection carries no request")
	}
	s.Inject(Fault{Kind: ResetBeforeCommit})
	if _, _, _, err := enable(t.Context(), s, s.Transport(), "http://sim.test"); !errors.Is(err, syscall.ECONNRESET) {
		t.Error(err)
	}
}

func TestFaults_RetryAfter(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(cast("Disabled"))
		remove := s.Inject(Fault{Kind: Status503, RetryAfter: "7"})
		_, header, _, _ := enable(t.Context(), s, s.Transport(), "http://sim.test")
		if header.Get("Retry-After") != "7" {
			t.Error(header)
		}
		remove()
		s.Inject(Fault{Kind: Status429, RetryAfter: "date:30"})
		_, header, _, _ = enable(t.Context(), s, s.Transport(), "http://sim.test")
		at, err := http.ParseTime(header.Get("Retry-After"))
		if wait := time.Until(at); err != nil || wait < 29*time.Second || wait > 30*time.Second {
			t.Error(err, wait)
		}
	})
}

func TestFaults_Selection(t *testing.T) {
	hits := func(f Fault, n int) string {
		s := New(cast("Enabled"))
		s.Inject(f)
		out := make([]byte, n)
		for i := range out {
			status, _ := as(t, s, "admin", "").do(post, "/vedsdk/Codesign/GetProject", object{"Dn": dnOf("P")})
			out[i] = map[bool]byte{true: '.', false: 'x'}[status == 200]
		}
		return string(out)
	}
	for want, f := range map[string]Fault{
		"xx.....": {Kind: Other500, Count: 2}, "..xxxxx": {Kind: Other500, Skip: 2}, ".x.....": {
			Kind: Other500, Skip: 1,
			Count: 1,
		},
		".......": {Kind: Other500, Path: "Workflow/"}, "xxxxxxx": {
			Kind: Other500,
			Path: "codesign/",
		},
	} {
		if got := hits(f, len(want)); got != want {
			t.Errorf("%+v: %s, want %s", f, got, want)
		}
	}
}

func TestFaults_LatencyInVirtualTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := New(cast("Disabled"))
		s.Inject(Fault{Kind: Latency, Delay: 50 * time.Millisecond})
		began := time.Now()
		if status, _, _, err := enable(t.Context(), s, s.Transport(), "http://sim.test"); status != 200 || err != nil {
			t.Fatal(status, err)
		}
		if took := time.Since(began); took != 50*time.Millisecond {
			t.Error(took)
		}
	})
}
