package client

import (
	"context"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// enumeration is an enumeration for many readers, running or kept.
type enumeration struct {
	start   uint64        // clock of the write log when it began, else the last one: all writes precede it
	wait    time.Duration // before it begins
	request transport.Cache[struct{}]

	ended time.Time // zero: it is running
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

// run makes an enumeration. One that its last reader left is forgotten.
func (b *coalescer) run(ctx context.Context, s *enumeration) error {
	if s.wait > 0 {
		select {
		case <-time.After(s.wait):
		case <-ctx.Done():
		}
	}
	b.mu.Lock()
	s.start = b.writes.clock
	b.mu.Unlock()
	began := time.Now()
	found, good := readSummaries(ctx, b.c)
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	switch {
	case good:
		b.enumerationDuration = now.Sub(began)
	case ctx.Err() == nil:
		b.disabledUntil = now.Add(enumerationBackoff)
	default:
		if b.newest == s {
			b.newest = nil
		}
		return ctx.Err()
	}
	s.found, s.good, s.ended = found, good, now
	return nil
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
