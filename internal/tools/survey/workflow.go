package main

import (
	"context"
	"fmt"
	"maps"
)

// ticketCall is one call of the part about workflow tickets. It is made only if a workflow is named:
// a ticket needs one, and a survey cannot find it.
type ticketCall struct {
	name, call, scope string
	body              func(ev *evidence) members
}

const createTicketCall, decideTicketCall = "Workflow/Ticket/Create", "Workflow/Ticket/UpdateStatus"

// ticketCalls create a ticket for the caller and one for others, on the scratch project, and decide
// them.
func ticketCalls() []ticketCall {
	create := func(approver func(*evidence) string) func(*evidence) members {
		return func(ev *evidence) members {
			return members{
				"ObjectDN": ev.scratchText("Dn"), "WorkflowDN": ev.workflow, "Reason": 1, "UserData": ev.unused,
				"Approvers": []any{members{"PrefixedUniversal": approver(ev)}},
			}
		}
	}
	about := func(created string, more members) func(*evidence) members {
		return func(ev *evidence) members {
			body := members{"GUID": ev.of(created).text("GUID")}
			maps.Copy(body, more)
			return body
		}
	}
	approved := members{"Status": "Approved", "Explanation": surveyText}
	stranger := func(ev *evidence) string { return "local:{" + ev.guid + "}" }
	return []ticketCall{
		{"ticket.create", createTicketCall, "configuration:manage", create((*evidence).caller)},
		{"foreign.create", createTicketCall, "configuration:manage", create(stranger)},
		{"ticket.new", "Workflow/Ticket/Details", "any", about("ticket.create", nil)},
		{"ticket.refresh", "Permissions/Refresh", "security", func(*evidence) members { return nil }},
		{"ticket.decide", decideTicketCall, "codesign:approve", about("ticket.create", approved)},
		{"ticket.after", "Workflow/Ticket/Details", "any", about("ticket.create", nil)},
		{"foreign.decide", decideTicketCall, "codesign:approve", about("foreign.create", approved)},
	}
}

// ticketQuestions are about workflow tickets that the survey creates.
var ticketQuestions = []question{
	{
		"ticket-new", "Does a session see a workflow ticket that is newer than its token?",
		[]string{yes, no},
		"ticket.new", "any", func(ev *evidence) string {
			code, _ := ev.of("ticket.new").result()
			switch {
			case !ev.of("ticket.create").succeeded():
				return ""
			case code == 1:
				return yes
			case code == 3:
				return no
			default:
				return ""
			}
		},
	},
	{
		"ticket-approved", "What becomes of an approved workflow ticket?",
		[]string{"gone", "stays"},
		"ticket.after", "any",
		func(ev *evidence) string {
			code, _ := ev.of("ticket.after").result()
			switch {
			case !ev.of("ticket.decide").succeeded():
				return ""
			case code == 3:
				return "gone"
			case code == 1:
				return "stays"
			default:
				return ""
			}
		},
	},
	{
		"ticket-privilege", "What is the answer for a decision of another approver's ticket?",
		[]string{"result 4", "HTTP 401 with result 4", accepted},
		"foreign.decide", "codesign:approve",
		func(ev *evidence) string {
			e := ev.of("foreign.decide")
			code, coded := e.result()
			switch {
			case !ev.of("foreign.create").succeeded() || !coded:
				return ""
			case code == 4 && e.status == 401:
				return "HTTP 401 with result 4"
			case code == 4:
				return "result 4"
			case code == 1:
				return accepted
			default:
				return another
			}
		},
	},
}

// workflowTickets makes the calls about workflow tickets.
func (w *writer) workflowTickets(ctx context.Context) error {
	for _, t := range ticketCalls() {
		switch {
		case w.ev.workflow == "":
			w.ev.skipped[t.name] = "no workflow was named (WORKFLOW)"
			continue
		case readable(w.ev) != "" || w.ev.caller() == "":
			w.ev.skipped[t.name] = "the scratch project cannot be read"
			continue
		}
		w.ticketsBegun = true
		fmt.Fprintf(w.out, "[write] %s (%s)\n", t.call, t.name)
		write := t.call == createTicketCall || t.call == decideTicketCall
		if _, err := w.send(ctx, t.name, t.call, t.body(w.ev), write); err != nil {
			return err
		}
	}
	return nil
}

// removeTickets deletes the workflow tickets of the survey, and names those that are left.
func (w *writer) removeTickets(ctx context.Context) (left []string) {
	if !w.ticketsBegun {
		return nil
	}
	_, _ = w.session.send(ctx, "Permissions/Refresh", nil, false) // a session may not see its newest tickets
	guids := map[string]bool{}
	for _, dn := range append([]string{w.dn}, w.ev.names...) {
		query := members{"ObjectDN": dn, "UserData": w.ev.unused}
		found, err := w.session.send(ctx, "Workflow/Ticket/Enumerate", query, false)
		if err != nil {
			return []string{fmt.Sprintf("Workflow tickets of %s may be left: %v.", dn, err)}
		}
		for _, guid := range found.list("GUIDs") {
			guids[textOf(guid)] = true
		}
	}
	for _, created := range []string{"ticket.create", "foreign.create"} {
		if guid := w.ev.of(created).text("GUID"); guid != "" {
			guids[guid] = true
		}
	}
	for guid := range guids {
		e, err := w.session.send(ctx, "Workflow/Ticket/Delete", members{"GUID": guid}, true)
		if code, _ := e.result(); err != nil || code != 1 && code != 3 {
			left = append(left, fmt.Sprintf("The workflow ticket %s is left. Delete it in the web console.", guid))
		}
	}
	return left
}
