package auth

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const callRevoke = "vedauth/revoke/token"

// grantsOf counts the grants of a server that were issued and revoked.
func grantsOf(server *simulator.Server) (issued, revoked int) {
	for _, e := range server.Journal() {
		switch e.Kind {
		case simulator.EventTokenIssued:
			issued++
		case simulator.EventTokenRevoked:
			revoked++
		}
	}
	return issued, revoked
}

func TestSessions_CloseRevokesEveryGrant(t *testing.T) {
	for name, block := range map[string]map[string]string{
		"password": {attrUsername: "robot", attrPassword: plantedPassword},
		"JWT":      {attrJWT: plantedJWT},
		"JWT file": {attrJWTFile: secretFile(t, plantedJWT)},
	} {
		server := simulator.New(world())
		transport := server.Transport()
		var sessions Sessions
		var tokens []client.Token
		for range 2 {
			s := sourceOf(t, choose(t, block), transport)
			sessions.Add(s)
			tokens = append(tokens, mustToken(t, s))
		}
		sessions.Add(sourceOf(t, choose(t, block), transport)) // never used
		if err := sessions.Close(context.Background()); err != nil {
			t.Error(name, err)
		}
		for _, token := range tokens {
			wantAccepted(t, server.Transport(), token, false)
		}
		if issued, revoked := grantsOf(server); issued != 2 || revoked != 2 {
			t.Errorf("%s: %d grants, %d revoked", name, issued, revoked)
		}
	}
}

func TestSessions_CloseLeavesTokensOfOthersAlone(t *testing.T) {
	server := simulator.New(world())
	path := secretFile(t, issueRefreshToken(t, server.Transport()))
	fromFile := sourceOf(t, byFile(t, path), server.Transport())
	given := sourceOf(t, choose(t, map[string]string{attrAccessToken: server.Token("robot", "")}), server.Transport())
	var sessions Sessions
	sessions.Add(fromFile)
	sessions.Add(given)
	shared, own := mustToken(t, fromFile), mustToken(t, given)
	if err := sessions.Close(context.Background()); err != nil || server.Count(callRevoke) != 0 {
		t.Errorf("%v after %d revocations", err, server.Count(callRevoke))
	}
	wantAccepted(t, server.Transport(), shared, true)
	wantAccepted(t, server.Transport(), own, true)
}

func TestSessions_ForgottenTokenIsNotRevokedAgain(t *testing.T) {
	server := simulator.New(world())
	var sessions Sessions
	s := sourceOf(t, byPassword(t), server.Transport())
	sessions.Add(s)
	sessions.Forget(mustToken(t, s))
	if err := sessions.Close(context.Background()); err != nil || server.Count(callRevoke) != 0 {
		t.Errorf("%v after %d revocations", err, server.Count(callRevoke))
	}
}

func TestSessions_CloseIsBoundedAndReportsFailures(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := simulator.New(world())
		var sessions Sessions
		s := sourceOf(t, byPassword(t), server.Transport())
		sessions.Add(s)
		mustToken(t, s)
		server.Inject(simulator.Fault{Path: callRevoke, Kind: simulator.Hang})
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		begun := time.Now()
		err := sessions.Close(ctx)
		var failed *Error
		if !errors.As(err, &failed) || time.Since(begun) != time.Second {
			t.Errorf("%v after %s", err, time.Since(begun))
		}
	})
}

func TestSource_CloseWaitsForTheRenewalUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := simulator.New(world())
		server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Latency, Delay: time.Second})
		s := sourceOf(t, byPassword(t), server.Transport())
		go func() { _, _ = s.Token(context.Background()) }()
		synctest.Wait()
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if issued, revoked := grantsOf(server); issued != 1 || revoked != 1 {
			t.Errorf("%d grants, %d revoked", issued, revoked)
		}
	})
}

func TestSource_CloseDoesNotWaitForARenewalWithoutEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := simulator.New(world())
		server.Inject(simulator.Fault{Path: callPassword, Kind: simulator.Latency, Delay: time.Minute, Count: 1})
		s := sourceOf(t, byPassword(t), server.Transport())
		done := make(chan struct{})
		go func() { defer close(done); _, _ = s.Token(context.Background()) }()
		synctest.Wait()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		begun := time.Now()
		if err := s.Close(ctx); err != nil || time.Since(begun) != time.Second {
			t.Errorf("%v after %s", err, time.Since(begun))
		}
		<-done
	})
}

// A new grant leaves the one before alive for requests under way, and revokes it before its token
// ends: afterwards nothing could revoke its refresh token.
func TestSource_ReplacedGrantIsRevokedInTime(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, byPassword(t), server.Transport())
		first := mustToken(t, s)
		time.Sleep(14*time.Minute + time.Second)
		second := mustToken(t, s)
		wantAccepted(t, server.Transport(), first, true)
		time.Sleep(30 * time.Second)
		synctest.Wait()
		wantAccepted(t, server.Transport(), first, false)
		wantAccepted(t, server.Transport(), second, true)
		if issued, revoked := grantsOf(server); issued != 2 || revoked != 1 {
			t.Errorf("%d grants, %d revoked", issued, revoked)
		}
		if err := s.Close(context.Background()); err != nil || server.Count(callRevoke) != 2 {
			t.Errorf("%v after %d revocations", err, server.Count(callRevoke))
		}
	})
}

func TestSource_CloseRevokesAReplacedGrantAtOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, byPassword(t), server.Transport())
		mustToken(t, s)
		time.Sleep(14*time.Minute + time.Second)
		mustToken(t, s)
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
		if issued, revoked := grantsOf(server); issued != 2 || revoked != 2 {
			t.Errorf("%d grants, %d revoked", issued, revoked)
		}
		time.Sleep(time.Hour) // the timer is stopped
		if n := server.Count(callRevoke); n != 2 {
			t.Errorf("%d revocations", n)
		}
	})
}

// A rejected token is dead, and the exchange of a refresh token goes on with the same grant.
func TestSource_NothingIsRevokedTwice(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		server := shortLived()
		s := sourceOf(t, choose(t, map[string]string{attrJWT: plantedJWT}), server.Transport())
		mustToken(t, s)
		time.Sleep(14*time.Minute + time.Second)
		second := mustToken(t, s)
		time.Sleep(time.Minute)
		synctest.Wait()
		wantAccepted(t, server.Transport(), second, true)
		if n := server.Count(callRevoke); n != 0 {
			t.Errorf("%d revocations, want none", n)
		}
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
		wantAccepted(t, server.Transport(), second, false)
		if issued, revoked := grantsOf(server); issued != 1 || revoked != 1 {
			t.Errorf("%d grants, %d revoked", issued, revoked)
		}
	})
}
