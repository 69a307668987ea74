package schedule

import "time"

// Place is the attribute at fault, as a dotted path.
type Place string

// The places. A missing schedule is reported at the status.
const (
	AtStatus   Place = "status"
	AtSchedule Place = "schedule"
	AtStart    Place = "schedule.start"
	AtStop     Place = "schedule.stop"
)

// Problem is an error or a warning about a status and its window.
type Problem struct {
	At      Place
	Warning bool
	Text    string // what is wrong, and what to do
}

// Bound is one end of a configured window. If it is given without a time, the value is not known
// yet.
type Bound struct {
	Given bool
	Time  time.Time
}

// Window is a configured schedule; nil is none.
type Window struct{ Start, Stop Bound }

// known is false for a value that is not known yet: it may become null.
func (b Bound) known() bool { return !b.Time.IsZero() }

// Check applies the rules of DOC to a status and its window. The server accepts windows that it
// cannot process later.
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
	return []Problem{{At: AtSchedule, Text: `The status "` + status + `" takes effect immediately ` +
		`and accepts no schedule. Remove schedule, or use "Approved After" or "Approved Between".`}}
}

func checkAfter(w *Window) []Problem {
	if w == nil {
		return []Problem{{At: AtStatus, Text: `The status "Approved After" needs a schedule with a start.`}}
	}
	var out []Problem
	if !w.Start.Given {
		out = append(out, Problem{
			At: AtStart, Text: `The status "Approved After" needs a start, from which the ticket is approved.`,
		})
	}
	if w.Stop.known() {
		out = append(out, Problem{
			At: AtStop, Warning: true,
			Text: `The vendor does not document a stop for the status "Approved After". ` +
				`The provider sends it as configured. For a window that ends, use "Approved Between".`,
		})
	}
	return out
}

func checkBetween(w *Window) []Problem {
	if w == nil {
		return []Problem{
			{At: AtStatus, Text: `The status "Approved Between" needs a schedule with a start and a stop.`},
		}
	}
	var out []Problem
	if !w.Start.Given {
		out = append(out, Problem{
			At: AtStart, Text: `The status "Approved Between" needs a start, at which its window opens.`,
		})
	}
	if !w.Stop.Given {
		out = append(out, Problem{
			At: AtStop, Text: `The status "Approved Between" needs a stop, at which its window closes.`,
		})
	}
	return append(out, checkOrder(*w)...)
}

func checkOrder(w Window) []Problem {
	start, stop := w.Start.Time.Truncate(Precision), w.Stop.Time.Truncate(Precision)
	switch {
	case stop.IsZero() || stop.After(start):
		return nil
	case stop.Equal(start):
		return []Problem{{At: AtStop, Text: "The window is empty. The stop must be after the start."}}
	default:
		return []Problem{{At: AtStop, Text: "The window closes before it opens. The stop must be after the start. In " +
			"UTC, the window is from " + start.UTC().Format(time.RFC3339) + " to " +
			stop.UTC().Format(time.RFC3339) + "."}}
	}
}
