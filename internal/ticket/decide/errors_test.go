package decide

import (
	"context"
	"errors"
	"regexp"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
)

func TestEveryErrorNamesTheTicketAndWhatToDo(t *testing.T) {
	found := ticket(rejected())
	found.Approvers = []string{"local:{bob}", "local:{jane}"}
	for _, c := range []struct {
		err          error
		says, advice string
	}{
		{&GoneError{GUID: guid}, "does not exist", "two possible causes"},
		{&DoubtError{GUID: guid, Exists: true, Err: errNotFound}, "exists, but", "approver"},
		{&DoubtError{GUID: guid, Err: errAway}, "not certain", "Run again"},
		{&ConflictError{Order: first(approved()), Found: found}, "the server has Rejected", "does not overwrite"},
		{&ConsumedError{GUID: guid, Wanted: approved()}, "cannot be changed", "cannot be decided again"},
		{&ConsumedError{GUID: guid, Wanted: approved(), Before: found, Err: errNotFound}, "was not carried out", "cannot be decided again"},
		{&ConsumedError{GUID: guid, Wanted: rejected(), Before: found, Err: errReset}, "not known whether", "cannot be decided again"},
		{&OverruledError{GUID: guid, Wanted: approved(), Found: found, Err: errReset}, "another person", "not overwritten"},
		{&UnclearError{GUID: guid, Wanted: approved(), Seen: "Pending", NotDone: true, Err: errReset}, "was not carried out", "does not send a decision again"},
		{&UnclearError{GUID: guid, Wanted: approved(), Err: errReset}, "is not known whether", "Run again"},
		{&UnseenError{GUID: guid, Wanted: approved(), Seen: found}, "accepted", "local:{bob}, local:{jane}"},
	} {
		if text := c.err.Error(); !strings.Contains(text, guid) || !strings.Contains(text, c.says) {
			t.Errorf("%T says %q", c.err, text)
		}
		// Data sources and actions share these errors; only the resource has blocks that can be removed.
		if advice := wantAdvice(t, c.err, c.advice); aboutBlocks.MatchString(advice) {
			t.Errorf("%T advises %q", c.err, advice)
		}
	}
	for code := range 10 {
		answer := &client.Error{Reason: client.Refused, HTTPStatus: 200, Code: client.Code{Family: client.FamilyWorkflow, Number: code, Present: true}}
		read, write := &UnreadableError{GUID: guid, Err: answer}, &RefusedError{Order: first(rejected()), Err: answer}
		if text := read.Advice() + write.Advice(); aboutBlocks.MatchString(text) {
			t.Errorf("code %d: %q", code, text)
		}
		if isObsolete := code == noObject || code == noWorkflow; IsObsolete(read) != isObsolete || IsObsolete(write) != isObsolete {
			t.Errorf("code %d: obsolete is %t", code, IsObsolete(read))
		}
	}
	order := first(rejected())
	order.ObjectDN = `\VED\x`
	if IsObsolete(&RefusedError{Order: order, Err: &client.Error{Reason: client.Refused, Code: client.Code{Family: client.FamilyWorkflow, Number: noObject, Present: true}}}) {
		t.Error("an object_dn that does not exist says nothing about the ticket")
	}
}

var aboutBlocks = regexp.MustCompile(`\bblocks?\b`)

func TestErrorsKeepTheirCauses(t *testing.T) {
	for _, err := range []error{
		&DoubtError{Err: errAway}, &ConsumedError{Err: errAway, Before: ticket(pending())}, &RefusedError{Err: errAway},
		&OverruledError{Err: errAway, Found: ticket(rejected())}, &UnclearError{Err: errAway},
	} {
		if !errors.Is(err, errAway) || client.ReasonOf(err) != client.Unavailable {
			t.Errorf("%T loses its cause", err)
		}
	}
	if err := (&UnseenError{Seen: ticket(pending()), Cause: context.Canceled}); !errors.Is(err, context.Canceled) {
		t.Error("an interruption is lost")
	}
}
