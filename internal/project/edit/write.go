package edit

import (
	"context"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/reconcile"
)

// group is a change that was sent, by this run or an earlier one, and its callers.
type group struct {
	entries []*entry
	change  settings.Change
	sent    bool  // by this run
	ticket  int64 // the flow ticket, 0 while none was seen
	gone    time.Time
	doubt   error // of a server that reports a partial failure and shows the whole change

	// pending says that the change may still be carried out, unsure that it may not have been sent.
	pending, unsure bool
	lostAccess      bool
}

// isAwaited reports whether one of the callers has time left.
func (g *group) isAwaited() bool {
	return slices.ContainsFunc(g.entries, (*entry).isAwaited)
}

// write sends the changes as one update. If one of them waits for an approval already, or may do so,
// it sends nothing: the others wait for the next batch.
func (b *batch) write(entries []*entry) []*group {
	held, fresh := b.held(entries)
	if len(held) > 0 {
		b.queue.putBack(fresh)
		return held
	}
	g := &group{entries: b.keepOwner(fresh), sent: true}
	g.change = merge(g.entries)
	if len(g.entries) == 0 || !b.send(g) {
		return nil
	}
	return []*group{g}
}

// merge merges changes of which none contradicts another.
func merge(entries []*entry) (merged settings.Change) {
	for _, n := range entries {
		merged, _ = settings.Merge(merged, n.request.Change)
	}
	return merged
}

// held separates the changes that an earlier run sent and that wait for an approval. Where it is not
// certain that one was sent, an open ticket of the project decides.
func (b *batch) held(entries []*entry) (held []*group, fresh []*entry) {
	for _, n := range entries {
		g := &group{entries: []*entry{n}, change: n.request.Change, ticket: n.request.Pending.Ticket}
		sent := b.isPending(n)
		if b.isUnsure(n) {
			g.ticket = b.unsureTicket()
			sent = g.ticket != 0
		}
		if sent {
			held = append(held, g)
		} else {
			fresh = append(fresh, n)
		}
	}
	return held, fresh
}

// isPending reports whether an earlier run sent the same change for the same values.
func (b *batch) isPending(n *entry) bool {
	return n.request.Pending.Digest == n.request.Change.Digest(b.before)
}

// isUnsure reports whether an earlier run may have sent the change.
func (b *batch) isUnsure(n *entry) bool {
	return n.request.Create || n.request.Pending.Unsure && b.isPending(n)
}

// unsureTicket looks once for the open flow ticket of an earlier run; it is 0 without one.
func (b *batch) unsureTicket() int64 {
	if !b.ticketLooked {
		b.ticketLooked = true
		if b.editor.mayNeedApproval(b.ctx) {
			tickets, _ := b.tickets(b.ctx)
			b.ticket = newestOf(tickets)
		}
	}
	return b.ticket
}

// keepOwner fails the changes that together remove the last owner.
func (b *batch) keepOwner(entries []*entry) []*entry {
	if !merge(entries).LeavesNoOwner(b.before) {
		return entries
	}
	return slices.DeleteFunc(entries, func(n *entry) bool {
		drops := slices.Contains(n.request.Change.Fields(), settings.Owners)
		if drops {
			b.finish(noOwnerError(b.project), n)
		}
		return drops
	})
}

// send reports true if the change was sent and is to be awaited. Otherwise its callers have their
// outcome, or wait for the next batch.
func (b *batch) send(g *group) bool {
	const attempts = 2
	want := g.change.Apply(b.before)
	for attempt := 1; ; attempt++ {
		b.editor.Report("updating project %s (changes merged: %d)", reconcile.NameOf(b.project), len(g.entries))
		err := b.editor.API.UpdateProject(b.ctx, updateOf(b.project, want))
		switch {
		case err == nil:
			return true
		case b.ctx.Err() != nil:
		case isPendingObjects(err):
			b.postpone(g.entries, postponement)
			return false
		case client.IsNotFound(err) && b.isNew(g.entries):
			b.postpone(g.entries, b.editor.PollInterval)
			return false
		}
		shown := b.look(g, err)
		switch unclear := client.IsUnclear(err); {
		case shown == showsAll:
			if isPartial(err) {
				g.doubt = err
			}
			return true
		case shown == showsPart:
			b.deliver(g, b.partlyAppliedError(b.ctx, g.change, err))
			return false
		case !unclear:
			b.deliver(g, refusedError(b.project, err))
			return false
		case b.findTicketDetached(g):
			return true
		case attempt == attempts || b.ctx.Err() != nil || b.editor.mayNeedApproval(b.ctx):
			g.pending, g.unsure = true, true
			b.deliver(g, outcomeUnknownError(b.project, err))
			return false
		}
		b.editor.Report("the answer to the update was lost and project %s does not show it: sending it once more",
			reconcile.NameOf(b.project))
	}
}

// postponement is the pause after the server refused an update because objects of the project are
// not ready yet.
const postponement = 5 * time.Second

func (b *batch) postpone(entries []*entry, pause time.Duration) {
	b.editor.Report("project %s is not ready yet: trying again", reconcile.NameOf(b.project))
	b.queue.putBack(entries)
	poll.Sleep(b.ctx, pause)
}

// look reads the project after a failed write, as long as it may show it late. Its context outlives
// the callers'.
func (b *batch) look(g *group, cause error) (shown progress) {
	window := b.editor.window(cause)
	if isPartial(cause) {
		window = b.editor.ConsistencyWindow
	}
	b.editor.Verify(b.ctx, window, func(ctx context.Context) bool {
		if p, err := reconcile.Get(ctx, b.editor.API, client.ByGUID(b.queue.guid)); err == nil {
			b.project = p
			shown = progressOf(g.change, b.before, p.Settings)
		}
		return shown == showsAll
	})
	return shown
}

// findTicketDetached is findTicket for callers who may have left.
func (b *batch) findTicketDetached(g *group) bool {
	ctx, cancel := b.editor.Cleanup(b.ctx, 0)
	defer cancel()
	return b.findTicket(ctx, g)
}

// deliver gives the callers of a group the same error, or success.
func (b *batch) deliver(g *group, err error) {
	for _, n := range g.entries {
		n.finish(b.result(n, g), err)
	}
	g.entries = nil
}

func (b *batch) result(n *entry, g *group) Result {
	result := Result{Project: b.project, Sent: g.sent, Kept: n.kept, Doubt: g.doubt, LostAccess: g.lostAccess}
	if g.pending {
		result.Pending = Pending{Digest: n.request.Change.Digest(b.before), Ticket: g.ticket, Unsure: g.unsure}
	}
	return result
}
