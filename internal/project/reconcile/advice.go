package reconcile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
)

// What a reader of these errors can do next, for the second paragraph of a
// diagnostic.

// Advice names the usual slips.
func (e *GoneError) Advice() string {
	return "Check the spelling of its name. A project that is created in the same configuration has to be created first: " +
		"refer to the resource that creates it, or add depends_on."
}

// Advice says what would settle the doubt.
func (e *DoubtError) Advice() string {
	return "The project may be hidden from the identity that the provider logs in as, or the name may be that of something else than a project. " +
		"Until this is certain nothing is concluded from it, and nothing is removed from the state."
}

// Advice is to look again.
func (e *OtherProjectError) Advice() string {
	return "Nothing was sent. Make a new plan and review it: it is about another project than before, though the name is the same."
}

// Advice says who may take the step.
func (e *RefusedError) Advice() string {
	text := fmt.Sprintf("This step may be taken by %s.", e.Step.Who)
	if !e.Step.Documented {
		text += " The vendor does not document it, so the server may not know it at all; the product's own user interface may have another way."
	}
	return text
}

// Advice is to go on.
func (e *UnclearError) Advice() string {
	return "Run the apply again: it looks at the project first and goes on from what is there."
}

// Advice is to look at what the other did.
func (e *MovedError) Advice() string {
	return "Nothing more was sent. Find out who changed it, then make a new plan."
}

// Advice says what a new apply would do.
func (e *RejectedError) Advice() string {
	return "The approvers' comment, in the product's user interface or their e-mail, says why. Once that is mended, the next apply submits the project again."
}

// Advice says who can decide.
func (e *VerdictError) Advice() string {
	text := "Only the approvers named on the ticket can decide it, and the identity that the provider logs in as has to be one of them."
	if e.Self {
		text += " With self_approve = false the apply waits for the others."
	}
	return text
}

// Advice leaves the choice to a person.
func (e *AmbiguousTicketError) Advice() string {
	return "One of them could be the project's deletion, so none was decided. Decide them in the product's user interface, then apply again."
}

// Advice says who is waited for, and that nothing is lost.
func (e *WaitError) Advice() string {
	text := e.waitingFor()
	if e.Step.Action != lifecycle.Approve {
		return text + "The server accepted the step and has not shown it in this time; it may need an approval of its own, or be slow. " +
			"Look at the project in the product's user interface, raise `timeouts` if it is slow, then apply again: that looks first."
	}
	if errors.Is(e.Cause, context.Canceled) {
		return text + "Nothing is lost: the next apply goes on from what is there, and submits nothing again."
	}
	return text + "The next apply goes on waiting and submits nothing again. Where approvals take longer, raise `timeouts`, " +
		"or ask for the status Pending, which means \"submitted\" and does not wait."
}

// leftAlone says why self_approve approved none of the tickets that it saw.
func (e *WaitError) leftAlone() string {
	text := fmt.Sprintf("The flow tickets %v of the project were raised before its submission, as far as can be told, and may be about something else, "+
		"so none was approved. ", e.Older)
	if e.Ticket != nil {
		text += fmt.Sprintf("Undecided is %s. ", e.Ticket)
	}
	return text + "If one of them is its submission all the same, approve it in the product's user interface. "
}

// unseen says why self_approve had nothing to approve.
func (e *WaitError) unseen() string {
	text := "There was no flow ticket to approve: the server lists one only to its approvers, who are fixed when it is raised, " +
		"and the identity that the provider logs in as seems to be none of them. "
	if !e.Since.IsZero() {
		text += fmt.Sprintf("The project has been waiting for its approval since %s. ", e.Since.UTC().Format(time.RFC3339))
	}
	return text
}

// foreign explains why self_approve did not approve the submission of another run.
func (e *WaitError) foreign() string {
	text := "The submission is not one of this run, and the plan did not show it, so self_approve did not approve it. "
	if e.Ticket != nil {
		text += fmt.Sprintf("Undecided is %s. ", e.Ticket)
	}
	return text + "A new plan of the resource codesign_project_status shows the flow ticket that its apply approves. "
}

func (e *WaitError) waitingFor() string {
	switch {
	case e.Foreign:
		return e.foreign()
	case e.Unseen && len(e.Older) > 0:
		return e.leftAlone()
	case e.Ticket != nil:
		return fmt.Sprintf("Still undecided: %s. ", e.Ticket)
	case e.Vanished != 0:
		return fmt.Sprintf("Flow ticket %d was gone when it was to be approved, and no other has been seen since. ", e.Vanished)
	case e.Unseen:
		return e.unseen()
	case !e.Since.IsZero():
		return fmt.Sprintf("The project has been waiting for its approval since %s; the server lists the flow ticket only to its approvers. ",
			e.Since.UTC().Format(time.RFC3339))
	case e.Step.Documented:
		return fmt.Sprintf("This step is taken by %s. ", e.Step.Who)
	default:
		return ""
	}
}
