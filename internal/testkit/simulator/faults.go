package simulator

import (
	"bytes"
	"cmp"
	"io"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// FaultKind says what goes wrong.
type FaultKind string

// The kinds of faults. Those named AfterCommit, and all that spoil an answer's body, carry the
// operation out first; the others never do.
const (
	Status429             FaultKind = "429"
	Status503             FaultKind = "503" // HTML, as during maintenance
	Status502             FaultKind = "502"
	Status504             FaultKind = "504"      // HTML
	Deadlock500           FaultKind = "deadlock" // the body asks to rerun the transaction
	Other500              FaultKind = "500"
	ResetBeforeCommit     FaultKind = "reset-before-commit"
	ResetAfterCommit      FaultKind = "reset-after-commit"
	Gateway502AfterCommit FaultKind = "502-after-commit"
	Gateway504AfterCommit FaultKind = "504-after-commit"
	Hang                  FaultKind = "hang"              // no answer until the client goes away
	HangAfterCommit       FaultKind = "hang-after-commit" //
	SlowBody              FaultKind = "slow-body"         // one byte per Delay (100 ms)
	TruncatedBody         FaultKind = "truncated-body"
	OversizedBody         FaultKind = "oversized-body" // Size bytes (64 MiB), well-formed
	EndlessBody           FaultKind = "endless-body"
	WrongContentType      FaultKind = "wrong-content-type" // a login page with status 200
	DeepJSON              FaultKind = "deep-json"          // arrays nested Size (100000) deep
	EmptyBody             FaultKind = "empty-body"
	RedirectLoop          FaultKind = "redirect-loop"
	RedirectOtherHost     FaultKind = "redirect-other-host" // to Location
	ExpiredToken          FaultKind = "expired-token"       // 401 invalid_token
	InsufficientScope     FaultKind = "insufficient-scope"  // 403 insufficient_scope
	ControlCharacters     FaultKind = "control-characters"  // in the text of an error
	Latency               FaultKind = "latency"             // Delay before an ordinary answer
	// Gateway502LateCommit answers 502 at once and carries the operation out CommitAfter later.
	Gateway502LateCommit FaultKind = "502-late-commit"
	// AspNet500 and AspNet400 carry the error bodies of ASP.NET.
	AspNet500 FaultKind = "asp-net-500" // Message, ExceptionMessage, ExceptionType
	AspNet400 FaultKind = "asp-net-400" // Message, MessageDetail
	// ConnectionRefused exists on Transport only: a listener cannot refuse single requests.
	ConnectionRefused FaultKind = "connection-refused"
)

// Fault is something that goes wrong with some requests.
type Fault struct {
	// Path is an operation as in Request.Path, or the beginning of one; "" is all.
	Path string    `json:"path,omitempty"`
	Kind FaultKind `json:"kind"`
	// Count is how many requests are hit; 0 means no end.
	Count int `json:"count,omitempty"`
	// Skip is how many matching requests pass first.
	Skip int `json:"skip,omitempty"`
	// Status replaces the HTTP status of kinds that have one.
	Status int `json:"status,omitempty"`
	// RetryAfter is the header of that name: seconds or an HTTP date. The text "date:30" becomes the
	// date thirty seconds ahead.
	RetryAfter string `json:"retry_after,omitempty"`
	// Delay before the fault shows (nanoseconds in JSON); the pace of SlowBody.
	Delay time.Duration `json:"delay,omitempty"`
	// CommitAfter is how long after its answer Gateway502LateCommit takes effect (nanoseconds in
	// JSON).
	CommitAfter time.Duration `json:"commit_after,omitempty"`
	// Size of OversizedBody in bytes, depth of DeepJSON.
	Size int `json:"size,omitempty"`
	// Body replaces the body of kinds with a status.
	Body string `json:"body,omitempty"`
}

type activeFault struct {
	Fault
	skipped, hits int
}

// Inject adds a fault and returns what takes it away. Of several that match a request the oldest
// wins.
func (s *Server) Inject(f Fault) (remove func()) {
	defer s.lock()()
	active := &activeFault{Fault: f}
	s.faults = append(s.faults, active)
	return func() {
		defer s.lock()()
		s.faults = slices.DeleteFunc(s.faults, func(a *activeFault) bool { return a == active })
	}
}

// ClearFaults takes all faults away.
func (s *Server) ClearFaults() {
	defer s.lock()()
	s.faults = nil
}

// fault picks the fault for a request and counts the hit. The result has no kind if no fault applies.
func (s *Server) fault(path string, onTransport bool) Fault {
	defer s.lock()()
	for _, f := range s.faults {
		if onTransport != (f.Kind == ConnectionRefused) || !f.matches(path) ||
			f.Count > 0 && f.hits >= f.Count {
			continue
		}
		if f.skipped < f.Skip {
			f.skipped++
			continue
		}
		f.hits++
		return f.Fault
	}
	return Fault{}
}

func (f Fault) matches(path string) bool {
	return len(path) >= len(f.Path) && strings.EqualFold(path[:len(f.Path)], f.Path)
}

// pause waits; false means the client has gone.
func pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-r.Context().Done():
		return false
	}
}

// spoil is an answer with the body that the fault requires.
func (f Fault) spoil(a answer) answer {
	plain := answer{status: a.status, text: a.text, header: http.Header{"Content-Type": {jsonType}}}
	switch f.Kind {
	case SlowBody, EndlessBody, TruncatedBody:
		plain.send = func(w http.ResponseWriter, r *http.Request) { f.stream(w, r, a) }
	case OversizedBody:
		plain.text = pad(a.text, cmp.Or(f.Size, 64<<20))
	case WrongContentType:
		return html(http.StatusOK, errorPage("Sign in"))
	case DeepJSON:
		depth := cmp.Or(f.Size, 100_000)
		nested := strings.Repeat("[", depth) + strings.Repeat("]", depth)
		plain.status, plain.text = http.StatusOK, []byte(`{"Result":1,"Success":true,"Project":`+nested+`}`)
	case EmptyBody:
		plain.text = nil
	default:
		return a
	}
	return plain
}

// stream sends a body slowly, without an end, or up to its half.
func (f Fault) stream(w http.ResponseWriter, r *http.Request, a answer) {
	w.Header().Set("Content-Type", jsonType)
	if f.Kind == TruncatedBody {
		w.Header().Set("Content-Length", strconv.Itoa(len(a.text)))
		w.WriteHeader(a.code())
		_, _ = w.Write(a.text[:len(a.text)/2])
		flush(w)
		panic(http.ErrAbortHandler)
	}
	w.WriteHeader(a.code())
	if f.Kind == SlowBody {
		drip(w, r, a.text, cmp.Or(f.Delay, 100*time.Millisecond))
		return
	}
	_, err := io.WriteString(w, `{"Error":"`)
	for block := bytes.Repeat([]byte("x"), 32<<10); err == nil && r.Context().Err() == nil; flush(w) {
		_, err = w.Write(block)
	}
}

func flush(w http.ResponseWriter) { _ = http.NewResponseController(w).Flush() }

func drip(w http.ResponseWriter, r *http.Request, body []byte, pace time.Duration) {
	for i := range body {
		if !pause(r, pace) {
			return
		}
		if _, err := w.Write(body[i : i+1]); err != nil {
			return
		}
		flush(w)
	}
}

// pad makes a JSON object larger without making it invalid.
func pad(body []byte, size int) []byte {
	padding := append(append([]byte(`{"Padding":"`), bytes.Repeat([]byte("x"), size)...), '"')
	rest, isObject := bytes.CutPrefix(body, []byte("{"))
	if !isObject || len(rest) == 1 {
		return append(padding, '}')
	}
	return append(append(padding, ','), rest...)
}
