package client

import (
	"strconv"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/dn"
)

// marks remember when this process wrote to which object, on a clock that counts finished writes. The empty key stands for
// every object: the decision of a flow ticket does not say which one it changes.
type marks struct {
	clock uint64
	under int // writes under way
	of    map[string]*mark
}

type mark struct {
	under int       // writes under way
	clock uint64    // when the last one ended
	at    time.Time // the same on the wall
}

// recent: the last write has ended as short a time ago as an enumeration is remembered.
func (k mark) recent(now time.Time) bool { return k.clock > 0 && now.Sub(k.at) <= remembered }

// keys are the names of an object that can meet in a request and in an answer.
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

func keyOfWrite(ref ProjectRef) string {
	if keys := ref.keys(); len(keys) > 0 {
		return keys[0]
	}
	return ""
}

func (m *marks) begin(key string) {
	if m.of == nil {
		m.of = map[string]*mark{}
	}
	if m.of[key] == nil {
		m.of[key] = &mark{}
	}
	m.of[key].under++
	m.under++
}

func (m *marks) end(key string, now time.Time) {
	m.clock++
	m.under--
	k := m.of[key]
	k.under, k.clock, k.at = k.under-1, m.clock, now
}

// newest is the mark that decides about an object with these names.
func (m *marks) newest(keys []string) mark {
	var last mark
	for _, key := range append([]string{""}, keys...) {
		k := m.of[key]
		if k == nil {
			continue
		}
		last.under += k.under
		if k.clock >= last.clock {
			last.clock, last.at = k.clock, k.at
		}
	}
	return last
}

// overtaken: what was read from a start at this clock may miss a write to the object.
func (m *marks) overtaken(start uint64, keys []string) bool {
	k := m.newest(keys)
	return k.under > 0 || k.clock > start
}
