package edit

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/keymutex"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// batch reads a project once and makes all changes that wait for it.
type batch struct {
	queue  *queue
	editor *Editor         // of the first caller
	ctx    context.Context //nolint:containedctx // ends when all callers have left

	project *client.Project // as last read
	before  settings.Settings

	ticket       int64 // see unsureTicket
	ticketLooked bool
}

// maxRestarts limits how often a project is read again because another client changed it meanwhile.
const maxRestarts = 5

// run delivers an outcome to each change that it takes. It takes at least one, or leaves them all to
// the next batch after a pause.
func (b *batch) run() {
	// The lock excludes a rename and a delete while the batch reads and writes.
	unlock, err := keymutex.Lock(b.ctx, b.queue.shared, client.ByGUID(b.queue.guid).Folded())
	if err != nil { // all callers have left
		return
	}
	groups := b.write(b.read())
	unlock()
	b.await(groups)
}

// read reads the project until its revision does not change between the read and the write. It returns
// the changes that are to be sent.
func (b *batch) read() []*entry {
	for range maxRestarts {
		revision, err := b.get()
		if err != nil {
			b.finish(err, b.queue.take(b.ctx)...)
			return nil
		}
		b.before = b.project.Settings
		if slices.ContainsFunc(b.queue.peek(), b.isUnsure) && b.isNeeded() {
			b.unsureTicket() // now, so that the revision is compared right before the write
		}
		if !b.isUnchanged(revision) {
			b.editor.Report("project %s changed while it was read: reading it again", reconcile.NameOf(b.project))
			continue
		}
		entries := b.queue.take(b.ctx)
		b.queue.limitReleases(entries)
		return b.check(entries)
	}
	b.finish(unstableError(b.project), b.queue.take(b.ctx)...)
	return nil
}

// get reads the project, and its revision before. A new project is known.
func (b *batch) get() (revision int64, err error) {
	if waiting := b.queue.peek(); len(waiting) == 1 && waiting[0].request.known != nil {
		b.project, waiting[0].request.known = waiting[0].request.known, nil
		return 0, nil
	}
	for interval := b.editor.Interval(); ; {
		revision = b.revision()
		b.project, err = reconcile.Get(b.ctx, b.editor.API, client.ByGUID(b.queue.guid))
		late := failure.CodeOf(err) == failure.NotFound && b.isNew(b.queue.peek())
		notReady := client.ReasonOf(err) == client.NotReady && interval.Total < notReadyTimeout
		if !late && !notReady || !interval.Wait(b.ctx) {
			return revision, err
		}
	}
}

// notReadyTimeout limits the wait for objects of a project that the server still creates.
const notReadyTimeout = 2 * time.Minute

// isNew reports whether the project was created just before. A server may show it late.
func (b *batch) isNew(entries []*entry) bool {
	return slices.ContainsFunc(entries, func(n *entry) bool {
		return time.Since(n.request.created) < b.editor.ConsistencyWindow
	})
}

// isUnchanged compares the revision before and after a read. It does not ask if nothing is to be
// written.
func (b *batch) isUnchanged(before int64) bool {
	if before == 0 || !b.isNeeded() {
		return true
	}
	after := b.revision()
	return after == 0 || after == before
}

func (b *batch) isNeeded() bool {
	return slices.ContainsFunc(b.queue.peek(), func(n *entry) bool { return !n.request.Change.MetBy(b.before) })
}

// revision is 0 if the caller may not read it.
func (b *batch) revision() int64 {
	noRevision := &b.queue.shared.noRevision
	if noRevision.Load() {
		return 0
	}
	revision, err := b.editor.API.IsValid(b.ctx, client.ByGUID(b.queue.guid))
	if revision == 0 && !client.IsTransient(err) && !client.IsNotFound(err) && b.ctx.Err() == nil {
		noRevision.Store(true)
	}
	return revision
}

// check delivers the outcome of the changes that are not sent, and returns the others.
func (b *batch) check(entries []*entry) []*entry {
	conflicts := conflictsOf(entries)
	var left []*entry
	for i, n := range entries {
		switch {
		case conflicts[i] != nil:
			b.finish(conflicts[i], n)
		case n.request.Change.MetBy(b.before):
			b.finish(nil, n)
		case b.project.Status == lifecycle.Deleted:
			b.finish(DeletedError(b.project), n)
		default:
			left = append(left, n)
		}
	}
	return left
}

// conflictsOf returns an error for each change that contradicts another one.
func conflictsOf(entries []*entry) []error {
	found := make([]error, len(entries))
	for i := range entries {
		for j := range i {
			_, err := settings.Merge(entries[i].request.Change, entries[j].request.Change)
			found[i], found[j] = cmp.Or(found[i], err), cmp.Or(found[j], err)
		}
	}
	return found
}

// finish delivers the outcome of changes that are not sent.
func (b *batch) finish(err error, entries ...*entry) { b.deliver(&group{entries: entries}, err) }
