package simulator

import (
	"bytes"
	"cmp"
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
	Path string
	Kind FaultKind
	// Count is how many requests are hit; 0 means no end.
	Count int
	// Skip is how many matching requests pass first.
	Skip int
	// Status replaces the HTTP status of kinds that have one.
	Status int
	// RetryAfter is the header of that name: seconds or an HTTP date. The text "date:30" becomes the
	// date thirty seconds ahead.
	RetryAfter string
	// Delay before the fault shows; the pace of SlowBody.
	Delay time.Duration
	// CommitAfter is how long after its answer Gateway502LateCommit takes effect.
	CommitAfter time.Duration
	// Size of OversizedBody in bytes, depth of DeepJSON.
	Size int
	// Body replaces the body of kinds with a status.
	Body string
}

type activeFault struct {
	Fault
	met int // how many requests matched
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
		if onTransport != (f.Kind == ConnectionRefused) ||
			!strings.HasPrefix(strings.ToLower(path), strings.ToLower(f.Path)) {
			continue
		}
		f.met++
		if hits := f.met - f.Skip; hits > 0 && (f.Count == 0 || hits <= f.Count) {
			return f.Fault
		}
	}
	return Fault{}
}

// pause waits; false means the client has gone.
func pause(r *http.Request, d time.Duration) bool {
	if d <= 0 {
		return true
	}
	select {
	case <-time.After(d):
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
		padding := strings.Repeat("x", cmp.Or(f.Size, 64<<20))
		plain.text = []byte(`{"Padding":"` + padding + `","Result":1,"Success":true}`)
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
	}
	w.WriteHeader(a.code())
	send := func(part []byte) bool {
		_, err := w.Write(part)
		_ = http.NewResponseController(w).Flush()
		return err == nil && r.Context().Err() == nil
	}
	switch f.Kind {
	case TruncatedBody:
		send(a.text[:len(a.text)/2])
		panic(http.ErrAbortHandler)
	case SlowBody:
		for _, b := range a.text {
			if !pause(r, cmp.Or(f.Delay, 100*time.Millisecond)) || !send([]byte{b}) {
				return
			}
		}
	case EndlessBody:
		for part := []byte(`{"Error":"`); send(part); {
			part = bytes.Repeat([]byte("x"), 32<<10)
		}
	}
}
