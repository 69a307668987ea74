package client

import (
	"errors"
	"fmt"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// Delivery says whether a failed request may have been carried out. The zero value is the cautious
// one.
type Delivery int

const (
	// Unclear means that it may have been carried out; only a read of the object shows it.
	Unclear Delivery = iota
	// NotSent means that it certainly was not carried out: the server never had the whole request.
	NotSent
	// Answered means that the server refused it, so it was not carried out.
	Answered
)

// String is "unclear", "not sent" or "answered".
func (d Delivery) String() string {
	return [...]string{"unclear", "not sent", "answered"}[d]
}

// Reason classifies failures by what a caller can do.
type Reason int

const (
	// Unknown is the zero value: any other failure.
	Unknown Reason = iota
	// NotFound means that the object certainly does not exist (sign 7, workflow 3, flow 2, config
	// 400).
	NotFound
	// Forbidden means that the caller lacks a right on the object (sign 2, workflow 4, flow 1,
	// config 7, 401 with a ticket in its body, 403 without a scope).
	Forbidden
	// BadToken means that there is no token, or that the server rejected it (401).
	BadToken
	// MissingScope means that the token lacks a scope (403 insufficient_scope), which Error.Scope
	// names if the server did.
	MissingScope
	// WrongType means that the object has another class (sign 8).
	WrongType
	// LoadFailed means that the server could not load an object (sign 15), which does not prove
	// that the object is gone.
	LoadFailed
	// NotReady means that the server has not yet created the key or the certificate of an
	// environment (sign 3005).
	NotReady
	// EmptyAnswer is a success without the content of the call, which does not prove that the
	// object is gone.
	EmptyAnswer
	// Refused is any other refusal, with or without a result code.
	Refused
	// BadAnswer is an answer that is not JSON, too large, malformed or contradictory.
	BadAnswer
	// Unavailable is a network failure, 429 or 5xx, after all retries.
	Unavailable
	// Unsupported means that the server does not know the call (404, 405, 501 for its path, sign
	// 13).
	Unsupported
	// Cancelled means that the context ended.
	Cancelled
	// Redirected means that the server answered with a redirect that would send the token elsewhere
	// or repeat a write.
	Redirected
)

// Error is the one error type of this package. It holds no secret and no control character.
type Error struct {
	Operation  string // "Codesign/GetProject"
	HTTPStatus int    // 0: no answer
	Code       Code
	Message    string // the server's text, cleaned and cut
	Scope      string // of MissingScope
	Delivery   Delivery
	Attempts   int // including retries
	Reason     Reason
	Err        error // the cause, for errors.Is; may be nil
}

// Error returns one line: the operation, the answer (code by name), the text of the server.
func (e *Error) Error() string {
	parts := []string{e.Operation + ": " + e.what()}
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	if e.Err != nil {
		parts = append(parts, redact.Clean(e.Err.Error(), transport.MaxErrorText))
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
		return "request not sent: authentication failed"
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

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// ReasonOf returns the reason of the first *Error in the chain, Unknown if there is none.
func ReasonOf(err error) Reason {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Reason
	}
	return Unknown
}

var errIncomplete = errors.New("the server's answer is incomplete")

// IsIncomplete reports whether the answer lacks the content of the call.
func IsIncomplete(err error) bool {
	return ReasonOf(err) == EmptyAnswer || errors.Is(err, errIncomplete)
}

// IsNotFound reports whether the object certainly does not exist.
func IsNotFound(err error) bool { return ReasonOf(err) == NotFound }

// IsUnclear reports whether a failed write may have been carried out.
func IsUnclear(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Delivery == Unclear
}

// IsTransient reports whether another attempt may succeed: the server is unreachable or busy, a
// maintenance page hides it, it still creates objects, or there was no time for the request.
func IsTransient(err error) bool {
	switch ReasonOf(err) {
	case Unavailable, BadAnswer, EmptyAnswer, NotReady, Cancelled:
		return true
	default:
		return false
	}
}

// IsAboutObject reports whether a failure concerns the one object of the call, and not all objects
// (token, scope, network, another server).
func IsAboutObject(err error) bool {
	switch ReasonOf(err) {
	case NotFound, Forbidden, WrongType, LoadFailed, NotReady, EmptyAnswer, Refused:
		return true
	default:
		return false
	}
}
