package main

import (
	"context"
	"fmt"
)

// remove asks for the deletion, and looks what became of the project.
func (w *writer) remove(ctx context.Context) error {
	if w.ev.scratch() == nil {
		return nil
	}
	fmt.Fprintf(w.out, "[write] Codesign/DeleteProject\n")
	address := members{"Guid": w.ev.scratchText("Guid")}
	e, err := w.send(ctx, "delete", "Codesign/DeleteProject", address, true)
	if err != nil || !e.succeeded() {
		return err
	}
	if err := w.readUntil(ctx, "delete", func(ev *evidence) bool {
		return ev.scratch() == nil || hasStatus("4")(ev)
	}); err != nil {
		return err
	}
	if inStatus("4")(w.ev) != "" {
		return nil
	}
	if _, err := w.send(ctx, "delete.again", "Codesign/DeleteProject", address, true); err != nil {
		return err
	}
	return w.readUntil(ctx, "delete.again", func(ev *evidence) bool { return !hasStatus("4")(ev) })
}

// cleanUp removes the project wherever the survey stopped, and says what is left.
func (w *writer) cleanUp(ctx context.Context) (left []string) {
	if !w.begun {
		return nil
	}
	project, err := w.find(ctx)
	if project == nil && err == nil && w.mayShowLate() {
		project, err = w.findLate(ctx)
	}
	switch {
	case err != nil:
		return []string{fmt.Sprintf("The project %s may be left: %v. Look for it in the web console.", w.dn, err)}
	case project == nil && w.ev.of("create").succeeded() && len(w.ev.names) == 0:
		return []string{fmt.Sprintf("The project %s is left: the server created it and does not show it. An "+
			"administrator has to delete it.", w.dn)}
	case project == nil:
		return nil
	}
	guid, _, _ := lookUp(project, "Guid")
	e, err := w.session.send(ctx, "Codesign/DeleteProject", members{"Guid": guid}, true)
	if err == nil && e.succeeded() {
		project = w.afterDelete(ctx, project)
	}
	if project == nil {
		return nil
	}
	name, _, _ := lookUp(project, "Dn")
	status, _, _ := lookUp(project, "Status")
	if textOf(status) == "4" {
		return []string{
			fmt.Sprintf("The project %s is queued for deletion: an approver has to approve it.", textOf(name)),
		}
	}
	return []string{fmt.Sprintf("The project %s is left. Delete it in the web console.", textOf(name))}
}

// mayShowLate is true for a project that was never read, unless the server refused to create it.
func (w *writer) mayShowLate() bool {
	create := w.ev.of("create")
	return len(w.ev.names) == 0 && (create == nil || create.succeeded())
}

// findLate looks again for a project whose creation was not answered: it may show late.
func (w *writer) findLate(ctx context.Context) (project any, err error) {
	_ = w.until(ctx, "cleanup.create", func() (bool, error) {
		project, err = w.find(ctx)
		return project != nil, err
	})
	return project, err
}

// find reads the project by its GUID, or by the DN with which it was created.
func (w *writer) find(ctx context.Context) (any, error) {
	address := members{"Dn": w.dn}
	if guid := w.ev.of("create").text("Project", "Guid"); guid != "" {
		address = members{"Guid": guid}
	}
	e, err := w.session.send(ctx, "Codesign/GetProject", address, false)
	if err != nil {
		return nil, err
	}
	found, _, _ := e.get("Project")
	code, coded := e.result()
	switch {
	case found != nil:
		return found, nil
	case !w.ev.of("create").succeeded() && w.ev.of("create") != nil, e.succeeded():
		return nil, nil
	case coded && (code == 7 || code == 15 || code == 8):
		return nil, nil
	default:
		return nil, fmt.Errorf("the server does not say whether it exists (%s)", refusalOf(e))
	}
}

// afterDelete reads until the project is gone, for as long as the cleanup may take.
func (w *writer) afterDelete(ctx context.Context, project any) any {
	_ = w.until(ctx, "cleanup", func() (bool, error) {
		found, err := w.find(ctx)
		if err == nil {
			project = found
		}
		return project == nil, err
	})
	return project
}
