package auth

import (
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gofrs/flock"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// sharing is a server of short-lived tokens and a file with a refresh token of it.
func sharing(t *testing.T) (*simulator.Server, string) {
	t.Helper()
	server := shortLived()
	return server, secretFile(t, issueRefreshToken(t, server.Transport()))
}

func TestTokenFileGrant_ConcurrentSources(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		mustToken(t, sourceOf(t, byFile(t, path), server.Transport()))
		time.Sleep(time.Hour)
		var all sync.WaitGroup
		for range 5 {
			s := sourceOf(t, byFile(t, path), server.Transport())
			for range 10 {
				all.Go(func() { wantAccepted(t, server.Transport(), mustToken(t, s), true) })
			}
		}
		all.Wait()
		if n := server.Count(callRefresh); n != 2 {
			t.Errorf("%d exchanges, want 2", n)
		}
	})
}

func TestTokenFileGrant_ReplacedByAnotherProcess(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		one, two := sourceOf(t, byFile(t, path), server.Transport()), sourceOf(t, byFile(t, path), server.Transport())
		old := mustToken(t, one)
		if mustToken(t, two) != old {
			t.Fatal("not shared")
		}
		reject(t, one, old)
		fresh := mustToken(t, one)
		wantAccepted(t, server.Transport(), old, false) // an exchange ends the old access token
		reject(t, two, old)
		if mustToken(t, two).Value != fresh.Value || server.Count(callRefresh) != 2 {
			t.Errorf("%d exchanges, want 2", server.Count(callRefresh))
		}
	})
}

func TestTokenFileGrant_Uninterrupted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		server.Inject(simulator.Fault{Path: callRefresh, Kind: simulator.Latency, Delay: 5 * time.Second})
		ctx, leave := context.WithTimeout(context.Background(), time.Second)
		defer leave()
		s := sourceOf(t, byFile(t, path), server.Transport())
		begun := time.Now()
		if _, err := s.Token(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) != 5*time.Second {
			t.Errorf("left with %v after %s, want to wait for the answer", err, time.Since(begun))
		}
		doc := stored(t, path)
		if token := mustToken(t, s); token.Value != string(doc.AccessToken) || !doc.ExchangeBegun.IsZero() ||
			server.Count(callRefresh) != 1 {
			t.Errorf("stored %+v after %d exchanges", doc, server.Count(callRefresh))
		}
	})
}

func TestTokenFileGrant_LostAnswer(t *testing.T) {
	for kind, works := range map[simulator.FaultKind]bool{
		simulator.ResetBeforeCommit: true, simulator.ResetAfterCommit: false,
		simulator.Status502: true, simulator.Gateway504AfterCommit: false,
		simulator.TruncatedBody: false, simulator.WrongContentType: false,
	} {
		t.Run(string(kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, path := sharing(t)
				server.Inject(simulator.Fault{Path: callRefresh, Kind: kind, Count: 1})
				s := sourceOf(t, byFile(t, path), server.Transport())
				_, err := s.Token(context.Background())
				wantSaid(t, err, "unknown", "tries it once more at the next call")
				if stored(t, path).ExchangeBegun.IsZero() || server.Count(callRefresh) != 1 {
					t.Fatal("no mark of the exchange, or it was repeated blindly")
				}
				next := sourceOf(t, byFile(t, path), server.Transport())
				if works {
					wantAccepted(t, server.Transport(), mustToken(t, next), true)
					return
				}
				for range 5 {
					_, err = next.Token(context.Background())
					wantSaid(t, err, "A run began to exchange this refresh token at", "has probably been used",
						"umask 077")
				}
				if n := server.Count(callRefresh); n != 2 || stored(t, path).ExchangeBegun.IsZero() {
					t.Errorf("%d exchanges, want 2 and the mark kept", n)
				}
			})
		})
	}
}

func TestTokenFileGrant_Retries(t *testing.T) {
	for _, kind := range []simulator.FaultKind{simulator.Status503, simulator.Status429, simulator.ConnectionRefused} {
		t.Run(string(kind), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				server, path := sharing(t)
				server.Inject(simulator.Fault{Path: callRefresh, Kind: kind, Count: 2})
				wantAccepted(t, server.Transport(), mustToken(t, sourceOf(t, byFile(t, path), server.Transport())),
					true)
			})
		})
	}
}

func TestTokenFileGrant_NotSent(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		server.Inject(simulator.Fault{Path: callRefresh, Kind: simulator.ConnectionRefused})
		_, err := sourceOf(t, byFile(t, path), server.Transport()).Token(context.Background())
		wantSaid(t, err, "connection refused", "The refresh token was not used")
		if !stored(t, path).ExchangeBegun.IsZero() {
			t.Error("the mark stands, though nothing was sent")
		}
	})
}

func TestTokenFileGrant_UsedToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		writeFile(t, path, "PLANTED")
		s := sourceOf(t, byFile(t, path), server.Transport())
		for range 20 {
			_, err := s.Token(context.Background())
			wantSaid(t, err, "400 Bad Request: Grant has been revoked, has expired, or the refresh token is "+
				"invalid", "used before", `client_id than "terraform-provider-codesign"`, "umask 077")
		}
		if n := server.Count(callRefresh); n != 1 || !stored(t, path).ExchangeBegun.IsZero() {
			t.Errorf("%d exchanges, want 1 and no mark", n)
		}
		writeFile(t, path, issueRefreshToken(t, server.Transport()))
		wantAccepted(t, server.Transport(), mustToken(t, s), true)
	})
}

func TestTokenFileGrant_RefusalNamesClientAndExpiry(t *testing.T) {
	server, path := sharing(t)
	store(t, path, tokenFile{
		ClientID: "another", granted: granted{RefreshToken: "PLANTED", RefreshUntil: seconds(1_700_000_000)},
	})
	_, err := sourceOf(t, byFile(t, path), server.Transport()).Token(context.Background())
	wantSaid(t, err, `exchanged with "another" before`, "valid until 2023-11-14T22:13:20Z")
}

func TestTokenFileGrant_FormerClient(t *testing.T) {
	g := &tokenFileGrant{clientID: "this"}
	for want, f := range map[string]tokenFile{
		"": {ClientID: "this"},
		` (it was exchanged with "other" before)`:    {ClientID: "other"},
		" (it was valid until 2023-11-14T22:13:20Z)": {granted: granted{RefreshUntil: seconds(1_700_000_000)}},
	} {
		if got := g.formerClient(f); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// The second attempt of an exchange keeps the time at which the first one began.
func TestTokenFileGrant_FirstMarkStays(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		begun := time.Now().UTC().Truncate(time.Second)
		token := wireText(issueRefreshToken(t, server.Transport()))
		store(t, path, tokenFile{granted: granted{RefreshToken: token}, ExchangeBegun: begun})
		time.Sleep(time.Minute)
		server.Inject(simulator.Fault{Path: callRefresh, Kind: simulator.ResetBeforeCommit, Count: 1})
		_, err := sourceOf(t, byFile(t, path), server.Transport()).Token(context.Background())
		wantSaid(t, err, "unknown")
		if at := stored(t, path).ExchangeBegun; !at.Equal(begun) {
			t.Errorf("the mark is of %s, want %s", at, begun)
		}
	})
}

func TestTokenFileGrant_SuccessorNotStored(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		server.OnRequest(func(r simulator.Request) {
			if r.Path == callRefresh {
				_ = os.MkdirAll(path+".new/x", 0o700) // the disk fails between the mark and the successor
			}
		})
		s := sourceOf(t, byFile(t, path), server.Transport())
		for range 2 {
			_, err := s.Token(context.Background())
			wantSaid(t, err, "cannot be replaced")
		}
		if err := os.RemoveAll(path + ".new"); err != nil {
			t.Fatal(err)
		}
		token := mustToken(t, s)
		wantAccepted(t, server.Transport(), token, true)
		if n := server.Count(callRefresh); n != 1 || string(stored(t, path).AccessToken) != token.Value {
			t.Errorf("%d exchanges, want 1 and its successor stored", n)
		}
	})
}

func TestTokenFileGrant_LockTimeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		other := flock.New(path + ".lock")
		if held, err := other.TryLock(); !held || err != nil {
			t.Fatal(held, err)
		}
		s := sourceOf(t, byFile(t, path), server.Transport())
		ctx, leave := context.WithTimeout(context.Background(), time.Second)
		defer leave()
		begun := time.Now()
		if _, err := s.Token(ctx); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 2*time.Second {
			t.Errorf("got %v after %s", err, time.Since(begun))
		}
		begun = time.Now()
		_, err := s.Token(context.Background())
		wantSaid(t, err, "Another run has held the lock", "2m0s")
		if waited := time.Since(begun); waited > 3*time.Minute {
			t.Errorf("waited %s", waited)
		}
		if err := other.Close(); err != nil {
			t.Fatal(err)
		}
		mustToken(t, s)
	})
}

func TestTokenFileGrant_ReplacedTwice(t *testing.T) {
	server, path := sharing(t)
	s := sourceOf(t, byFile(t, path), server.Transport())
	for range 3 {
		held := mustToken(t, s)
		other := sourceOf(t, byFile(t, path), server.Transport())
		reject(t, other, mustToken(t, other))
		replaced := mustToken(t, other)
		wantAccepted(t, server.Transport(), held, false)
		reject(t, s, held)
		if mustToken(t, s).Value != replaced.Value {
			t.Error("the token of the file was not taken")
		}
	}
}

// An answer that repeats the request has no successor of the refresh token.
func TestTokenFileGrant_Echo(t *testing.T) {
	for _, body := range []string{`{"refresh_token":"cmVmcmVzaA=="}`, `{"json":{"refresh_token":"cmVmcmVzaA=="}}`} {
		path := secretFile(t, "cmVmcmVzaA==")
		_, err := sourceOf(t, byFile(t, path), answering("200 OK", "application/json", body)).Token(t.Context())
		wantSaid(t, err, "It is unknown whether the server exchanged the refresh token")
		if f := stored(t, path); f.RefreshToken != "cmVmcmVzaA==" || f.ExchangeBegun.IsZero() {
			t.Errorf("%s: stored %+v", body, f)
		}
	}
}

func TestTokenFileGrant_Timeout(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server, path := sharing(t)
		server.Inject(simulator.Fault{Path: callRefresh, Kind: simulator.HangAfterCommit})
		begun := time.Now()
		_, err := sourceOf(t, byFile(t, path), server.Transport()).Token(context.Background())
		wantSaid(t, err, "no answer from the server", "unknown")
		if waited := time.Since(begun); waited != 30*time.Second {
			t.Errorf("waited %s", waited)
		}
	})
}

// The second attempt of an exchange has the whole request_timeout too.
func TestTokenFileGrant_SlowRetryIsNotCut(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		path := secretFile(t, "cmVmcmVzaA==")
		attempts := 0
		s := sourceOf(t, byFile(t, path), roundTrip(func(r *http.Request) (*http.Response, error) {
			attempts++
			select {
			case <-time.After(client.DefaultRequestTimeout - time.Second):
			case <-r.Context().Done():
				return nil, r.Context().Err()
			}
			if attempts == 1 {
				return answer(r, http.StatusServiceUnavailable, "busy"), nil
			}
			return answer(r, http.StatusOK, `{"access_token":"YQ==","refresh_token":"bmV3"}`), nil
		}))
		if token := mustToken(t, s); token.Value != "YQ==" || attempts != 2 || stored(t, path).RefreshToken != "bmV3" {
			t.Errorf("token %q after %d attempts, stored %+v", token.Value, attempts, stored(t, path))
		}
	})
}

func answer(r *http.Request, status int, body string) *http.Response {
	return &http.Response{
		StatusCode: status, Request: r, Header: http.Header{"Retry-After": {"9"}, "Content-Type": {"application/json"}},
		Body: io.NopCloser(strings.NewReader(body)),
	}
}
