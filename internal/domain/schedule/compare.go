package schedule

import "time"

// Shown is a decision as a server shows it, possibly without its times.
type Shown struct {
	Decision
	// NoZone says that the times came without a zone. They are read as UTC, but may
	// be local times of the server.
	NoZone bool
}

// Equal compares two answers of a server.
func (s Shown) Equal(o Shown) bool {
	return s.NoZone == o.NoZone && s.Decision.Equal(o.Decision)
}

// Match is how far what a server shows agrees with a decision, the weakest first.
type Match int

const (
	// Different is another decision.
	Different Match = iota
	// Vague shows too little to be certain, without a contradiction. A server may show every approval
	// as Approved, without times.
	Vague
	// Unzoned is the same status with times that lack a zone and may be the decision's in the
	// server's local time.
	Unzoned
	// Rounded is the same status with times that may be the decision's, rounded to minutes.
	Rounded
	// Same is this decision, or this status without any times.
	Same
)

// IsUncertain is true where the times agree only if the server rounds them or leaves out the zone.
func (m Match) IsUncertain() bool { return m == Unzoned || m == Rounded }

// Compare reports whether shown, which may lack its times, is the decision d. Times beside a short
// status, and beside one that does not approve, may be left over from an earlier decision, so they
// prove nothing.
func (d Decision) Compare(shown Shown) Match {
	times := min(compareTime(d.Start, shown.Start, shown.NoZone), compareTime(d.Stop, shown.Stop, shown.NoZone))
	complete := !shown.Start.IsZero() && d.Stop.IsZero() == shown.Stop.IsZero()
	switch {
	case !IsApproval(d.Status) || !IsApproval(shown.Status):
		if d.Status == shown.Status {
			return Same
		}
		return Different
	case times == Different || !isOneShift(d, shown.Decision):
		return Different
	case shown.Status == d.Status || complete:
		return times
	case IsScheduled(shown.Status):
		return Different
	default:
		return Vague
	}
}

// IsStill reports whether what a server shows now is the decision d, given what it showed for d
// before. Once the server has shown the times, rounding no longer explains other times.
func (d Decision) IsStill(now Shown, before *Shown) bool {
	match := d.Compare(now)
	if before == nil {
		return match != Different
	}
	return now.Equal(*before) || match == Same || match == Vague
}

const (
	// tolerance covers servers that keep times in milliseconds or seconds.
	tolerance = time.Second
	// largestOffset and offsetStep describe the time zones of the world.
	largestOffset  = 14 * time.Hour
	offsetStep     = 15 * time.Minute
	daylightSaving = time.Hour
)

// compareTime compares one end of a window.
func compareTime(wanted, shown time.Time, noZone bool) Match {
	difference := shown.Sub(wanted)
	switch {
	case shown.IsZero():
		return Same
	case wanted.IsZero():
		return Vague
	case difference.Abs() < tolerance:
		return Same
	case difference.Abs() < precisionOf(shown):
		return Rounded
	case noZone && isOffset(difference, precisionOf(shown)):
		return Unzoned
	default:
		return Different
	}
}

// precisionOf is a minute for a time in whole minutes.
func precisionOf(shown time.Time) time.Duration {
	if shown.Truncate(time.Minute).Equal(shown) {
		return time.Minute
	}
	return tolerance
}

// isOffset reports whether a time zone explains a difference.
func isOffset(difference, precision time.Duration) bool {
	remainder := (difference - difference.Round(offsetStep)).Abs()
	return difference.Abs() < largestOffset+precision && remainder < precision
}

// isOneShift is false for two ends that no time zone explains together: its offset changes by at
// most an hour, with daylight saving time.
func isOneShift(d, shown Decision) bool {
	if d.Stop.IsZero() || shown.Stop.IsZero() || d.Start.IsZero() != shown.Start.IsZero() {
		return true
	}
	return (shown.Start.Sub(d.Start) - shown.Stop.Sub(d.Stop)).Abs() < daylightSaving+2*time.Minute
}

// Infer returns the decision that a server means by what it shows. An approval in the short form
// gets the long one from its times. Times that are left over on another status are dropped.
func Infer(shown Decision) Decision {
	switch {
	case !IsApproval(shown.Status):
		return Decision{Status: shown.Status}
	case shown.Status == Approved && !shown.Start.IsZero() && !shown.Stop.IsZero():
		shown.Status = ApprovedBetween
	case shown.Status == Approved && !shown.Start.IsZero():
		shown.Status = ApprovedAfter
	}
	return shown
}
