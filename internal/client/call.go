package client

import (
	"context"
	"errors"
	"io"
	"net/http"
	"time"
)

// call is one use of an operation, with the record of its attempts.
type call struct {
	op      operation
	body    []byte
	consume func(io.Reader) error // takes a good answer as it comes, instead of reply.body
	single  bool                  // one attempt, whatever happens

	attempts int
	round    int   // attempts with the present token
	token    Token // of the last attempt
	reply    reply
	result   attemptResult
	decision retryDecision
	lastErr  error // of the last attempt that the context did not end
}

// reply is an HTTP answer, read to its end or to its limit.
type reply struct {
	status     int
	phrase     string // the server also puts messages there
	kind       string // Content-Type
	retryAfter string
	location   string
	body       []byte
}

func (r reply) ok() bool { return r.status >= 200 && r.status < 300 }

type callKey struct{}

func withCall(ctx context.Context, k *call) context.Context {
	return context.WithValue(ctx, callKey{}, k)
}

func callFrom(ctx context.Context) *call {
	k, _ := ctx.Value(callKey{}).(*call)
	return k
}

// checkRetry is the hook of retryablehttp; the decision is judge's. An answer counts even where the context has ended meanwhile.
func (c *Client) checkRetry(ctx context.Context, _ *http.Response, _ error) (bool, error) {
	k := callFrom(ctx)
	k.decision = retryPolicy(k.op.effect, k.result)
	again := k.decision.retry != "" && !k.single && ctx.Err() == nil
	if again && k.round <= c.opts.MaxRetries {
		c.opts.Logger.Debug(ctx, "request will be repeated", map[string]any{
			"operation": k.op.name, "attempt": k.attempts, "reason": k.decision.retry, "retry_after": c.redact(k.reply.retryAfter),
		})
	}
	return again, nil
}

// backoff is the hook of retryablehttp; the length is pause's.
func (c *Client) backoff(_, _ time.Duration, n int, resp *http.Response) time.Duration {
	var wanted time.Duration
	if resp != nil {
		wanted = retryAfter(resp.Header.Get("Retry-After"), time.Now())
	}
	return backoffDelay(n, wanted, c.opts.Rand())
}

// interrupted: the context ended before there was an answer to report.
func (k *call) interrupted(ctx context.Context) bool {
	if ctx.Err() == nil {
		return false
	}
	_, answered := errors.AsType[*badAnswerError](k.result.err)
	return k.result.err != nil && !answered || k.decision.retry != "" && !k.single
}
