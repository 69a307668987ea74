package transport

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

const (
	minBackoff = 500 * time.Millisecond
	maxBackoff = 30 * time.Second
)

// backoff returns the delay before retry n, which counts from 0: what the server asked for, else
// exponential with full jitter.
func backoff(n int, asked time.Duration, random float64) time.Duration {
	if asked > 0 {
		return asked
	}
	return time.Duration(random * float64(min(minBackoff<<min(n, 6), maxBackoff)))
}

// parseRetryAfter reads both forms of the header, seconds and a date; 0 for anything else.
func parseRetryAfter(header string, now time.Time) time.Duration {
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

// Repeatable is the retry policy of requests that do no harm when they are carried out twice.
func Repeatable(r Result) string {
	if r.Err != nil && r.Reply.Status == 0 && !r.Permanent {
		return "network"
	}
	return answered(r, http.StatusTooManyRequests, http.StatusServiceUnavailable, http.StatusBadGateway,
		http.StatusGatewayTimeout)
}

// SingleUse is the retry policy of requests that must not be carried out twice: they are repeated
// only if they certainly were not carried out. These answers turn a request away unread.
func SingleUse(r Result) string {
	if r.Err != nil && !r.Sent && !r.Permanent {
		return "network"
	}
	return answered(r, http.StatusTooManyRequests, http.StatusServiceUnavailable)
}

// answered is the reason to repeat a request after one of these answers.
func answered(r Result, statuses ...int) string {
	if !slices.Contains(statuses, r.Reply.Status) {
		return ""
	}
	return "HTTP " + strconv.Itoa(r.Reply.Status)
}
