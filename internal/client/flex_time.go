package client

import (
	"strconv"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// flexTime takes /Date(ms±hhmm)/ and ISO 8601, with a zone or without one (then UTC); anything else is the zero time.
type flexTime struct {
	time.Time
	noZone bool
}

func (t *flexTime) UnmarshalJSON(data []byte) error {
	var s flexString
	_ = s.UnmarshalJSON(data)
	text := strings.TrimSpace(redact.Strip(string(s)))
	t.Time = parseTime(text)
	t.noZone = !t.IsZero() && !hasZone().MatchString(text)
	return nil
}

// hasZone is true for .NET dates, which count in UTC, and for ISO times that end in a zone.
var hasZone = redact.Pattern(`(^\\?/Date\(.*|:\d\d.*(Z|[+-]\d\d:?\d\d))$`)

// The number counts milliseconds in UTC; the offset is for display alone (DOC).
var dotNetDate = redact.Pattern(`^\\?/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\\?/$`)

var isoLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999", "2006-01-02T15:04:05.999999999Z0700", "2006-01-02",
}

func parseTime(s string) time.Time {
	s = strings.TrimSpace(s)
	if m := dotNetDate().FindStringSubmatch(s); m != nil {
		ms, _ := strconv.ParseInt(m[1], 10, 64) // 17 digits fit
		return inRange(time.UnixMilli(ms))
	}
	for _, layout := range isoLayouts {
		if at, err := time.Parse(layout, s); err == nil {
			return inRange(at)
		}
	}
	return time.Time{}
}

// inRange is UTC; the year 1 is how the server's runtime writes "never", and beyond 9999 no RFC 3339 exists.
func inRange(t time.Time) time.Time {
	t = t.UTC()
	if t.Year() <= 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// wireTime is the form in which times are sent: UTC with Z and microseconds (DOC), empty for zero.
func wireTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000000Z")
}
