package lifecycle

// Standing is how a project stands to a verdict on its submission.
type Standing int

const (
	// Open: its submission waits for verdicts.
	Open Standing = iota
	// Awaited: it has not been submitted, or not again.
	Awaited
	// Given: it is where the verdict leads.
	Given
	// Contrary: it is where the other verdict leads.
	Contrary
	// Closed: no submission waits in this status, and none can be made from it.
	Closed
)

// Stands tells how a project stands to an approval or a rejection. `submitted`
// says that it is known to have been submitted before: a draft that was, has
// been rejected since.
func Stands(reject bool, current Status, submitted bool) Standing {
	switch current {
	case Pending:
		return Open
	case Draft:
		if reject && submitted {
			return Given
		}
		return Awaited
	case Enabled:
		if reject {
			return Contrary
		}
		return Given
	default:
		return Closed
	}
}
