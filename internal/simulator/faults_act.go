package simulator

import (
	"crypto/tls"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"
)

// instead are the answers of faults that keep the operation from being carried out.
var instead = map[FaultKind]answer{
	Status429:         {status: 429, body: object{"Error": "Too many requests."}},
	Status503:         {status: 503, html: errorPage("503 - Service Unavailable")},
	Status502:         {status: 502, html: errorPage("502 - Bad Gateway")},
	Status504:         {status: 504, html: errorPage("504 - Gateway Timeout")},
	Deadlock500:       {status: 500, body: object{"Error": "Transaction (Process ID 61) was deadlocked on lock resources with another process and has been chosen as the deadlock victim. Rerun the transaction."}},
	Other500:          {status: 500, body: object{"Error": "Internal error occurred."}},
	ExpiredToken:      invalidToken(),
	InsufficientScope: authError(403, "insufficient_scope", "Grant rejected scope 'codesign:manage'."),
	ControlCharacters: {status: 400, body: object{"error": "invalid_request", "error_description": "bad\x1b[31m red \x1b]0;title\x07 text\r\nset-cookie: a=b\x00\u202e end"}},
	RedirectLoop:      {status: 307},
	RedirectOtherHost: {status: 307, header: http.Header{"Location": {"https://elsewhere.example.test/"}}},
}

// before carries a fault out that comes before the operation; true means that
// nothing is left to do.
func (f *activeFault) before(w http.ResponseWriter, r *http.Request) (status int, done bool) {
	if f == nil {
		return 0, false
	}
	switch f.Kind {
	case ResetBeforeCommit:
		reset(w)
		return 0, true
	case Hang:
		<-r.Context().Done()
		return 0, true
	}
	a, ok := instead[f.Kind]
	if !ok {
		return 0, false
	}
	a = f.dress(a, r)
	a.write(w, r)
	return a.code(), true
}

// dress fills in what the fault says about its answer.
func (f *activeFault) dress(a answer, r *http.Request) answer {
	h := a.header.Clone()
	if h == nil {
		h = http.Header{}
	}
	if f.Kind == RedirectLoop {
		h.Set("Location", r.URL.String())
	}
	if f.Location != "" {
		h.Set("Location", f.Location)
	}
	if f.RetryAfter != "" {
		h.Set("Retry-After", retryAfter(f.RetryAfter))
	}
	a.header = h
	if f.Status != 0 {
		a.status = f.Status
	}
	if f.Body != "" {
		a.html, a.chunks = "", [][]byte{[]byte(f.Body)}
	}
	if a.chunks == nil && a.body != nil {
		a.chunks = [][]byte{mustJSON(a.body)}
	}
	return a
}

func retryAfter(text string) string {
	ahead, ok := strings.CutPrefix(text, "date:")
	if !ok {
		return text
	}
	seconds, _ := strconv.Atoi(ahead)
	return time.Now().Add(time.Duration(seconds) * time.Second).UTC().Format(http.TimeFormat)
}

// after carries a fault out that loses the answer of a finished operation.
func (f *activeFault) after(w http.ResponseWriter, r *http.Request) (status int, done bool) {
	if f == nil {
		return 0, false
	}
	switch f.Kind {
	case ResetAfterCommit:
		reset(w)
	case HangAfterCommit:
		<-r.Context().Done()
	case Gateway502AfterCommit:
		f.dress(instead[Status502], r).write(w, r)
		return 502, true
	case Gateway504AfterCommit:
		f.dress(instead[Status504], r).write(w, r)
		return 504, true
	default:
		return 0, false
	}
	return 0, true
}

// reset breaks the connection, with a TCP reset where there is one.
func reset(w http.ResponseWriter) {
	if hijacker, ok := w.(http.Hijacker); ok {
		if conn, _, err := hijacker.Hijack(); err == nil {
			if encrypted, ok := conn.(*tls.Conn); ok {
				conn = encrypted.NetConn() // no goodbye
			}
			if tcp, ok := conn.(*net.TCPConn); ok {
				_ = tcp.SetLinger(0)
			}
			_ = conn.Close()
			return
		}
	}
	panic(http.ErrAbortHandler)
}
