package schedule

import (
	"errors"
	"regexp"
	"strings"
	"time"
)

// rfc3339 is stricter than package time, which accepts one-digit hours and decimal commas.
var rfc3339 = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$`)

// zoneless are the forms that people, and samples in DOC, write without an offset.
var zoneless = []string{
	"2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02 15:04",
	"2006-01-02",
}

// capitals converts letters for package time. RFC 3339 also allows lower case.
var capitals = strings.NewReplacer("t", "T", "z", "Z")

// ParseInstant parses an RFC 3339 time with an offset. The error is for the author of the
// configuration.
func ParseInstant(s string) (time.Time, error) {
	s = capitals.Replace(s)
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || !rfc3339.MatchString(s) {
		return time.Time{}, explain(s)
	}
	if year := t.UTC().Year(); year < 1970 || year > 9999 {
		return time.Time{}, errors.New("the year must be between 1970 and 9999, the range of the server's times")
	}
	return t, nil
}

func explain(s string) error {
	for _, form := range zoneless {
		if _, err := time.Parse(form, s); err == nil {
			return errors.New("the time has no offset from UTC. The server would use its own local zone, " +
				"which the provider does not know. Add an offset, as in " +
				"2026-12-01T22:00:00Z or 2026-12-01T23:00:00+01:00")
		}
	}
	return errors.New("it is not an RFC 3339 time, such as 2026-12-01T22:00:00Z or 2026-12-01T23:00:00+01:00")
}
