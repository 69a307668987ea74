package schedule

import "time"

// Place is the attribute that a problem is about, in the dotted form of a path.
type Place string

// The places of problems. What lacks a schedule is the status.
const (
	AtStatus   Place = "status"
	AtSchedule Place = "schedule"
	AtStart    Place = "schedule.start"
	AtStop     Place = "schedule.stop"
)

// Problem is something wrong, or with Warning only odd, about a status and its window.
type Problem struct {
	At      Place
	Warning bool
	Text    string // a sentence that says what to do
}

// Bound is one end of a window as it is configured. Given without a time is one
// whose value is not known yet.
type Bound struct {
	Given bool
	Time  time.Time
}

// Window is a schedule as it is configured; nil stands for none.
type Window struct{ Start, Stop Bound }

// known tells whether an end is given, beyond doubt: a value that is not known
// yet may turn out to be null.
func (b Bound) known() bool { return b.Given && !b.Time.IsZero() }

// Check applies the rules of DOC to a status and its window. The server itself
// accepts windows that it can't process later, so nobody else would complain.
func Check(status string, w *Window) []Problem {
	switch status {
	case Approved, Rejected:
		return checkNone(status, w)
	case ApprovedAfter:
		return checkAfter(w)
	case ApprovedBetween:
		return checkBetween(w)
	default:
		return nil
	}
}

func checkNone(status string, w *Window) []Problem {
	if w == nil || !w.Start.known() && !w.Stop.known() {
		return nil
	}
	return []Problem{{At: AtSchedule, Text: `The status "` + status + `" takes effect at once and has no schedule. ` +
		`Leave schedule out, or choose "Approved After" or "Approved Between".`}}
}

func checkAfter(w *Window) []Problem {
	if w == nil {
		return []Problem{{At: AtStatus, Text: `The status "Approved After" needs a schedule with a start.`}}
	}
	var out []Problem
	if !w.Start.Given {
		out = append(out, Problem{At: AtStart, Text: `The status "Approved After" needs a start: the moment from which the ticket may go on.`})
	}
	if w.Stop.known() {
		out = append(out, Problem{At: AtStop, Warning: true, Text: `The status "Approved After" has no documented use for a stop. ` +
			`It is sent as given; choose "Approved Between" for a window that closes.`})
	}
	return out
}

func checkBetween(w *Window) []Problem {
	if w == nil {
		return []Problem{{At: AtStatus, Text: `The status "Approved Between" needs a schedule with a start and a stop.`}}
	}
	var out []Problem
	if !w.Start.Given {
		out = append(out, Problem{At: AtStart, Text: `The status "Approved Between" needs a start: the moment at which its window opens.`})
	}
	if !w.Stop.Given {
		out = append(out, Problem{At: AtStop, Text: `The status "Approved Between" needs a stop: the moment at which its window closes.`})
	}
	return append(out, checkOrder(*w)...)
}

func checkOrder(w Window) []Problem {
	start, stop := w.Start.Time.Truncate(Precision), w.Stop.Time.Truncate(Precision)
	switch {
	case start.IsZero() || stop.IsZero() || stop.After(start):
		return nil
	case stop.Equal(start):
		return []Problem{{At: AtStop, Text: "The window closes at the moment at which it opens. The stop has to be after the start."}}
	default:
		return []Problem{{At: AtStop, Text: "The window closes before it opens. The stop has to be after the start; " +
			"in UTC it runs from " + start.UTC().Format(time.RFC3339) + " to " + stop.UTC().Format(time.RFC3339) + "."}}
	}
}
