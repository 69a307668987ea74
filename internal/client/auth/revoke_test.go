package auth

import (
	"context"
	"errors"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestRevoke(t *testing.T) {
	server := simulator.New(world())
	s := sourceOf(t, byPassword(t), server.Transport())
	token := mustToken(t, s)
	if err := s.Revoke(context.Background(), token); err != nil {
		t.Fatal(err)
	}
	wantAccepted(t, server.Transport(), token, false)
	wantAccepted(t, server.Transport(), mustToken(t, s), true)
	if r := server.Requests(); r[1].Method != http.MethodGet || r[1].Path != "vedauth/revoke/token" {
		t.Errorf("revoked by %s %s", r[1].Method, r[1].Path)
	}
}

func TestRevoke_202(t *testing.T) {
	w := world()
	w.Settings.RevokeFails = true
	server := simulator.New(w)
	s := sourceOf(t, byPassword(t), server.Transport())
	token := mustToken(t, s)
	err := s.Revoke(context.Background(), token)
	wantSaid(t, err, "202 Accepted, which means that the revocation failed", "stays valid until it expires")
	var failed *Error
	if !errors.As(err, &failed) || failed.Status != 202 {
		t.Errorf("error is %#v", err)
	}
	wantAccepted(t, server.Transport(), token, true)
}

func TestRevoke_FailureHidesToken(t *testing.T) {
	s := sourceOf(t, choose(t, map[string]string{attrAccessToken: "PLANTED"}),
		answering("403 Token PLANTED is of another", "application/json",
			`{"error":"insufficient_rights","error_description":"PLANTED"}`))
	wantSaid(t, s.Revoke(context.Background(), mustToken(t, s)), "403 Forbidden: Token (hidden) is of another; "+
		"insufficient_rights: (hidden)")
}

func TestRevoke_ExpiredToken(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		server.Inject(simulator.Fault{Path: "vedauth/revoke/token", Kind: simulator.ResetAfterCommit, Count: 1})
		s := sourceOf(t, byPassword(t), server.Transport())
		if err := s.Revoke(context.Background(), mustToken(t, s)); err != nil ||
			server.Count("vedauth/revoke/token") != 2 {
			t.Errorf("%v after %d calls", err, server.Count("vedauth/revoke/token"))
		}
	})
}

// The limit of concurrent requests is that of operations, which wait for the token.
func TestRevoke_RenewalDoesNotWait(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := NewSource(byPassword(t), roundTrip(func(r *http.Request) (*http.Response, error) {
			if r.URL.Path == pathRevoke {
				<-r.Context().Done()
				return nil, r.Context().Err()
			}
			return answer(r, http.StatusOK, `{"access_token":"YQ=="}`), nil
		}), client.Options{MaxConcurrentRequests: 1})
		begun, revoked := time.Now(), make(chan error)
		go func() { revoked <- s.Revoke(context.Background(), client.Token{Value: "PLANTED"}) }()
		synctest.Wait()
		mustToken(t, s)
		if waited := time.Since(begun); waited != 0 {
			t.Errorf("the token came after %s", waited)
		}
		wantSaid(t, <-revoked, "no answer from the server")
	})
}

func TestSource_Revocable(t *testing.T) {
	for attribute, want := range map[string]bool{
		attrAccessToken: false, attrRefreshTokenFile: false,
		attrJWT: true, attrJWTFile: true, attrP12File: true,
	} {
		if got := sourceOf(t, choose(t, map[string]string{attribute: "x"}), nil).Revocable(); got != want {
			t.Errorf("token of %s is revocable: %v", attribute, got)
		}
	}
}

func TestRevoke_FailureMessages(t *testing.T) {
	const start = "The access token could not be revoked (GET /vedauth/revoke/token): "
	cut := errors.New("cable cut")
	for name, tt := range map[string]struct {
		transport http.RoundTripper
		want      string
	}{
		"nothing said": {
			answering("500 Internal Server Error", "", ""),
			start + "the server answered 500 Internal Server Error. It stays valid until it expires.",
		},
		"something said": {
			answering("500 Internal Server Error", "application/json", `{"error":"busy"}`),
			start + "the server answered 500 Internal Server Error: busy. It stays valid until it expires.",
		},
		"no answer": {
			roundTrip(func(*http.Request) (*http.Response, error) { return nil, cut }),
			start + "no answer from the server: cable cut. It stays valid until it expires.",
		},
	} {
		synctest.Test(t, func(t *testing.T) {
			s := sourceOf(t, choose(t, map[string]string{attrAccessToken: "PLANTED"}), tt.transport)
			err := s.Revoke(context.Background(), mustToken(t, s))
			if err == nil || err.Error() != tt.want {
				t.Errorf("%s: %v", name, err)
			}
			if errors.Is(err, cut) != (name == "no answer") {
				t.Errorf("%s: the cause is %v", name, errors.Unwrap(err))
			}
		})
	}
}
