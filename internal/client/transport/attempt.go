package transport

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// attempt sends the request once, with its own token, time limit and place among the concurrent requests.
func (e *Engine) attempt(ctx context.Context, r Request, before Result) Result {
	result := Result{Attempts: before.Attempts, LastFailure: before.LastFailure}
	if e.limiter != nil {
		if err := e.limiter.Acquire(ctx, 1); err != nil {
			return e.failed(result, err, true)
		}
		defer e.limiter.Release(1)
	}
	if r.Token.Value == "" && e.Tokens != nil {
		var err error
		if r.Token, err = e.Tokens.Token(ctx); err != nil {
			return e.failed(result, &Error{Code: NoToken, Text: err.Error(), Err: err}, true)
		}
	}
	e.Secrets.Add(r.Token.Value)
	result.Token = r.Token
	result.Attempts++
	start := time.Now()
	result = e.exchange(ctx, r, result)
	e.log(ctx, r, result, time.Since(start))
	return result
}

func (e *Engine) exchange(ctx context.Context, r Request, result Result) Result {
	if r.Uninterrupted {
		ctx = context.WithoutCancel(ctx)
	}
	ctx, cancel := context.WithTimeoutCause(ctx, e.RequestTimeout, errTimeLimit)
	defer cancel()
	var sent delivery
	req, err := e.newRequest(httptrace.WithClientTrace(ctx, sent.trace()), r)
	if err != nil {
		return e.failed(result, err, true)
	}
	resp, err := e.http.Do(req)
	if err != nil {
		if wrapped, ok := errors.AsType[*url.Error](err); ok {
			err = wrapped.Err // the rest of its text is the method and the URL
		}
		result.Sent = !sent.notSent(err)
		return e.failed(result, e.timeLimit(ctx, describeEOF(err)), isPermanent(err))
	}
	defer resp.Body.Close()
	for hop := resp.Request; hop != nil && hop.Response != nil; hop = hop.Response.Request {
		result.Attempts++ // each redirect that was followed is a request too
	}
	result.Reply, result.Sent = newReply(resp), true
	if err := result.Reply.read(resp.Body, r.Consume, e.MaxBody); err != nil {
		return e.failed(result, e.timeLimit(ctx, err), isPermanent(err))
	}
	if !result.Reply.OK() {
		result.LastFailure = fmt.Sprintf("HTTP %d", resp.StatusCode)
	}
	return result
}

// failed completes the result of an attempt without a complete answer.
func (e *Engine) failed(result Result, err error, permanent bool) Result {
	result.Err, result.Permanent = e.SanitizeError(err), permanent
	if !errors.Is(err, context.Canceled) && !errors.Is(err, context.DeadlineExceeded) {
		result.LastFailure = e.Sanitize(err.Error())
	}
	return result
}

// MaxErrorText is the limit in runes of the text of an error: one that quotes the server has its
// own text around the quotation.
const MaxErrorText = 2 * redact.MaxMessageLength

// Sanitize returns a text of the server, safe to show.
func (e *Engine) Sanitize(text string) string {
	return e.Secrets.Sanitize(text, redact.MaxMessageLength)
}

// SanitizeError returns an error whose text may quote the server, without secrets. The cause stays reachable.
func (e *Engine) SanitizeError(err error) *Error {
	safe := &Error{Code: CodeOf(err), Text: e.Secrets.Sanitize(err.Error(), MaxErrorText), Err: err}
	if inner, ok := errors.AsType[*Error](err); ok {
		safe.Status = inner.Status
	}
	return safe
}

var errTimeLimit = errors.New("time limit of an attempt")

// timeLimit distinguishes the limit of one attempt from the end of the caller's context.
func (e *Engine) timeLimit(ctx context.Context, err error) error {
	ours := errors.Is(context.Cause(ctx), errTimeLimit)
	if ours && (errors.Is(err, context.DeadlineExceeded) || errors.Is(err, errTimeLimit)) {
		return &Error{Code: Timeout, Text: fmt.Sprintf("no complete answer within %s", e.RequestTimeout)}
	}
	return err
}

// describeEOF adds what net/http leaves out when the server closes the connection instead of answering.
func describeEOF(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return fmt.Errorf("the connection ended before an answer: %w", err)
	}
	return err
}

// isPermanent reports whether another attempt fails in the same way.
func isPermanent(err error) bool {
	code := CodeOf(err)
	return code == NotJSON || code == BadAnswer || code == NoToken || IsTLSFailure(err)
}

// IsTLSFailure reports whether the server does not speak TLS, refused the handshake, or has a
// certificate that is not trusted.
func IsTLSFailure(err error) bool {
	_, certificate := errors.AsType[*tls.CertificateVerificationError](err)
	return certificate || IsNotTLS(err) || TLSAlert(err) != ""
}

// IsNotTLS reports whether the answer to a TLS handshake was not TLS.
func IsNotTLS(err error) bool {
	_, record := errors.AsType[tls.RecordHeaderError](err)
	return record || errors.Is(err, http.ErrSchemeMismatch)
}

// TLSAlert returns the reason that the server gave for ending the TLS handshake, empty if it gave none.
func TLSAlert(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "remote error" {
		return op.Err.Error()
	}
	return ""
}

func (e *Engine) log(ctx context.Context, r Request, result Result, took time.Duration) {
	fields := map[string]any{
		"operation": r.Name, "path": e.prefix + r.Path, "attempt": result.Attempts,
		"duration_ms": took.Milliseconds(), "http_status": result.Reply.Status,
	}
	if result.Err != nil {
		fields["error"] = redact.Cut(result.Err.Text, redact.MaxMessageLength)
	}
	e.Logger.Debug(ctx, "request", fields)
}
