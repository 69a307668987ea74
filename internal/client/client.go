// Package client calls the REST API of the code signing server ("WebSDK").
//
// It knows nothing of Terraform. Every call takes a context, returns typed values or an [*Error],
// and decodes every spelling on which the server's documentation (DOC), its OpenAPI description
// (OAS) and the vendor's clients disagree. Names, enumerations and scopes follow OAS, shapes follow
// DOC.
package client

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/signright"
)

// Client speaks to one server. It is safe for concurrent use; a process shares one.
type Client struct {
	engine *transport.Engine

	coalescer  *coalescer
	rightsOf   transport.Group[[]signright.Grant]
	identities transport.Cache[*Identity]
	selves     transport.Cache[[]string]
	scopes     transport.Cache[string]
	callers    transport.Cache[[]Identity]
	settings   transport.Cache[knownConfiguration]
}

// New sends nothing. The client limits the delay between two attempts and follows redirects by
// itself; no concurrent requests are DefaultMaxConcurrentRequests.
func New(o Options) *Client {
	o.MaxDelay, o.FollowRedirects = maxDelay, true
	o.MaxConcurrentRequests = cmp.Or(max(o.MaxConcurrentRequests, 0), DefaultMaxConcurrentRequests)
	c := &Client{engine: transport.New(o)}
	c.coalescer = &coalescer{
		c: c, recent: map[string]recentRead{}, singles: map[string]int{},
		writes: writeLog{records: map[string]*writeRecord{}},
	}
	return c
}

// call sends one operation and decodes its answer into out. A nil in is sent as no body.
func (c *Client) call(ctx context.Context, op operation, in any, out answer) error {
	_, err := c.ask(ctx, op, in, out)
	return err
}

// ask is call for callers who report that a successful answer lacks something.
func (c *Client) ask(ctx context.Context, op operation, in any, out answer) (*response, error) {
	r, err := c.send(ctx, call{op: op}, in)
	if err != nil {
		return nil, err
	}
	return r, c.decode(r, out)
}

// send makes the attempts, and makes them again with another token if the server rejected the
// first.
func (c *Client) send(ctx context.Context, k call, in any) (*response, error) {
	r := &response{op: k.op}
	method, path := k.op.request()
	request := transport.Request{
		Name: k.op.name, Method: method, Path: path, Consume: k.consume,
		Retry: func(result transport.Result) string {
			if r.retry, r.delivery = k.op.retryPolicy(result); k.single {
				r.retry = ""
			}
			return r.retry
		},
	}
	if in != nil {
		var err error
		if request.Body, err = encode(in); err != nil {
			return nil, &Error{Operation: k.op.name, Delivery: NotSent, Reason: Refused, Err: err}
		}
	}
	r.result = c.engine.Do(ctx, request)
	if r.isBadToken() {
		if err := c.renew(ctx, r.result.Token); err != nil {
			return nil, c.tokenRejected(ctx, r, err)
		}
		request.Before = r.result
		r.result = c.engine.Do(ctx, request)
	}
	return r, c.callError(ctx, r)
}

// renew rejects the token unless another call has replaced it meanwhile.
func (c *Client) renew(ctx context.Context, used Token) error {
	current, err := c.engine.Tokens.Token(ctx)
	if err != nil || current.Value != used.Value {
		return err
	}
	return c.engine.Tokens.Reject(ctx, used)
}

// encode leaves <, > and & as they are.
func encode(in any) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	err := enc.Encode(in)
	return bytes.TrimSpace(buf.Bytes()), err
}
