package main

// approvalQuestions are about the flow tickets of the scratch project.
var approvalQuestions = []question{
	{
		"ticket-shown", "When does the flow ticket of a submission show?", waits, "submit.tickets", "any",
		waited("submit.tickets"),
	},
	{
		"ticket-approvals", "How many approvals does a submission need?",
		[]string{"one", "several"},
		"submit.tickets", "any",
		func(ev *evidence) string {
			tickets := ev.scratchTickets("submit.tickets")
			if len(tickets) == 0 {
				return ""
			}
			required, _, _ := lookUp(tickets[0], "RequiredApprovals")
			switch textOf(required) {
			case "":
				return ""
			case "0", "1":
				return "one"
			default:
				return "several"
			}
		},
	},
	{
		"submit-again", "What does a second submission do?",
		[]string{"another ticket", "no effect"},
		"submit.again", manageScope,
		func(ev *evidence) string {
			if !ev.of("submit.again").succeeded() {
				return refusalOf(ev.of("submit.again"))
			}
			more := len(ev.scratchTickets("submit.again.tickets")) > len(ev.scratchTickets("submit.tickets"))
			return ifAny(ev.of("submit.again.tickets"), more, "another ticket", "no effect")
		},
	},
	{
		"approve-comment", "Does an approval need a comment?",
		[]string{yes, no},
		"approve.silent", "codesign:approve",
		func(ev *evidence) string {
			switch e := ev.of("approve.silent"); {
			case e == nil:
				return ""
			case e.status == 400:
				return yes
			default:
				return ifAny(e, true, no, "")
			}
		},
	},
	{
		"approve-own", "May the submitter approve?",
		[]string{yes, no},
		"approve", "codesign:approve",
		func(ev *evidence) string {
			for _, name := range []string{"approve.silent", "approve"} {
				e := ev.of(name)
				code, coded := e.result()
				switch {
				case e.succeeded():
					return yes
				case coded && (code == 1 || code == 4):
					return no
				}
			}
			return ""
		},
	},
	{
		"update-approval", "Does an update wait for an approval?",
		[]string{no, "yes, in every status", "yes, but not in Draft", "yes, in Draft"},
		"update", manageScope, updateApproval,
	},
	{
		"update-second", "What does an update do while another waits?",
		[]string{"another ticket", "no other ticket", "UpdateFailure (4)"},
		"update.second", manageScope, func(ev *evidence) string {
			e := ev.of("update.second")
			if !e.succeeded() {
				return refusalOf(e)
			}
			before := len(ev.scratchTickets("update.tickets")) + len(ev.scratchTickets("update.enabled.tickets"))
			after := len(ev.scratchTickets("update.second.tickets"))
			if before == 0 || after == 0 {
				return ""
			}
			return ifAny(e, after > 1, "another ticket", "no other ticket")
		},
	},
}

func updateApproval(ev *evidence) string {
	inDraft, enabled := held(ev, "update"), held(ev, "update.enabled")
	asked := ev.of("update.enabled").succeeded()
	switch {
	case inDraft && (enabled || !asked):
		return "yes, in every status"
	case inDraft:
		return "yes, in Draft"
	case enabled:
		return "yes, but not in Draft"
	case ev.of("update").succeeded():
		return no
	default:
		return ""
	}
}

var deleteQuestions = []question{
	{
		"delete", "What does a deletion do?",
		[]string{"gone at once", "gone later", "queued for an approval", "Success, but not shown"},
		"delete", "codesign:delete",
		func(ev *evidence) string {
			e := ev.of("delete")
			switch {
			case !e.succeeded():
				return refusalOf(e)
			case ev.waits["delete"] == waitedInVain:
				return "Success, but not shown"
			case ev.of("delete.read").text("Project", "Status") == "4":
				return "queued for an approval"
			case ev.waits["delete"] == shownLater:
				return "gone later"
			default:
				return "gone at once"
			}
		},
	},
	{
		"delete-again", "What does a second deletion do while the first waits?",
		[]string{"Success", "DeleteFailure (5)"},
		"delete.again", "codesign:delete", func(ev *evidence) string {
			e := ev.of("delete.again")
			if e.succeeded() {
				return "Success"
			}
			return refusalOf(e)
		},
	},
	{
		"delete-decision", "What becomes of a queued project?",
		[]string{"gone", "Disabled", "still queued"},
		"delete.again",
		"codesign:delete", func(ev *evidence) string {
			e := ev.of("delete.again.read")
			project, _, _ := e.get("Project")
			switch {
			case e == nil:
				return ""
			case project == nil:
				return "gone"
			case e.text("Project", "Status") == "4":
				return "still queued"
			case e.text("Project", "Status") == "0":
				return "Disabled"
			default:
				return ""
			}
		},
	},
	{
		"delete-missing", "What is the answer for the deletion of a missing project?",
		[]string{"ObjectNotFound (7)", "DeleteFailure (5)", "FailedToLoadObject (15)", "Success"},
		"delete.missing", "codesign:delete",
		func(ev *evidence) string {
			if ev.of("delete.missing").succeeded() {
				return "Success"
			}
			return refusalOf(ev.of("delete.missing"))
		},
	},
}
