package client

import (
	"context"
	"io"
	"net/http"
	"strconv"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

// call is one use of an operation.
type call struct {
	op      operation
	body    []byte
	consume func(io.Reader) error // reads a successful answer as it arrives
	single  bool                  // makes one attempt only
}

// response is what became of a call.
type response struct {
	op     operation
	result transport.Result
	token  Token // of the last attempt
	retryDecision
}

// effect of an operation: what a second request could do.
type effect int

const (
	read  effect = iota // may be repeated, POST or not
	write               // repeated only if it certainly was not carried out
)

// attemptResult is what the retry policy looks at.
type attemptResult struct {
	status   int  // 0: no complete answer
	fatal    bool // another attempt would fail in the same way
	sent     bool // the server may have the whole request
	deadlock bool // the server asks for a repetition (DOC: SQL deadlock)
	settled  bool // a result code says that nothing was done, and why
}

func (o operation) attemptResult(r transport.Result) attemptResult {
	if r.Err != nil {
		return attemptResult{fatal: r.Permanent, sent: r.Sent}
	}
	result := attemptResult{status: r.Reply.Status, sent: true, deadlock: isDeadlock(&r.Reply)}
	if !r.Reply.OK() {
		result.settled = o.errorCode(&r.Reply, readErrorBody(&r.Reply)).settled()
	}
	return result
}

// retryDecision is the answer of the retry policy. retry is the reason for another attempt, empty:
// there is none.
type retryDecision struct {
	retry    string
	delivery Delivery
}

// retryPolicy is the whole policy. A write without an answer, or with one that comes from a gateway
// or from the middle of the work (500, 502, 504), may have been carried out, unless the answer
// itself says that nothing was done. 429 and 503 come before processing, and a deadlock is rolled
// back. Some servers answer 302 and 303 after the work.
func retryPolicy(e effect, r attemptResult) retryDecision {
	switch {
	case r.status == 0:
		return retryAfterNetworkError(e, r)
	case r.status == http.StatusInternalServerError && r.deadlock:
		return retryDecision{retry: "database deadlock", delivery: Answered}
	case r.settled:
		return retryDecision{delivery: Answered}
	case r.status == http.StatusTooManyRequests, r.status == http.StatusServiceUnavailable:
		return retryDecision{retry: "HTTP " + strconv.Itoa(r.status), delivery: Answered}
	case r.status == http.StatusBadGateway, r.status == http.StatusGatewayTimeout:
		if e == write {
			return retryDecision{delivery: Unclear}
		}
		return retryDecision{retry: "HTTP " + strconv.Itoa(r.status), delivery: Unclear}
	case r.status == http.StatusNotImplemented:
		return retryDecision{delivery: Answered}
	case r.status >= 500, r.status == http.StatusFound, r.status == http.StatusSeeOther:
		return retryDecision{delivery: Unclear}
	}
	return retryDecision{delivery: Answered}
}

func retryAfterNetworkError(e effect, r attemptResult) retryDecision {
	decision := retryDecision{delivery: NotSent}
	if r.sent {
		decision.delivery = Unclear
	}
	if !r.fatal && (e == read || !r.sent) {
		decision.retry = "network"
	}
	return decision
}

func (k *call) decide(r transport.Result) retryDecision {
	decision := retryPolicy(k.op.effect, k.op.attemptResult(r))
	if k.single {
		decision.retry = ""
	}
	return decision
}

// interrupted reports whether the context ended before there was an answer to report.
func (r *response) interrupted(ctx context.Context) bool {
	return ctx.Err() != nil && (r.result.Err != nil && !isBadAnswer(r.result.Err) || r.retry != "")
}

func isBadAnswer(err error) bool {
	code := transport.CodeOf(err)
	return code == transport.NotJSON || code == transport.BadAnswer
}
