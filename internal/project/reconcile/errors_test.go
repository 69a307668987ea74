package reconcile

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

const paymentsDN = `\VED\Code Signing\Projects\Payments`

func TestErrors(t *testing.T) {
	cause := &client.Error{Reason: client.Refused, Delivery: client.Answered, Message: "the cause"}
	lost := &client.Error{Reason: client.Unavailable, Delivery: client.Unclear}
	project := func(s lifecycle.Status) *client.Project { return &client.Project{DN: paymentsDN, Status: s} }
	submit := lifecycle.Transition{
		From: lifecycle.Draft, To: lifecycle.Pending, Action: lifecycle.Submit, Who: "an Owner", Documented: true,
	}
	draft := lifecycle.Transition{
		From: lifecycle.Pending, To: lifecycle.Draft, Action: lifecycle.Update,
		Who: "any identity",
	}
	rejection := Approval{Reject: true}
	for _, c := range []struct {
		err             error
		code            failure.Code
		attribute       failure.Attribute
		message, advice string
		cause           error
	}{
		{notFoundError(client.ByDN(paymentsDN)), failure.NotFound, "", "has no project", "depends_on", nil},
		{
			indeterminateError(client.ByDN(paymentsDN), cause), failure.Indeterminate, "", "not certain",
			"stays in the state", cause,
		},
		{
			replacedError(client.ByDN(paymentsDN), "one", "two"), failure.Replaced, "",
			"GUID one, the server has GUID two",
			"new plan", nil,
		},
		{
			refusedError(submit, cause), failure.Refused, "", "from Draft to Pending",
			"Only an Owner can take", cause,
		},
		{
			refusedError(draft, cause), failure.Refused, "", "the cause", "does not document it",
			cause,
		},
		{
			outcomeUnknownError(project(2), submit, poll.NotApplied, cause), failure.OutcomeUnknown, "",
			"Pending was lost; the project is still Draft: ", "Apply again", cause,
		},
		{
			outcomeUnknownError(project(2), submit, poll.Unknown, cause), failure.OutcomeUnknown, "",
			"the outcome is unknown", "reads the project first", cause,
		},
		{
			ChangedConcurrently(project(0), lifecycle.Draft, lifecycle.Pending, cause), failure.ChangedConcurrently, "",
			"status is Disabled, expected Pending after Draft", "Nothing more was sent", cause,
		},
		{
			rejectedError(project(2)), failure.Rejected, "", "rejected the submission",
			"submits the project again", nil,
		},
		{
			approvalRefusedError(project(3), 17, Approval{}, true, lost), failure.Refused, failure.Approval,
			"could not be approved", "The next apply reads the ticket first", lost,
		},
		{
			approvalRefusedError(project(3), 17, Approval{}, true, cause), failure.Refused, failure.Approval,
			"flow ticket 17 of " + paymentsDN + " could not be approved: ", "With self_approve = false", cause,
		},
		{
			approvalRefusedError(project(3), 17, rejection, false, cause), failure.Refused, failure.Approval,
			"could not be rejected", "must be one of them.", cause,
		},
		{
			ambiguousError(paymentsDN, []int64{1, 2}, []string{"a"}), failure.Ambiguous, "", "[1 2]",
			"decided no ticket", nil,
		},
		{
			ambiguousError(paymentsDN, []int64{1, 2}, []string{"a", "b"}), failure.Ambiguous, "",
			"spell the DN as a and b", "apply again", nil,
		},
		{
			changedSincePlanError(project(3), "revision", "1", "2"), failure.ChangedSincePlan, "",
			"planned revision 1, found 2", "new plan", nil,
		},
		{
			decidedOtherwiseError(project(2), Approval{}), failure.DecidedOtherwise, "",
			"cannot be approved: it was rejected before, and the project is Draft", "decides the new submission", nil,
		},
		{
			decidedOtherwiseError(project(1), rejection), failure.DecidedOtherwise, "",
			"cannot be rejected: it was approved before", "cannot be revoked", nil,
		},
		{
			notApplicableError(project(0)), failure.NotApplicable, "", "is Disabled",
			"Only a draft", nil,
		},
		{
			notApplicableError(project(4)), failure.NotApplicable, "", "is Deleted",
			"queued for deletion", nil,
		},
	} {
		failed, ok := errors.AsType[*failure.Error](c.err)
		if !ok || failed.Code != c.code || failed.Attribute != c.attribute {
			t.Errorf("got %+v, want code %s and attribute %q", c.err, c.code, c.attribute)
			continue
		}
		if !strings.Contains(failed.Message, c.message) || !strings.Contains(failed.Remedy, c.advice) {
			t.Errorf("%s: message %q lacks %q, or advice %q lacks %q", c.code, failed.Message, c.message, failed.Remedy,
				c.advice)
		}
		if c.cause != nil && !errors.Is(c.err, c.cause) {
			t.Errorf("%s: the cause is %v", c.code, failed.Cause)
		}
	}
	one, _ := errors.AsType[*failure.Error](ambiguousError(paymentsDN, []int64{1, 2}, []string{"a"}))
	if strings.Contains(one.Message, "spell") {
		t.Errorf("one spelling is listed: %q", one.Message)
	}
	if remedy := refusedError(submit, cause).(*failure.Error).Remedy; strings.Contains(remedy, "document") {
		t.Errorf("a documented step is not: %q", remedy)
	}
	if remedy := approvalRefusedError(project(3), 17, rejection, false,
		cause).(*failure.Error).Remedy; strings.Contains(remedy, "self_approve") {
		t.Errorf("advice about self_approve without it: %q", remedy)
	}
}

// directory is a server that knows some identities.
type directory struct {
	API
	names map[string]string
	reads int
}

func (d *directory) ValidateIdentity(_ context.Context, trustee string) (*client.Identity, error) {
	d.reads++
	name, known := d.names[trustee]
	if !known {
		return nil, &client.Error{Reason: client.NotFound}
	}
	return &client.Identity{Name: name}, nil
}

func TestDescribeIdentities(t *testing.T) {
	api := &directory{
		names: map[string]string{"local:{a}": "Ada", "local:{b}": "", "local:{c}": strings.Repeat("é", 81)},
	}
	nameOf := DescribeIdentities(api)
	for range 2 {
		for trustee, want := range map[string]string{
			"local:{a}": "Ada (local:{a})", "local:{b}": "local:{b}", "local:{d}": "local:{d}",
			"local:{c}": strings.Repeat("é", 80) + "… (local:{c})", strings.Repeat("x", 80): strings.Repeat("x", 80),
		} {
			if got := nameOf(t.Context(), trustee); got != want {
				t.Errorf("%s: got %q, want %q", trustee, got, want)
			}
		}
	}
	if api.reads != 7 { // the unknown ones are read again
		t.Errorf("%d reads", api.reads)
	}
}

func TestDescribeTicket(t *testing.T) {
	approvers := strings.Split("a b c d e f g h i j k l m", " ")
	asked := 0
	for want, ticket := range map[string]client.FlowTicket{
		"flow ticket 1": {ID: 1},
		"flow ticket 1, 0 of 2 approvals given, approvers: Mr a, Mr b": {
			ID: 1, RequiredApprovals: 2, Approvers: approvers[:2],
		},
		"flow ticket 1, 1 of 1 approvals given": {ID: 1, RequiredApprovals: 1, Approvals: []string{"a"}},
		"flow ticket 1, approvers: Mr a, Mr b, Mr c, Mr d, Mr e, Mr f, Mr g, Mr h, Mr i, Mr j": {
			ID: 1, Approvers: approvers[:10],
		},
		"flow ticket 1, approvers: Mr a, Mr b, Mr c, Mr d, Mr e, Mr f, Mr g, Mr h, Mr i, Mr j, and 3 more": {
			ID: 1, Approvers: approvers,
		},
	} {
		got := DescribeTicket(t.Context(), func(_ context.Context, trustee string) string {
			asked++
			return "Mr " + trustee
		}, &ticket)
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
	if asked != 22 {
		t.Errorf("%d names were read", asked)
	}
}

func TestRefOf(t *testing.T) {
	const guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
	for _, c := range []struct {
		project client.Project
		want    client.ProjectRef
		name    string
	}{
		{client.Project{GUID: guid, DN: paymentsDN, ID: 7}, client.ByGUID(guid), "Payments"},
		{client.Project{DN: paymentsDN, ID: 7}, client.ByDN(paymentsDN), "Payments"},
		{client.Project{ID: 7}, client.ByID(7), client.ByID(7).String()},
	} {
		if got := RefOf(&c.project); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
		if got := NameOf(&c.project); got != c.name {
			t.Errorf("got %q, want %q", got, c.name)
		}
	}
}

// reader is a server that answers reads with errors.
type reader struct {
	API
	get, isValid error
}

func (r reader) GetProject(context.Context, client.ProjectRef) (*client.Project, error) {
	return nil, r.get
}

func (r reader) GetProjectCached(context.Context, client.ProjectRef) (*client.Project, error) {
	return nil, r.get
}

func (r reader) IsValid(context.Context, client.ProjectRef) (int64, error) {
	return 7, r.isValid
}

func TestGet_ClassifiesErrors(t *testing.T) {
	reason := func(r client.Reason) error { return &client.Error{Reason: r} }
	for failed, c := range map[client.Reason]struct{ existing, missing failure.Code }{
		client.NotFound:    {failure.NotFound, failure.NotFound},
		client.Forbidden:   {failure.Indeterminate, failure.NotFound},
		client.WrongType:   {failure.Indeterminate, failure.NotFound},
		client.LoadFailed:  {failure.Indeterminate, failure.NotFound},
		client.EmptyAnswer: {failure.Indeterminate, failure.NotFound},
		client.Unavailable: {"", ""},
	} {
		for _, read := range []func(context.Context, API, client.ProjectRef) (*client.Project, error){Get, GetCached} {
			_, err := read(t.Context(), reader{get: reason(failed)}, client.ByDN(paymentsDN))
			_, missing := read(t.Context(), reader{get: reason(failed), isValid: reason(client.NotFound)},
				client.ByDN(paymentsDN))
			if failure.CodeOf(err) != c.existing || failure.CodeOf(missing) != c.missing || err == nil ||
				missing == nil {
				t.Errorf("reason %d: got %v, and %v", failed, err, missing)
			}
		}
	}
}

func TestRevision(t *testing.T) {
	p := &client.Project{DN: paymentsDN}
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	for _, c := range []struct {
		ctx    context.Context
		reason client.Reason
		fails  bool
	}{
		{t.Context(), client.MissingScope, false},
		{t.Context(), client.Unavailable, true},
		{cancelled, client.MissingScope, true},
	} {
		_, err := New(reader{isValid: &client.Error{Reason: c.reason}}).revision(c.ctx, p)
		if (err != nil) != c.fails {
			t.Errorf("reason %d: got %v", c.reason, err)
		}
	}
	if got, err := New(reader{}).revision(cancelled, p); got != 7 || err != nil {
		t.Errorf("got %d, %v", got, err)
	}
}

func TestIgnoreTransient(t *testing.T) {
	cancelled, cancel := context.WithCancel(t.Context())
	cancel()
	loading := indeterminateError(client.ByDN(paymentsDN), &client.Error{Reason: client.LoadFailed})
	hidden := indeterminateError(client.ByDN(paymentsDN), &client.Error{Reason: client.Forbidden})
	away, scope := &client.Error{Reason: client.Unavailable}, &client.Error{Reason: client.MissingScope}
	for _, c := range []struct {
		ctx          context.Context
		err          error
		fails, keeps bool
	}{
		{t.Context(), nil, false, false},
		{t.Context(), away, false, true},
		{t.Context(), loading, false, true},
		{t.Context(), &client.Error{Reason: client.LoadFailed}, true, false},
		{t.Context(), hidden, true, false},
		{t.Context(), scope, true, false},
		{cancelled, scope, false, false},
		{cancelled, away, false, false},
		{cancelled, nil, false, false},
	} {
		tr := newTracker(New(reader{}), &client.Project{}, time.Now())
		if err := tr.ignoreTransient(c.ctx, c.err); (err != nil) != c.fails || (tr.lastErr != nil) != c.keeps {
			t.Errorf("%v: got %v, kept %v", c.err, err, tr.lastErr)
		}
	}
}
