package client

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// effect of call: what a repetition could do.
type effect int

const (
	read  effect = iota // may be repeated at will, POST or not
	write               // repeated only when it certainly was not carried out
)

// attemptResult is what one attempt came to, reduced to what the policy looks at.
type attemptResult struct {
	status   int   // 0: no complete answer
	err      error // why there is none
	fatal    bool  // err will come again: certificate, redirect, too large
	sent     bool  // the server may have all of the request
	deadlock bool  // the text that asks for a repetition (DOC: SQL deadlock)
	settled  bool  // a result code says that nothing was done, and why
}

// retryDecision is the policy's answer. retry is why to repeat, empty: do not.
type retryDecision struct {
	retry    string
	delivery Delivery
}

// retryPolicy is the whole policy. A write without an answer, or with one that comes from a gateway or from the middle of
// the work (500, 502, 504), may have been carried out, unless the answer says of itself that nothing was; 429 and 503 come before processing, a deadlock is rolled back. The redirects
// 302 and 303 are also what some servers say after the work.
func retryPolicy(k effect, o attemptResult) retryDecision {
	switch {
	case o.status == 0:
		return retryAfterNetworkError(k, o)
	case o.status == http.StatusInternalServerError && o.deadlock:
		return retryDecision{retry: "database deadlock", delivery: Answered}
	case o.settled:
		return retryDecision{delivery: Answered}
	case o.status == http.StatusTooManyRequests, o.status == http.StatusServiceUnavailable:
		return retryDecision{retry: "HTTP " + strconv.Itoa(o.status), delivery: Answered}
	case o.status == http.StatusBadGateway, o.status == http.StatusGatewayTimeout:
		if k == write {
			return retryDecision{delivery: Unclear}
		}
		return retryDecision{retry: "HTTP " + strconv.Itoa(o.status), delivery: Unclear}
	case o.status == http.StatusNotImplemented:
		return retryDecision{delivery: Answered}
	case o.status >= 500, o.status == http.StatusFound, o.status == http.StatusSeeOther:
		return retryDecision{delivery: Unclear}
	}
	return retryDecision{delivery: Answered}
}

func retryAfterNetworkError(k effect, o attemptResult) retryDecision {
	v := retryDecision{delivery: NotSent}
	if o.sent {
		v.delivery = Unclear
	}
	if !o.fatal && (k == read || !o.sent) {
		v.retry = "network"
	}
	return v
}

const (
	minBackoff    = 500 * time.Millisecond
	maxBackoff    = 30 * time.Second
	maxRetryAfter = 60 * time.Second // of a Retry-After
)

// backoffDelay before the repetition number n (0 is the first): what the server asked for, capped, else exponential with full jitter.
func backoffDelay(n int, wanted time.Duration, random float64) time.Duration {
	if wanted > 0 {
		return min(wanted, maxRetryAfter)
	}
	ceiling := maxBackoff
	if n < 6 {
		ceiling = min(minBackoff<<n, maxBackoff)
	}
	return time.Duration(random * float64(ceiling))
}

// retryAfter reads the header's two forms, seconds and date; 0 where it says nothing sensible.
func retryAfter(header string, now time.Time) time.Duration {
	header = strings.TrimSpace(header)
	if seconds, err := strconv.ParseUint(header, 10, 31); err == nil {
		return time.Duration(seconds) * time.Second
	}
	at, err := http.ParseTime(header)
	if err != nil {
		return 0
	}
	return max(0, at.Sub(now))
}
