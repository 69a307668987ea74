package auth

import (
	"context"
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// maxDelay is the longest delay between two attempts: all requests wait for the token.
const maxDelay = 10 * time.Second

// maxAnswer is a limit in bytes; the answer to a grant has a few hundred.
const maxAnswer = 1 << 20

// endpoint calls the authentication server, /vedauth.
type endpoint struct {
	base    string
	secrets *redact.Secrets // removed from every text that comes back
	engine  *transport.Engine
}

// newEndpoint follows no redirect: credentials are sent to the configured address and to no other.
func newEndpoint(base string, secrets *redact.Secrets, pool http.RoundTripper, o Options) (*endpoint, error) {
	u, err := url.Parse(base)
	if err != nil {
		return nil, err
	}
	engine := transport.New(transport.Options{
		BaseURL: u, RoundTripper: pool, RequestTimeout: o.RequestTimeout, MaxRetries: o.MaxRetries, MaxDelay: maxDelay,
		UserAgent: o.UserAgent, Secrets: secrets, Logger: o.Logger,
	})
	engine.Limits = transport.Limits{Body: maxAnswer, ErrorBody: maxAnswer}
	return &endpoint{base: base, secrets: secrets, engine: engine}, nil
}

// sanitize returns a text of the server, safe to show.
func (e *endpoint) sanitize(text string) string {
	return e.secrets.Sanitize(text, redact.MaxMessageLength)
}

// exchange is one request for tokens.
type exchange struct {
	call          grantCall
	body          any
	retry         func(transport.Result) string
	uninterrupted bool // an attempt that has begun does not end with the context
}

// grant sends a request for tokens and reads the answer.
func (e *endpoint) grant(ctx context.Context, x exchange) (*granted, error) {
	body, err := json.Marshal(x.body)
	if err != nil {
		return nil, err
	}
	x.call.shown = e.sanitize
	r := e.engine.Do(ctx, transport.Request{
		Name: x.call.path, Method: http.MethodPost, Path: x.call.path, Body: body, Retry: x.retry,
		Uninterrupted: x.uninterrupted,
	})
	var answer grantAnswer
	if r.Err == nil && r.Reply.Status == http.StatusOK && json.Unmarshal(r.Reply.Body, &answer) == nil &&
		answer.AccessToken != "" && tokenProblem(string(answer.AccessToken)) == "" {
		e.secrets.Add(string(answer.AccessToken), string(answer.RefreshToken))
		return answer.granted(time.Now()), nil
	}
	failure := x.call.error(r)
	if r.Reply.Status == http.StatusOK {
		failure.tokens = e.salvage(r.Reply.Body)
	}
	return nil, failure
}

// repeatable is the retry policy of requests that do no harm when they are carried out twice.
func repeatable(r transport.Result) string {
	if r.Reply.Status == http.StatusBadGateway || r.Reply.Status == http.StatusGatewayTimeout {
		return "HTTP " + strconv.Itoa(r.Reply.Status)
	}
	if r.Err != nil && r.Reply.Status == 0 && !r.Permanent {
		return "network"
	}
	return declined(r)
}

// singleUse is the retry policy of the exchange of a refresh token, which works once: it is
// repeated only if it certainly was not carried out.
func singleUse(r transport.Result) string {
	if r.Err != nil && !r.Sent && !r.Permanent {
		return "network"
	}
	return declined(r)
}

// declined is the reason to repeat a request that the server turned away unread.
func declined(r transport.Result) string {
	if r.Reply.Status == http.StatusTooManyRequests || r.Reply.Status == http.StatusServiceUnavailable {
		return "HTTP " + strconv.Itoa(r.Reply.Status)
	}
	return ""
}
