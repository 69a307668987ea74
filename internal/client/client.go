package client

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/sync/semaphore"
)

// Client speaks to one server. It is safe for any number of goroutines, and one is shared by all of a process.
type Client struct {
	opts      Options
	base      *url.URL
	limits    limits
	transport http.RoundTripper
	http      *retryablehttp.Client
	limiter   *semaphore.Weighted

	bulk       coalescer
	rightsOf   requestGroup[rightsList]
	identities cache[*Identity]
	selves     cache[[]string]
}

// New checks the options. It touches no network.
func New(o Options) (*Client, error) {
	if o.Tokens == nil {
		return nil, errors.New("no source of tokens")
	}
	base, err := o.base()
	if err != nil {
		return nil, err
	}
	o = o.withDefaults()
	c := &Client{opts: o, base: base, limits: defaultLimits, limiter: semaphore.NewWeighted(int64(o.MaxConcurrentRequests))}
	c.bulk.c = c
	c.transport = configureTransport(o.Transport, o.MaxConcurrentRequests)
	c.http = &retryablehttp.Client{
		HTTPClient:   &http.Client{Transport: attempt{c}, CheckRedirect: c.checkRedirect},
		RetryMax:     o.MaxRetries,
		CheckRetry:   c.checkRetry,
		Backoff:      c.backoff,
		ErrorHandler: retryablehttp.PassthroughErrorHandler,
	}
	return c, nil
}

// call sends one operation and decodes its answer into out. A nil in is sent as no body.
func (c *Client) call(ctx context.Context, op operation, in any, out answer) error {
	_, err := c.ask(ctx, op, in, out)
	return err
}

// ask is call for those who still have to say of a success that something is missing from it.
func (c *Client) ask(ctx context.Context, op operation, in any, out answer) (*call, error) {
	k := &call{op: op}
	if err := c.send(ctx, k, in); err != nil {
		return nil, err
	}
	return k, c.decode(k, out)
}

// send does the attempts, and once more with another token where the server did not take the first.
func (c *Client) send(ctx context.Context, k *call, in any) error {
	if in != nil {
		body, err := encode(in)
		if err != nil {
			return &Error{Operation: k.op.name, Delivery: NotSent, Reason: Refused, Err: err}
		}
		k.body = body
	}
	c.attempts(ctx, k)
	if !isBadToken(k) {
		return c.callError(ctx, k)
	}
	if err := c.renew(ctx, k.token); err != nil {
		return c.tokenRejected(ctx, k, err)
	}
	c.attempts(ctx, k)
	return c.callError(ctx, k)
}

// renew rejects the token unless somebody else has replaced it meanwhile.
func (c *Client) renew(ctx context.Context, used Token) error {
	current, err := c.opts.Tokens.Token(ctx)
	if err != nil || current.Value != used.Value {
		return err
	}
	return c.opts.Tokens.Reject(ctx, used)
}

func (c *Client) attempts(ctx context.Context, k *call) {
	k.decision, k.round = retryDecision{delivery: NotSent}, 0
	req, err := c.request(ctx, k)
	if err != nil {
		k.result = attemptResult{err: err, fatal: true}
		return
	}
	// What became of it is on k: attempt writes it down in more detail than the error tells.
	if resp, _ := c.http.Do(req); resp != nil {
		resp.Body.Close()
	}
}
