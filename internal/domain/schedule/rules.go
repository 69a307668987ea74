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

// Window is a configured schedule; nil: without a schedule. An end that is not given is nil, and
// one that is not known yet is zero: it may become null.
type Window struct{ Start, Stop *time.Time }

func known(end *time.Time) bool { return end != nil && !end.IsZero() }

// Check applies the rules of DOC to a status and its window. The server accepts windows that it
// cannot process later.
func Check(status string, w *Window) []Problem {
	text := `The status "` + status + `" `
	switch {
	case status == Approved, status == Rejected:
		if w == nil || !known(w.Start) && !known(w.Stop) {
			return nil
		}
		return []Problem{{At: AtSchedule, Text: text + "takes effect immediately and accepts no schedule. Remove " +
			`schedule, or use "Approved After" or "Approved Between".`}}
	case !IsScheduled(status):
		return nil
	case w == nil && status == ApprovedAfter:
		return []Problem{{At: AtStatus, Text: text + "needs a schedule with a start."}}
	case w == nil:
		return []Problem{{At: AtStatus, Text: text + "needs a schedule with a start and a stop."}}
	default:
		return checkEnds(status, text, w)
	}
}

func checkEnds(status, text string, w *Window) []Problem {
	var out []Problem
	if w.Start == nil {
		out = append(out, Problem{At: AtStart, Text: text + "needs a start, at which its window opens."})
	}
	switch {
	case status == ApprovedAfter && known(w.Stop):
		out = append(out, Problem{
			At: AtStop, Warning: true,
			Text: `The vendor does not document a stop for the status "Approved After". ` +
				`The provider sends it as configured. For a window that ends, use "Approved Between".`,
		})
	case status == ApprovedBetween && w.Stop == nil:
		out = append(out, Problem{At: AtStop, Text: text + "needs a stop, at which its window closes."})
	case status == ApprovedBetween && known(w.Start) && known(w.Stop):
		out = append(out, checkOrder(*w.Start, *w.Stop)...)
	}
	return out
}

func checkOrder(start, stop time.Time) []Problem {
	start, stop = start.Truncate(Precision), stop.Truncate(Precision)
	switch {
	case stop.After(start):
		return nil
	case stop.Equal(start):
		return []Problem{{At: AtStop, Text: "The window is empty. The stop must be after the start."}}
	default:
		return []Problem{{At: AtStop, Text: "The window closes before it opens. The stop must be after the start. In " +
			"UTC, the window is from " + start.UTC().Format(time.RFC3339) + " to " +
			stop.UTC().Format(time.RFC3339) + "."}}
	}
}
