package decide

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
)

// answered is a refusal with a code of Workflow/Ticket.
func answered(code int) *client.Error {
	return &client.Error{
		Reason: client.Refused, HTTPStatus: 200, Code: client.Code{
			Family: client.FamilyWorkflow, Number: code,
			Present: true,
		},
	}
}

func TestRefusal_ByCode(t *testing.T) {
	for _, c := range []struct {
		number                  int
		code                    failure.Code
		read, decide            failure.Attribute
		readAdvice, writeAdvice string
	}{
		{
			1, failure.Refused, failure.NoAttribute, failure.NoAttribute, "Run again",
			"check the log of the server",
		},
		{noPrivileges, failure.Refused, failure.Object, failure.Object, "Only approvers", "credentials of an approver"},
		{
			badArguments, failure.Refused, failure.Object, failure.Status, "Compare it with the GUID",
			"does not say which",
		},
		{
			noObject, failure.Obsolete, failure.Object, failure.Object, "was blocking no longer exists",
			"Delete the ticket",
		},
		{noWorkflow, failure.Obsolete, failure.Object, failure.Object, "create it again", "workflow that created"},
	} {
		read := wantError(t, unreadableError(guid, answered(c.number)), c.code, guid, "could not be read")
		write := wantError(t, refusedError(first(rejected()), answered(c.number)), c.code, guid, "Rejected",
			"was not carried out")
		if read.Attribute != c.read || write.Attribute != c.decide {
			t.Errorf("code %d: attributes %q and %q", c.number, read.Attribute, write.Attribute)
		}
		wantAdvice(t, read, c.readAdvice)
		wantAdvice(t, write, c.writeAdvice)
	}
}

func TestRefusal_WithoutCodeByStatus(t *testing.T) {
	for _, c := range []struct {
		answer       client.Error
		read, decide failure.Attribute
	}{
		{client.Error{Reason: client.Refused, HTTPStatus: 400}, failure.Object, failure.Status},
		{client.Error{Reason: client.Refused, HTTPStatus: 399}, failure.NoAttribute, failure.NoAttribute},
		{client.Error{Reason: client.Forbidden, HTTPStatus: 403}, failure.Object, failure.Object},
		{client.Error{Reason: client.Refused, HTTPStatus: 200}, failure.NoAttribute, failure.NoAttribute},
		{client.Error{Reason: client.MissingScope, HTTPStatus: 403}, failure.NoAttribute, failure.NoAttribute},
		{client.Error{Reason: client.Unavailable}, failure.NoAttribute, failure.NoAttribute},
	} {
		read := wantError(t, unreadableError(guid, &c.answer), failure.Refused)
		write := wantError(t, refusedError(first(rejected()), &c.answer), failure.Refused)
		if read.Attribute != c.read || write.Attribute != c.decide {
			t.Errorf("%v: attributes %q and %q", &c.answer, read.Attribute, write.Attribute)
		}
		if explains := c.answer.Reason == client.Refused ||
			c.answer.Reason == client.Forbidden; (read.Remedy != "") != explains {
			t.Errorf("%v: advice %q", &c.answer, read.Remedy)
		}
	}
}

func TestRefusal_ValuesThatNotEveryServerDocuments(t *testing.T) {
	for _, c := range []struct {
		change    func(*Request)
		code      int
		attribute failure.Attribute
		advice    string
	}{
		{
			func(r *Request) { r.Approvers = []string{"local:{a}"} }, badArguments, failure.Approvers,
			"documents approvers. Remove what",
		},
		{func(r *Request) { r.ObjectDN = "x" }, badArguments, failure.ObjectDN, "documents object_dn. Remove what"},
		{func(r *Request) { r.Reason = "7" }, badArguments, failure.Reason, "documents reason. Remove what"},
		{func(r *Request) { r.UserData = "u" }, badArguments, failure.UserData, "documents user_data. Remove what"},
		{
			func(r *Request) { r.Reason, r.UserData = "7", "u" }, badArguments, failure.Status,
			"documents reason, user_data. Remove what",
		},
		{
			func(r *Request) { r.ObjectDN, r.Reason, r.UserData = "x", "7", "u" }, badArguments, failure.Status,
			"documents object_dn, reason, user_data. Remove what",
		},
		{func(r *Request) { r.ObjectDN = "x" }, noObject, failure.ObjectDN, "no object of that name"},
	} {
		request := first(rejected())
		c.change(&request)
		failed := wantError(t, refusedError(request, answered(c.code)), failure.Refused)
		if failed.Attribute != c.attribute {
			t.Errorf("attribute %q, want %q", failed.Attribute, c.attribute)
		}
		wantAdvice(t, failed, c.advice)
	}
}
