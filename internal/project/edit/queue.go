package edit

import (
	"context"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// Shared is what all editors of a process have in common. The zero value is ready for use.
type Shared struct {
	mu     sync.Mutex
	queues map[string]*queue // by GUID
	// wanted are the items that the resources of this process ask for, by GUID and field.
	wanted map[string]map[settings.Field][]string
	// noRevision is set once the server refuses to show revisions to the caller.
	noRevision atomic.Bool
}

// queue holds the changes of one project that wait for its writer.
type queue struct {
	shared  *Shared
	guid    string
	waiting []*entry
	active  []*entry // of the batch that runs
	cancel  context.CancelFunc
	busy    string // what those that were taken last wait for, for messages
}

// entry is one call of Edit.
type entry struct {
	ctx     context.Context //nolint:containedctx // of the caller, who may leave before the batch ends
	editor  *Editor
	request Request
	kept    []string // see Result
	done    chan outcome
}

type outcome struct {
	result Result
	err    error
}

// isAwaited reports whether the caller has time left.
func (n *entry) isAwaited() bool { return n.ctx.Err() == nil }

func (n *entry) hasLeft() bool { return !n.isAwaited() }

// finish delivers the outcome once.
func (n *entry) finish(result Result, err error) {
	select {
	case n.done <- outcome{result, err}:
	default:
	}
}

// enqueue starts the writer of the project if it does not run.
func (s *Shared) enqueue(guid string, n *entry) *queue {
	key := dn.CanonicalGUID(guid)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.queues == nil {
		s.queues = map[string]*queue{}
	}
	q := s.queues[key]
	if q == nil {
		q = &queue{shared: s, guid: guid, cancel: func() {}}
		s.queues[key] = q
		go q.run(n)
	}
	q.waiting = append(q.waiting, n)
	context.AfterFunc(n.ctx, q.cancelIfAbandoned)
	return q
}

// run is the writer of one project. It ends when no change waits.
func (q *queue) run(first *entry) {
	for first != nil {
		ctx := q.begin(first)
		q.gather(ctx, first.editor.GatherWindow)
		b := &batch{queue: q, editor: first.editor, ctx: ctx}
		b.run()
		first = q.end()
	}
}

// maxGatherWindows limits how long a batch waits while further changes arrive.
const maxGatherWindows = 5

// gather waits for the changes that the CLI sends together, until none arrives for a window. On a loaded
// machine they arrive one after the other.
func (q *queue) gather(ctx context.Context, window time.Duration) {
	for range maxGatherWindows {
		before := len(q.peek())
		poll.Sleep(ctx, window)
		if len(q.peek()) <= before {
			return
		}
	}
}

// begin returns the context of a batch, which ends when all its callers have left.
func (q *queue) begin(first *entry) context.Context {
	ctx, cancel := context.WithCancel(context.WithoutCancel(first.ctx))
	q.shared.mu.Lock()
	q.cancel = cancel
	q.shared.mu.Unlock()
	q.cancelIfAbandoned() // its callers may have left before
	return ctx
}

// end returns the entry that the next batch begins with, or nil after the last one.
func (q *queue) end() *entry {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	q.cancel()
	q.active = nil
	if i := slices.IndexFunc(q.waiting, (*entry).isAwaited); i >= 0 {
		return q.waiting[i]
	}
	delete(q.shared.queues, dn.CanonicalGUID(q.guid))
	return nil
}

// take moves all changes that wait into the batch with this context. Once all its callers have left,
// a change that arrives waits for the next batch.
func (q *queue) take(ctx context.Context) []*entry {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	if ctx.Err() != nil {
		return nil
	}
	taken := q.waiting
	q.active, q.waiting, q.busy = append(q.active, taken...), nil, ""
	return taken
}

// putBack makes changes wait for the next batch.
func (q *queue) putBack(entries []*entry) {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	var back []*entry
	for _, n := range entries {
		if n.hasLeft() { // its caller waits for the outcome
			n.finish(Result{}, notSentError(n.ctx, q.guid, q.busy))
		} else {
			back = append(back, n)
		}
	}
	q.waiting = append(back, q.waiting...)
}

// peek returns the changes that wait.
func (q *queue) peek() []*entry {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	return slices.Clone(q.waiting)
}

// withdraw reports false for a change that is part of a batch.
func (q *queue) withdraw(n *entry) bool {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	i := slices.Index(q.waiting, n)
	if i >= 0 {
		q.waiting = slices.Delete(q.waiting, i, i+1)
	}
	return i >= 0
}

// cancelIfAbandoned ends the requests of a batch whose callers have all left.
func (q *queue) cancelIfAbandoned() {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	isAwaited := func(list []*entry) bool { return slices.ContainsFunc(list, (*entry).isAwaited) }
	if !isAwaited(q.active) && !isAwaited(q.waiting) {
		q.cancel()
	}
}

func (q *queue) setBusy(text string) {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	q.busy = text
}

func (q *queue) busyWith() string {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	return q.busy
}

// limitReleases records what the resources of this process ask for, and takes it out of the removals of
// those that release: a trustee that moves from one resource to another keeps its role.
func (q *queue) limitReleases(entries []*entry) {
	q.shared.mu.Lock()
	defer q.shared.mu.Unlock()
	key := dn.CanonicalGUID(q.guid)
	if q.shared.wanted == nil {
		q.shared.wanted = map[string]map[settings.Field][]string{}
	}
	if q.shared.wanted[key] == nil {
		q.shared.wanted[key] = map[settings.Field][]string{}
	}
	wanted := q.shared.wanted[key]
	for _, n := range entries {
		for field, list := range n.request.Change.Lists { // a release asks for nothing
			wanted[field] = settings.Union(wanted[field], slices.Concat(list.Items, list.Add))
		}
	}
	for _, n := range entries {
		if !n.request.Release {
			continue
		}
		n.request.Change.Lists = maps.Clone(n.request.Change.Lists)
		for field, list := range n.request.Change.Lists {
			all := list.Remove
			_, list.Remove = settings.Changes(all, wanted[field])
			_, kept := settings.Changes(all, list.Remove)
			n.kept = append(n.kept, kept...)
			n.request.Change.Lists[field] = list
		}
	}
}
