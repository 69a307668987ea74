package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Waits for a write to show.
const (
	shownAtOnce  = "at once"
	shownLater   = "later"
	waitedInVain = "not within ten seconds"
)

const (
	showWindow     = 10 * time.Second
	showInterval   = 250 * time.Millisecond
	cleanupTimeout = time.Minute
)

// errNoDelete ends the writing survey before it writes.
var errNoDelete = errors.New("the token may not delete projects, so that the scratch project would stay: " +
	"add the scope codesign:delete. Nothing was written")

// writer makes the writing survey.
type writer struct {
	*survey
	dn string // of the scratch project
	// begun is set before the request that creates the project.
	begun bool
	// ticketsBegun is set before the request that creates a workflow ticket.
	ticketsBegun bool
}

// run makes all experiments and removes the scratch project, also after an interruption. The message
// names what is left.
func (w *writer) run(ctx context.Context) (left string, err error) {
	w.dn = projectsRoot + `\` + w.ev.unused
	if err := w.checkDelete(ctx); err != nil {
		return "", err
	}
	defer func() {
		cleanup, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupTimeout)
		defer cancel()
		left = strings.Join(append(w.removeTickets(cleanup), w.cleanUp(cleanup)...), "\n")
	}()
	if err := w.create(ctx); err != nil {
		return "", err
	}
	for _, x := range allExperiments() {
		if err := w.experiment(ctx, x); err != nil {
			return "", err
		}
	}
	if err := w.workflowTickets(ctx); err != nil {
		return "", err
	}
	return "", w.remove(ctx)
}

func allExperiments() []experiment {
	return slices.Concat(updateExperiments(), refusalExperiments(), fieldExperiments(), renameExperiments(),
		statusExperiments())
}

// checkDelete asks for the deletion of a project that does not exist.
func (w *writer) checkDelete(ctx context.Context) error {
	e, err := w.send(ctx, "delete.missing", "Codesign/DeleteProject", members{"Dn": w.dn}, true)
	switch {
	case err != nil:
		return err
	case e.status != 200 && e.status != 400 && e.status < 500:
		return errNoDelete
	default:
		return nil
	}
}

func (w *writer) create(ctx context.Context) error {
	w.begun = true
	e, err := w.send(ctx, "create", "Codesign/CreateProject", members{"Dn": w.dn}, true)
	if err != nil {
		return err
	}
	if !e.succeeded() {
		return nil // each experiment says that the project cannot be read
	}
	if err := w.readUntil(ctx, "create", func(ev *evidence) bool { return ev.scratch() != nil }); err != nil {
		return err
	}
	if err := w.listUntil(ctx); err != nil {
		return err
	}
	_, err = w.send(ctx, "scratch.rights", "Codesign/GetRight", members{"Dn": w.dn}, false)
	return err
}

// listUntil waits for the project in the list of projects.
func (w *writer) listUntil(ctx context.Context) error {
	return w.until(ctx, "create.list", func() (bool, error) {
		e, err := w.send(ctx, "create.list", "Codesign/EnumerateProjects", members{"Filter": w.ev.unused}, false)
		return err == nil && len(e.list("Projects")) > 0, err
	})
}

func (w *writer) experiment(ctx context.Context, x experiment) error {
	why := readable(w.ev)
	if why == "" && x.why != nil {
		why = x.why(w.ev)
	}
	if why != "" {
		w.ev.skipped[x.name] = why
		return nil
	}
	fmt.Fprintf(w.out, "[write] %s (%s)\n", x.call, x.name)
	e, err := w.send(ctx, x.name, x.call, x.body(w.ev), true)
	if err != nil {
		return err
	}
	if !e.succeeded() {
		x.shows = nil // one read shows what was saved nevertheless
	}
	if err := w.readUntil(ctx, x.name, x.shows); err != nil {
		return err
	}
	if x.call == statusCall || x.call == updateCall {
		return w.readTickets(ctx, x.name)
	}
	return nil
}

// readTickets reads the flow tickets after a write that may raise one.
func (w *writer) readTickets(ctx context.Context, name string) error {
	page := members{"ProductCode": 0, "TicketPageSize": 100, "TicketPageNumber": 0}
	submitted := inStatus("3")(w.ev) == ""
	if name != "submit" || !submitted {
		_, err := w.send(ctx, "tickets", "Flow/Tickets/Enumerate", page, false)
		w.ev.exchanges[name+".tickets"] = w.ev.of("tickets")
		return err
	}
	return w.until(ctx, "submit.tickets", func() (bool, error) {
		_, err := w.send(ctx, "tickets", "Flow/Tickets/Enumerate", page, false)
		w.ev.exchanges[name+".tickets"] = w.ev.of("tickets")
		return len(w.ev.scratchTickets("tickets")) > 0, err
	})
}

// readUntil reads the project until it shows a write.
func (w *writer) readUntil(ctx context.Context, name string, shows func(*evidence) bool) error {
	address := members{"Dn": w.dn}
	if guid := w.ev.scratchText("Guid"); guid != "" {
		address = members{"Guid": guid}
	}
	return w.until(ctx, name, func() (bool, error) {
		e, err := w.send(ctx, "scratch", "Codesign/GetProject", address, false)
		if err != nil {
			return false, err
		}
		w.ev.exchanges[name+".read"] = e
		if dn := w.ev.scratchText("Dn"); dn != "" && !slices.Contains(w.ev.names, dn) {
			w.ev.names = append(w.ev.names, dn)
		}
		return shows == nil || shows(w.ev), nil
	})
}

// until repeats a read for some time, and remembers how long it took.
func (w *writer) until(ctx context.Context, name string, read func() (bool, error)) error {
	begin := time.Now()
	for n := 0; ; n++ {
		shown, err := read()
		switch {
		case err != nil:
			return err
		case shown && n == 0:
			w.ev.waits[name] = shownAtOnce
			return nil
		case shown:
			w.ev.waits[name] = shownLater
			return nil
		case time.Since(begin) > showWindow:
			w.ev.waits[name] = waitedInVain
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(showInterval):
		}
	}
}

// send records an answer. A call without an answer ends the survey: it is not known what it did.
func (w *writer) send(ctx context.Context, name, call string, body any, write bool) (*exchange, error) {
	e, err := w.session.send(ctx, call, body, write)
	if err != nil {
		return nil, err
	}
	w.ev.exchanges[name] = e
	return e, ctx.Err()
}
