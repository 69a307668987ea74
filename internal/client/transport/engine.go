// Package transport is the one HTTP engine of the provider: attempts, retries, redirects, limits of
// size and time, delivery, and the reading of answers. The REST client and the token sources
// use it with policies of their own, over one shared connection pool.
//
// The attempt loop is our own: the hooks of go-retryablehttp see neither how far a request got nor
// the body of an answer, and its DefaultBackoff ignores Retry-After on 500, 502 and 504 and dates in
// the older HTTP formats.
package transport

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"golang.org/x/sync/semaphore"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// Logger takes the log of requests: never a body, a token, or a header that is not on a short list
// of harmless ones.
type Logger interface {
	Debug(ctx context.Context, msg string, fields map[string]any)
}

type discardLogger struct{}

func (discardLogger) Debug(context.Context, string, map[string]any) {}

// Options are the settings of an Engine.
type Options struct {
	BaseURL               string            // scheme://host[:port][/prefix], without /vedsdk
	Transport             http.RoundTripper // the connection pool with its TLS settings
	Tokens                TokenSource       // nil: a request without a token of its own is sent without one
	RequestTimeout        time.Duration     // of one attempt, to the last byte; 0: DefaultRequestTimeout
	MaxRetries            int               // attempts after the first
	MaxDelay              time.Duration     // between two attempts, also when the server asks for more
	MaxConcurrentRequests int               // 0: no limit
	MaxBody               int64             // bytes of an answer that is read whole; 0: DefaultBody
	FollowRedirects       bool              // of a GET, within the server
	UserAgent             string
	Secrets               *redact.Secrets // removed from every text of the server; nil: none
	Logger                Logger          // nil: no log
	Rand                  func() float64  // jitter in [0,1); nil: math/rand/v2
}

// TokenSource provides the bearer token of each attempt. It must be cheap while its token is valid,
// and renew once for concurrent callers.
type TokenSource interface {
	// Token returns the current token. An error ends the call before anything is sent.
	Token(ctx context.Context) (Token, error)
	// Reject reports that the server answered 401 invalid_token to the current token. The next
	// Token must return another one; an error says why it cannot.
	Reject(ctx context.Context, rejected Token) error
}

// Token is an access token. Only Value is secret.
type Token struct {
	Value    string
	Expiry   time.Time // zero: unknown
	Origin   string    // how it was obtained, for messages: "access_token", "password grant of local:robot"
	Identity string    // prefixed universal of its owner, if the grant returned it
}

// DefaultRequestTimeout is the time limit of one attempt.
const DefaultRequestTimeout = 30 * time.Second

// Engine sends requests to one server. It is safe for concurrent use.
type Engine struct {
	Options
	prefix  string // the path of BaseURL
	http    *http.Client
	limiter *semaphore.Weighted // nil: no limit
}

// New returns an engine. It touches no network.
func New(o Options) *Engine {
	if o.RequestTimeout <= 0 {
		o.RequestTimeout = DefaultRequestTimeout
	}
	if o.MaxBody <= 0 {
		o.MaxBody = DefaultBody
	}
	if o.Logger == nil {
		o.Logger = discardLogger{}
	}
	if o.Secrets == nil {
		o.Secrets = &redact.Secrets{}
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
	}
	o.MaxRetries = max(o.MaxRetries, 0)
	o.BaseURL = strings.TrimRight(o.BaseURL, "/")
	e := &Engine{Options: o}
	if base, err := url.Parse(o.BaseURL); err == nil {
		e.prefix = base.Path
	}
	e.http = &http.Client{Transport: o.Transport, CheckRedirect: e.checkRedirect}
	if o.MaxConcurrentRequests > 0 {
		e.limiter = semaphore.NewWeighted(int64(o.MaxConcurrentRequests))
	}
	return e
}

// Request is one call of the server.
type Request struct {
	Name         string // for the log
	Method, Path string
	Body         []byte // JSON; nil: none
	Token        Token  // without a value: the current one of Tokens
	// Consume reads a successful answer as it arrives, instead of Reply.Body. A second attempt
	// begins anew.
	Consume func(io.Reader) error
	// Retry returns why the request is sent again, empty: it is not.
	Retry func(Result) string
	// Uninterrupted means that an attempt that has begun does not end with the context.
	Uninterrupted bool
	// Before is the result of earlier attempts of the same call, which are counted.
	Before Result
}

// Result is what became of a request. The zero Err means that there is a complete answer, of
// whatever status.
type Result struct {
	Reply       Reply // of the last attempt
	Token       Token // likewise
	Err         *Error
	Sent        bool   // the server may have the whole request
	Permanent   bool   // another attempt would fail in the same way
	Attempts    int    // requests that were begun
	LastFailure string // of the last attempt that did not end with the context; without secrets
}

// Do sends a request, again as often as its policy and MaxRetries allow.
func (e *Engine) Do(ctx context.Context, r Request) Result {
	result := r.Before
	for n := 0; ; n++ {
		result = e.attempt(ctx, r, result)
		reason := r.Retry(result)
		if reason == "" || n >= e.MaxRetries || ctx.Err() != nil {
			return result
		}
		e.Logger.Debug(ctx, "request will be repeated", map[string]any{
			"operation": r.Name, "attempt": result.Attempts, "reason": reason,
			"retry_after": e.Sanitize(result.Reply.RetryAfter),
		})
		asked := parseRetryAfter(result.Reply.RetryAfter, time.Now())
		if !poll.Sleep(ctx, min(backoff(n, asked, e.Rand()), e.MaxDelay)) {
			return result
		}
	}
}

// checkRedirect follows a GET within the server, three times at most; any other redirect is
// returned as the answer.
func (e *Engine) checkRedirect(req *http.Request, via []*http.Request) error {
	if !e.FollowRedirects || req.Method != http.MethodGet || via[0].Method != http.MethodGet || len(via) > 3 ||
		req.URL.Scheme != via[0].URL.Scheme || req.URL.Host != via[0].URL.Host || req.URL.User != nil {
		return http.ErrUseLastResponse
	}
	return nil
}

func (e *Engine) newRequest(ctx context.Context, r Request) (*http.Request, error) {
	var body io.Reader
	if r.Body != nil {
		body = bytes.NewReader(r.Body)
	}
	req, err := http.NewRequestWithContext(ctx, r.Method, e.BaseURL+r.Path, body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if r.Body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if e.UserAgent != "" {
		req.Header.Set("User-Agent", e.UserAgent)
	}
	if r.Token.Value != "" {
		req.Header.Set("Authorization", "Bearer "+r.Token.Value)
	}
	return req, nil
}
