package auth

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

// renewal is one renewal and those who wait for it.
type renewal struct {
	done    chan struct{}
	cancel  context.CancelFunc
	waiters int
	token   *granted
	err     error
}

// join joins the renewal under way or begins one. The renewal has a context of its own, because the one who began it
// may leave. Called with the lock held.
func (s *Source) join(ctx context.Context) *renewal {
	if s.flight == nil {
		own, cancel := context.WithCancel(context.WithoutCancel(ctx))
		s.flight = &renewal{done: make(chan struct{}), cancel: cancel}
		go s.renew(own, s.flight, s.avoid)
	}
	s.flight.waiters++
	return s.flight
}

func (s *Source) renew(ctx context.Context, f *renewal, avoid string) {
	defer f.cancel()
	c, err := s.grant.prepare()
	var got *granted
	if err == nil {
		s.log.Debug(ctx, "obtaining an access token", map[string]any{"origin": s.grant.origin()})
		got, err = s.grant.obtain(ctx, c, avoid)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.finish(ctx, f, c, got, err)
	close(f.done)
}

// finish keeps what the renewal brought, also when nobody waits for it any more.
func (s *Source) finish(ctx context.Context, f *renewal, c credential, got *granted, err error) {
	f.token, f.err = got, err
	if s.flight == f {
		s.flight = nil
	}
	if err != nil {
		s.verdict.record(c, err)
		s.log.Debug(ctx, "no access token", map[string]any{"origin": s.grant.origin(), "error": err.Error()})
		return
	}
	s.log.Debug(ctx, "access token obtained", map[string]any{"origin": s.grant.origin(), "expires": got.endsAt(), "scope": got.Scope})
	if !got.sameGrant {
		s.retire(s.held)
	}
	s.held, s.proved, s.probing = got, s.probing, false
}

// await waits for the renewal. The last to leave ends it, and then waits until it has ended: a refresh token that was
// sent must not lose its successor because the process exits at once after a Ctrl-C.
func (s *Source) await(ctx context.Context, f *renewal) (client.Token, error) {
	select {
	case <-f.done:
		return s.finished(f)
	case <-ctx.Done():
	}
	s.mu.Lock()
	f.waiters--
	last := f.waiters == 0
	if last && s.flight == f {
		s.flight = nil
	}
	s.mu.Unlock()
	if last {
		f.cancel()
		<-f.done
	}
	return client.Token{}, ctx.Err()
}

func (s *Source) finished(f *renewal) (client.Token, error) {
	if f.err != nil {
		return s.remaining(f.err)
	}
	return s.token(f.token), nil
}

// remaining is what is left to answer when there is no new token: the old one, as long as it lasts, else the reason.
func (s *Source) remaining(reason error) (client.Token, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held != nil && (s.held.Expiry.IsZero() || time.Now().Before(s.held.Expiry)) {
		return s.token(s.held), nil
	}
	return client.Token{}, reason
}
