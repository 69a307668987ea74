package simulator

import (
	"cmp"
	"crypto/tls"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// instead are the answers of faults that keep the operation from being carried out.
var instead = map[FaultKind]answer{
	Status429: {status: 429, body: object{"Error": "Too many requests."}},
	Status503: page(503, "Service Unavailable"),
	Status502: page(502, "Bad Gateway"),
	Status504: page(504, "Gateway Timeout"),
	Deadlock500: {
		status: 500,
		body: object{"Error": "Transaction (Process ID 61) was deadlocked on lock resources with another process and " +
			"has been chosen as the deadlock victim. Rerun the transaction."},
	},
	Other500:     {status: 500, body: object{"Error": "Internal error occurred."}},
	ExpiredToken: invalidToken(),
	AspNet500: {status: 500, body: object{
		"Message": "An error has occurred.", "ExceptionMessage": "Object reference not set to an instance of an " +
			"object.",
		"ExceptionType": "System.NullReferenceException", "StackTrace": "   at Venafi.Codesign.Handler()",
	}},
	AspNet400: {status: 400, body: object{
		"Message": "The request is invalid.", "MessageDetail": "The parameters dictionary contains a null entry for " +
			"parameter 'dn'.",
	}},
	Gateway502LateCommit: page(502, "Bad Gateway"),
	InsufficientScope:    authError(403, "insufficient_scope", "Grant rejected scope 'codesign:manage'."),
	ControlCharacters: {status: 400, body: object{
		"error":             "invalid_request",
		"error_description": "bad\x1b[31m red \x1b]0;title\x07 text\r\nset-cookie: a=b\x00\u202e end",
	}},
	RedirectLoop:      {status: 307},
	RedirectOtherHost: {status: 307, header: http.Header{"Location": {"https://elsewhere.example.test/"}}},
	ResetBeforeCommit: {send: reset},
	Hang:              {send: hang},
}

// afterwards are the answers of faults that come once the operation has been carried out.
var afterwards = map[FaultKind]answer{
	ResetAfterCommit:      {send: reset},
	HangAfterCommit:       {send: hang},
	Gateway502AfterCommit: page(502, "Bad Gateway"),
	Gateway504AfterCommit: page(504, "Gateway Timeout"),
}

func hang(_ http.ResponseWriter, r *http.Request) { <-r.Context().Done() }

// answer is the answer of a fault from a table, with what the fault says about it; ok is false where
// the table has none.
func (f Fault) answer(table map[FaultKind]answer, r *http.Request) (a answer, ok bool) {
	if a, ok = table[f.Kind]; !ok {
		return a, false
	}
	h := a.header.Clone()
	if h == nil {
		h = http.Header{}
	}
	if f.Kind == RedirectLoop {
		h.Set("Location", r.URL.String())
	}
	if f.RetryAfter != "" {
		h.Set("Retry-After", retryAfter(f.RetryAfter))
	}
	if f.Body != "" {
		a.text = []byte(f.Body)
		h.Del("Content-Type")
	} else if a.body != nil {
		a.text = mustJSON(a.body)
	}
	a.header, a.status = h, cmp.Or(f.Status, a.status)
	return a, true
}

func retryAfter(text string) string {
	ahead, ok := strings.CutPrefix(text, "date:")
	if !ok {
		return text
	}
	n, _ := strconv.Atoi(ahead)
	return time.Now().Add(seconds(n)).UTC().Format(http.TimeFormat)
}

// reset breaks the connection, with a TCP reset where there is one.
func reset(w http.ResponseWriter, _ *http.Request) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler)
	}
	if encrypted, ok := conn.(*tls.Conn); ok {
		conn = encrypted.NetConn() // no goodbye
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// lateCommit is what someone does later.
type lateCommit struct {
	at    time.Time
	actor *identity
	do    func()
}

func (s *Server) later(after time.Duration, actor *identity, do func()) {
	s.late = append(s.late, lateCommit{at: s.now.Add(after), actor: actor, do: do})
}

// commitLater keeps an operation for later. Whether the caller may do it is decided now.
func (s *Server) commitLater(r *http.Request, op *operation, body []byte, after time.Duration) {
	defer s.lock()()
	c := &call{Server: s, request: r}
	c.catch(func() answer {
		c.prepare(op, body)
		s.later(after, s.actor, func() { c.catch(func() answer { return c.carryOut(op) }) })
		return answer{}
	})
}

// lock takes the server's lock, carries out what is due, and returns what releases the lock. No
// goroutine waits for what is due, so that a server also works inside a synctest bubble.
func (s *Server) lock() (unlock func()) {
	s.mu.Lock()
	for now := time.Now(); ; {
		i := slices.IndexFunc(s.late, func(l lateCommit) bool { return !l.at.After(now) })
		if i < 0 {
			s.now, s.actor = now, nil
			return s.mu.Unlock
		}
		due := s.late[i]
		s.late = slices.Delete(s.late, i, i+1)
		s.now, s.actor = due.at, due.actor
		due.do()
	}
}
