package auth

import (
	"context"
	"errors"
	"net/http"
	"sync"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Options are the parts of a source that are no matter of authentication.
type Options struct {
	UserAgent      string
	RequestTimeout time.Duration // one request, 0: as in package api
	MaxRetries     int           // of a grant that may be repeated
	LockTimeout    time.Duration // waiting for another process that holds the refresh token file, 0: 2 min
	Logger         client.Logger // takes no secret; nil: silent
}

func (o Options) withDefaults() Options {
	if o.RequestTimeout <= 0 {
		o.RequestTimeout = client.DefaultRequestTimeout
	}
	if o.LockTimeout <= 0 {
		o.LockTimeout = 2 * time.Minute
	}
	if o.Logger == nil {
		o.Logger = transport.DiscardLogger
	}
	return o
}

// Source is a TokenSource that obtains its token at the first Token and renews it when it is about to expire or was
// rejected, once for all callers.
type Source struct {
	grant grant
	end   *endpoint
	log   client.Logger

	timeout time.Duration // of a revocation in the background

	mu          sync.Mutex
	renewals    transport.Group[*granted]
	renewing    chan struct{} // closed when the newest renewal has ended; nil: there was none
	held        *granted      // nil: none
	avoid       string        // the access token that the server rejected last
	replacing   bool          // the next token replaces a rejected one
	replacement bool          // held replaced a rejected one
	rejection   rejection
	retired     map[string]*time.Timer // access tokens that a new grant replaced, until they are revoked
}

var _ client.TokenSource = (*Source)(nil)

// NewSource builds the source of a choice. It touches neither network nor files.
func NewSource(c Credentials, pool http.RoundTripper, o Options) (*Source, error) {
	o = o.withDefaults()
	secrets := &redact.Secrets{}
	secrets.Add(c.secrets()...)
	end, err := newEndpoint(c.BaseURL, secrets, pool, o)
	if err != nil {
		return nil, err
	}
	g, err := newGrant(c, end, o)
	if err != nil {
		return nil, err
	}
	return &Source{
		grant: g, end: end, log: o.Logger, timeout: o.RequestTimeout,
		// A refresh token that was sent must not lose its successor because the process exits right after a Ctrl-C.
		renewals: transport.Group[*granted]{WaitForCancelled: true},
	}, nil
}

func newGrant(c Credentials, end *endpoint, o Options) (grant, error) {
	switch c.Method {
	case AccessToken:
		return newStaticGrant(c), nil
	case RefreshTokenFile:
		return newTokenFileGrant(c, end, o), nil
	case Password:
		return passwordGrant(c, end), nil
	case Certificate:
		return certificateGrant(c, end), nil
	case JWT:
		return jwtGrant(c, end), nil
	case JWTFile:
		return jwtFileGrant(c, end), nil
	default:
		return nil, errors.New("no way of authenticating was chosen")
	}
}

// Secrets are those that this source was given, reads and obtains, so that others who talk to the server can hide them too.
func (s *Source) Secrets() *redact.Secrets { return s.end.secrets }

// Token answers the token in hand while it is good, and else obtains one. A caller that gives up leaves the renewal to
// the others; the last one to leave ends it.
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

// current returns the token that is held, nil if there is none or it is about to expire. The caller holds the lock.
func (s *Source) current(now time.Time) *granted {
	if s.held == nil || s.held.aboutToExpire(now) {
		return nil
	}
	return s.held
}

func (s *Source) token(g *granted) client.Token {
	return client.Token{Value: g.AccessToken, Expiry: g.Expiry, Origin: s.grant.origin(), Identity: g.Identity}
}

// Reject drops a token that the server refused, unless it has been replaced already. Where another token would be
// refused as well, or cannot be had, it says so.
func (s *Source) Reject(ctx context.Context, rejected client.Token) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held == nil || s.held.AccessToken != rejected.Value {
		return s.rejection.rejected(time.Now())
	}
	now, was, replacement := time.Now(), s.held, s.replacement
	s.held, s.avoid, s.replacement = nil, rejected.Value, false
	s.log.Debug(ctx, "access token rejected by the server", map[string]any{"origin": s.grant.origin()})
	switch {
	case !s.grant.renewable():
		return s.rejection.markRejected(fixedTokenRejected(s.grant.origin()), time.Time{})
	case replacement && now.Sub(was.Obtained) < was.minimumAge() && !s.replacedElsewhere(rejected.Value):
		return s.rejection.markRejected(renewedTokenRejected(s.grant.origin(), was), now.Add(was.minimumAge()))
	}
	s.replacing = true
	return nil
}

// replacedElsewhere is true where another process has put another token into the file in the meantime, which explains
// the rejection.
func (s *Source) replacedElsewhere(rejected string) bool {
	shared, ok := s.grant.(interface{ hasOtherToken(string) bool })
	return ok && shared.hasOtherToken(rejected)
}
