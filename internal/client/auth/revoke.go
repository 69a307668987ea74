package auth

import (
	"context"
	"net/http"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

const pathRevoke = "/vedauth/revoke/token"

// Revocable is true if the tokens belong to this source only. A token given as access_token or
// shared in a file is not revoked.
func (s *Source) Revocable() bool { return s.grant.revocable() }

// Revoke ends a token and the grant it came from. The server answers 202 when it failed (DOC).
func (s *Source) Revoke(ctx context.Context, token client.Token) error {
	s.forget(token)
	r := s.end.engine.Do(ctx, transport.Request{
		Name: pathRevoke, Method: http.MethodGet, Path: pathRevoke, Retry: repeatable,
		Token: func(context.Context) (string, error) { return token.Value, nil },
	})
	answer := "the server answered " + statusText(r.Reply.Status)
	switch r.Reply.Status {
	case 0:
		answer = "no answer from the server: " + r.Err.Text
		return notRevoked(answer, r)
	case http.StatusOK, http.StatusNoContent:
		return nil
	case http.StatusUnauthorized: // no longer valid: expired, or revoked by a first attempt whose answer got lost
		return nil
	case http.StatusAccepted:
		answer += ", which means that the revocation failed"
	}
	if said := s.end.sanitize(r.Reply.Refusal().Message()); said != "" {
		answer += ": " + said
	}
	return notRevoked(answer, r)
}

func notRevoked(answer string, r transport.Result) error {
	e := &Error{
		Reason: NotRevoked, Status: r.Reply.Status,
		Summary: "The access token could not be revoked (GET " + pathRevoke + "): " + answer +
			". It stays valid until it expires.",
	}
	if r.Err != nil {
		e.Err = r.Err
	}
	return e
}

// forget drops a token that is revoked, or about to be.
func (s *Source) forget(token client.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil && s.held.AccessToken == token.Value {
		s.held = nil
	}
	if timer := s.retired[token.Value]; timer != nil {
		timer.Stop()
		delete(s.retired, token.Value)
	}
}
