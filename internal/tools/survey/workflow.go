package main

import (
	"context"
	"fmt"
	"maps"
)

// workflowTickets create a ticket for the caller and one for others, on the scratch project, and
// decide them. That is done only if a workflow is named: a ticket needs one, and a survey cannot find
// it.
func (w *writer) workflowTickets(ctx context.Context) {
	ev, why := w.ev, ""
	switch {
	case ev.workflow == "":
		why = "no workflow was named (WORKFLOW)"
	case ev.caller() == "":
		why = "the scratch project cannot be read"
	}
	call := func(probe, call string, body members) { w.attempt(ctx, probe, call, why, body) }
	create := func(probe, approver string) {
		call(probe, createTicketCall, members{
			"ObjectDN": ev.scratch().text("Dn"), "WorkflowDN": ev.workflow, "Reason": 1, "UserData": ev.unused,
			"Approvers": []any{members{"PrefixedUniversal": approver}},
		})
	}
	about := func(created string, more members) members {
		body := members{"GUID": ev.of(created).text("GUID")}
		maps.Copy(body, more)
		return body
	}
	approved := members{"Status": "Approved", "Explanation": surveyText}

	create("ticket.create", ev.caller())
	create("foreign.create", ev.stranger())
	call("ticket.new", "Workflow/Ticket/Details", about("ticket.create", nil))
	call("ticket.refresh", "Permissions/Refresh", nil)
	call("ticket.decide", decideTicketCall, about("ticket.create", approved))
	call("ticket.after", "Workflow/Ticket/Details", about("ticket.create", nil))
	call("foreign.decide", decideTicketCall, about("foreign.create", approved))
}

// removeTickets deletes the workflow tickets of the survey, and names those that are left.
func (w *writer) removeTickets(ctx context.Context) (left []string) {
	if w.ev.exchanges["ticket.create"] == nil {
		return nil
	}
	_, _ = w.session.send(ctx, "Permissions/Refresh", nil) // a session may not see its newest tickets
	guids := map[string]bool{}
	for _, dn := range append([]string{w.ev.missingDN()}, w.ev.names...) {
		query := members{"ObjectDN": dn, "UserData": w.ev.unused}
		found, err := w.session.send(ctx, "Workflow/Ticket/Enumerate", query)
		if err != nil {
			return []string{fmt.Sprintf("Workflow tickets of %s may be left: %v.", dn, err)}
		}
		for _, guid := range found.list("GUIDs") {
			guids[guid.text()] = true
		}
	}
	for _, created := range []string{"ticket.create", "foreign.create"} {
		if guid := w.ev.of(created).text("GUID"); guid != "" {
			guids[guid] = true
		}
	}
	for guid := range guids {
		e, err := w.session.send(ctx, deleteTicketCall, members{"GUID": guid})
		if err == nil {
			if code, _ := e.result(); code == 1 || code == 3 {
				continue
			}
		}
		left = append(left, fmt.Sprintf("The workflow ticket %s is left. Delete it in the web console.", guid))
	}
	return left
}
