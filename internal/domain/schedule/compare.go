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

// Match is how far what a server shows agrees with a decision.
type Match int

const (
	// Different is another decision.
	Different Match = iota
	// Unzoned is the same status with times that lack a zone and may be the decision's in the
	// server's local time.
	Unzoned
	// Rounded is the same status with times that may be the decision's, rounded to minutes.
	Rounded
	// Vague shows too little to be certain, without a contradiction. A server may show every approval
	// as Approved, without times.
	Vague
	// Same is this decision, or this status without any times.
	Same
)

// IsCompatible is false for another decision.
func (m Match) IsCompatible() bool { return m != Different }

// IsUncertain is true where the times agree only if the server rounds them or leaves out the zone.
func (m Match) IsUncertain() bool { return m == Unzoned || m == Rounded }

// Compare reports whether shown, which may lack its times, is the decision d.
func (d Decision) Compare(shown Shown) Match {
	switch {
	case !IsApproval(d.Status) || !IsApproval(shown.Status):
		return sameIf(d.Status == shown.Status)
	default:
		return compareApprovals(d, shown)
	}
}

// IsStill reports whether what a server shows now is the decision d, given what it showed for d
// before. Once the server has shown the times, rounding no longer explains other times.
func (d Decision) IsStill(now Shown, before *Shown) bool {
	match := d.Compare(now)
	if before == nil {
		return match.IsCompatible()
	}
	return now.Equal(*before) || match == Same || match == Vague
}

// compareApprovals compares two approvals. Times beside a short status may be left over from an
// earlier decision, so they prove nothing.
func compareApprovals(d Decision, shown Shown) Match {
	start, stop := compareTime(d.Start, shown.Start, shown.NoZone), compareTime(d.Stop, shown.Stop, shown.NoZone)
	times := matchOfTimes(start, stop)
	complete := stop.isTime() && !shown.Start.IsZero()
	switch {
	case times == Different || !isOneShift(d, shown.Decision, start, stop):
		return Different
	case shown.Status == d.Status || complete:
		return times
	case IsScheduled(shown.Status):
		return Different
	default:
		return Vague
	}
}

// agreement of one end of a window, the weakest last.
type agreement int

const (
	equal        agreement = iota // also when neither is given
	notShown                      // expected, but not shown
	rounded                       // the same within a minute, shown in whole minutes
	shifted                       // the same in another zone, shown without one
	unasked                       // shown, but not expected
	contradicted                  // another time
)

// isTime is false where one of the two times is missing.
func (a agreement) isTime() bool { return a == equal || a == rounded || a == shifted }

func matchOfTimes(start, stop agreement) Match {
	return [...]Match{
		equal: Same, notShown: Same, rounded: Rounded, shifted: Unzoned, unasked: Vague,
		contradicted: Different,
	}[max(start, stop)]
}

const (
	// tolerance covers servers that keep times in milliseconds or seconds.
	tolerance = time.Second
	// largestOffset and offsetStep describe the time zones of the world.
	largestOffset  = 14 * time.Hour
	offsetStep     = 15 * time.Minute
	daylightSaving = time.Hour
)

func compareTime(wanted, shown time.Time, noZone bool) agreement {
	difference := shown.Sub(wanted)
	switch {
	case wanted.IsZero() && shown.IsZero():
		return equal
	case wanted.IsZero():
		return unasked
	case shown.IsZero():
		return notShown
	case difference.Abs() < tolerance:
		return equal
	case difference.Abs() < precisionOf(shown):
		return rounded
	case noZone && isOffset(difference, precisionOf(shown)):
		return shifted
	default:
		return contradicted
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
func isOneShift(d, shown Decision, start, stop agreement) bool {
	if !start.isTime() || !stop.isTime() || d.Stop.IsZero() {
		return true
	}
	return (shown.Start.Sub(d.Start) - shown.Stop.Sub(d.Stop)).Abs() < daylightSaving+2*time.Minute
}

func sameIf(ok bool) Match {
	if ok {
		return Same
	}
	return Different
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
