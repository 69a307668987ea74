package main

import (
	"context"
	"fmt"
	"slices"
)

// remove asks for the deletion, and reads what became of the project.
func (w *writer) remove(ctx context.Context) {
	if w.err != nil || w.ev.scratch().value == nil {
		return
	}
	fmt.Fprintf(w.out, "[write] %s\n", deleteCall)
	address, queued := members{"Guid": w.ev.scratch().text("Guid")}, w.ev.shows("Status", "4")
	if !w.send(ctx, "delete", deleteCall, address).succeeded() {
		return
	}
	w.readUntil(ctx, "delete", func() bool { return w.ev.scratch().value == nil || queued() })
	if queued() {
		w.send(ctx, "delete.again", deleteCall, address)
		w.readUntil(ctx, "delete.again", func() bool { return !queued() })
	}
}

// cleanUp removes the project wherever the survey stopped, and says what is left.
func (w *writer) cleanUp(ctx context.Context) (left []string) {
	if w.ev.exchanges["create"] == nil {
		return nil
	}
	created, dn := w.ev.of("create"), w.ev.missingDN()
	// A project that was never read may show late, unless the server refused to create it.
	mayShow := len(w.ev.names) == 0 && (created.status == 0 || created.succeeded())
	var project node
	w.until(ctx, "cleanup.create", func() bool {
		project = w.find(ctx)
		return project.value != nil || !mayShow
	})
	switch {
	case w.err != nil:
		return []string{fmt.Sprintf("The project %s may be left: %v. Look for it in the web console.", dn, w.err)}
	case project.value == nil && mayShow && created.succeeded():
		return []string{fmt.Sprintf("The project %s is left: the server created it and does not show it. An "+
			"administrator has to delete it.", dn)}
	case project.value == nil:
		return nil
	}
	return w.removeNow(ctx, project)
}

// removeNow deletes the project, and says what is left.
func (w *writer) removeNow(ctx context.Context, project node) []string {
	e, err := w.session.send(ctx, deleteCall, members{"Guid": project.get("Guid").value})
	if err == nil && e.succeeded() {
		w.until(ctx, "cleanup", func() bool {
			if found := w.find(ctx); w.err == nil {
				project = found
			}
			return project.value == nil
		})
	}
	dn := project.text("Dn")
	switch {
	case project.value == nil:
		return nil
	case project.text("Status") == "4":
		return []string{fmt.Sprintf("The project %s is queued for deletion: an approver has to approve it.", dn)}
	default:
		return []string{fmt.Sprintf("The project %s is left. Delete it in the web console.", dn)}
	}
}

// find reads the project by its GUID, or by the DN with which it was created. It is an error if the
// server does not say whether the project exists.
func (w *writer) find(ctx context.Context) node {
	created, address := w.ev.of("create"), members{"Dn": w.ev.missingDN()}
	if guid := created.text("Project", "Guid"); guid != "" {
		address = members{"Guid": guid}
	}
	e, err := w.session.send(ctx, "Codesign/GetProject", address)
	if err != nil {
		w.err = err
		return node{}
	}
	found, refused := e.get("Project"), created.status > 0 && !created.succeeded()
	code, _ := e.result()
	if found.value == nil && !refused && !e.succeeded() && !slices.Contains([]int{7, 8, 15}, code) {
		w.err = fmt.Errorf("the server does not say whether it exists (%s)", e.refusal())
	}
	return found
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
