package decide

import (
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
)

const guid = "6ede0e12-f7c0-4068-9977-001076205c84"

// The answers that a server or a network can give.
var (
	errNotFound = &client.Error{
		Operation: "Workflow/Ticket", Reason: client.NotFound, Delivery: client.Answered,
		HTTPStatus: 200, Code: client.Code{Family: client.FamilyWorkflow, Number: 3, Present: true},
	}
	errForbidden = &client.Error{
		Operation: "Workflow/Ticket", Reason: client.Forbidden, Delivery: client.Answered,
		HTTPStatus: 401, Code: client.Code{Family: client.FamilyWorkflow, Number: 4, Present: true},
	}
	errArguments = &client.Error{
		Operation: "Workflow/Ticket", Reason: client.Refused, Delivery: client.Answered,
		HTTPStatus: 200, Code: client.Code{Family: client.FamilyWorkflow, Number: 5, Present: true},
	}
	errScope = &client.Error{
		Operation: "Permissions/Refresh", Reason: client.MissingScope,
		Delivery: client.Answered, HTTPStatus: 403, Scope: "security",
	}
	errReset = &client.Error{
		Operation: "Workflow/Ticket/UpdateStatus", Reason: client.Unavailable,
		Delivery: client.Unclear, Err: errors.New("connection reset by peer"),
	}
	errAway = &client.Error{
		Operation: "Workflow/Ticket", Reason: client.Unavailable, Delivery: client.NotSent,
		Err: errors.New("connection refused"),
	}
	errCancelled = &client.Error{
		Operation: "Workflow/Ticket/UpdateStatus", Reason: client.Cancelled,
		Delivery: client.Unclear, Err: context.Canceled,
	}
)

// noon is when the tests of windows take place.
var noon = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func approved() schedule.Decision { return schedule.Decision{Status: schedule.Approved} }
func rejected() schedule.Decision { return schedule.Decision{Status: schedule.Rejected} }
func pending() schedule.Decision  { return schedule.Decision{Status: schedule.Pending} }

// between is a window that opens some hours after noon and stays open for two.
func between(hours int) schedule.Decision {
	start := noon.Add(time.Duration(hours) * time.Hour)
	return schedule.Decision{Status: schedule.ApprovedBetween, Start: start, Stop: start.Add(2 * time.Hour)}
}

func ticket(d schedule.Decision) *client.WorkflowTicket {
	return &client.WorkflowTicket{
		GUID: guid, Status: d.Status, ScheduledStart: d.Start, ScheduledStop: d.Stop,
		Created: noon.Add(-time.Hour),
	}
}

// fake is a server with one ticket. What is scripted happens once each, in order.
type fake struct {
	API
	mu sync.Mutex // of ticket and shownLate, which a late commit writes

	ticket *client.WorkflowTicket // nil: gone
	calls  []string

	hidden    error // what a look answers until the permissions are refreshed
	noRight   error // what a decision answers until then
	refresh   error
	exists    []any // bool or error
	looks     []func() error
	updates   []func(commit func()) error
	vanishes  bool // an approval consumes the ticket
	lag       int  // looks that still show the ticket as before a decision
	untimed   bool // times are not shown
	shownLate *client.WorkflowTicket
	names     []string                     // of the caller; the author of what the caller decides is the first
	display   func(*client.WorkflowTicket) // changes what is shown of a ticket
}

func (f *fake) SelfNames(context.Context) []string {
	f.calls = append(f.calls, "Self")
	return f.names
}

// sent counts the decisions that arrived.
func (f *fake) sent() int {
	n := 0
	for _, c := range f.calls {
		if c == "Update" {
			n++
		}
	}
	return n
}

func (f *fake) TicketDetails(ctx context.Context, _ string) (*client.WorkflowTicket, error) {
	f.calls = append(f.calls, "Details")
	if err := ctx.Err(); err != nil {
		return nil, errCancelled
	}
	if len(f.looks) > 0 {
		look := f.looks[0]
		f.looks = f.looks[1:]
		if err := look(); err != nil {
			return nil, err
		}
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.hidden != nil:
		return nil, f.hidden
	case f.shownLate != nil && f.lag > 0:
		f.lag--
		return f.shownLate, nil
	case f.ticket == nil:
		return nil, errNotFound
	}
	shown := *f.ticket
	if f.untimed {
		shown.ScheduledStart, shown.ScheduledStop = time.Time{}, time.Time{}
	}
	if f.display != nil {
		f.display(&shown)
	}
	return &shown, nil
}

func (f *fake) TicketExists(context.Context, string) (bool, error) {
	f.calls = append(f.calls, "Exists")
	if len(f.exists) > 0 {
		switch answer := f.exists[0].(type) {
		case bool:
			return answer, nil
		case error:
			return false, answer
		}
	}
	return !f.isGone(), nil
}

func (f *fake) isGone() bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.ticket == nil
}

func (f *fake) RefreshPermissions(context.Context) error {
	f.calls = append(f.calls, "Refresh")
	if f.refresh == nil {
		f.hidden, f.noRight = nil, nil
	}
	return f.refresh
}

func (f *fake) UpdateTicketStatus(_ context.Context, d client.TicketDecision) error {
	f.calls = append(f.calls, "Update")
	commit := func() { f.commit(d) }
	if len(f.updates) > 0 {
		update := f.updates[0]
		f.updates = f.updates[1:]
		return update(commit)
	}
	if f.noRight != nil {
		return f.noRight
	}
	if f.isGone() {
		return errNotFound
	}
	commit()
	return nil
}

func (f *fake) commit(d client.TicketDecision) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.shownLate = f.ticket
	if f.vanishes && d.Decision.Status == schedule.Approved {
		f.ticket = nil
		return
	}
	decided := ticket(d.Decision)
	decided.ApprovalExplanation, decided.Updated = d.Explanation, time.Now()
	if len(f.names) > 0 {
		decided.ApprovalFrom = f.names[0]
	}
	f.ticket = decided
}

// decidedByAnother replaces the decision on the ticket.
func (f *fake) decidedByAnother(d schedule.Decision) { f.ticket = ticket(d) }

func (f *fake) decider() *Decider {
	d := New(f)
	d.Now = func() time.Time { return noon }
	return d
}

func (f *fake) wantCalls(t *testing.T, want string) {
	t.Helper()
	if got := strings.Join(f.calls, ","); got != want {
		t.Errorf("calls %q, want %q", got, want)
	}
}

func first(d schedule.Decision) Request {
	return Request{TicketDecision: client.TicketDecision{GUID: guid, Decision: d}}
}

func explained(text string) Request {
	return Request{TicketDecision: client.TicketDecision{Explanation: text}}
}

func change(from, to schedule.Decision) Request {
	request := first(to)
	request.Replaces = &Earlier{Decision: from}
	return request
}

// wantError checks the code of an error, and what its message contains.
func wantError(t *testing.T, err error, code failure.Code, words ...string) *failure.Error {
	t.Helper()
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok || failed.Code != code {
		t.Fatalf("got %T %v, want code %s", err, err, code)
	}
	for _, word := range words {
		if !strings.Contains(err.Error(), word) {
			t.Errorf("message %q lacks %q", err, word)
		}
	}
	return failed
}

// wantAdvice checks what an error says to do next, and returns it.
func wantAdvice(t *testing.T, err error, words ...string) string {
	t.Helper()
	failed, ok := errors.AsType[*failure.Error](err)
	if !ok {
		t.Fatalf("%T has no advice", err)
	}
	for _, word := range words {
		if !strings.Contains(failed.Advice(), word) {
			t.Errorf("advice %q lacks %q", failed.Advice(), word)
		}
	}
	return failed.Advice()
}

func noted(o Outcome, word string) bool {
	return slices.ContainsFunc(o.Notes, func(n string) bool { return strings.Contains(n, word) })
}

// lateReads are the reads of a ticket that does not change within the consistency window.
const lateReads = ",Details,Details,Details,Details,Details,Details,Details"
