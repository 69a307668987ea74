package auth

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const callPassword = "vedauth/authorize/oauth"

// shortLived is a server whose tokens live for 15 minutes.
func shortLived() *simulator.Server {
	w := world()
	w.Settings.AccessTokenLifetime = 900
	return simulator.New(w)
}

func TestSource_SendsNothingBeforeToken(t *testing.T) {
	server := simulator.New(world())
	s := sourceOf(t, byPassword(t), server.Transport())
	if n := len(server.Requests()); n != 0 {
		t.Fatalf("%d requests on construction", n)
	}
	token := mustToken(t, s)
	wantAccepted(t, server.Transport(), token, true)
	if token.Origin != "password grant of robot" || token.Identity == "" {
		t.Errorf("token is of %q, identity %q", token.Origin, token.Identity)
	}
}

func TestSource_RenewsBeforeExpiry(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, byPassword(t), server.Transport())
		first := mustToken(t, s)
		around(t, first.Expiry, time.Now().Add(15*time.Minute))
		time.Sleep(13*time.Minute + 50*time.Second)
		if mustToken(t, s) != first {
			t.Error("renewed more than a minute ahead")
		}
		time.Sleep(11 * time.Second)
		second := mustToken(t, s)
		if second.Value == first.Value {
			t.Error("not renewed a minute ahead")
		}
		wantAccepted(t, server.Transport(), first, true) // for the requests in flight
		wantAccepted(t, server.Transport(), second, true)
	})
}

func TestSource_ConcurrentCallers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Latency, Delay: time.Second})
		s := sourceOf(t, byPassword(t), server.Transport())
		mustToken(t, s)
		time.Sleep(time.Hour)
		seen := sync.Map{}
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() { seen.Store(mustToken(t, s).Value, true) })
		}
		all.Wait()
		tokens := 0
		seen.Range(func(any, any) bool { tokens++; return true })
		if n := server.Count(callPassword); n != 2 || tokens != 1 {
			t.Errorf("%d grants and %d tokens, want 2 and 1", n, tokens)
		}
	})
}

func TestSource_OneCallerCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Latency, Delay: 10 * time.Second})
		s := sourceOf(t, byPassword(t), server.Transport())
		impatient, leave := context.WithTimeout(context.Background(), time.Second)
		defer leave()
		var all sync.WaitGroup
		all.Go(func() {
			begun := time.Now()
			if _, err := s.Token(impatient); !errors.Is(err, context.DeadlineExceeded) ||
				time.Since(begun) != time.Second {
				t.Errorf("the impatient one got %v after %s", err, time.Since(begun))
			}
		})
		synctest.Wait() // the impatient one has begun the grant
		all.Go(func() { mustToken(t, s) })
		all.Wait()
		if n := server.Count(callPassword); n != 1 {
			t.Errorf("%d grants", n)
		}
	})
}

func TestSource_LastCallerCancels(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		remove := server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Hang})
		s := sourceOf(t, byPassword(t), server.Transport())
		ctx, leave := context.WithTimeout(context.Background(), time.Second)
		defer leave()
		begun := time.Now()
		if _, err := s.Token(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != time.Second {
			t.Fatalf("got %v after %s", err, time.Since(begun))
		}
		remove()
		mustToken(t, s)
	})
}

func TestSource_EndedContext(t *testing.T) {
	server := simulator.New(world())
	s := sourceOf(t, byPassword(t), server.Transport())
	ctx, leave := context.WithCancel(context.Background())
	leave()
	if _, err := s.Token(ctx); !errors.Is(err, context.Canceled) || server.Count(callPassword) != 0 {
		t.Errorf("got %v and %d grants", err, server.Count(callPassword))
	}
	mustToken(t, s)
	if token, err := s.Token(ctx); !errors.Is(err, context.Canceled) || token.Value != "" {
		t.Errorf("beside a token that is held: got %v", err)
	}
}

func TestSource_RefusalIsKept(t *testing.T) {
	server := simulator.New(world())
	s := sourceOf(t, choose(t, map[string]string{attrUsername: "robot", attrPassword: "PLANTED-wrong"}),
		server.Transport())
	for range 20 {
		_, err := s.Token(context.Background())
		wantSaid(t, err, "password grant of robot")
	}
	if n := server.Count(callPassword); n != 1 {
		t.Errorf("%d grants, which can lock the user out", n)
	}
}

func TestGrant_Retries(t *testing.T) {
	for _, kind := range []simulator.FaultKind{
		simulator.Status503, simulator.Status429, simulator.Status502,
		simulator.ResetBeforeCommit, simulator.ResetAfterCommit, simulator.ConnectionRefused,
	} {
		t.Run(string(kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := shortLived()
				server.Inject(simulator.Fault{Path: callPassword, Kind: kind, Count: 2})
				wantAccepted(t, server.Transport(), mustToken(t, sourceOf(t, byPassword(t), server.Transport())), true)
			})
		})
	}
}

func TestSource_UnavailableServer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		remove := server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Status503, RetryAfter: "3600"})
		s := sourceOf(t, byPassword(t), server.Transport())
		begun := time.Now()
		_, err := s.Token(context.Background())
		wantSaid(t, err, "503 Service Unavailable", "503 - Service Unavailable", "Run again later")
		if waited := time.Since(begun); waited > time.Minute {
			t.Errorf("waited %s because the server said so", waited)
		}
		remove()
		mustToken(t, s)
	})
}

func TestGrant_Timeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Hang})
		s := NewSource(byPassword(t), server.Transport(), client.Options{RequestTimeout: 5 * time.Second})
		begun := time.Now()
		_, err := s.Token(context.Background())
		wantSaid(t, err, "no answer from the server")
		if waited := time.Since(begun); waited != 5*time.Second {
			t.Errorf("waited %s", waited)
		}
	})
}

var _ http.RoundTripper = roundTrip(nil)

var _ client.TokenSource = (*Source)(nil)

func TestSource_UsesTokenUntilExpiry(t *testing.T) {
	for name, fault := range map[string]simulator.Fault{
		"the server is away": {Path: callPassword, Kind: simulator.Status503},
		"the server refuses": {Path: callPassword, Kind: simulator.Status503, Status: 400},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server := shortLived()
				s := sourceOf(t, byPassword(t), server.Transport())
				first := mustToken(t, s)
				server.Inject(fault)
				time.Sleep(time.Until(first.Expiry) - 30*time.Second)
				for range 2 { // also where the server's refusal is remembered
					if mustToken(t, s) != first {
						t.Error("another token")
					}
				}
				time.Sleep(time.Until(first.Expiry))
				_, err := s.Token(context.Background())
				wantSaid(t, err, "the server answered")
			})
		})
	}
}

func TestSource_Renew(t *testing.T) {
	server := simulator.New(world())
	log := &loggedLines{}
	s := NewSource(byPassword(t), server.Transport(), client.Options{Logger: log})
	held := mustToken(t, s)
	got, err := s.renew(t.Context())
	if err != nil || string(got.AccessToken) != held.Value || server.Count(callPassword) != 1 {
		t.Errorf("beside a token that is held: %v after %d grants", err, server.Count(callPassword))
	}
	if all := strings.Join(log.lines, "\n"); !strings.Contains(all, "access token obtained") {
		t.Errorf("the log is %q", all)
	}
}

// The old token remains until its expiry. A token of unknown expiry remains until it is rejected.
func TestSource_Remaining(t *testing.T) {
	reason := errors.New("no answer")
	for name, tt := range map[string]struct {
		expiry  time.Time
		remains bool
	}{
		"valid": {time.Now().Add(time.Second), true}, "expired": {time.Now().Add(-time.Second), false},
		"unknown expiry": {time.Time{}, true},
	} {
		s := sourceOf(t, byPassword(t), nil)
		s.held = &granted{AccessToken: "YQ==", Expiry: wireTime{tt.expiry}}
		token, err := s.remaining(reason)
		if tt.remains && (err != nil || token.Value != "YQ==") || !tt.remains && !errors.Is(err, reason) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}
