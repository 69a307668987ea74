package schedule

import "time"

// Match says how far what a server tells agrees with a decision.
type Match int

const (
	// Different: it tells another decision.
	Different Match = iota
	// Vague: it tells less than would be needed to know, and nothing that
	// contradicts. A server may answer every approval as Approved, without times.
	Vague
	// Same: it tells this decision, or this status without any times.
	Same
)

// Compatible is everything but another decision.
func (m Match) Compatible() bool { return m != Different }

// Compare says whether told, which may lack its times, is the decision d.
func (d Decision) Compare(told Decision) Match {
	switch {
	case !IsApproval(d.Status) || !IsApproval(told.Status):
		return sameIf(d.Status == told.Status)
	case !IsScheduled(d.Status):
		return comparePlain(d, told)
	default:
		return compareScheduled(d, told)
	}
}

// comparePlain is for an approval without a window. Times beside a short status
// may be left over from an earlier decision, so they prove nothing.
func comparePlain(d, told Decision) Match {
	switch {
	case IsScheduled(told.Status):
		return Different
	case told == Decision{Status: d.Status}:
		return Same
	default:
		return Vague
	}
}

func compareScheduled(d, told Decision) Match {
	start, stop := compareTime(d.Start, told.Start), compareTime(d.Stop, told.Stop)
	switch {
	case start == contradicted || stop == contradicted:
		return Different
	case told.Status == d.Status && start != unasked && stop != unasked:
		return Same
	case told.Status == d.Status:
		return Vague
	case start == equal && stop == equal && !told.Start.IsZero():
		return Same
	case IsScheduled(told.Status):
		return Different
	default:
		return Vague
	}
}

// agreement of one end of a window.
type agreement int

const (
	contradicted agreement = iota
	unasked                // told, but not wanted
	untold                 // wanted, but not told
	equal                  // also when neither is given
)

// tolerance covers servers that keep times in milliseconds or seconds.
const tolerance = time.Second

func compareTime(wanted, told time.Time) agreement {
	switch {
	case wanted.IsZero() && told.IsZero():
		return equal
	case wanted.IsZero():
		return unasked
	case told.IsZero():
		return untold
	case wanted.Sub(told).Abs() < tolerance:
		return equal
	default:
		return contradicted
	}
}

func sameIf(ok bool) Match {
	if ok {
		return Same
	}
	return Different
}

// Infer is the decision that a server means by what it tells: an approval in the
// short form gets the long one from its times, and times of anything but an
// approval, left over from an earlier decision, are dropped.
func Infer(told Decision) Decision {
	switch {
	case !IsApproval(told.Status):
		return Decision{Status: told.Status}
	case told.Status == Approved && !told.Start.IsZero() && !told.Stop.IsZero():
		told.Status = ApprovedBetween
	case told.Status == Approved && !told.Start.IsZero():
		told.Status = ApprovedAfter
	}
	return told
}
