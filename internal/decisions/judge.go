package decisions

import (
	"github.com/codesign-tf/terraform-provider-codesign/internal/api"
	"github.com/codesign-tf/terraform-provider-codesign/internal/schedule"
)

// step is what an order asks for, given the ticket as it is.
type step int

const (
	send step = iota
	adopt
)

// judge compares an order with the ticket that was found. The error is a
// *ConflictError for a decision that the order does not know of.
func judge(order Order, found *api.WorkflowTicket) (step, error) {
	told := Told(found)
	switch {
	case order.Replaces != nil && order.Replaces.Decision.Compare(told).Compatible():
		return judgeChange(order, found), nil
	case order.Decision.Compare(told) == schedule.Same:
		return adopt, nil
	case order.Replaces == nil && told.Status == schedule.Pending:
		return send, nil
	default:
		return send, &ConflictError{Order: order, Found: found}
	}
}

// judgeChange finds out whether a change that the comparison of the decisions
// does not show was carried out before, by a run that could not record it: the
// new explanation arrived together with everything else.
func judgeChange(order Order, found *api.WorkflowTicket) step {
	explained := order.Explanation != order.Replaces.Explanation && order.Explanation == found.ApprovalExplanation
	if explained && order.Decision.Compare(Told(found)) == schedule.Same {
		return adopt
	}
	return send
}

func adoptionNotes(wanted schedule.Decision, found *api.WorkflowTicket) []string {
	if !schedule.IsScheduled(wanted.Status) || !found.ScheduledStart.IsZero() {
		return nil
	}
	return []string{"The ticket was decided " + found.Status + " already, and the server does not tell the window of that decision. " +
		"It was taken to be the one of the configuration; nothing was sent."}
}

// verdict is what a look at the ticket after a write says about it.
type verdict int

const (
	asBefore   verdict = iota // nothing has changed
	decided                   // it is the decision that was sent, as far as can be told
	overruled                 // it is a third one, which somebody else made
	consumed                  // the ticket is gone
	notLearned                // the ticket could not be read
)

// verdictAccepted is for a decision that the server has accepted.
func verdictAccepted(wanted schedule.Decision, before, after *api.WorkflowTicket) verdict {
	switch {
	case wanted.Compare(Told(after)).Compatible():
		return decided
	case Told(after) == Told(before):
		return asBefore
	default:
		return overruled
	}
}

// verdictUnclear is for a decision that may not have reached the server: a
// ticket on which nothing has moved is no proof that it has.
func verdictUnclear(wanted schedule.Decision, before, after *api.WorkflowTicket) verdict {
	moved := after.ApprovalExplanation != before.ApprovalExplanation || !after.Updated.Equal(before.Updated)
	if Told(after) == Told(before) && !moved {
		return asBefore
	}
	return verdictAccepted(wanted, before, after)
}
