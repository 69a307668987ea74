package client

import (
	"context"
	"math"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// enumeration is an enumeration for many readers, running or kept.
type enumeration struct {
	start   uint64        // clock of the write log when it began
	done    chan struct{} // closed when it has ended
	cancel  context.CancelFunc
	waiting int

	ended time.Time
	good  bool
	found map[string]*projectSummary // by every key; nil if two projects share it
}

// projectSummary is the part of a project that is kept. Its settings are decoded when they are read,
// and the rest of the answer is skipped.
type projectSummary struct {
	wireHeader
	settings *rawSettings
}

type wireSummary struct {
	wireHeader
	rawSettings
}

// isSame is true for two rows of one project.
func (b *projectSummary) isSame(other *projectSummary) bool {
	return b != nil && b.DN == other.DN && dn.EqualGUID(string(b.GUID), string(other.GUID))
}

// projectWithSettings is nil if the enumeration did not have all settings.
func (b *projectSummary) projectWithSettings() *Project {
	settings, complete := b.settings.decode()
	if !complete {
		return nil
	}
	p := b.project()
	settings.fill(p)
	return p
}

// start begins an enumeration that outlives the caller, because others wait for it too. All writes
// that end before it begins precede it.
func (b *coalescer) start(ctx context.Context, wait time.Duration) *enumeration {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	s := &enumeration{start: math.MaxUint64, done: make(chan struct{}), cancel: cancel}
	if wait == 0 {
		s.start = b.writes.clock
	}
	b.newest = s
	go func() {
		defer close(s.done)
		if wait > 0 {
			b.gather(ctx, s, wait)
		}
		began := time.Now()
		found, good := readSummaries(ctx, b.c)
		b.mu.Lock()
		defer b.mu.Unlock()
		s.found, s.good, s.ended = found, good, time.Now()
		switch {
		case good:
			b.enumerationDuration = s.ended.Sub(began)
		case ctx.Err() == nil:
			b.disabledUntil = s.ended.Add(enumerationBackoff)
		}
	}()
	return s
}

func (b *coalescer) gather(ctx context.Context, s *enumeration, wait time.Duration) {
	select {
	case <-time.After(wait):
	case <-ctx.Done():
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	s.start = b.writes.clock
}

func (s *enumeration) running() bool {
	select {
	case <-s.done:
		return false
	default:
		return true
	}
}

// lookUp finds a project by any of its names.
func (s *enumeration) lookUp(ref ProjectRef) *projectSummary {
	for _, key := range ref.keys() {
		if b := s.found[key]; b != nil {
			return b
		}
	}
	return nil
}

// readSummaries makes one enumeration in one attempt. A project without a status or a name counts
// as missing; if all are, the enumeration has failed.
func readSummaries(ctx context.Context, c *Client) (map[string]*projectSummary, bool) {
	found := map[string]*projectSummary{}
	seen := 0
	once := call{op: opEnumerateProjects, single: true}
	err := enumerate(ctx, c, once, ProjectFilter{}, func(w *wireSummary) error {
		seen++
		if !w.Status.set || w.missing() != "" {
			return nil
		}
		b := &projectSummary{w.wireHeader, w.limited()}
		for _, key := range b.ref().keys() {
			if other, taken := found[key]; taken && !other.isSame(b) {
				found[key] = nil // each of them must be read by itself
				continue
			}
			found[key] = b
		}
		return nil
	})
	return found, err == nil && (seen == 0 || len(found) > 0)
}
