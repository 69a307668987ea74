package client

import (
	"io"
	"net/http"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// call is one use of an operation.
type call struct {
	op      operation
	consume func(io.Reader) error // reads a successful answer as it arrives
	single  bool                  // makes one attempt only
}

// response is what became of a call.
type response struct {
	op       operation
	result   transport.Result
	retry    string // why another attempt could succeed, empty: it could not
	delivery Delivery
}

// retryPolicy is the whole policy. It returns the reason for another attempt, or "" for no attempt.
// A write without an answer, or with one that comes from a gateway or from the middle of the work
// (500, 502, 504), may have been carried out, unless the answer itself says that nothing was done.
// 429 and 503 come before processing, and a deadlock is rolled back. Some servers answer 302 and 303
// after the work.
func (o operation) retryPolicy(r transport.Result) (retry string, delivery Delivery) {
	repeat := transport.Repeatable
	if o.write {
		repeat = transport.SingleUse
	}
	if r.Err != nil {
		r.Reply.Status = 0 // an answer that was cut off counts as no answer
		if r.Sent {
			return repeat(r), Unclear
		}
		return repeat(r), NotSent
	}
	switch status := r.Reply.Status; {
	case isDeadlock(&r.Reply):
		return "database deadlock", Answered
	case status >= 400 && o.readErrorBody(&r.Reply).code.settled(), status == http.StatusNotImplemented:
		return "", Answered
	case status == http.StatusFound, status == http.StatusSeeOther,
		status >= 500 && status != http.StatusServiceUnavailable:
		return repeat(r), Unclear
	}
	return repeat(r), Answered
}
