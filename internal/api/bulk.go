package api

import (
	"context"
	"sync"
	"time"
)

const (
	together   = 250 * time.Millisecond // reads no further apart than this come together
	remembered = 5 * time.Second        // how long an enumeration answers reads
	uselessFor = 5 * time.Minute        // how long none is tried after one that was of no use
)

// bulk answers reads of single projects that come together by one enumeration.
type bulk struct {
	c  *Client
	mu sync.Mutex

	alone   int       // single reads under way
	last    time.Time // of the newest read
	lastKey string    // what that one was for
	newest  *sweep
	off     time.Time // no enumeration until then
	writes  marks
}

// ReadProject is for a refresh: GetProject, or what an enumeration of the last seconds says, which is Dn, Guid, Id, Status,
// CreatedOn and ApprovalSubmissionDate and nothing else. It never answers with what was true before a write of this process
// to the object ended. That a project does not exist is only ever said by GetProject.
func (c *Client) ReadProject(ctx context.Context, ref ProjectRef) (*Project, error) {
	if err := ref.check(); err != nil {
		return nil, err
	}
	return c.bulk.read(ctx, ref)
}

func (b *bulk) read(ctx context.Context, ref ProjectRef) (*Project, error) {
	if s := b.choose(ctx, ref, time.Now()); s != nil {
		p, err := b.await(ctx, s, ref)
		if p != nil || err != nil {
			return p, err
		}
		b.mu.Lock()
		b.alone++
		b.mu.Unlock()
	}
	defer func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.alone--
		b.last = time.Now()
	}()
	return b.c.GetProject(ctx, ref)
}

// choose is the enumeration to wait for; nil, with the read counted as single, where there is none.
func (b *bulk) choose(ctx context.Context, ref ProjectRef, now time.Time) *sweep {
	b.mu.Lock()
	defer b.mu.Unlock()
	keys := ref.keys()
	company := b.alone > 0 || (now.Sub(b.last) < together && b.lastKey != keys[0])
	b.last, b.lastKey = now, keys[0]
	s := b.usable(keys, now)
	if s == nil && company && b.mayStart(keys, now) {
		s = b.start(ctx)
	}
	if s == nil {
		b.alone++
		return nil
	}
	s.waiting++
	return s
}

// usable is the newest enumeration if it can answer for the object.
func (b *bulk) usable(keys []string, now time.Time) *sweep {
	s := b.newest
	if s == nil || b.writes.overtaken(s.start, keys) {
		return nil
	}
	if s.under() || s.good && now.Sub(s.ended) < remembered {
		return s
	}
	return nil
}

// mayStart: one enumeration at a time, none for a while after a useless one, and none for the look right after a write,
// which may join another's.
func (b *bulk) mayStart(keys []string, now time.Time) bool {
	if now.Before(b.off) || b.newest != nil && b.newest.under() {
		return false
	}
	k := b.writes.newest(keys)
	return k.under == 0 && (k.clock == 0 || now.Sub(k.at) > remembered)
}

// start lets the enumeration outlive the caller who caused it: others wait for it too.
func (b *bulk) start(ctx context.Context) *sweep {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &sweep{start: b.writes.clock, done: make(chan struct{}), cancel: cancel}
	b.newest = s
	go func() {
		defer close(s.done)
		found, good := collect(ctx, b.c)
		b.mu.Lock()
		defer b.mu.Unlock()
		s.found, s.good, s.ended = found, good, time.Now()
		if !good && ctx.Err() == nil {
			b.off = s.ended.Add(uselessFor)
		}
	}()
	return s
}

func (s *sweep) under() bool {
	select {
	case <-s.done:
		return false
	default:
		return true
	}
}

// await is what the enumeration says of the project; nil without an error where it has to be asked for by itself.
func (b *bulk) await(ctx context.Context, s *sweep, ref ProjectRef) (*Project, error) {
	defer b.leave(s)
	select {
	case <-s.done:
	case <-ctx.Done():
		return nil, typed(opGetProject, ctx.Err())
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	found := s.lookUp(ref)
	if !s.good || found == nil || b.writes.overtaken(s.start, found.ref().keys()) {
		return nil, nil
	}
	return found.project(), nil
}

// leave stops an enumeration that nobody waits for any more.
func (b *bulk) leave(s *sweep) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if s.waiting--; s.waiting > 0 {
		return
	}
	if s.cancel(); s.under() && b.newest == s {
		b.newest = nil
	}
}

// writing marks a write to the object, or with no address to any of them, until the function it returns is called.
func (b *bulk) writing(ref ProjectRef) (end func()) {
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
