package client

import (
	"context"
	"net/http"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Defaults of Options.
const (
	DefaultRequestTimeout        = transport.DefaultRequestTimeout
	DefaultMaxRetries            = 4
	DefaultMaxConcurrentRequests = 64
)

// maxDelay is the longest delay between two attempts.
const maxDelay = time.Minute

// Options are the settings of a Client.
type Options struct {
	// BaseURL is scheme://host[:port][/prefix], without /vedsdk.
	BaseURL string
	// Transport is the connection pool with its TLS settings.
	Transport http.RoundTripper
	Tokens    TokenSource
	// RequestTimeout limits one attempt, from the connection to the last byte; 0 is
	// DefaultRequestTimeout.
	RequestTimeout time.Duration
	// MaxRetries is the number of attempts after the first; 0 is none.
	MaxRetries int
	// MaxConcurrentRequests limits all operations together; 0 is DefaultMaxConcurrentRequests.
	MaxConcurrentRequests int
	UserAgent             string
	Secrets               *redact.Secrets // removed from all texts of the server, beside the tokens; nil: none
	Logger                Logger          // nil: no log
	Rand                  func() float64  // jitter in [0,1); nil: math/rand/v2
}

// Logger takes the log of requests.
type Logger = transport.Logger

// TokenSource provides the bearer token of each attempt. It must be cheap while its token is valid,
// and renew once for concurrent callers.
type TokenSource interface {
	// Token returns the current token. An error ends the call before anything is sent.
	Token(ctx context.Context) (Token, error)
	// Reject reports that the server answered 401 invalid_token to the current token. The next
	// Token must return another one; an error says why there is none.
	Reject(ctx context.Context, rejected Token) error
}

// Token is an access token. Only Value is secret.
type Token struct {
	Value    string
	Expiry   time.Time // zero: unknown
	Origin   string    // how it was obtained, for messages: "access_token", "password grant of local:robot"
	Identity string    // prefixed universal of its owner, if the grant returned it
}
