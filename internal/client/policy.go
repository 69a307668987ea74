package client

import (
	"net/http"
	"strconv"
	"strings"
	"time"
)

// kind of call: what a repetition could do.
type kind int

const (
	read  kind = iota // may be repeated at will, POST or not
	write             // repeated only when it certainly was not carried out
)

// outcome is what one attempt came to, reduced to what the policy looks at.
type outcome struct {
	status   int   // 0: no complete answer
	err      error // why there is none
	fatal    bool  // err will come again: certificate, redirect, too large
	sent     bool  // the server may have all of the request
	deadlock bool  // the text that asks for a repetition (DOC: SQL deadlock)
	settled  bool  // a result code says that nothing was done, and why
}

// verdict is the policy's answer. retry is why to repeat, empty: do not.
type verdict struct {
	retry    string
	delivery Delivery
}

// judge is the whole policy. A write without an answer, or with one that comes from a gateway or from the middle of
// the work (500, 502, 504), may have been carried out, unless the answer says of itself that nothing was; 429 and 503 come before processing, a deadlock is rolled back. The redirects
// 302 and 303 are also what some servers say after the work.
func judge(k kind, o outcome) verdict {
	switch {
	case o.status == 0:
		return judgeSilence(k, o)
	case o.status == http.StatusInternalServerError && o.deadlock:
		return verdict{retry: "database deadlock", delivery: Answered}
	case o.settled:
		return verdict{delivery: Answered}
	case o.status == http.StatusTooManyRequests, o.status == http.StatusServiceUnavailable:
		return verdict{retry: "HTTP " + strconv.Itoa(o.status), delivery: Answered}
	case o.status == http.StatusBadGateway, o.status == http.StatusGatewayTimeout:
		if k == write {
			return verdict{delivery: Unclear}
		}
		return verdict{retry: "HTTP " + strconv.Itoa(o.status), delivery: Unclear}
	case o.status == http.StatusNotImplemented:
		return verdict{delivery: Answered}
	case o.status >= 500, o.status == http.StatusFound, o.status == http.StatusSeeOther:
		return verdict{delivery: Unclear}
	}
	return verdict{delivery: Answered}
}

func judgeSilence(k kind, o outcome) verdict {
	v := verdict{delivery: NotSent}
	if o.sent {
		v.delivery = Unclear
	}
	if !o.fatal && (k == read || !o.sent) {
		v.retry = "network"
	}
	return v
}

const (
	firstPause    = 500 * time.Millisecond
	longestPause  = 30 * time.Second
	longestWanted = 60 * time.Second // of a Retry-After
)

// pause before the repetition number n (0 is the first): what the server asked for, capped, else exponential with full jitter.
func pause(n int, wanted time.Duration, random float64) time.Duration {
	if wanted > 0 {
		return min(wanted, longestWanted)
	}
	ceiling := longestPause
	if n < 6 {
		ceiling = min(firstPause<<n, longestPause)
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
