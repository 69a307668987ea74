package client

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// Defaults of Options.
const (
	DefaultRequestTimeout        = 30 * time.Second
	DefaultMaxRetries            = 4
	DefaultMaxConcurrentRequests = 64
)

// Options are the settings of a Client.
type Options struct {
	// BaseURL is scheme://host[:port][/prefix], without /vedsdk.
	BaseURL string
	// Transport carries the requests, with the TLS settings; nil is a default one. An *http.Transport is cloned and its
	// connections bounded.
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

// Logger takes the log of requests: never a body, a token, or a header that is not on a short list of harmless ones.
type Logger interface {
	Debug(ctx context.Context, msg string, fields map[string]any)
}

type discardLogger struct{}

func (discardLogger) Debug(context.Context, string, map[string]any) {}

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
		o.Logger = discardLogger{}
	}
	if o.Rand == nil {
		o.Rand = rand.Float64
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
