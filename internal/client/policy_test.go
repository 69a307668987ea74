package client

import (
	"errors"
	"fmt"
	"testing"
	"time"
)

func TestWhichCallsAreRepeatedAndWhatBecameOfThoseThatFailed(t *testing.T) {
	network := errors.New("connection reset")
	for _, row := range []struct {
		name        string
		o           attemptResult
		read, write string // why it is repeated
		delivery    Delivery
	}{
		{"not sent", attemptResult{err: network}, "network", "network", NotSent},
		{"not sent, and never will be", attemptResult{err: network, fatal: true}, "", "", NotSent},
		{"sent, then silence", attemptResult{err: network, sent: true}, "network", "", Unclear},
		{"sent, then nonsense", attemptResult{err: network, sent: true, fatal: true}, "", "", Unclear},
		{"429", attemptResult{status: 429}, "HTTP 429", "HTTP 429", Answered},
		{"503", attemptResult{status: 503}, "HTTP 503", "HTTP 503", Answered},
		{"deadlock", attemptResult{status: 500, deadlock: true}, "database deadlock", "database deadlock", Answered},
		{"500, settled", attemptResult{status: 500, settled: true}, "", "", Answered},
		{"502, settled", attemptResult{status: 502, settled: true}, "", "", Answered},
		{"503, settled", attemptResult{status: 503, settled: true}, "", "", Answered},
		{"deadlock, settled", attemptResult{status: 500, settled: true, deadlock: true}, "database deadlock", "database deadlock", Answered},
		{"502", attemptResult{status: 502}, "HTTP 502", "", Unclear},
		{"504", attemptResult{status: 504}, "HTTP 504", "", Unclear},
		{"500", attemptResult{status: 500}, "", "", Unclear},
		{"501", attemptResult{status: 501}, "", "", Answered},
		{"505", attemptResult{status: 505}, "", "", Unclear},
		{"400", attemptResult{status: 400}, "", "", Answered},
		{"401", attemptResult{status: 401}, "", "", Answered},
		{"403", attemptResult{status: 403}, "", "", Answered},
		{"404", attemptResult{status: 404}, "", "", Answered},
		{"409", attemptResult{status: 409}, "", "", Answered},
		{"307", attemptResult{status: 307}, "", "", Answered},
		{"302", attemptResult{status: 302}, "", "", Unclear},
		{"303", attemptResult{status: 303}, "", "", Unclear},
		{"200", attemptResult{status: 200}, "", "", Answered},
	} {
		for k, want := range map[effect]string{read: row.read, write: row.write} {
			got := retryPolicy(k, row.o)
			if got.retry != want || got.delivery != row.delivery {
				t.Errorf("%s, kind %d: got %+v, want %q and %s", row.name, k, got, want, row.delivery)
			}
		}
	}
}

func TestDeliveriesAndCodesHaveNames(t *testing.T) {
	for want, s := range map[string]fmt.Stringer{
		"unclear": Unclear, "not sent": NotSent, "answered": Answered,
		"ObjectNotFound (7)": Code{FamilySign, 7, true}, "Unknown (4711)": Code{FamilyFlow, 4711, true},
		"Success (0)": Code{FamilyFlow, 0, true}, "": Code{Family: FamilySign},
	} {
		if s.String() != want {
			t.Errorf("got %q, want %q", s, want)
		}
	}
	if Delivery(0) != Unclear {
		t.Error("the zero value is not the cautious one")
	}
}

func TestPausesGrowUpToACeilingAndObeyTheServerWithinReason(t *testing.T) {
	for _, row := range []struct {
		n        int
		required time.Duration
		random   float64
		want     time.Duration
	}{
		{0, 0, 1, 500 * time.Millisecond},
		{0, 0, 0, 0},
		{0, 0, 0.5, 250 * time.Millisecond},
		{1, 0, 1, time.Second},
		{3, 0, 1, 4 * time.Second},
		{5, 0, 1, 16 * time.Second},
		{6, 0, 1, 30 * time.Second},
		{1000, 0, 1, 30 * time.Second},
		{0, 7 * time.Second, 0.1, 7 * time.Second},
		{9, 7 * time.Second, 1, 7 * time.Second},
		{0, time.Hour, 1, time.Minute},
	} {
		if got := backoffDelay(row.n, row.required, row.random); got != row.want {
			t.Errorf("pause(%d, %s, %g) is %s, want %s", row.n, row.required, row.random, got, row.want)
		}
	}
}

func TestRetryAfterIsSecondsOrADate(t *testing.T) {
	now := time.Date(2027, 1, 9, 20, 0, 0, 0, time.UTC)
	for header, want := range map[string]time.Duration{
		"":                                 0,
		"0":                                0,
		"7":                                7 * time.Second,
		" 7 ":                              7 * time.Second,
		"-7":                               0,
		"7.5":                              0,
		"99999999999999999999":             0,
		"2147483647":                       2147483647 * time.Second,
		"Sat, 09 Jan 2027 20:00:30 GMT":    30 * time.Second,
		"Saturday, 09-Jan-27 20:00:30 GMT": 30 * time.Second,
		"Sat Jan  9 20:00:30 2027":         30 * time.Second,
		"Sat, 09 Jan 2027 19:59:30 GMT":    0,
		"soon":                             0,
		"2027-01-09T20:00:30Z":             0,
	} {
		if got := retryAfter(header, now); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}
