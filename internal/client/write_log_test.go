package client

import (
	"testing"
	"time"
)

func TestWriteLog(t *testing.T) {
	now := time.Now()
	const one, two = "dn:one", "dn:two"
	check := func(m *writeLog, when string, start uint64, stale, staleTwo bool, active int) {
		t.Helper()
		if got := m.staleFor(start, []string{one}); got != stale {
			t.Errorf("%s: the object is stale: %t", when, got)
		}
		if got := m.staleFor(start, []string{two}); got != staleTwo {
			t.Errorf("%s: the other object is stale: %t", when, got)
		}
		if m.active != active {
			t.Errorf("%s: %d writes in progress", when, m.active)
		}
	}
	m := writeLog{records: map[string]*writeRecord{}}
	check(&m, "before a write", 0, false, false, 0)
	m.begin(one)
	check(&m, "during a write", 0, true, false, 1)
	m.begin(one)
	m.end(one, now)
	check(&m, "during the second of two writes", 1, true, false, 1)
	m.end(one, now)
	check(&m, "after the writes, of a read before", 1, true, false, 0)
	check(&m, "after the writes, of a read after", 2, false, false, 0)
	m.begin("") // the decision of a flow ticket
	check(&m, "during a write to any object", 2, true, true, 1)
	m.end("", now.Add(time.Second))
	check(&m, "after a write to any object, of a read before", 2, true, true, 0)
	check(&m, "after a write to any object, of a read after", 3, false, false, 0)
	if last := m.latest([]string{one}); last.clock != 3 || !last.at.Equal(now.Add(time.Second)) || last.active != 0 {
		t.Errorf("got %+v", last)
	}
}

func TestWriteRecord_Recent(t *testing.T) {
	now := time.Now()
	for name, c := range map[string]struct {
		record writeRecord
		want   bool
	}{
		"never":       {writeRecord{at: now}, false},
		"now":         {writeRecord{clock: 1, at: now}, true},
		"at the end":  {writeRecord{clock: 1, at: now.Add(-enumerationTTL)}, true},
		"long before": {writeRecord{clock: 1, at: now.Add(-enumerationTTL - 1)}, false},
	} {
		if got := c.record.recent(now); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}
