package auth

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"time"

	"github.com/hashicorp/go-retryablehttp"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

const (
	maxAnswer = 1 << 20 // bytes; a grant's answer has some hundred
	maxPause  = 10 * time.Second
)

// endpoint calls the authentication server, /vedauth.
type endpoint struct {
	base      string
	userAgent string
	secrets   *redact.Secrets // hidden in every text that comes back
	client    *http.Client
	retries   int
}

func newEndpoint(base string, secrets *redact.Secrets, transport http.RoundTripper, o Options) *endpoint {
	return &endpoint{
		base:      base,
		userAgent: o.UserAgent,
		secrets:   secrets,
		retries:   o.MaxRetries,
		client: &http.Client{
			Transport: transport,
			Timeout:   o.RequestTimeout,
			// Credentials go to the address that was configured and to no other.
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}
}

// shown is a text of the server, fit to be shown.
func (e *endpoint) shown(text string) string {
	return e.secrets.Sanitize(text, redact.MaxMessageLength)
}

// post sends a grant. It is repeated when the policy says so.
func (e *endpoint) post(ctx context.Context, path string, body any, again retryablehttp.CheckRetry) (*reply, error) {
	encoded, err := json.Marshal(body)
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.base+path, bytes.NewReader(encoded))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	return e.do(req, e.client, again)
}

func (e *endpoint) do(req *http.Request, client *http.Client, again retryablehttp.CheckRetry) (*reply, error) {
	req.Header.Set("Accept", "application/json")
	if e.userAgent != "" {
		req.Header.Set("User-Agent", e.userAgent)
	}
	wrapped, err := retryablehttp.FromRequest(req)
	if err != nil {
		return nil, err
	}
	resp, err := e.mechanics(client, again).Do(wrapped)
	if err != nil {
		return nil, err
	}
	defer func() { _ = resp.Body.Close() }()
	return readReply(resp)
}

func (e *endpoint) mechanics(client *http.Client, again retryablehttp.CheckRetry) *retryablehttp.Client {
	return &retryablehttp.Client{
		HTTPClient:   client,
		RetryMax:     max(e.retries, 0),
		RetryWaitMin: 500 * time.Millisecond,
		RetryWaitMax: maxPause,
		CheckRetry:   again,
		Backoff:      cappedBackoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
}

// cappedBackoff follows Retry-After, but never sleeps longer than maxPause.
func cappedBackoff(low, high time.Duration, attempt int, resp *http.Response) time.Duration {
	return min(retryablehttp.DefaultBackoff(low, high, attempt, resp), maxPause)
}

func readReply(resp *http.Response) (*reply, error) {
	body, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if err != nil && !(resp.StatusCode == http.StatusOK && json.Valid(body)) {
		return nil, &cutAnswerError{body, err}
	}
	_, phrase, _ := strings.Cut(resp.Status, " ")
	return &reply{
		status: resp.StatusCode,
		words: redact.Answer{
			Phrase: phrase, Usual: http.StatusText(resp.StatusCode), ContentType: resp.Header.Get("Content-Type"), Body: body,
		},
		location: resp.Header.Get("Location"),
	}, nil
}

// repeatable is the policy of grants that do no harm when they are carried out twice.
func repeatable(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		return !isTLSFault(err), nil
	}
	lost := resp.StatusCode == http.StatusBadGateway || resp.StatusCode == http.StatusGatewayTimeout
	return lost || refusedByServer(resp), nil
}

// singleUse is the policy of the exchange of a refresh token: it is repeated only where it cannot have been carried
// out, because nothing was sent or the server turned it away unread.
func singleUse(ctx context.Context, resp *http.Response, err error) (bool, error) {
	if ctx.Err() != nil {
		return false, ctx.Err()
	}
	if err != nil {
		return notSent(err) && !isTLSFault(err), nil
	}
	return refusedByServer(resp), nil
}

func refusedByServer(resp *http.Response) bool {
	return resp.StatusCode == http.StatusTooManyRequests || resp.StatusCode == http.StatusServiceUnavailable
}

// notSent is true where no connection came about, so that the server cannot have seen the request.
func notSent(err error) bool {
	var op *net.OpError
	var refused *ProxyError
	return errors.As(err, &refused) || errors.As(err, &op) && (op.Op == "dial" || op.Op == "proxyconnect")
}
