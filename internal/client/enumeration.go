package client

import (
	"context"
	"fmt"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/transport"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// enumeration is an enumeration for many readers, running or kept.
type enumeration struct {
	start   uint64        // clock of the write log when it began, else the last one: all writes precede it
	wait    time.Duration // before it begins
	request transport.Cache[struct{}]

	ended time.Time           // zero: it is running
	found map[string]*Project // by every key, nil if two projects share it; nil map: it failed
}

// run makes an enumeration. One that its last reader left is forgotten.
func (b *coalescer) run(ctx context.Context, s *enumeration) error {
	poll.Sleep(ctx, s.wait)
	b.mu.Lock()
	s.start = b.writes.clock
	b.mu.Unlock()
	began := time.Now()
	found := readSummaries(ctx, b.c)
	b.mu.Lock()
	defer b.mu.Unlock()
	now := time.Now()
	switch {
	case found != nil:
		b.enumerationDuration = now.Sub(began)
	case ctx.Err() == nil:
		b.disabledUntil = now.Add(enumerationBackoff)
	default:
		if b.newest == s {
			b.newest = nil
		}
		return ctx.Err()
	}
	s.found, s.ended = found, now
	return nil
}

// lookUp finds a project by any of its names.
func (s *enumeration) lookUp(ref ProjectRef) *Project {
	for _, key := range ref.keys() {
		if p := s.found[key]; p != nil {
			return p
		}
	}
	return nil
}

// readSummaries makes one enumeration in one attempt. A project without a status or a name counts
// as missing; if all are, the enumeration has failed. A failure is nil.
func readSummaries(ctx context.Context, c *Client) map[string]*Project {
	found := map[string]*Project{}
	seen := 0
	err := c.enumerate(ctx, call{op: opEnumerateProjects, single: true}, ProjectFilter{}, func(w *wireProject) error {
		seen++
		if !w.Status.set || w.missing() != "" {
			return nil
		}
		p := w.summary()
		for _, key := range p.ref().keys() {
			if other, taken := found[key]; taken && !p.isSame(other) {
				found[key] = nil // each of them must be read by itself
				continue
			}
			found[key] = p
		}
		return nil
	})
	if err != nil || seen > 0 && len(found) == 0 {
		return nil
	}
	return found
}

// isSame is true for two rows of one project.
func (p *Project) isSame(other *Project) bool {
	return other != nil && p.DN == other.DN && dn.EqualGUID(p.GUID, other.GUID)
}

// maxSettingsSize limits, in bytes, the settings that an enumeration keeps of a project. Larger ones
// are read by themselves.
const maxSettingsSize = 8 << 10

// summary is the part of a project that an enumeration keeps.
func (w *wireProject) summary() *Project {
	p := w.project()
	p.Applications, p.Collections, p.Environments = nil, nil, nil
	p.partial = !w.hasLists()
	if len(fmt.Sprint(p.Settings)) > maxSettingsSize {
		p.Settings, p.partial = settings.Settings{}, true
	}
	return p
}
