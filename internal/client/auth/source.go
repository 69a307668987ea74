package auth

import (
	"context"
	"maps"
	"net/http"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Source is a TokenSource that obtains its token at the first call of Token, and renews it once for
// all callers when it is about to expire or was rejected.
type Source struct {
	grant    grant // nil for a token that was given
	end      *endpoint
	renewals transport.Group[*granted]
	renewing *semaphore.Weighted // held by a renewal

	mu      sync.Mutex
	held    *granted               // nil: none
	avoid   string                 // the access token that the server rejected, until there is another one
	refusal *refusal               // why there is no token; nil: unknown
	retired map[string]*time.Timer // access tokens that a new grant replaced, until they are revoked
}

var _ client.TokenSource = (*Source)(nil)

// NewSource returns the source for the credentials, which sends its requests over the pool with the
// limits of the options. It reads no file and sends nothing.
func NewSource(c Credentials, pool http.RoundTripper, o client.Options) *Source {
	end := newEndpoint(c, pool, o)
	s := &Source{
		grant: newGrant(c, end), end: end,
		// A refresh token that was sent must not lose its successor because the process exits right
		// after a Ctrl-C.
		renewals: transport.Group[*granted]{WaitForCancelled: true},
		renewing: semaphore.NewWeighted(1), retired: map[string]*time.Timer{},
	}
	if s.grant == nil {
		s.held = &granted{AccessToken: wireText(c.values[attrAccessToken])}
	}
	return s
}

// Secrets returns the secrets that this source was given, reads and obtains, so that other users of
// the server can remove them from texts.
func (s *Source) Secrets() *redact.Secrets { return s.end.engine.Secrets }

// Token returns the current token while it is valid, and obtains one otherwise. A caller whose
// context ends leaves the renewal to the others; the last one cancels it.
func (s *Source) Token(ctx context.Context) (client.Token, error) {
	if err := ctx.Err(); err != nil {
		return client.Token{}, err
	}
	s.mu.Lock()
	held := s.current(time.Now())
	s.mu.Unlock()
	if held != nil {
		return s.token(held), nil
	}
	got, err := s.renewals.Do(ctx, "", s.renew)
	switch {
	case err == nil:
		return s.token(got), nil
	case ctx.Err() != nil:
		return client.Token{}, ctx.Err()
	}
	return s.remaining(err)
}

// current returns the token that is held, nil without a token and if it is about to expire. The
// caller holds the lock.
func (s *Source) current(now time.Time) *granted {
	if s.held == nil || s.held.aboutToExpire(now) {
		return nil
	}
	return s.held
}

func (s *Source) token(g *granted) client.Token {
	return client.Token{
		Value: string(g.AccessToken), Expiry: g.Expiry.Time, Origin: s.end.origin, Identity: string(g.Identity),
	}
}

// renew obtains a token for all callers that wait for one, and stores it even after they have left.
//
// oauth2.ReuseTokenSourceWithExpiry cannot replace this: it takes no context, its margin before the
// expiry is fixed, and it can neither drop a rejected token nor remember a refusal.
func (s *Source) renew(ctx context.Context) (*granted, error) {
	if err := s.renewing.Acquire(ctx, 1); err != nil {
		return nil, err
	}
	defer s.renewing.Release(1)
	s.mu.Lock()
	now := time.Now()
	held, avoid, refusal := s.current(now), s.avoid, s.refused(now)
	s.mu.Unlock()
	if held != nil || refusal != nil {
		return held, refusal
	}
	s.debug(ctx, "obtaining an access token", nil)
	sent, _ := s.grant.credential() // obtain returns the error
	got, err := s.grant.obtain(ctx, avoid)
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.rememberRefusal(err, sent)
		s.debug(ctx, "no access token", map[string]any{"error": err.Error()})
		return nil, err
	}
	s.debug(ctx, "access token obtained", map[string]any{"expires": got.endsAt(), "scope": string(got.Scope)})
	if !got.sameGrant {
		s.retire(s.held) //nolint:contextcheck // it outlives the caller
	}
	got.replacement = s.avoid != ""
	s.held, s.avoid = got, ""
	return got, nil
}

// debug writes to the log, with the origin of the tokens.
func (s *Source) debug(ctx context.Context, message string, fields map[string]any) {
	all := map[string]any{"origin": s.end.origin}
	maps.Copy(all, fields)
	s.end.engine.Logger.Debug(ctx, message, all)
}

// remaining returns the old token while it is valid, else the reason why there is no new one.
func (s *Source) remaining(reason error) (client.Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil && (s.held.Expiry.IsZero() || time.Now().Before(s.held.Expiry.Time)) {
		return s.token(s.held), nil
	}
	return client.Token{}, reason
}

// Reject drops a token that the server rejected, unless it has been replaced already. It returns an
// error if another token would be rejected too or cannot be obtained.
func (s *Source) Reject(ctx context.Context, rejected client.Token) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	now, was := time.Now(), s.held
	switch {
	case was == nil:
		return s.refused(now)
	case string(was.AccessToken) != rejected.Value:
		return nil
	}
	s.held, s.avoid = nil, rejected.Value
	s.debug(ctx, "access token rejected by the server", nil)
	switch {
	case s.grant == nil:
		s.refusal = &refusal{fixedTokenRejected(s.end.origin), func(time.Time) bool { return true }}
	case was.replacement && now.Sub(was.Obtained.Time) < was.minimumAge() && !s.replacedElsewhere(rejected.Value):
		s.refusal = &refusal{renewedTokenRejected(s.end.origin, was), now.Add(was.minimumAge()).After}
	}
	return s.refused(now)
}

// replacedElsewhere is true if another process has stored another token in the file, which explains
// the rejection.
func (s *Source) replacedElsewhere(rejected string) bool {
	shared, ok := s.grant.(*tokenFileGrant)
	return ok && shared.hasOtherToken(rejected)
}
