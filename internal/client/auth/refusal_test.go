package auth

import (
	"context"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestReject_ConcurrentRequests(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, byPassword(t), server.Transport())
		dead := mustToken(t, s)
		server.ExpireTokens()
		var all sync.WaitGroup
		for range 50 {
			all.Go(func() {
				if err := s.Reject(context.Background(), dead); err != nil {
					t.Error(err)
				}
				wantAccepted(t, server.Transport(), mustToken(t, s), true)
			})
		}
		all.Wait()
		if n := server.Count(callPassword); n != 2 {
			t.Errorf("%d grants, want 2", n)
		}
	})
}

func TestReject_OldToken(t *testing.T) {
	server := simulator.New(world())
	s := sourceOf(t, byPassword(t), server.Transport())
	dead := mustToken(t, s)
	reject(t, s, dead)
	fresh := mustToken(t, s)
	reject(t, s, dead)
	if mustToken(t, s) != fresh {
		t.Error("the fresh token was dropped")
	}
}

func reject(t *testing.T, s *Source, token client.Token) {
	t.Helper()
	if err := s.Reject(context.Background(), token); err != nil {
		t.Fatal(err)
	}
}

func TestReject_Replacement(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, byPassword(t), server.Transport())
		reject(t, s, mustToken(t, s))
		second := mustToken(t, s)
		err := s.Reject(context.Background(), second)
		wantSaid(t, err, "password grant of robot", "expires at "+second.Expiry.UTC().Format(time.RFC3339),
			"just replaced another rejected token")
		_, err = s.Token(context.Background())
		wantSaid(t, err, "just replaced another rejected token")
		if n := server.Count(callPassword); n != 2 {
			t.Errorf("%d grants, want 2", n)
		}
		time.Sleep(time.Minute - time.Nanosecond)
		_, err = s.Token(context.Background())
		wantSaid(t, err, "just replaced another rejected token")
		time.Sleep(time.Nanosecond)
		mustToken(t, s)
	})
}

func TestReject_AfterMinimumAge(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, byPassword(t), server.Transport())
		for range 4 {
			reject(t, s, mustToken(t, s))
			mustToken(t, s)
			time.Sleep(2 * time.Minute)
		}
		if n := server.Count(callPassword); n != 5 {
			t.Errorf("%d grants, want 5", n)
		}
	})
}

func TestReject_StaticToken(t *testing.T) {
	server := simulator.New(world())
	s := sourceOf(t, choose(t, map[string]string{attrAccessToken: "PLANTED-token=="}), server.Transport())
	token := mustToken(t, s)
	if token.Value != "PLANTED-token==" || token.Origin != "access_token" || !token.Expiry.IsZero() ||
		len(server.Requests()) != 0 {
		t.Errorf("token %q of %q and %d requests", token.Value, token.Origin, len(server.Requests()))
	}
	wantSaid(t, s.Reject(context.Background(), token), "in access_token", "cannot renew this token",
		"VENAFI_TOKEN", "refresh_token_file")
	_, err := s.Token(context.Background())
	wantSaid(t, err, "cannot renew this token")
}

func TestReject_NamesVariable(t *testing.T) {
	c, _ := Resolve(Settings{attrURL: base}, Settings{attrAccessToken: "PLANTED"})
	s := sourceOf(t, c, nil)
	wantSaid(t, s.Reject(context.Background(), mustToken(t, s)), "in VENAFI_TOKEN")
}

// A replacement may be rejected from the minimum age of its token on.
func TestReject_AtMinimumAge(t *testing.T) {
	for age, again := range map[time.Duration]bool{time.Minute - 1: false, time.Minute: true} {
		synctest.Test(t, func(t *testing.T) {
			s := sourceOf(t, byPassword(t), shortLived().Transport())
			reject(t, s, mustToken(t, s))
			second := mustToken(t, s)
			time.Sleep(age)
			if err := s.Reject(context.Background(), second); (err == nil) != again {
				t.Errorf("after %s: %v", age, err)
			}
		})
	}
}

// Another process explains a second rejection only if it has stored another token.
func TestReject_ReplacementInFile(t *testing.T) {
	server, path := sharing(t)
	s := sourceOf(t, byFile(t, path), server.Transport())
	reject(t, s, mustToken(t, s))
	wantSaid(t, s.Reject(context.Background(), mustToken(t, s)), "refresh token file",
		"just replaced another rejected token")
}
