package client

import (
	"context"
	"maps"
	"math"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
)

const (
	coalesceWindow     = 250 * time.Millisecond // reads within this time share an enumeration
	enumerationTTL     = 5 * time.Second        // how long an enumeration answers reads
	enumerationBackoff = 5 * time.Minute        // no enumeration for this time after one that failed
	gatherDelay        = 10 * time.Millisecond  // how long an enumeration waits for more reads after writes
)

// coalescer answers concurrent reads of one project by one request, and of several projects by one
// enumeration.
type coalescer struct {
	c  *Client
	mu sync.Mutex

	requests transport.Group[*Project]
	recent   map[string]recentRead // by every key of the project

	singles       map[string]int // readers that wait for one project, by its key
	last          time.Time      // of the newest read
	lastKey       string         // of the newest read
	newest        *enumeration
	disabledUntil time.Time // no enumeration before
	writes        writeLog

	// How long the last successful read and enumeration took; 0: unknown.
	singleDuration, enumerationDuration time.Duration
}

// recentRead is a read of one project that answers others for a moment.
type recentRead struct {
	start   uint64 // clock of the write log when it began
	ended   time.Time
	project Project
}

// GetProjectCached is for a refresh. It returns the project, or what an enumeration of the last
// seconds has of it: at least the names, the status and the dates. It never returns a state from
// before a write of this process to the object. Only GetProject reports that a project does not exist.
func (c *Client) GetProjectCached(ctx context.Context, ref ProjectRef) (*Project, error) {
	return c.coalescer.read(ctx, ref, false)
}

// GetSettingsCached is GetProjectCached with the settings too: everything except the environments
// and the expanded lists of applications. Several resources have the settings of one project, so a
// read of it answers those that follow at once.
func (c *Client) GetSettingsCached(ctx context.Context, ref ProjectRef) (*Project, error) {
	return c.coalescer.read(ctx, ref, true)
}

// read returns the project of an enumeration. If that does not suffice, it reads the project by
// itself.
func (b *coalescer) read(ctx context.Context, ref ProjectRef, settings bool) (*Project, error) {
	if err := ref.check(); err != nil {
		return nil, err
	}
	if settings {
		if p := b.recentProject(ref, time.Now()); p != nil {
			return p, nil
		}
	}
	key := ref.keys()[0]
	if s := b.enumerationFor(ref, time.Now()); s != nil {
		p, err := b.await(ctx, s, ref, settings)
		if p != nil || err != nil {
			return p, err
		}
		b.mu.Lock()
		b.singles[key]++
		b.mu.Unlock()
	}
	began := time.Now()
	p, err := b.single(ctx, ref)
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.singles[key]--; b.singles[key] == 0 {
		delete(b.singles, key)
	}
	if b.last = time.Now(); err == nil {
		b.singleDuration = b.last.Sub(began)
	}
	return p, err
}

// single reads one project by itself. Readers of the same project share a request that began after
// the last write.
func (b *coalescer) single(ctx context.Context, ref ProjectRef) (*Project, error) {
	keys := ref.keys()
	b.mu.Lock()
	start, busy := b.writes.clock, b.writes.latest(keys).active > 0
	b.mu.Unlock()
	if busy {
		return b.c.GetProject(ctx, ref)
	}
	key := keys[0] + "@" + strconv.FormatUint(start, 10)
	p, err := b.requests.Do(ctx, key, func(ctx context.Context) (*Project, error) { return b.c.GetProject(ctx, ref) })
	if err != nil {
		return nil, asError(opGetProject, err)
	}
	b.mu.Lock()
	stale := b.writes.staleFor(start, p.ref().keys())
	b.mu.Unlock()
	if stale {
		return b.c.GetProject(ctx, ref)
	}
	return new(*p), nil
}

// reading begins a read of one project. The returned function keeps its result.
func (b *coalescer) reading() (remember func(*Project)) {
	b.mu.Lock()
	defer b.mu.Unlock()
	start := b.writes.clock
	return func(p *Project) {
		b.mu.Lock()
		defer b.mu.Unlock()
		now := time.Now()
		maps.DeleteFunc(b.recent, func(_ string, r recentRead) bool { return now.Sub(r.ended) >= coalesceWindow })
		for _, key := range p.ref().keys() {
			b.recent[key] = recentRead{start: start, ended: now, project: *p}
		}
	}
}

// recentProject returns the project if it was read just now, and nothing was written since.
func (b *coalescer) recentProject(ref ProjectRef, now time.Time) *Project {
	b.mu.Lock()
	defer b.mu.Unlock()
	r, known := b.recent[ref.keys()[0]]
	if !known || now.Sub(r.ended) >= coalesceWindow || b.writes.staleFor(r.start, r.project.ref().keys()) {
		return nil
	}
	b.last, b.lastKey = now, ref.keys()[0]
	return new(r.project)
}

func (p *Project) ref() ProjectRef { return ProjectRef{DN: p.DN, GUID: p.GUID, ID: p.ID} }

// enumerationFor returns the enumeration to wait for. If there is none it returns nil and counts
// the read as single.
func (b *coalescer) enumerationFor(ref ProjectRef, now time.Time) *enumeration {
	b.mu.Lock()
	defer b.mu.Unlock()
	keys := ref.keys()
	_, same := b.singles[keys[0]]
	company := len(b.singles) > 1 || len(b.singles) == 1 && !same ||
		now.Sub(b.last) < coalesceWindow && b.lastKey != keys[0]
	b.last, b.lastKey = now, keys[0]
	s := b.usable(keys, now)
	if s == nil && company && !now.Before(b.disabledUntil) && (b.newest == nil || !b.newest.ended.IsZero()) {
		s = b.startFor(b.writes.latest(keys), now)
	}
	if s == nil {
		b.singles[keys[0]]++
	}
	return s
}

// usable returns the newest enumeration if it can answer for the object. After a write a caller
// reads repeatedly and needs a newer answer each time.
func (b *coalescer) usable(keys []string, now time.Time) *enumeration {
	s, age := b.newest, enumerationTTL
	if s == nil || b.writes.staleFor(s.start, keys) {
		return nil
	}
	if b.writes.latest(keys).recent(now) {
		age = coalesceWindow
	}
	if s.ended.IsZero() || s.found != nil && now.Sub(s.ended) < age {
		return s
	}
	return nil
}

// startFor starts an enumeration for an object with this record, one at a time. For a read right
// after a write it does so only if other reads are due and an enumeration is not slower than two
// reads; then it waits a moment for them.
func (b *coalescer) startFor(k writeRecord, now time.Time) *enumeration {
	s := &enumeration{start: math.MaxUint64}
	switch {
	case k.active > 0:
		return nil
	case !k.recent(now):
	case len(b.singles)+b.writes.active > 1 && b.enumerationDuration > 0 && b.enumerationDuration <= 2*b.singleDuration:
		s.wait = gatherDelay
	default:
		return nil
	}
	b.newest = s
	return s
}

// await returns the project of the enumeration, or nil without an error if it must be read by
// itself.
func (b *coalescer) await(ctx context.Context, s *enumeration, ref ProjectRef, settings bool) (*Project, error) {
	if _, err := s.request.Get(ctx, "", func(ctx context.Context) (struct{}, error) {
		return struct{}{}, b.run(ctx, s)
	}); err != nil {
		return nil, asError(opGetProject, err)
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	found := s.lookUp(ref)
	if found == nil || settings && found.partial || b.writes.staleFor(s.start, found.ref().keys()) {
		return nil, nil
	}
	return new(*found), nil
}

// writing records a write to the object, or to all objects if ref is empty, until the returned
// function is called.
func (b *coalescer) writing(ref ProjectRef) (end func()) {
	key := strings.Join(ref.keys(), "") // one or none
	b.mu.Lock()
	defer b.mu.Unlock()
	b.writes.begin(key)
	return func() {
		b.mu.Lock()
		defer b.mu.Unlock()
		b.writes.end(key, time.Now())
	}
}
