package client

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// tokenError marks that there was no token to send.
type tokenError struct{ err error }

func (e *tokenError) Error() string { return e.err.Error() }
func (e *tokenError) Unwrap() error { return e.err }

// newError starts an error from the record of the call.
func (k *call) newError(reason Reason) *Error {
	return &Error{
		Operation: k.op.name, HTTPStatus: k.reply.status, Attempts: k.attempts,
		Reason: reason, Delivery: k.decision.delivery,
	}
}

// callError is the error of a call whose last attempt brought no answer of the API; nil where it did.
func (c *Client) callError(ctx context.Context, k *call) error {
	switch {
	case k.interrupted(ctx):
		return c.cancelled(ctx, k)
	case k.result.err != nil:
		return c.networkError(k)
	case !k.reply.ok():
		return c.httpError(k)
	}
	return nil
}

// cancelled keeps the last trouble beside the end of the context, so that a timeout says what it was waiting for.
func (c *Client) cancelled(ctx context.Context, k *call) *Error {
	e := k.newError(Cancelled)
	e.Err = ctx.Err()
	if k.lastErr != nil {
		e.Message = "last seen: " + c.redact(k.lastErr.Error())
	}
	return e
}

func (c *Client) networkError(k *call) *Error {
	e := k.newError(Unavailable)
	e.Err = c.redactCause(k.result.err)
	if _, is := errors.AsType[*badAnswerError](k.result.err); is {
		e.Reason = BadAnswer
		if k.reply.body != nil {
			e.Message = c.redact(readErrorBody(k.reply).Message())
		}
	}
	if _, is := errors.AsType[*tokenError](k.result.err); is {
		e.Reason = reasonOfToken(k.result.err)
	}
	return e
}

// reasonOfToken is why there is no token: what the grant failed of, where it says so.
func reasonOfToken(err error) Reason {
	if inner, is := errors.AsType[*Error](err); is {
		return inner.Reason
	}
	return BadToken
}

// tokenRejected is the error of a call whose token the server did not take, and there is no other. The cause knows how the token
// was obtained.
func (c *Client) tokenRejected(ctx context.Context, k *call, err error) *Error {
	if ctx.Err() != nil {
		return c.cancelled(ctx, k)
	}
	e := c.httpError(k)
	e.Reason, e.Err = reasonOfToken(err), err
	return e
}

func (c *Client) httpError(k *call) *Error {
	f := readErrorBody(k.reply)
	e := k.newError(reasonOfStatus(k.reply.status))
	e.Message = c.redact(f.Message())
	e.Code = k.errorCode(f)
	switch {
	case k.reply.status >= 300 && k.reply.status < 400:
		e.Message = c.redact(redirectText(k.reply))
	case f.Label == "insufficient_scope":
		e.Reason, e.Scope = MissingScope, c.redact(scopeIn(f.Message()))
	case f.Label == "insufficient_rights":
		e.Reason = Forbidden
	case isBadToken(k), f.Label == "session_error":
		e.Err = describeToken(k.token)
	case e.Code.settled():
		e.Reason = reasonOfCode(e.Code)
	case k.reply.status == http.StatusUnauthorized:
		e.Reason = Forbidden
		if !f.ticket { // then it may be the token after all
			e.Err = describeToken(k.token)
		}
	case e.Code.Present && e.Reason != Unavailable && k.reply.status < 500:
		e.Reason = reasonOfCode(e.Code)
	case k.reply.status == http.StatusBadRequest && isForeign(k.reply, f):
		e.Reason = BadAnswer
	}
	return e
}

// errorCode is the result code of an answer that is no success. A code that says the contrary is none.
func (k *call) errorCode(f *errorBody) Code {
	code := codeOf(k.op.family, f.result)
	if k.op.family == "" || k.reply.status < 400 || code.isSuccess() {
		return Code{}
	}
	return code
}

// isForeign: a web server, or one that was spoken to in plain where it wants TLS, says in a text or on a page what is wrong; the API
// says it in JSON, or in the reason phrase.
func isForeign(r reply, f *errorBody) bool {
	return f.Members == nil && f.Text != "" && !isJSON(r.kind)
}

func reasonOfStatus(status int) Reason {
	switch {
	case status < 400:
		return Redirected
	case status == http.StatusUnauthorized:
		return BadToken
	case status == http.StatusForbidden:
		return Forbidden
	case status == http.StatusNotFound, status == http.StatusMethodNotAllowed, status == http.StatusNotImplemented:
		return Unsupported
	case status == http.StatusTooManyRequests, status >= 500:
		return Unavailable
	}
	return Refused
}

// isBadToken: a 401 is about the token unless a ticket comes with it, or it names rights or scope. The calls for workflow tickets
// say by a 401 that the caller has no right on the ticket (OAS), so there the answer has to say of the token that it is invalid.
func isBadToken(k *call) bool {
	if k.reply.status != http.StatusUnauthorized {
		return false
	}
	f := readErrorBody(k.reply)
	switch {
	case f.Label == "invalid_token":
		return true
	case f.Label == "insufficient_scope", f.Label == "insufficient_rights", k.op.family == FamilyWorkflow:
		return false
	}
	return !f.ticket
}

// describeToken is how the token came to us, never the token.
func describeToken(t Token) error {
	var parts []string
	if t.Origin != "" {
		parts = append(parts, "token from "+t.Origin)
	}
	if !t.Expiry.IsZero() {
		parts = append(parts, "expiry "+t.Expiry.UTC().Format(time.RFC3339))
	}
	if parts == nil {
		return nil
	}
	return errors.New(strings.Join(parts, ", "))
}

var plainPath = redact.Pattern(`^[\w./-]*$`)

func redirectText(r reply) string {
	u, err := url.Parse(r.location)
	if err != nil || r.location == "" {
		return "redirected to nowhere"
	}
	target := url.URL{Scheme: u.Scheme, Host: u.Host}
	if plainPath().MatchString(u.Path) {
		target.Path = u.Path
	}
	return fmt.Sprintf("redirected to %s, which is not followed", target.String())
}

// redact is a text of the server, fit to be shown.
func (c *Client) redact(text string) string {
	return c.opts.Secrets.Sanitize(text, redact.MaxMessageLength)
}

// asError gives an end of the context, as shared requests report it, the type of all errors.
func asError(op operation, err error) error {
	if _, is := errors.AsType[*Error](err); is {
		return err
	}
	return &Error{Operation: op.name, Reason: Cancelled, Delivery: NotSent, Err: err}
}

// redactCause is an error whose text may quote the server, fit to be shown; what it wraps stays reachable.
func (c *Client) redactCause(err error) error {
	return &redactedError{c.opts.Secrets.Sanitize(err.Error(), mostOfCause), err}
}

type redactedError struct {
	text string
	err  error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.err }
