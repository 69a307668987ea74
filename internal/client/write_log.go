package client

import (
	"strconv"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// writeLog records when this process wrote to which object, on a clock that counts finished writes.
// The empty key stands for every object: the decision of a flow ticket does not name the object
// that it changes.
type writeLog struct {
	clock   uint64
	active  int // writes in progress
	records map[string]*writeRecord
}

type writeRecord struct {
	active int       // writes in progress
	clock  uint64    // of the last write
	at     time.Time // wall time of the last write
}

// recent reports whether the last write ended within the lifetime of an enumeration.
func (k writeRecord) recent(now time.Time) bool {
	return k.clock > 0 && now.Sub(k.at) <= enumerationTTL
}

// keys returns the names of an object that can appear in a request and in an answer.
func (r ProjectRef) keys() []string {
	keys := make([]string, 0, 3)
	if r.DN != "" {
		keys = append(keys, "dn:"+dn.Fold(r.DN))
	}
	if guid := dn.CanonicalGUID(r.GUID); guid != "" {
		keys = append(keys, "guid:"+guid)
	}
	if r.ID != 0 {
		keys = append(keys, "id:"+strconv.FormatInt(r.ID, 10))
	}
	return keys
}

func (m *writeLog) begin(key string) {
	if m.records[key] == nil {
		m.records[key] = &writeRecord{}
	}
	m.records[key].active++
	m.active++
}

func (m *writeLog) end(key string, now time.Time) {
	m.clock++
	m.active--
	k := m.records[key]
	k.active, k.clock, k.at = k.active-1, m.clock, now
}

// latest returns the record for an object with these names.
func (m *writeLog) latest(keys []string) writeRecord {
	var last writeRecord
	for _, key := range append([]string{""}, keys...) {
		k := m.records[key]
		if k == nil {
			continue
		}
		last.active += k.active
		if k.clock >= last.clock {
			last.clock, last.at = k.clock, k.at
		}
	}
	return last
}

// staleFor reports whether a read that began at this clock may miss a write to the object.
func (m *writeLog) staleFor(start uint64, keys []string) bool {
	k := m.latest(keys)
	return k.active > 0 || k.clock > start
}
