package main

import "cmp"

func approvalQuestions(ev *evidence) []observation {
	tickets := func(probe string) []node { return ev.scratchTickets(probe + ".tickets") }
	required := ""
	if submitted := tickets("submit"); len(submitted) > 0 {
		required = submitted[0].text("RequiredApprovals")
	}
	again, second, silent := ev.of("submit.again"), ev.of("update.second"), ev.of("approve.silent")
	more := len(tickets("submit.again")) > len(tickets("submit"))
	before, after := len(tickets("update"))+len(tickets("update.enabled")), len(tickets("update.second"))
	return []observation{
		ev.ask("ticket-shown", "When does the flow ticket of a submission show?", "submit.tickets",
			ev.waited("submit.tickets")),
		ev.ask("ticket-approvals", "How many approvals does a submission need?", "submit.tickets",
			which(required <= "1", "one", "several").provided(required != "")),
		ev.ask("submit-again", "What does a second submission do?", "submit.again",
			either("another ticket", noEffect, ev.of("submit.again.tickets"), more).provided(again.succeeded()).
				orRefusal(again)),
		ev.ask("approve-comment", "Does an approval need a comment?", "approve.silent",
			oneOf(chosen(silent.status == 400, yes, success(silent, no)), yes, no)),
		ev.ask("approve-own", "May the submitter approve?", "approve", oneOf(approvesOwn(ev), yes, no)),
		ev.ask("update-approval", "Does an update wait for an approval?", "update",
			oneOf(updateApproval(ev), no, "yes, in every status", "yes, but not in Draft", "yes, in Draft")),
		ev.ask("update-second", "What does an update do while another waits?", "update.second",
			either("another ticket", "no other ticket", second, after > 1).provided(before > 0 && after > 0).
				orRefusal(second, "UpdateFailure (4)")),
	}
}

func approvesOwn(ev *evidence) string {
	for _, probe := range []string{"approve.silent", "approve"} {
		code, coded := ev.of(probe).result()
		switch {
		case ev.of(probe).succeeded():
			return yes
		case coded && (code == 1 || code == 4):
			return no
		}
	}
	return ""
}

func updateApproval(ev *evidence) string {
	inDraft, enabled := ev.held("update"), ev.held("update.enabled")
	asked := ev.of("update.enabled").succeeded()
	switch {
	case inDraft && (enabled || !asked):
		return "yes, in every status"
	case inDraft:
		return "yes, in Draft"
	case enabled:
		return "yes, but not in Draft"
	default:
		return success(ev.of("update"), no)
	}
}

// ticketQuestions are about workflow tickets that the survey creates.
func ticketQuestions(ev *evidence) []observation {
	resultOf := func(probe string, answers map[int]string) string {
		code, _ := ev.of(probe).result()
		return answers[code]
	}
	return []observation{
		ev.ask("ticket-new", "Does a session see a workflow ticket that is newer than its token?", "ticket.new",
			oneOf(resultOf("ticket.new", map[int]string{1: yes, 3: no}), yes, no).
				provided(ev.of("ticket.create").succeeded())),
		ev.ask("ticket-approved", "What becomes of an approved workflow ticket?", "ticket.after",
			oneOf(resultOf("ticket.after", map[int]string{3: "gone", 1: "stays"}), "gone", "stays").
				provided(ev.of("ticket.decide").succeeded())),
		ev.ask("ticket-privilege", "What is the answer for a decision of another approver's ticket?", "foreign.decide",
			oneOf(ticketAccess(ev.of("foreign.decide"), accepted), "result 4", "HTTP 401 with result 4", accepted).
				orAnother().provided(ev.of("foreign.create").succeeded())),
	}
}

func deleteQuestions(ev *evidence) []observation {
	first, again, missing := ev.of("delete"), ev.of("delete.again"), ev.of("delete.missing")
	gone := map[string]string{shownLater: "gone later", waitedInVain: notShown}
	removed := cmp.Or(gone[ev.waits["delete"]], "gone at once")
	if ev.waits["delete"] != waitedInVain && ev.of("delete.read").text("Project", "Status") == "4" {
		removed = "queued for an approval"
	}
	decided := ev.of("delete.again.read")
	queued := map[string]string{"4": "still queued", "0": "Disabled"}[decided.text("Project", "Status")]
	decision := chosen(decided.get("Project").value == nil, "gone", queued)
	return []observation{
		ev.ask("delete", "What does a deletion do?", "delete",
			oneOf(success(first, removed), "gone at once", "gone later", "queued for an approval", notShown).
				orRefusal(first)),
		ev.ask("delete-again", "What does a second deletion do while the first waits?", "delete.again",
			oneOf(success(again, "Success"), "Success", "DeleteFailure (5)").orRefusal(again)),
		ev.ask("delete-decision", "What becomes of a queued project?", "delete.again",
			oneOf(decision, "gone", "Disabled", "still queued").provided(decided.status > 0)),
		ev.ask("delete-missing", "What is the answer for the deletion of a missing project?", "delete.missing",
			oneOf(success(missing, "Success"), "ObjectNotFound (7)", "DeleteFailure (5)", "FailedToLoadObject (15)",
				"Success").orRefusal(missing)),
	}
}
