package transport

import (
	"testing"
	"time"
)

func TestBackoff(t *testing.T) {
	for _, row := range []struct {
		n      int
		asked  time.Duration
		random float64
		want   time.Duration
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
	} {
		if got := backoff(row.n, row.asked, row.random); got != row.want {
			t.Errorf("backoff(%d, %s, %g) is %s, want %s", row.n, row.asked, row.random, got, row.want)
		}
	}
}

func TestParseRetryAfter(t *testing.T) {
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
		if got := parseRetryAfter(header, now); got != want {
			t.Errorf("%q: got %s, want %s", header, got, want)
		}
	}
}

func FuzzRetryAfter(f *testing.F) {
	now := time.Date(2027, 1, 9, 20, 0, 0, 0, time.UTC)
	f.Fuzz(func(t *testing.T, header string, n int, random float64) {
		wanted := parseRetryAfter(header, now)
		if wanted < 0 {
			t.Errorf("%q: %s", header, wanted)
		}
		if random < 0 || random >= 1 || n < 0 {
			return
		}
		got := backoff(n, wanted, random)
		if got < 0 || wanted > 0 && got != wanted || wanted == 0 && got > maxBackoff {
			t.Errorf("%q, %d, %g: %s", header, n, random, got)
		}
	})
}
