package lifecycle

// ApprovalState is how a project stands to a verdict on its submission.
type ApprovalState int

const (
	// Open: its submission waits for verdicts.
	ApprovalPending ApprovalState = iota
	// Awaited: it has not been submitted, or not again.
	ApprovalNotSubmitted
	// Given: it is where the verdict leads.
	ApprovalDecided
	// Contrary: it is where the other verdict leads.
	ApprovalDecidedOtherwise
	// Closed: no submission waits in this status, and none can be made from it.
	ApprovalNotApplicable
)

// ApprovalStateOf tells how a project stands to an approval or a rejection. `submitted`
// says that it is known to have been submitted before: a draft that was, has
// been rejected since.
func ApprovalStateOf(reject bool, current Status, submitted bool) ApprovalState {
	switch current {
	case Pending:
		return ApprovalPending
	case Draft:
		if reject && submitted {
			return ApprovalDecided
		}
		return ApprovalNotSubmitted
	case Enabled:
		if reject {
			return ApprovalDecidedOtherwise
		}
		return ApprovalDecided
	default:
		return ApprovalNotApplicable
	}
}
