package auth

import (
	"context"
	"maps"
	"net/http"
	"sync"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Source is a TokenSource that obtains its token at the first call of Token, and renews it once for
// all callers when it is about to expire or was rejected.
type Source struct {
	method Method
	grant  grant
	end    *endpoint

	mu        sync.Mutex
	renewals  transport.Group[*granted]
	renewing  chan struct{} // closed when the newest renewal has ended; nil: there was none
	held      *granted      // nil: none
	avoid     string        // the access token that the server rejected last
	replacing bool          // the next token replaces a rejected one
	rejection rejection
	retired   map[string]*time.Timer // access tokens that a new grant replaced, until they are revoked
}

var _ client.TokenSource = (*Source)(nil)

// NewSource returns the source for the credentials, which sends its requests over the pool with the
// limits of the options. It accesses neither network nor files.
func NewSource(c Credentials, pool http.RoundTripper, o client.Options) (*Source, error) {
	secrets := &redact.Secrets{}
	secrets.Add(c.secrets()...)
	end, err := newEndpoint(c.BaseURL, secrets, pool, o)
	if err != nil {
		return nil, err
	}
	g, err := newGrant(c, end)
	if err != nil {
		return nil, err
	}
	return &Source{
		method: c.Method, grant: g, end: end, retired: map[string]*time.Timer{},
		// A refresh token that was sent must not lose its successor because the process exits right
		// after a Ctrl-C.
		renewals: transport.Group[*granted]{WaitForCancelled: true},
	}, nil
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
	now := time.Now()
	held, refusal := s.current(now), error(nil)
	if held == nil {
		refusal = s.rejection.current(now, s.grant)
	}
	s.mu.Unlock()
	switch {
	case held != nil:
		return s.token(held), nil
	case refusal != nil:
		return s.remaining(refusal)
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

// current returns the token that is held, nil if there is none or it is about to expire. The caller
// holds the lock.
func (s *Source) current(now time.Time) *granted {
	if s.held == nil || s.held.aboutToExpire(now) {
		return nil
	}
	return s.held
}

func (s *Source) token(g *granted) client.Token {
	return client.Token{
		Value: string(g.AccessToken), Expiry: g.Expiry.Time, Origin: s.grant.origin(), Identity: string(g.Identity),
	}
}

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
	c, err := s.grant.prepare()
	var got *granted
	if err == nil {
		s.debug(ctx, "obtaining an access token", nil)
		got, err = s.grant.obtain(ctx, c, avoid)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err != nil {
		s.rejection.record(c, err)
		s.debug(ctx, "no access token", map[string]any{"error": err.Error()})
		return nil, err
	}
	s.debug(ctx, "access token obtained", map[string]any{"expires": got.endsAt(), "scope": string(got.Scope)})
	if !got.sameGrant {
		s.retire(s.held) //nolint:contextcheck // it outlives the caller
	}
	got.replacement, s.replacing = s.replacing, false
	s.held = got
	return got, nil
}

// debug writes to the log, with the origin of the tokens.
func (s *Source) debug(ctx context.Context, message string, fields map[string]any) {
	all := map[string]any{"origin": s.grant.origin()}
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
	if was == nil || string(was.AccessToken) != rejected.Value {
		return s.rejection.rejected(now)
	}
	s.held, s.avoid = nil, rejected.Value
	s.debug(ctx, "access token rejected by the server", nil)
	switch {
	case s.method == AccessToken:
		return s.rejection.markRejected(fixedTokenRejected(s.grant.origin()), time.Time{})
	case was.replacement && now.Sub(was.Obtained.Time) < was.minimumAge() && !s.replacedElsewhere(rejected.Value):
		return s.rejection.markRejected(renewedTokenRejected(s.grant.origin(), was), now.Add(was.minimumAge()))
	}
	s.replacing = true
	return nil
}

// replacedElsewhere is true if another process has stored another token in the file, which explains
// the rejection.
func (s *Source) replacedElsewhere(rejected string) bool {
	shared, ok := s.grant.(*tokenFileGrant)
	return ok && shared.hasOtherToken(rejected)
}
