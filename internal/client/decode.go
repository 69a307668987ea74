package client

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// decode reads the body of a success, whose envelope may still report a failure.
func (c *Client) decode(r *response, out answer) error {
	if len(bytes.TrimSpace(r.result.Reply.Body)) == 0 {
		return c.malformed(r, errEmpty)
	}
	dec := json.NewDecoder(bytes.NewReader(r.result.Reply.Body))
	if err := dec.Decode(out); err != nil {
		return c.malformed(r, unreadable(err))
	}
	if _, err := dec.Token(); err != io.EOF {
		return c.malformed(r, errTrailing)
	}
	return c.checkResult(r, out.bodyResult())
}

var (
	errEmpty    = badAnswer("the answer is empty")
	errTrailing = badAnswer("unexpected data after the end of the answer")
)

// unreadable describes the errors of encoding/json and leaves others unchanged.
func unreadable(err error) error {
	if syntax, is := errors.AsType[*json.SyntaxError](err); is {
		return badAnswer("malformed JSON near byte %d", syntax.Offset)
	}
	if kind, is := errors.AsType[*json.UnmarshalTypeError](err); is {
		return badAnswer("unexpected %s for %s", kind.Value, cmp.Or(redact.Clean(kind.Field, 80), "the answer"))
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return transport.ErrCutOff
	}
	return err
}

func (c *Client) malformed(r *response, err error) *Error {
	e := r.newError(BadAnswer)
	e.Delivery, e.Err = Unclear, c.engine.SanitizeError(err)
	return e
}

// checkResult returns the error of a body that reports a failure. A success that is empty or
// contradicts itself proves nothing about a write.
func (c *Client) checkResult(r *response, f bodyResult) error {
	if f.ok {
		return nil
	}
	e := r.newError(f.reason)
	e.Code, e.Message, e.Delivery = f.code, c.engine.Sanitize(f.message), Answered
	if f.reason == EmptyAnswer || f.reason == BadAnswer {
		e.Delivery = Unclear
	}
	return e
}

// empty returns the error of a success without the content of the call.
func (r *response) empty(what string) *Error {
	e := r.newError(EmptyAnswer)
	e.Message = what
	return e
}

// incomplete returns the error of an answer that lacks a part.
func (r *response) incomplete(what string) *Error {
	e := r.newError(BadAnswer)
	e.Message, e.Err = what, errIncomplete
	return e
}

func badAnswer(format string, args ...any) error {
	return &transport.Error{Code: transport.BadAnswer, Text: fmt.Sprintf(format, args...)}
}
