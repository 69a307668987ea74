package client

import (
	"errors"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// Delivery says of a failed request what may have become of it on the server. The zero value is the cautious one.
type Delivery int

const (
	// Unclear: it may have been carried out; only a look at the object tells.
	Unclear Delivery = iota
	// NotSent: it certainly was not carried out, because the server never had all of it.
	NotSent
	// Answered: the server had it and refused it, so it was not carried out.
	Answered
)

// String is "unclear", "not sent" or "answered".
func (d Delivery) String() string {
	return [...]string{"unclear", "not sent", "answered"}[d]
}

// Reason sorts failures by what a caller can do about them.
type Reason int

const (
	// Unknown: none of the others; the zero value.
	Unknown Reason = iota
	// NotFound: the server is certain that the object does not exist (sign 7, workflow 3, flow 2, config 400).
	NotFound
	// Forbidden: the caller lacks a right on the object (sign 2, workflow 4, flow 1, config 7, 401 with a ticket in its
	// body, 403 without a scope).
	Forbidden
	// BadToken: no token, or one that the server does not take (401).
	BadToken
	// MissingScope: the token lacks a scope (403 insufficient_scope); Error.Scope names it where the server did.
	MissingScope
	// WrongType: the object is of another class (sign 8).
	WrongType
	// LoadFailed: the server could not load an object it needed (sign 15); no proof that it is gone.
	LoadFailed
	// EmptyAnswer: success, but without what was asked for; no proof that it is gone.
	EmptyAnswer
	// Refused: any other refusal with or without a result code.
	Refused
	// BadAnswer: HTML, another content type, too large, malformed or contradictory.
	BadAnswer
	// Unavailable: network failure, 429 or 5xx, after all repetitions.
	Unavailable
	// Unsupported: the server does not know the call (404, 405, 501 for its path, sign 13).
	Unsupported
	// Cancelled: the context ended.
	Cancelled
	// Redirected: the server sent us elsewhere, and following would carry the token or repeat a write.
	Redirected
)

// maxCauseText is the number of runes of a cause: one that quotes the server has words of its own around that.
const maxCauseText = 2 * redact.MaxMessageLength

// Error is the one error type of this package. It holds no secret and no control character.
type Error struct {
	Operation  string // "Codesign/GetProject"
	HTTPStatus int    // 0: no answer
	Code       Code
	Message    string // the server's text, cleaned and cut
	Scope      string // the missing scope, on MissingScope
	Delivery   Delivery
	Attempts   int // requests that were tried
	Reason     Reason
	Err        error // cause, for errors.Is; may be nil
}

// Error is one line: operation, what was answered (code by name), the server's text.
func (e *Error) Error() string {
	parts := []string{e.Operation + ": " + e.what()}
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	if e.Err != nil {
		parts = append(parts, redact.Clean(e.Err.Error(), maxCauseText))
	}
	return strings.Join(parts, ": ") + e.tries()
}

func (e *Error) what() string {
	switch {
	case e.Reason == Cancelled:
		return "stopped"
	case e.Reason == MissingScope && e.Scope != "":
		return fmt.Sprintf("the token lacks the scope %q", e.Scope)
	case e.Code.Present:
		return "the server answered " + e.Code.Name()
	case e.HTTPStatus != 0:
		return fmt.Sprintf("the server answered HTTP %d", e.HTTPStatus)
	case e.Reason == BadToken:
		return "nothing was sent, for want of a token"
	default:
		return "no answer"
	}
}

func (e *Error) tries() string {
	if e.Attempts > 1 {
		return fmt.Sprintf(" (after %d attempts)", e.Attempts)
	}
	return ""
}

// Unwrap is the cause.
func (e *Error) Unwrap() error { return e.Err }

// ReasonOf is the reason of the first *Error in the chain, Unknown where there is none.
func ReasonOf(err error) Reason {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Reason
	}
	return Unknown
}

var errIncomplete = errors.New("the server's answer is incomplete")

// IsIncomplete tells that the server did answer, and left out something that the call is for.
func IsIncomplete(err error) bool {
	return ReasonOf(err) == EmptyAnswer || errors.Is(err, errIncomplete)
}

// IsNotFound tells that the server is certain that the object does not exist.
func IsNotFound(err error) bool { return ReasonOf(err) == NotFound }

// IsUnclear tells that a write failed and may have been carried out all the same.
func IsUnclear(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Delivery == Unclear
}

// IsAboutObject tells the failures that say something about the one object a call was for from those that a call
// for any other object would meet as well (token, scope, network, a server that is something else).
func IsAboutObject(err error) bool {
	switch ReasonOf(err) {
	case NotFound, Forbidden, WrongType, LoadFailed, EmptyAnswer, Refused:
		return true
	default:
		return false
	}
}
