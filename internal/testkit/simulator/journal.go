package simulator

import (
	"io"
	"log"
	"slices"
	"strings"
	"time"
)

var silent = log.New(io.Discard, "", 0)

// Request is one line of the request log.
type Request struct {
	Time   time.Time
	Method string
	// Path is the operation in its canonical spelling, such as "Codesign/GetProject",
	// "Workflow/Ticket/Details", "vedauth/authorize/oauth".
	Path  string
	User  string // of the token; empty without a valid one
	Agent string
	Body  string
	// Unknown are request members that the operation does not know.
	Unknown []string
	// Status is the HTTP status; 0 while in flight and where no answer was given.
	Status int
	// Result is the code inside the answer, nil for an answer without a code.
	Result *int
	// Fault is the kind of fault that hit this request.
	Fault FaultKind
}

// Requests is a copy of the request log in order of arrival.
func (s *Server) Requests() []Request {
	defer s.lock()()
	return mapped(s.log, func(r *Request) Request { return *r })
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

func (s *Server) finished(entry *Request, r Request) {
	s.mu.Lock()
	*entry = r
	hooks := s.doneHooks
	s.mu.Unlock()
	for _, hook := range hooks {
		hook(r)
	}
}

// Event is one entry of the journal, something that really changed, or a remark on a request.
type Event struct {
	// Kind is one of the Event constants.
	Kind string
	// Object is a project DN, a workflow ticket's GUID, a client id or an operation.
	Object string
	// Ticket is the id of the flow ticket, if one is concerned.
	Ticket int64
	// User is the name of who did it; empty for actors outside the API.
	User   string
	To     string
	Detail string
}

// Kinds of events.
const (
	EventSubmitted    = "submitted"     // a project went to Pending and raised a flow ticket
	EventStatus       = "status"        // a project's status changed
	EventFlowApproved = "flow-approved" // one approval of a flow ticket
	EventFlowRejected = "flow-rejected" // a flow ticket was rejected
	EventDecided      = "decided"       // a workflow ticket's status was set
	EventCreated      = "created"       // an object or ticket came into being
	EventRemoved      = "removed"       // an object or ticket was deleted
	EventRenamed      = "renamed"       // a project got a new DN
	EventChanged      = "changed"       // an object or a grant was changed; Detail names what
	EventTokenIssued  = "token-issued"  // a grant
	EventTokenRevoked = "token-revoked" //
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
	s.events = append(s.events, s.by(e))
}

// remark notes what the provider should not send.
func (s *Server) remark(object, detail string) {
	s.remarks = append(s.remarks, s.by(Event{Object: object, Detail: detail}))
}

// by fills in who does it.
func (s *Server) by(e Event) Event {
	if s.actor != nil {
		e.User = s.actor.Name
	}
	return e
}
