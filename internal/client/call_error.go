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
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// newError returns an error with the facts of the response.
func (r *response) newError(reason Reason) *Error {
	return &Error{
		Operation: r.op.name, HTTPStatus: r.result.Reply.Status, Attempts: r.result.Attempts,
		Reason: reason, Delivery: r.delivery,
	}
}

// callError returns the error of a call whose last attempt brought no answer of the API, or nil.
func (c *Client) callError(ctx context.Context, r *response) error {
	failed := r.result.Err
	badAnswer := failed != nil && (failed.Code == transport.NotJSON || failed.Code == transport.BadAnswer)
	switch {
	case ctx.Err() != nil && !badAnswer && (failed != nil || r.retry != ""):
		return cancelled(ctx, r)
	case failed != nil:
		return c.networkError(r)
	case !r.result.Reply.OK():
		return c.httpError(r)
	}
	return nil
}

// cancelled adds the last failure to the end of the context, so that a timeout names what it waited
// for.
func cancelled(ctx context.Context, r *response) *Error {
	e := r.newError(Cancelled)
	e.Err = ctx.Err()
	if r.result.LastFailure != "" {
		e.Message = "last seen: " + r.result.LastFailure
	}
	return e
}

func (c *Client) networkError(r *response) *Error {
	e := r.newError(Unavailable)
	e.Err = r.result.Err
	switch r.result.Err.Code {
	case transport.NotJSON:
		e.Reason, e.Message = BadAnswer, c.engine.Sanitize(r.result.Reply.Refusal().Message())
	case transport.BadAnswer:
		e.Reason = BadAnswer
	case transport.NoToken:
		e.Reason = reasonOfToken(r.result.Err)
	default: // Unavailable
	}
	return e
}

// reasonOfToken returns why there is no token: the reason of the grant's failure if it has one.
func reasonOfToken(err error) Reason {
	if inner, is := errors.AsType[*Error](err); is {
		return inner.Reason
	}
	return BadToken
}

// tokenRejected is the error of a call whose token was rejected and cannot be replaced. The cause
// names the origin of the token.
func (c *Client) tokenRejected(ctx context.Context, r *response, err error) *Error {
	if ctx.Err() != nil {
		return cancelled(ctx, r)
	}
	e := c.httpError(r)
	e.Reason, e.Err = reasonOfToken(err), err
	return e
}

func (c *Client) httpError(r *response) *Error {
	reply := &r.result.Reply
	f := r.op.readErrorBody(reply)
	e := r.newError(reasonOfStatus(reply.Status))
	e.Message, e.Code = c.engine.Sanitize(f.Message()), f.code
	switch {
	case e.Reason == Redirected:
		e.Message = c.engine.Sanitize(redirectText(reply))
	case f.Label == "insufficient_scope":
		e.Reason, e.Scope = MissingScope, c.engine.Sanitize(scopeIn(f.Message()))
	case f.Label == "insufficient_rights":
		e.Reason = Forbidden
	case r.isBadToken(), f.Label == "session_error":
		e.Err = describeToken(r.result.Token)
	case e.Code.settled():
		e.Reason = reasonOfCode(e.Code)
	case reply.Status == http.StatusUnauthorized:
		e.Reason = Forbidden
		if !f.ticket { // then the token may be invalid
			e.Err = describeToken(r.result.Token)
		}
	case e.Code.Present && e.Reason != Unavailable && reply.Status < 500:
		e.Reason = reasonOfCode(e.Code)
	case reply.Status == http.StatusBadRequest && f.Members == nil && f.Text != "" && !reply.IsJSON():
		// The text of a web server, such as one that expects TLS: the API answers in JSON, or in the phrase.
		e.Reason = BadAnswer
	}
	return e
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

// isBadToken reports whether a 401 is about the token: it is unless the answer contains a ticket or
// names rights or a scope. The calls for workflow tickets answer 401 to a caller without a right on
// the ticket (OAS), so there the answer must name the token as invalid.
func (r *response) isBadToken() bool {
	if r.result.Reply.Status != http.StatusUnauthorized {
		return false
	}
	f := r.op.readErrorBody(&r.result.Reply)
	switch {
	case f.Label == "invalid_token":
		return true
	case f.Label == "insufficient_scope", f.Label == "insufficient_rights", r.op.family == FamilyWorkflow:
		return false
	}
	return !f.ticket
}

// describeToken describes the origin of the token, never the token.
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

func redirectText(reply *transport.Reply) string {
	u := reply.RedirectTarget()
	if u == nil {
		return "redirected without a target"
	}
	target := url.URL{Scheme: u.Scheme, Host: u.Host}
	if plainPath().MatchString(u.Path) {
		target.Path = u.Path
	}
	return fmt.Sprintf("redirected to %s, which is not followed", target.String())
}

// asError wraps the end of the context, as shared requests return it, in an *Error.
func asError(op operation, err error) error {
	if _, is := errors.AsType[*Error](err); is || err == nil {
		return err
	}
	return &Error{Operation: op.name, Reason: Cancelled, Delivery: NotSent, Err: err}
}
