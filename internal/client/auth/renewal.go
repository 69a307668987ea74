package auth

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// renew obtains a token for all callers that wait for one, and stores it even after they have left.
//
// oauth2.ReuseTokenSourceWithExpiry cannot replace this: it takes no context, its margin before the
// expiry is fixed, and it can neither drop a rejected token nor remember a refusal.
func (s *Source) renew(ctx context.Context) (*granted, error) {
	ended := make(chan struct{})
	defer close(ended)
	s.mu.Lock()
	s.renewing = ended
	held, avoid := s.current(time.Now()), s.avoid
	s.mu.Unlock()
	if held != nil {
		return held, nil
	}
	origin := map[string]any{"origin": s.grant.origin()}
	c, err := s.grant.prepare()
	var got *granted
	if err == nil {
		s.log.Debug(ctx, "obtaining an access token", origin)
		got, err = s.grant.obtain(ctx, c, avoid)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.rejection.record(c, err)
		s.log.Debug(ctx, "no access token", map[string]any{"origin": s.grant.origin(), "error": err.Error()})
		return nil, err
	}
	s.log.Debug(ctx, "access token obtained",
		map[string]any{"origin": s.grant.origin(), "expires": got.endsAt(), "scope": got.Scope})
	if !got.sameGrant {
		s.retire(s.held) //nolint:contextcheck // it outlives the caller
	}
	s.held, s.replacement, s.replacing = got, s.replacing, false
	return got, nil
}

// remaining returns the old token while it is valid, else the reason why there is no new one.
func (s *Source) remaining(reason error) (client.Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil && (s.held.Expiry.IsZero() || time.Now().Before(s.held.Expiry)) {
		return s.token(s.held), nil
	}
	return client.Token{}, reason
}
