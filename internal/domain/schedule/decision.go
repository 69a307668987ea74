// Package schedule holds the rules of a decision on a workflow ticket: its statuses, the window of
// a scheduled approval, and when two decisions are the same. It is pure: the current time is a
// parameter.
package schedule

import (
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
