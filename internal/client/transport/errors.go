package transport

import "errors"

// Code says what kept a request from a complete answer.
type Code int

const (
	// Network is a failure of the connection or of TLS; the zero value.
	Network Code = iota
	// Timeout is the end of the time limit of one attempt.
	Timeout
	// ProxyRefused is a proxy that does not connect to the server; Error.Status is its answer.
	ProxyRefused
	// NotJSON is a successful answer in another format or encoding. Reply.Body holds its beginning.
	NotJSON
	// BadAnswer is JSON that is malformed, too large or nested too deep.
	BadAnswer
	// NoToken means that the request was not sent because there is no token.
	NoToken
)

// Error is the one error type of this package.
type Error struct {
	Code   Code
	Text   string // for people; without secrets when the engine returns it
	Status int    // HTTP status of a proxy
	Err    error  // the cause; may be nil
}

func (e *Error) Error() string { return e.Text }

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// Timeout reports whether a time limit ended the request, as the timeouts of package net do.
func (e *Error) Timeout() bool {
	if e.Code == Timeout {
		return true
	}
	inner, ok := errors.AsType[interface {
		error
		Timeout() bool
	}](e.Err)
	return ok && inner.Timeout()
}

// CodeOf returns the code of the first *Error in the chain, Network if there is none.
func CodeOf(err error) Code {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Code
	}
	return Network
}
