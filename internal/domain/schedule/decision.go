// Package schedule holds the rules of a decision on a workflow ticket: its statuses, the window of
// a scheduled approval, and when two decisions are the same. It is pure: the current time is a
// parameter.
package schedule

import (
	"errors"
	"regexp"
	"strings"
	"time"
)

// The decisions as the server spells them (DOC, Workflow/Ticket/UpdateStatus). `Approved Before`,
// which one client lists, is not documented and not supported.
const (
	Approved        = "Approved"
	ApprovedAfter   = "Approved After"
	ApprovedBetween = "Approved Between"
	Rejected        = "Rejected"
)

// Pending is the status of a ticket without a decision.
const Pending = "Pending"

// Statuses are the decisions in the order of the documentation.
func Statuses() []string {
	return []string{Approved, ApprovedAfter, ApprovedBetween, Rejected}
}

// Decision is a status with its window, requested or shown by a server. A time that is not given is
// zero.
type Decision struct {
	Status      string
	Start, Stop time.Time
}

// Precision is that of the times that the server receives.
const Precision = time.Microsecond

// Equal compares two complete decisions.
func (d Decision) Equal(o Decision) bool {
	return d.Status == o.Status && SameInstant(d.Start, o.Start) && SameInstant(d.Stop, o.Stop)
}

// SameInstant compares two times as the server would receive them.
func SameInstant(a, b time.Time) bool {
	return a.Truncate(Precision).Equal(b.Truncate(Precision))
}

// IsApproval reports whether a status approves. Newer servers may have more forms, so every status
// that starts with Approved counts.
func IsApproval(status string) bool { return strings.HasPrefix(status, Approved) }

// IsScheduled reports whether a status needs a window.
func IsScheduled(status string) bool {
	return status == ApprovedAfter || status == ApprovedBetween
}

// Over reports whether the window has closed.
func (d Decision) Over(now time.Time) bool {
	return IsScheduled(d.Status) && !d.Stop.IsZero() && !d.Stop.After(now)
}

// String is the decision on one line, with times in UTC.
func (d Decision) String() string {
	s := d.Status
	if !d.Start.IsZero() {
		s += ", from " + d.Start.UTC().Format(time.RFC3339Nano)
	}
	if !d.Stop.IsZero() {
		s += ", until " + d.Stop.UTC().Format(time.RFC3339Nano)
	}
	return s
}

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
