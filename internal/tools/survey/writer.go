package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// Waits for a write to show.
const (
	shownAtOnce  = "at once"
	shownLater   = "later"
	waitedInVain = "not within ten seconds"
	notShown     = "Success, but not shown"
)

const (
	showWindow     = 10 * time.Second
	showInterval   = 250 * time.Millisecond
	cleanupTimeout = time.Minute
)

// errNoDelete ends the writing survey before it writes.
var errNoDelete = errors.New("the token may not delete projects, so that the scratch project would stay: " +
	"add the scope codesign:delete. Nothing was written")

// writer makes the writing survey. After an error it sends nothing more than the cleanup.
type writer struct {
	*survey
	err error
}

// run makes all experiments and removes the scratch project, also after an interruption. The message
// names what is left.
func (w *writer) run(ctx context.Context) (left string, err error) {
	if w.checkDelete(ctx); w.err != nil {
		return "", w.err
	}
	defer func() {
		cleanup, cancel := context.WithTimeout(context.WithoutCancel(ctx), cleanupTimeout)
		defer cancel()
		w.err = nil
		left = strings.Join(append(w.removeTickets(cleanup), w.cleanUp(cleanup)...), "\n")
	}()
	w.create(ctx)
	w.updates(ctx)
	w.refusals(ctx)
	w.fields(ctx)
	w.renames(ctx)
	w.statuses(ctx)
	w.workflowTickets(ctx)
	w.remove(ctx)
	return "", w.err
}

// checkDelete asks for the deletion of a project that does not exist.
func (w *writer) checkDelete(ctx context.Context) {
	e := w.send(ctx, "delete.missing", deleteCall, members{"Dn": w.ev.missingDN()})
	if w.err == nil && e.status != 200 && e.status != 400 && e.status < 500 {
		w.err = errNoDelete
	}
}

func (w *writer) create(ctx context.Context) {
	if !w.send(ctx, "create", createCall, members{"Dn": w.ev.missingDN()}).succeeded() {
		return // each experiment says that the project cannot be read
	}
	w.readUntil(ctx, "create", func() bool { return w.ev.scratch().value != nil })
	w.until(ctx, "create.list", func() bool {
		e := w.send(ctx, "create.list", "Codesign/EnumerateProjects", members{"Filter": w.ev.unused})
		return len(e.list("Projects")) > 0
	})
	w.send(ctx, "scratch.rights", "Codesign/GetRight", members{"Dn": w.ev.missingDN()})
}

// scratch is the project of the writing survey as it was read last.
func (ev *evidence) scratch() node { return ev.of("scratch").get("Project") }

// shows returns whether a member of the scratch project is one of the texts.
func (ev *evidence) shows(member string, texts ...string) func() bool {
	return func() bool { return slices.Contains(texts, ev.scratch().text(member)) }
}

// lists returns whether a list of the scratch project has an item.
func (ev *evidence) lists(member, item string) func() bool {
	return func() bool { return ev.scratch().get(member).has(item) }
}

// trustee is whom the survey gives roles: a group of the caller, or the caller.
func (ev *evidence) trustee() string {
	for _, identity := range ev.of("self").list("Identities") {
		if identity.get("IsGroup").value == true {
			return identity.text("PrefixedUniversal")
		}
	}
	return ev.caller()
}

// try makes one write to the scratch project, unless there is a reason why it cannot be made, and
// reads the project until it shows the write. Without shows one read follows.
func (w *writer) try(ctx context.Context, probe, call, why string, body members, shows func() bool) {
	e := w.attempt(ctx, probe, call, why, body)
	if e.status == 0 {
		return
	}
	if !e.succeeded() {
		shows = nil // one read shows what was saved nevertheless
	}
	w.readUntil(ctx, probe, shows)
	if call == statusCall || call == updateCall {
		w.readTickets(ctx, probe)
	}
}

// attempt makes one call of the experiments, unless there is a reason why it cannot be made.
func (w *writer) attempt(ctx context.Context, probe, call, why string, body members) *exchange {
	if w.ev.scratch().value == nil {
		why = "the scratch project cannot be read"
	}
	switch {
	case w.err != nil:
		return &exchange{}
	case why != "":
		w.ev.skipped[probe] = why
		return &exchange{}
	}
	fmt.Fprintf(w.out, "[write] %s (%s)\n", call, probe)
	return w.send(ctx, probe, call, body)
}

// readTickets reads the flow tickets after a write that may raise one.
func (w *writer) readTickets(ctx context.Context, probe string) {
	read := func() bool {
		e := w.send(ctx, "tickets", "Flow/Tickets/Enumerate", ticketPage(0, 100, 0))
		w.ev.exchanges[probe+".tickets"] = e
		return len(w.ev.scratchTickets("tickets")) > 0
	}
	if probe == "submit" && w.ev.shows("Status", "3")() {
		w.until(ctx, "submit.tickets", read)
		return
	}
	read()
}

// readUntil reads the project until it shows a write.
func (w *writer) readUntil(ctx context.Context, probe string, shows func() bool) {
	address := members{"Dn": w.ev.missingDN()}
	if guid := w.ev.scratch().text("Guid"); guid != "" {
		address = members{"Guid": guid}
	}
	w.until(ctx, probe, func() bool {
		w.ev.exchanges[probe+".read"] = w.send(ctx, "scratch", "Codesign/GetProject", address)
		if dn := w.ev.scratch().text("Dn"); dn != "" && !slices.Contains(w.ev.names, dn) {
			w.ev.names = append(w.ev.names, dn)
		}
		return shows == nil || shows()
	})
}

// until repeats a read for some time, and remembers how long it took.
func (w *writer) until(ctx context.Context, probe string, read func() bool) {
	begin, wait := time.Now(), shownAtOnce
	for pause := poll.New(showInterval, showInterval); w.err == nil; wait = shownLater {
		shown := read()
		if !shown && time.Since(begin) > showWindow {
			shown, wait = true, waitedInVain
		}
		switch {
		case w.err != nil:
			return
		case shown:
			w.ev.waits[probe] = wait
			return
		case !pause.Wait(ctx):
			w.err = ctx.Err()
		}
	}
}

// send records an answer. A call without an answer ends the survey: it is not known what it did.
func (w *writer) send(ctx context.Context, probe, call string, body members) *exchange {
	if w.err != nil {
		return &exchange{}
	}
	if w.ev.exchanges[probe] == nil {
		w.ev.exchanges[probe] = &exchange{call: call} // it was sent, whatever becomes of it
	}
	e, err := w.session.send(ctx, call, body)
	if err != nil {
		w.err = err
		return &exchange{}
	}
	w.ev.exchanges[probe] = e
	w.err = ctx.Err()
	return e
}
