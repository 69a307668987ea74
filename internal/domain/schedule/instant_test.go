package schedule_test

import (
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

func TestParseInstant(t *testing.T) {
	want := time.Date(2026, 12, 1, 22, 0, 0, 0, time.UTC)
	for _, s := range []string{
		"2026-12-01T22:00:00Z", "2026-12-01T23:00:00+01:00", "2026-12-01T22:00:00.000000Z", "2026-12-01T22:00:00-00:00",
		"2026-12-01t22:00:00z", "2026-12-01t22:00:00Z", "2026-12-01T22:00:00z", "2026-12-01t23:00:00.000+01:00",
	} {
		got, err := schedule.ParseInstant(s)
		if err != nil || !got.Equal(want) {
			t.Errorf("%s: got %s, %v", s, got, err)
		}
	}
}

func TestParseInstant_WithoutOffset(t *testing.T) {
	for _, s := range []string{
		"2022-11-15T00:41", "2026-12-01T22:00:00", "2026-12-01T22:00:00.5", "2026-12-01t22:00:00",
		"2022-11-15t00:41", "2026-12-01 22:00:00", "2026-12-01",
	} {
		_, err := schedule.ParseInstant(s)
		if err == nil || !strings.Contains(err.Error(), "local zone") {
			t.Errorf("%s: got %v", s, err)
		}
	}
}

func TestParseInstant_Invalid(t *testing.T) {
	for _, s := range []string{
		"", "tomorrow", "2026-12-01T22:00:00 Z", "2026-13-01T22:00:00Z", "2026-12-01T24:00:00Z", "2026-12-01T2:00:00Z",
		"2026-12-01T22:00:00,5Z", "2026-12-01t22:00:00 z", "2026-12-01t24:00:00z", "2026-12-01z22:00:00t",
		"2026-12-01tt22:00:00z", "2026-12-01T22:00:00+25:00", "2026-12-01T22:00:00+0100", "20261201T220000Z",
		"0001-01-01T00:00:00Z", "1969-12-31T23:59:59Z", "9999-12-31T23:59:59-01:00", "0000-01-01T00:00:00+01:00",
	} {
		if got, err := schedule.ParseInstant(s); err == nil {
			t.Errorf("%q was read as %s", s, got)
		} else if year := strings.Contains(err.Error(), "the year must be"); year != isYear(s) ||
			year == strings.Contains(err.Error(), "RFC 3339") {
			t.Errorf("%q: %v", s, err)
		} else if strings.Contains(err.Error(), "local zone") {
			t.Errorf("%q: the message speaks of a missing offset: %v", s, err)
		}
	}
}

// isYear is true for times whose only fault is the year.
func isYear(s string) bool {
	return strings.HasPrefix(s, "0") || strings.HasPrefix(s, "1969") || strings.HasPrefix(s, "9999")
}

func TestParseInstant_Range(t *testing.T) {
	for _, s := range []string{"1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "1970-01-01T01:00:00+01:00"} {
		if got, err := schedule.ParseInstant(s); err != nil || got.UTC().Format(time.RFC3339)[:4] != s[:4] {
			t.Errorf("%s: got %s, %v", s, got, err)
		}
	}
}

func FuzzParseInstant(f *testing.F) {
	for _, s := range []string{
		"2026-12-01T22:00:00Z", "2026-12-01T22:00:00.123456789+14:00", "2022-11-15T00:41",
		"2026-12-01t22:00:00.5z", "9999-12-31T23:59:59-23:59",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := schedule.ParseInstant(s)
		if err != nil {
			if strings.ContainsFunc(err.Error(), unicode.IsControl) {
				t.Errorf("%q: control characters in %q", s, err)
			}
			return
		}
		again, err := schedule.ParseInstant(got.UTC().Format(time.RFC3339Nano))
		if err != nil || !again.Equal(got) || got.IsZero() {
			t.Errorf("%q is %s, in UTC it is %s, %v", s, got, again, err)
		}
	})
}
