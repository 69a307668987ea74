package decide

import (
	"context"
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/schedule"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

// tickets is a server with tickets by GUID. A ticket without a status was consumed.
type tickets struct {
	API
	guids      []string
	status     map[string]string
	enumerate  error
	details    error
	refreshed  bool
	mu         sync.Mutex // of the next two
	concurrent int
	most       int
}

func (s *tickets) RefreshPermissions(context.Context) error {
	s.refreshed = true
	return errScope
}

func (s *tickets) TicketEnumerate(_ context.Context, objectDN, userData string) ([]string, error) {
	if !s.refreshed || objectDN != "object" || userData != "data" {
		return nil, errors.New("asked for other tickets, or before the refresh")
	}
	return s.guids, s.enumerate
}

func (s *tickets) count(n int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.concurrent += n
	s.most = max(s.most, s.concurrent)
}

func (s *tickets) TicketDetails(_ context.Context, guid string) (*client.WorkflowTicket, error) {
	s.count(1)
	time.Sleep(time.Second)
	s.count(-1)
	if s.details != nil {
		return nil, s.details
	}
	if s.status[guid] == "" {
		return nil, errNotFound
	}
	return &client.WorkflowTicket{GUID: guid, Status: s.status[guid]}, nil
}

func TestList(t *testing.T) {
	for want, statuses := range map[string][]string{
		"a B c": nil, "B": {"Pending"}, "a c": {"Approved", "Rejected"},
		"": {"Other"},
	} {
		synctest.Test(t, func(t *testing.T) {
			api := &tickets{
				guids:  []string{"c", "a", "gone", "B", "a"},
				status: map[string]string{"a": "Approved", "B": "Pending", "c": "Rejected"},
			}
			found, err := List(t.Context(), api, "object", "data", statuses)
			var guids []string
			for _, f := range found {
				guids = append(guids, f.GUID)
			}
			if got := strings.Join(guids, " "); err != nil || got != want {
				t.Errorf("%v: got %q, %v, want %q", statuses, got, err, want)
			}
		})
	}
}

func TestList_Errors(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := &tickets{enumerate: errAway}
		if got, err := List(t.Context(), api, "object", "data", nil); got != nil || !errors.Is(err, errAway) {
			t.Errorf("got %v, %v", got, err)
		}
		api = &tickets{guids: []string{"a"}, details: errAway}
		if got, err := List(t.Context(), api, "object", "data", nil); got != nil || !errors.Is(err, errAway) {
			t.Errorf("got %v, %v", got, err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := List(ctx, &tickets{guids: []string{"a"}, status: map[string]string{"a": "Pending"}},
			"object", "data", nil); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

func TestList_LimitsConcurrency(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		api := &tickets{status: map[string]string{}}
		for i := range 40 {
			guid := strings.Repeat("x", i+1)
			api.guids, api.status[guid] = append(api.guids, guid), "Pending"
		}
		found, err := List(t.Context(), api, "object", "data", nil)
		if err != nil || len(found) != 40 || api.most != 16 {
			t.Errorf("%d tickets, %d reads at a time, %v", len(found), api.most, err)
		}
	})
}

func TestGetConsumed_Errors(t *testing.T) {
	f := &fake{ticket: ticket(pending())}
	if found, err := f.decider().GetConsumed(t.Context(), guid); err != nil || found.Status != schedule.Pending {
		t.Errorf("got %+v, %v", found, err)
	}
	for _, c := range []struct {
		err  error
		code failure.Code
	}{
		{errNotFound, failure.NotFound},
		{errArguments, failure.Refused},
		{errForbidden, failure.Refused},
		{errAway, ""},
	} {
		f := &fake{looks: []func() error{func() error { return c.err }}}
		_, err := f.decider().GetConsumed(t.Context(), guid)
		if err == nil || failure.CodeOf(err) != c.code {
			t.Errorf("got %v", err)
		}
	}
}

func TestGet_UnreadableTicket(t *testing.T) {
	for _, cause := range []error{errArguments, errForbidden} {
		answer := func() error { return cause }
		f := &fake{looks: []func() error{answer, answer}}
		_, err := f.decider().Get(t.Context(), guid)
		wantError(t, err, failure.Refused, "could not be read")
	}
	f := &fake{exists: []any{errNotFound}}
	_, err := f.decider().Get(t.Context(), guid)
	wantError(t, err, failure.NotFound)
}

func TestExplanationOf(t *testing.T) {
	found := func(text string) *client.WorkflowTicket { return &client.WorkflowTicket{ApprovalExplanation: text} }
	for _, c := range []struct {
		before *client.WorkflowTicket
		text   string
		want   author
	}{
		{nil, "", unknownAuthor},
		{nil, "mine", byCaller},
		{nil, "theirs", byAnother},
		{found("theirs"), "theirs", unknownAuthor},
		{found("old"), "theirs", byAnother},
		{found("mine"), "mine", byCaller},
	} {
		if got := explanationOf(explained("mine"), c.before, found(c.text)); got != c.want {
			t.Errorf("%q: got %d, want %d", c.text, got, c.want)
		}
	}
}

func TestAuthorOf(t *testing.T) {
	for _, c := range []struct {
		names             []string
		before            bool
		from, explanation string
		want              author
	}{
		{nil, false, "", "", unknownAuthor},
		{nil, false, another, "", unknownAuthor},
		{[]string{caller}, false, another, "", byAnother},
		{[]string{caller}, false, another, "mine", byCaller},
		{[]string{caller}, false, another, "theirs", byAnother},
		{[]string{caller}, false, "Another Person", "", unknownAuthor},
		{[]string{caller}, false, "Another Person", "theirs", byAnother},
		{[]string{caller}, false, caller, "", byCaller},
		{[]string{caller}, false, caller, "theirs", unknownAuthor},
		{[]string{caller}, true, caller, "theirs", byCaller},
		{[]string{"local:{x}", caller}, false, caller, "", byCaller},
	} {
		f := &fake{names: c.names}
		var before *client.WorkflowTicket
		if c.before {
			before = &client.WorkflowTicket{}
		}
		found := &client.WorkflowTicket{ApprovalFrom: c.from, ApprovalExplanation: c.explanation}
		if got := f.decider().authorOf(t.Context(), explained("mine"), before, found); got != c.want {
			t.Errorf("%+v: got %d", c, got)
		}
	}
}

func TestAdoptionNotes(t *testing.T) {
	rounded := ticket(between(1))
	exact := between(1)
	exact.Start = exact.Start.Add(30 * time.Second)
	if notes := adoptionNotes(exact, rounded); len(notes) != 1 || !strings.Contains(notes[0], "rounds times") {
		t.Errorf("rounded: %q", notes)
	}
	if notes := adoptionNotes(between(1), ticket(approved())); len(notes) != 1 ||
		!strings.Contains(notes[0], "does not show the window") {
		t.Errorf("short: %q", notes)
	}
	for _, d := range []schedule.Decision{approved(), rejected(), between(1)} {
		if notes := adoptionNotes(d, ticket(d)); notes != nil {
			t.Errorf("%s: %q", d, notes)
		}
	}
}

func TestDescribe(t *testing.T) {
	plain := ticket(rejected())
	if got := describe(plain); got != "Rejected" {
		t.Errorf("got %q", got)
	}
	plain.ApprovalFrom, plain.ApprovalExplanation, plain.Updated = "local:jane", "no", noon
	got := describe(plain)
	if got != `Rejected, by local:jane, with the explanation "no", last changed 2026-12-01T12:00:00Z` {
		t.Errorf("got %q", got)
	}
}

func TestDecide_Reports(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var lines []string
		f := &fake{ticket: ticket(pending()), hidden: errNotFound, lag: 1, updates: []func(func()) error{lost(false)}}
		d := f.decider()
		d.Report = func(format string, _ ...any) { lines = append(lines, format) }
		for range 2 {
			if _, err := d.Decide(t.Context(), first(rejected())); err != nil {
				t.Fatal(err)
			}
		}
		want := []string{
			"not visible yet", "deciding", "sending the decision once more", "deciding", "is still",
			"already has",
		}
		for i, word := range want {
			if len(lines) != len(want) || !strings.Contains(lines[i], word) {
				t.Fatalf("reported %q, want %q", lines, want)
			}
		}
	})
}

func TestResultOf(t *testing.T) {
	moved := ticket(rejected())
	moved.Updated = noon
	explained := ticket(rejected())
	explained.ApprovalExplanation = "why"
	for name, c := range map[string]struct {
		wanted        schedule.Decision
		before, after *client.WorkflowTicket
		acknowledged  bool
		want          poll.WriteResult
	}{
		"unchanged":                     {rejected(), ticket(rejected()), ticket(rejected()), false, poll.NotApplied},
		"unchanged, acknowledged":       {rejected(), ticket(rejected()), ticket(rejected()), true, poll.Applied},
		"rewritten":                     {rejected(), ticket(rejected()), moved, false, poll.Applied},
		"explained":                     {rejected(), ticket(rejected()), explained, false, poll.Applied},
		"pending, acknowledged":         {rejected(), ticket(pending()), ticket(pending()), true, poll.NotApplied},
		"rewritten with the other":      {approved(), ticket(rejected()), moved, false, poll.NotApplied},
		"short form":                    {between(1), ticket(pending()), ticket(approved()), false, poll.Applied},
		"third status":                  {approved(), ticket(pending()), ticket(rejected()), false, poll.Superseded},
		"other times, no author":        {between(1), ticket(pending()), ticket(between(5)), false, poll.Superseded},
		"other times, acknowledged":     {between(1), ticket(pending()), ticket(between(5)), true, poll.Applied},
		"rounded, no author":            {odd(1), ticket(pending()), truncated(odd(1)), false, poll.Applied},
		"rounded as before, unanswered": {odd(1), truncated(odd(1)), truncated(odd(1)), true, poll.Applied},
	} {
		w := &write{decider: (&fake{}).decider(), request: first(c.wanted), before: c.before}
		if got := w.resultOf(t.Context(), c.after, c.acknowledged); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
	}
}

// truncated shows a decision in whole minutes.
func truncated(d schedule.Decision) *client.WorkflowTicket {
	d.Start, d.Stop = d.Start.Truncate(time.Minute), d.Stop.Truncate(time.Minute)
	return ticket(d)
}
