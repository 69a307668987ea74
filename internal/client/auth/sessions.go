package auth

import (
	"context"
	"errors"
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Sessions are the token sources of one process. The zero value is ready to use.
type Sessions struct {
	mu      sync.Mutex
	sources []*Source
}

// Add registers a source, so that Close revokes what it obtained.
func (s *Sessions) Add(source *Source) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sources = append(s.sources, source)
}

// Forget drops a token that was revoked elsewhere.
func (s *Sessions) Forget(token client.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, source := range s.sources {
		source.forget(token)
	}
}

// Close revokes the grants of all sources concurrently and returns what could not be revoked.
func (s *Sessions) Close(ctx context.Context) error {
	s.mu.Lock()
	sources := s.sources
	s.mu.Unlock()
	return forEach(sources, func(source *Source) error { return source.Close(ctx) })
}

// forEach handles all items concurrently and joins the errors.
func forEach[T any](items []T, handle func(T) error) error {
	errs := make([]error, len(items))
	var group sync.WaitGroup
	for i, item := range items {
		group.Go(func() { errs[i] = handle(item) })
	}
	group.Wait()
	return errors.Join(errs...)
}

// Close waits for a running renewal and revokes every grant of the source, unless its tokens are
// not revocable.
func (s *Source) Close(ctx context.Context) error {
	if s.renewing.Acquire(ctx, 1) == nil {
		defer s.renewing.Release(1)
	}
	if !s.Revocable() {
		return nil
	}
	s.mu.Lock()
	tokens := slices.Collect(maps.Keys(s.retired))
	if s.held != nil {
		tokens = append(tokens, string(s.held.AccessToken))
	}
	s.mu.Unlock()
	return forEach(tokens, func(token string) error { return s.Revoke(ctx, client.Token{Value: token}) })
}

// retire schedules the revocation of a token that a new grant replaced. Requests in flight may use
// it for half of its remaining time. After its expiry its grant could not be revoked. The caller
// holds the lock.
func (s *Source) retire(old *granted) {
	if old == nil || !s.Revocable() || old.Expiry.IsZero() {
		return
	}
	token := string(old.AccessToken)
	s.retired[token] = time.AfterFunc(time.Until(old.Expiry.Time)/2, func() {
		ctx, cancel := context.WithTimeout(context.Background(), s.end.engine.RequestTimeout)
		defer cancel()
		if err := s.Revoke(ctx, client.Token{Value: token}); err != nil {
			s.debug(ctx, "a replaced grant was not revoked", map[string]any{"error": err.Error()})
		}
	})
}

// forget drops a token that is revoked, or about to be.
func (s *Source) forget(token client.Token) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.grant != nil && s.held != nil && string(s.held.AccessToken) == token.Value {
		s.held = nil
	}
	if timer := s.retired[token.Value]; timer != nil {
		timer.Stop()
		delete(s.retired, token.Value)
	}
}

// Revocable is true if the tokens belong to this source only. A token given as access_token or
// shared in a file is not revoked.
func (s *Source) Revocable() bool {
	_, ok := s.grant.(*webGrant)
	return ok
}

// Revoke ends a token and the grant it came from. The server answers 202 when it failed (DOC).
func (s *Source) Revoke(ctx context.Context, token client.Token) error {
	s.forget(token)
	r := s.end.engine.Do(ctx, transport.Request{
		Name: pathRevoke, Method: http.MethodGet, Path: pathRevoke, Retry: transport.Repeatable,
		Token: token,
	})
	e := &Error{Reason: Failed, Status: r.Reply.Status}
	answer := s.end.answer(&r.Reply)
	switch r.Reply.Status {
	case 0:
		answer, e.Err = "no answer from the server: "+r.Err.Text, r.Err
	case http.StatusOK, http.StatusNoContent,
		http.StatusUnauthorized: // no longer valid: expired, or revoked by a first attempt whose answer got lost
		return nil
	case http.StatusAccepted:
		answer += ", which means that the revocation failed"
	}
	e.Summary = "The access token could not be revoked (GET " + pathRevoke + "): " + answer +
		". It stays valid until it expires."
	return e
}
