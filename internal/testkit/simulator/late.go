package simulator

import (
	"net/http"
	"slices"
	"time"
)

// lateCommit is an operation that takes effect after its answer.
type lateCommit struct {
	at time.Time
	do func()
}

// commitLater keeps an operation for later. Whether the caller may do it is decided now.
func (s *Server) commitLater(r *http.Request, op *operation, body []byte, after time.Duration) {
	s.lock()
	defer s.mu.Unlock()
	at := time.Now().Add(after)
	c := &call{Server: s, now: time.Now(), http: infoOf(r)}
	if op == nil || r.Method != op.method {
		return
	}
	if _, refused := s.admit(c, r, op); refused {
		return
	}
	if _, refused := c.decode(r, body); refused {
		return
	}
	c.now = at
	s.late = append(s.late, lateCommit{at: at, do: func() { c.run(op) }})
}

// lock takes the server's lock and carries out what is due. No goroutine waits for it, so that a
// server also works inside a synctest bubble.
func (s *Server) lock() {
	s.mu.Lock()
	now := time.Now()
	for {
		i := slices.IndexFunc(s.late, func(l lateCommit) bool { return !l.at.After(now) })
		if i < 0 {
			return
		}
		due := s.late[i]
		s.late = slices.Delete(s.late, i, i+1)
		due.do()
	}
}
