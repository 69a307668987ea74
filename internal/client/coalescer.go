package client

import (
	"context"
	"sync"
	"time"
)

const (
	coalesceWindow     = 250 * time.Millisecond // reads no further apart than this come together
	enumerationTTL     = 5 * time.Second        // how long an enumeration answers reads
	enumerationBackoff = 5 * time.Minute        // how long none is tried after one that was of no use
	gatherDelay        = 10 * time.Millisecond  // how long one for looks after writes waits for more of them
)

// coalescer answers reads of single projects that come together by one enumeration.
type coalescer struct {
	c  *Client
	mu sync.Mutex

	singleReads   int       // single reads under way
	last          time.Time // of the newest read
	lastKey       string    // what that one was for
	newest        *enumeration
	disabledUntil time.Time // no enumeration until then
	writes        writeLog

	// What the last of each took, while it had an answer to give; 0: not known.
	singleDuration, enumerationDuration time.Duration
}

// GetProjectCached is for a refresh: GetProject, or what an enumeration of the last seconds says, which is Dn, Guid, Id, Status,
// CreatedOn and ApprovalSubmissionDate and nothing else. It never answers with what was true before a write of this process
// to the object ended. That a project does not exist is only ever said by GetProject.
func (c *Client) GetProjectCached(ctx context.Context, ref ProjectRef) (*Project, error) {
	if err := ref.check(); err != nil {
		return nil, err
	}
	return c.coalescer.read(ctx, ref)
}

func (b *coalescer) read(ctx context.Context, ref ProjectRef) (*Project, error) {
	if s := b.enumerationFor(ctx, ref, time.Now()); s != nil {
		p, err := b.await(ctx, s, ref)
		if p != nil || err != nil {
			return p, err
		}
		b.mu.Lock()
		b.singleReads++
		b.mu.Unlock()
	}
	began := time.Now()
	p, err := b.c.GetProject(ctx, ref)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.singleReads--
	if b.last = time.Now(); err == nil {
		b.singleDuration = b.last.Sub(began)
	}
	return p, err
}

// enumerationFor is the enumeration to wait for; nil, with the read counted as single, where there is none.
func (b *coalescer) enumerationFor(ctx context.Context, ref ProjectRef, now time.Time) *enumeration {
	b.mu.Lock()
	defer b.mu.Unlock()
	keys := ref.keys()
	company := b.singleReads > 0 || (now.Sub(b.last) < coalesceWindow && b.lastKey != keys[0])
	b.last, b.lastKey = now, keys[0]
	s := b.usable(keys, now)
	if s == nil && company && !now.Before(b.disabledUntil) && (b.newest == nil || !b.newest.running()) {
		s = b.startFor(ctx, b.writes.latest(keys), now)
	}
	if s == nil {
		b.singleReads++
		return nil
	}
	s.waiting++
	return s
}

// usable is the newest enumeration if it can answer for the object. Whoever has just written to it waits for what becomes of
// that, looks again and again, and is not to be told the same each time.
func (b *coalescer) usable(keys []string, now time.Time) *enumeration {
	s, age := b.newest, enumerationTTL
	if s == nil || b.writes.staleFor(s.start, keys) {
		return nil
	}
	if b.writes.latest(keys).recent(now) {
		age = coalesceWindow
	}
	if s.running() || s.good && now.Sub(s.ended) < age {
		return s
	}
	return nil
}

// startFor starts an enumeration for an object with that mark, one at a time. For the look right after a write it does so
// only where others are about to look as well and it is no slower than two reads; then it waits a moment for them.
func (b *coalescer) startFor(ctx context.Context, k writeRecord, now time.Time) *enumeration {
	switch {
	case k.active > 0:
		return nil
	case !k.recent(now):
		return b.start(ctx, 0)
	case b.singleReads+b.writes.active > 1 && b.enumerationDuration > 0 && b.enumerationDuration <= 2*b.singleDuration:
		return b.start(ctx, gatherDelay)
	default:
		return nil
	}
}

// await is what the enumeration says of the project; nil without an error where it has to be asked for by itself.
func (b *coalescer) await(ctx context.Context, s *enumeration, ref ProjectRef) (*Project, error) {
	defer b.leave(s)
	select {
	case <-s.done:
	case <-ctx.Done():
		return nil, asError(opGetProject, ctx.Err())
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	found := s.lookUp(ref)
	if !s.good || found == nil || b.writes.staleFor(s.start, found.ref().keys()) {
		return nil, nil
	}
	return found.project(), nil
}

// leave stops an enumeration that nobody waits for any more.
func (b *coalescer) leave(s *enumeration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s.waiting--; s.waiting > 0 {
		return
	}
	if s.cancel(); s.running() && b.newest == s {
		b.newest = nil
	}
}

// writing marks a write to the object, or with no address to any of them, until the function it returns is called.
func (b *coalescer) writing(ref ProjectRef) (end func()) {
	key := keyOfWrite(ref)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes.begin(key)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.writes.end(key, time.Now())
	}
}
