// Package schedule holds the rules of a decision on a workflow ticket: the
// statuses it can have, the window that a scheduled approval needs, and when two
// decisions are the same one. It is pure: the moment "now" is a parameter.
package schedule

import (
	"strings"
	"time"
)

// The statuses that a ticket can be decided to, as the server spells them (DOC,
// Workflow/Ticket/UpdateStatus). `Approved Before`, which one client lists, is
// neither documented nor offered.
const (
	Approved        = "Approved"
	ApprovedAfter   = "Approved After"
	ApprovedBetween = "Approved Between"
	Rejected        = "Rejected"
)

// Pending is the status of a ticket without a decision. It is no decision.
const Pending = "Pending"

// Statuses are the decisions in the order in which documentation lists them.
func Statuses() []string {
	return []string{Approved, ApprovedAfter, ApprovedBetween, Rejected}
}

// Decision is a status with its window, either wanted or told by a server. A
// zero time is one that is not given.
type Decision struct {
	Status      string
	Start, Stop time.Time
}

// Precision is the finest step of a time that reaches the server.
const Precision = time.Microsecond

// Equal compares two decisions that are both known completely, by instant.
func (d Decision) Equal(o Decision) bool {
	return d.Status == o.Status && SameInstant(d.Start, o.Start) && SameInstant(d.Stop, o.Stop)
}

// SameInstant compares two times as the server would receive them.
func SameInstant(a, b time.Time) bool {
	return a.Truncate(Precision).Equal(b.Truncate(Precision))
}

// IsApproval tells whether a status approves. The call that answers only a
// status may know nothing but the short form, and later servers may know more,
// so whatever begins with Approved counts.
func IsApproval(status string) bool { return strings.HasPrefix(status, Approved) }

// IsScheduled tells whether a status is one of the two that need a window.
func IsScheduled(status string) bool {
	return status == ApprovedAfter || status == ApprovedBetween
}

// Over tells whether the window has closed, so that nothing could happen in it any more.
func (d Decision) Over(now time.Time) bool {
	return IsScheduled(d.Status) && !d.Stop.IsZero() && !d.Stop.After(now)
}

// String is the decision in one line, times in UTC.
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
