package simulator

import (
	"cmp"
	"io"
	"log"
	"slices"
	"strings"
	"time"
)

var silent = log.New(io.Discard, "", 0)

// Request is one line of the request log.
type Request struct {
	Seq    int       `json:"seq"`
	Time   time.Time `json:"time"`
	Method string    `json:"method"`
	// Path is the operation in its canonical spelling, such as "Codesign/GetProject",
	// "Workflow/Ticket/Details", "vedauth/authorize/oauth".
	Path    string `json:"path"`
	RawPath string `json:"raw_path"`
	// User and Scope of the token; empty without a valid one.
	User   string `json:"user,omitempty"`
	Scope  string `json:"scope,omitempty"`
	Client string `json:"client,omitempty"`
	Agent  string `json:"agent,omitempty"`
	Body   string `json:"body,omitempty"`
	// Unknown are request members that the operation does not know.
	Unknown []string `json:"unknown,omitempty"`
	// Status is the HTTP status; 0 while in flight and where no answer was given.
	Status int `json:"status"`
	// Result is the code inside the answer, nil where there is none.
	Result *int `json:"result,omitempty"`
	// Handled reports whether the request got past the faults to the server itself, also when the answer
	// got lost.
	Handled bool `json:"handled"`
	// Fault is the kind of fault that hit this request.
	Fault FaultKind `json:"fault,omitempty"`
}

// Requests is a copy of the request log in order of arrival.
func (s *Server) Requests() []Request {
	defer s.lock()()
	return slices.Clone(s.log)
}

// Count is how many requests for an operation have arrived.
func (s *Server) Count(op string) int {
	return len(kept(s.Requests(), func(r Request) bool { return strings.EqualFold(r.Path, op) }))
}

// ResetLog empties the request log; the journal stays.
func (s *Server) ResetLog() {
	defer s.lock()()
	s.log = nil
}

// OnRequest adds a hook that runs before a request is handled.
func (s *Server) OnRequest(hook func(Request)) {
	defer s.lock()()
	s.hooks = append(s.hooks, hook)
}

// OnAnswer adds a hook that runs once a request has been dealt with.
func (s *Server) OnAnswer(hook func(Request)) {
	defer s.lock()()
	s.doneHooks = append(s.doneHooks, hook)
}

func (s *Server) finished(r Request) {
	s.mu.Lock()
	if r.Seq <= len(s.log) && s.log[r.Seq-1].Time.Equal(r.Time) {
		s.log[r.Seq-1] = r
	}
	hooks := s.doneHooks
	s.mu.Unlock()
	for _, hook := range hooks {
		hook(r)
	}
}

// Event is one entry of the journal, something that really changed, or a remark on a request.
type Event struct {
	Seq  int       `json:"seq"`
	Time time.Time `json:"time"`
	// Kind is one of the Event constants.
	Kind string `json:"kind"`
	// Object is a project DN, a workflow ticket's GUID, a client id or an operation.
	Object string `json:"object"`
	// Ticket is the id of the flow ticket, if one is concerned.
	Ticket int64 `json:"ticket,omitempty"`
	// User is the name of who did it; empty for actors outside the API.
	User   string `json:"user,omitempty"`
	From   string `json:"from,omitempty"`
	To     string `json:"to,omitempty"`
	Detail string `json:"detail,omitempty"`
}

// Kinds of events.
const (
	EventSubmitted     = "submitted"      // a project went to Pending and raised a flow ticket
	EventStatus        = "status"         // a project's status changed
	EventFlowApproved  = "flow-approved"  // one approval of a flow ticket
	EventFlowRejected  = "flow-rejected"  // a flow ticket was rejected
	EventDecided       = "decided"        // a workflow ticket's status was set
	EventConsumed      = "consumed"       // a workflow ticket vanished
	EventCreated       = "created"        // an object or ticket came into being
	EventRemoved       = "removed"        // an object or ticket was deleted
	EventRenamed       = "renamed"        // a project got a new DN
	EventChanged       = "changed"        // an object or a grant was changed; Detail names what
	EventHeld          = "held"           // an update or a deletion waits for its flow ticket
	EventTokenIssued   = "token-issued"   // a grant
	EventTokenRenewed  = "token-renewed"  // an exchange of a refresh token
	EventTokenRevoked  = "token-revoked"  //
	EventRefreshReused = "refresh-reused" // a spent refresh token was presented
	EventRemark        = "remark"         // see Remarks; not part of the journal
)

// Journal is a copy of everything that happened, oldest first.
func (s *Server) Journal() []Event {
	defer s.lock()()
	return slices.Clone(s.events)
}

// Remarks are the parts of requests that the provider should not send, oldest first;
// Object is what it was about. Empty after the work of one that is.
func (s *Server) Remarks() []Event {
	defer s.lock()()
	return slices.Clone(s.remarks)
}

func (s *Server) note(e Event) {
	to := &s.events
	if e.Kind == EventRemark {
		to = &s.remarks
	}
	e.Seq = len(*to) + 1
	e.Time = cmp.Or(e.Time, time.Now())
	*to = append(*to, e)
}

// note fills in when, and who where the call has a token.
func (c *call) note(e Event) {
	e.Time = c.now
	if c.session != nil {
		e.User = c.who().Name
	}
	c.Server.note(e)
}
