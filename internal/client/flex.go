package client

import (
	"bytes"
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/redact"
)

// The flex types accept every documented or observed spelling of a member. They never fail: a value
// that cannot be read is unset, and its user reports that.

// flexInt accepts 72, "72", 72.0 and null.
type flexInt struct {
	n   int64
	set bool
}

func (f *flexInt) UnmarshalJSON(data []byte) error {
	*f = flexInt{}
	f.n, f.set = parseInt(strings.TrimSpace(string(bytes.Trim(data, `"`))))
	return nil
}

func parseInt(s string) (int64, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return n, true
	}
	x, err := strconv.ParseFloat(s, 64)
	if err != nil || x != math.Trunc(x) || math.Abs(x) > 1<<53 {
		return 0, false
	}
	return int64(x), true
}

// flexBool accepts true, "true", "True", 1 and null.
type flexBool struct{ value, set bool }

func (f *flexBool) UnmarshalJSON(data []byte) error {
	value, err := strconv.ParseBool(strings.ToLower(string(bytes.Trim(data, `"`))))
	*f = flexBool{value, err == nil}
	return nil
}

// optional returns nil for an unset value.
func optional[T any](value T, set bool) *T {
	if !set {
		return nil
	}
	return &value
}

// flexString keeps a string exactly as the server wrote it, and a number or truth value as its
// text. Sanitize it before display.
type flexString string

func (f *flexString) UnmarshalJSON(data []byte) error {
	*f = ""
	switch data[0] {
	case '"':
		*f = flexString(unquoted(data))
	case 'n', '{', '[':
	default:
		*f = flexString(data)
	}
	return nil
}

// unquoted is json.Unmarshal with a shortcut for strings without escapes.
func unquoted(data []byte) string {
	if len(data) > 1 && bytes.IndexByte(data, '\\') < 0 && utf8.Valid(data) {
		return string(data[1 : len(data)-1])
	}
	var s string
	_ = json.Unmarshal(data, &s)
	return s
}

// items accepts {"Items": […]}, […], a single text instead of the list, and null.
type items[T any] []T

func (l *items[T]) UnmarshalJSON(data []byte) error {
	*l = nil
	switch data[0] {
	case '{':
		var wrapper struct{ Items []T }
		err := json.Unmarshal(data, &wrapper)
		*l = wrapper.Items
		return err
	case '"':
		if string(data) == `""` {
			return nil
		}
		*l = make([]T, 1)
		return json.Unmarshal(data, &(*l)[0])
	case '[':
		return json.Unmarshal(data, (*[]T)(l))
	}
	return nil
}

// trustee accepts a prefixed universal or an identity object.
type trustee string

func (t *trustee) UnmarshalJSON(data []byte) error {
	if data[0] != '{' {
		return (*flexString)(t).UnmarshalJSON(data)
	}
	var entry wireIdentity
	err := json.Unmarshal(data, &entry)
	*t = trustee(entry.anyName())
	return err
}

// texts drops empty elements.
func texts[T ~string](list []T) []string {
	var out []string
	for _, s := range list {
		if s != "" {
			out = append(out, string(s))
		}
	}
	return out
}

// flexTime accepts /Date(ms±hhmm)/ and ISO 8601, with or without a zone (then UTC). Anything else
// is the zero time.
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

// hasZone matches .NET dates, which count in UTC, and ISO times that end in a zone.
var hasZone = redact.Pattern(`(^\\?/Date\(.*|:\d\d.*(Z|[+-]\d\d:?\d\d))$`)

// The number counts milliseconds in UTC; the offset is for display only (DOC).
var dotNetDate = redact.Pattern(`^\\?/Date\((-?\d{1,17})(?:[+-]\d{4})?\)\\?/$`)

var isoLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
	"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999",
	"2006-01-02T15:04:05.999999999Z0700", "2006-01-02",
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

// inRange returns UTC. The server's runtime writes "never" as the year 1, and RFC 3339 ends with
// 9999.
func inRange(t time.Time) time.Time {
	t = t.UTC()
	if t.Year() <= 1 || t.Year() > 9999 {
		return time.Time{}
	}
	return t
}

// wireTime returns the form in which times are sent: UTC with Z and microseconds (DOC), empty for
// zero.
func wireTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format("2006-01-02T15:04:05.000000Z")
}
