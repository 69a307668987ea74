package client

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptrace"
	"time"
)

// attempt is the transport below the repetitions: one request with its own token, time limit and place among the
// concurrent ones, answered in full.
type attempt struct{ c *Client }

// RoundTrip records on the call what became of the request.
func (a attempt) RoundTrip(req *http.Request) (*http.Response, error) {
	ctx, k := req.Context(), callFrom(req.Context())
	k.reply, k.result = reply{}, attemptResult{}
	if err := a.c.limiter.Acquire(ctx, 1); err != nil {
		return a.fail(k, attemptResult{err: err, fatal: true})
	}
	defer a.c.limiter.Release(1)
	token, err := a.c.opts.Tokens.Token(ctx)
	if err != nil {
		return a.fail(k, attemptResult{err: &tokenError{err}, fatal: true})
	}
	k.token = token
	a.c.opts.Secrets.Add(token.Value)
	k.attempts++
	k.round++
	start := time.Now()
	resp, err := a.exchange(req, k)
	a.log(ctx, k, time.Since(start), err)
	return resp, err
}

func (a attempt) fail(k *call, o attemptResult) (*http.Response, error) {
	k.result = o
	if o.err != nil && !errors.Is(o.err, context.Canceled) && !errors.Is(o.err, context.DeadlineExceeded) {
		k.lastErr = o.err
	}
	return nil, o.err
}

func (a attempt) exchange(req *http.Request, k *call) (*http.Response, error) {
	var seen delivery
	ctx, cancel := context.WithTimeoutCause(req.Context(), a.c.opts.RequestTimeout, errRequestTimeout)
	defer cancel()
	if req.URL.Scheme != a.c.base.Scheme || req.URL.Host != a.c.base.Host {
		return a.fail(k, attemptResult{err: badAnswer("the token is for %s alone", a.c.base.Host), fatal: true})
	}
	out := req.Clone(httptrace.WithClientTrace(ctx, seen.trace()))
	out.Header.Set("Authorization", "Bearer "+k.token.Value)
	resp, err := a.c.transport.RoundTrip(out)
	if err != nil {
		return a.fail(k, attemptResult{err: a.cause(ctx, describeEOF(err)), fatal: isPermanent(err), sent: !seen.notSent(err)})
	}
	defer resp.Body.Close()
	k.reply = newReply(resp)
	if err := k.readBody(resp, a.c.limits); err != nil {
		return a.fail(k, attemptResult{err: a.cause(ctx, unreadable(err)), fatal: isPermanent(err), sent: true})
	}
	k.result = attemptResult{status: resp.StatusCode, deadlock: isDeadlock(k.reply)}
	if !k.reply.ok() {
		k.lastErr = fmt.Errorf("HTTP %d", resp.StatusCode)
		k.result.settled = k.errorCode(readErrorBody(k.reply)).settled()
	}
	resp.Body = io.NopCloser(bytes.NewReader(nil))
	return resp, nil
}

var errRequestTimeout = errors.New("no complete answer in time")

// cause tells our own time limit from the caller's.
func (a attempt) cause(ctx context.Context, err error) error {
	ours := errors.Is(context.Cause(ctx), errRequestTimeout)
	if ours && (errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errRequestTimeout)) {
		return &requestTimeoutError{a.c.opts.RequestTimeout}
	}
	return err
}

// requestTimeoutError is the end of our own time limit for one attempt.
type requestTimeoutError struct{ limit time.Duration }

func (e *requestTimeoutError) Error() string {
	return fmt.Sprintf("no complete answer within %s", e.limit)
}

// Timeout is true, as it is of the timeouts of package net.
func (*requestTimeoutError) Timeout() bool { return true }

// describeEOF: net/http says EOF and no more when the server hangs up instead of answering.
func describeEOF(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the connection ended before an answer came: %w", err)
	}
	return err
}

// isPermanent: trying once more meets the same.
func isPermanent(err error) bool {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	_, record := errors.AsType[tls.RecordHeaderError](err)
	_, answer := errors.AsType[*badAnswerError](err)
	_, stop := errors.AsType[*stoppedError](err)
	return certificate || record || answer || stop || errors.Is(err, http.ErrSchemeMismatch)
}

func (a attempt) log(ctx context.Context, k *call, took time.Duration, err error) {
	fields := map[string]any{
		"operation": k.op.name, "path": a.c.base.Path + k.op.path(), "attempt": k.attempts,
		"duration_ms": took.Milliseconds(), "http_status": k.reply.status,
	}
	if err != nil {
		fields["error"] = a.c.redact(err.Error())
	}
	a.c.opts.Logger.Debug(ctx, "request", fields)
}
