package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Defaults of Options.
const (
	DefaultRequestTimeout        = 30 * time.Second
	DefaultMaxRetries            = 4
	DefaultMaxConcurrentRequests = 64
)

// maxDelay between two attempts.
const maxDelay = time.Minute

// Options are the settings of a Client.
type Options struct {
	// BaseURL is scheme://host[:port][/prefix], without /vedsdk.
	BaseURL string
	// Transport is the connection pool, with the TLS settings; nil is one of the client's own.
	Transport http.RoundTripper
	Tokens    TokenSource
	// RequestTimeout bounds one attempt, from the connection to the last byte; 0 is DefaultRequestTimeout.
	RequestTimeout time.Duration
	// MaxRetries is the number of repetitions after the first attempt; 0 is none.
	MaxRetries int
	// MaxConcurrentRequests holds across all operations; 0 is DefaultMaxConcurrentRequests.
	MaxConcurrentRequests int
	UserAgent             string
	Secrets               *redact.Secrets // hidden in every text that comes from the server, beside the tokens; nil: none
	Logger                Logger          // nil: silent
	Rand                  func() float64  // jitter in [0,1); nil: math/rand/v2
}

// Logger takes the log of requests.
type Logger = transport.Logger

func (o Options) withDefaults() Options {
	if o.RequestTimeout <= 0 {
		o.RequestTimeout = DefaultRequestTimeout
	}
	if o.MaxConcurrentRequests <= 0 {
		o.MaxConcurrentRequests = DefaultMaxConcurrentRequests
	}
	if o.MaxRetries < 0 {
		o.MaxRetries = 0
	}
	if o.Secrets == nil {
		o.Secrets = &redact.Secrets{}
	}
	if o.Logger == nil {
		o.Logger = transport.DiscardLogger
	}
	if o.Transport == nil {
		o.Transport = transport.NewHTTP(nil, o.MaxConcurrentRequests)
	}
	return o
}

func (o Options) base() (*url.URL, error) {
	u, err := url.Parse(strings.TrimRight(o.BaseURL, "/"))
	if err != nil || u.Host == "" || (u.Scheme != "https" && u.Scheme != "http") {
		return nil, fmt.Errorf("base URL %q: want https://host", redact.Clean(o.BaseURL, redact.MaxMessageLength))
	}
	if u.User != nil || u.RawQuery != "" || u.Fragment != "" {
		return nil, errors.New("base URL: neither a user nor a query belongs there")
	}
	return u, nil
}

// TokenSource yields the bearer token of a request. It is asked before every attempt, so it must be cheap while its
// token is good, and it sees to it that any number of callers cause one renewal.
type TokenSource interface {
	// Token answers the token to use now. An error stops the call before anything is sent.
	Token(ctx context.Context) (Token, error)
	// Reject says that the server answered 401 invalid_token to a token that was still the current one. The next Token
	// must be another one; the error says why there is none.
	Reject(ctx context.Context, rejected Token) error
}

// Token is an access token and what is known about it. Value is secret; everything else may be shown.
type Token struct {
	Value    string
	Expiry   time.Time // zero: not known
	Origin   string    // how it was obtained, for messages: "access_token", "password grant of local:robot"
	Identity string    // prefixed universal of its owner, where the grant answered it
}
