package auth

import (
	"context"
	"net/http"

	"golang.org/x/oauth2"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

const pathRevoke = "/vedauth/revoke/token"

// RevokeError is a token that lives on though it was to be revoked.
type RevokeError struct {
	Status int // HTTP status, 0: no answer
	Answer string
	Err    error
}

func (e *RevokeError) Error() string {
	return "The access token could not be revoked (GET " + pathRevoke + "): " + e.Answer + ". It stays valid until it expires."
}

func (e *RevokeError) Unwrap() error { return e.Err }

// Revocable is true where the tokens belong to this source alone. A token given as it is, or shared in a file, is
// somebody else's to revoke.
func (s *Source) Revocable() bool { return s.grant.revocable() }

// Revoke ends a token and the grant it came from. The server answers 202 when it failed (DOC).
func (s *Source) Revoke(ctx context.Context, token client.Token) error {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, s.end.base+pathRevoke, http.NoBody)
	if err != nil {
		return err
	}
	bearer := *s.end.client
	bearer.Transport = &oauth2.Transport{
		Source: oauth2.StaticTokenSource(&oauth2.Token{AccessToken: token.Value}),
		Base:   s.end.client.Transport,
	}
	s.forget(token)
	s.end.secrets.Add(token.Value)
	r, err := s.end.do(req, &bearer, repeatable)
	if err != nil {
		return &RevokeError{Answer: "no answer from the server: " + s.end.shown(err.Error()), Err: err}
	}
	return s.end.revokeOutcome(r)
}

func (e *endpoint) revokeOutcome(r *reply) error {
	answer := "the server answered " + r.statusText()
	switch r.status {
	case http.StatusOK, http.StatusNoContent:
		return nil
	case http.StatusUnauthorized: // dead already: expired, or by a first attempt whose answer got lost
		return nil
	case http.StatusAccepted:
		answer += ", which means that the revocation failed"
	}
	if said := e.shown(r.said()); said != "" {
		answer += ": " + said
	}
	return &RevokeError{Status: r.status, Answer: answer}
}

// forget drops a token that is about to be revoked, or was.
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
