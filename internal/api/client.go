package api

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"

	"github.com/hashicorp/go-retryablehttp"
	"golang.org/x/sync/semaphore"
)

// Client speaks to one server. It is safe for any number of goroutines, and one is shared by all of a process.
type Client struct {
	opts      Options
	base      *url.URL
	transport http.RoundTripper
	http      *retryablehttp.Client
	slots     *semaphore.Weighted
	self      once[[]string]
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
	c := &Client{opts: o, base: base, slots: semaphore.NewWeighted(int64(o.MaxConcurrentRequests))}
	c.transport = bounded(o.Transport, o.MaxConcurrentRequests)
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
	k := &call{op: op}
	if err := c.send(ctx, k, in); err != nil {
		return err
	}
	return c.decode(k, out)
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
		return c.failure(ctx, k)
	}
	if err := c.renew(ctx, k.token); err != nil {
		e := c.refused(k)
		e.Err = errors.Join(e.Err, err)
		return e
	}
	c.attempts(ctx, k)
	return c.failure(ctx, k)
}

// encode leaves <, > and & as they are.
func encode(in any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(in)
	return bytes.TrimSpace(buf.Bytes()), err
}

func (c *Client) attempts(ctx context.Context, k *call) {
	k.verdict = verdict{delivery: NotSent}
	req, err := c.request(ctx, k)
	if err == nil {
		var resp *http.Response
		if resp, err = c.http.Do(req); resp != nil {
			resp.Body.Close()
		}
	}
	if err != nil && k.out.err == nil && k.out.status == 0 {
		k.out.err = err
	}
}

func (c *Client) request(ctx context.Context, k *call) (*retryablehttp.Request, error) {
	var body any
	if k.body != nil {
		body = k.body
	}
	req, err := retryablehttp.NewRequestWithContext(withCall(ctx, k), k.op.method(), c.base.String()+k.op.path(), body)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Accept", "application/json")
	if k.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if c.opts.UserAgent != "" {
		req.Header.Set("User-Agent", c.opts.UserAgent)
	}
	return req, nil
}

// renew rejects the token unless somebody else has replaced it meanwhile.
func (c *Client) renew(ctx context.Context, used Token) error {
	current, err := c.opts.Tokens.Token(ctx)
	if err != nil || current.Value != used.Value {
		return err
	}
	return c.opts.Tokens.Reject(ctx, used)
}

// checkRedirect follows a GET within the server, three times at most; the rest comes back as it is.
func (c *Client) checkRedirect(req *http.Request, via []*http.Request) error {
	if req.Method != http.MethodGet || via[0].Method != http.MethodGet || len(via) > 3 ||
		req.URL.Scheme != c.base.Scheme || req.URL.Host != c.base.Host || req.URL.User != nil {
		return http.ErrUseLastResponse
	}
	return nil
}

// decode reads the body of a success; the envelope inside may still report a failure.
func (c *Client) decode(k *call, out answer) error {
	dec := json.NewDecoder(bytes.NewReader(k.reply.body))
	err := dec.Decode(out)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = errors.New("more than one value")
		}
	}
	if err != nil {
		return c.malformed(k, err)
	}
	return c.judged(k, out.finding())
}

func (c *Client) malformed(k *call, err error) *Error {
	e := k.newError(BadAnswer)
	e.Delivery = Unclear
	e.Err = bad("the answer cannot be read: %s", c.safe(k, err.Error()))
	return e
}

// judged turns a finding into an error. A success that says nothing or contradicts itself proves nothing of a write.
func (c *Client) judged(k *call, f finding) error {
	if f.ok {
		return nil
	}
	e := k.newError(f.reason)
	e.Code, e.Message, e.Delivery = f.code, c.safe(k, f.text), Answered
	if f.reason == EmptyAnswer || f.reason == BadAnswer {
		e.Delivery = Unclear
	}
	return e
}
