package auth

import (
	"context"
	"errors"
	"sync"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// Sessions are the token sources of one process. Close revokes their grants. The zero value is
// ready to use; nil keeps nothing.
type Sessions struct {
	mu      sync.Mutex
	sources []*Source
}

// Add registers a source, so that Close revokes what it obtained.
func (s *Sessions) Add(source *Source) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.sources = append(s.sources, source)
}

// Forget drops a token that was revoked elsewhere.
func (s *Sessions) Forget(token client.Token) {
	for _, source := range s.all() {
		source.forget(token)
	}
}

func (s *Sessions) all() []*Source {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]*Source(nil), s.sources...)
}

// Close revokes the grants of all sources concurrently and returns what could not be revoked.
func (s *Sessions) Close(ctx context.Context) error {
	sources := s.all()
	errs := make([]error, len(sources))
	var group sync.WaitGroup
	for i, source := range sources {
		group.Go(func() { errs[i] = source.Close(ctx) })
	}
	group.Wait()
	return errors.Join(errs...)
}

// Close waits for a running renewal and revokes every grant of the source, unless its tokens are
// not revocable.
func (s *Source) Close(ctx context.Context) error {
	s.mu.Lock()
	renewing := s.renewing
	s.mu.Unlock()
	if renewing != nil {
		select {
		case <-renewing:
		case <-ctx.Done():
		}
	}
	if !s.Revocable() {
		return nil
	}
	tokens := s.alive()
	errs := make([]error, len(tokens))
	var group sync.WaitGroup
	for i, token := range tokens {
		group.Go(func() { errs[i] = s.Revoke(ctx, client.Token{Value: token}) })
	}
	group.Wait()
	return errors.Join(errs...)
}

// alive returns the tokens whose grants may still be valid: the current one and the replaced ones.
func (s *Source) alive() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	var tokens []string
	for token := range s.retired {
		tokens = append(tokens, token)
	}
	if s.held != nil {
		tokens = append(tokens, s.held.AccessToken)
	}
	return tokens
}

// retire schedules the revocation of a token that a new grant replaced. Requests in flight may use
// it for half of its remaining time. After its expiry its grant could not be revoked. The caller
// holds the lock.
func (s *Source) retire(old *granted) {
	if old == nil || !s.grant.revocable() || old.Expiry.IsZero() {
		return
	}
	if s.retired == nil {
		s.retired = map[string]*time.Timer{}
	}
	token := old.AccessToken
	s.retired[token] = time.AfterFunc(time.Until(old.Expiry)/2, func() {
		ctx, cancel := context.WithTimeout(context.Background(), s.timeout)
		defer cancel()
		if err := s.Revoke(ctx, client.Token{Value: token}); err != nil {
			s.log.Debug(ctx, "a replaced grant was not revoked", map[string]any{
				"origin": s.grant.origin(),
				"error":  err.Error(),
			})
		}
	})
}
