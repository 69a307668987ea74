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
			outcomeUnknownError(project(2), submit, notApplied, cause), failure.OutcomeUnknown, "",
			"Pending was lost; the project is still Draft: ", "Apply again", cause,
		},
		{
			outcomeUnknownError(project(2), submit, unknown, cause), failure.OutcomeUnknown, "",
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

func TestShort(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0s", 400 * time.Millisecond: "0s", 90 * time.Second: "1m30s", 20*time.Minute + 300*time.Millisecond: "20m",
		time.Hour:                  "1h",
		time.Hour + 30*time.Second: "1h0m30s", 90 * time.Minute: "1h30m", 10 * time.Second: "10s",
		10 * time.Minute: "10m", 10 * time.Hour: "10h",
	} {
		if got := short(d); got != want {
			t.Errorf("%s: got %q, want %q", d, got, want)
		}
	}
}

func TestTicketView(t *testing.T) {
	for want, v := range map[string]TicketView{
		"flow ticket 1": {ID: 1},
		"flow ticket 1, 0 of 2 approvals given, approvers: a, b": {
			ID: 1, Required: 2,
			Approvers: []string{"a", "b"},
		},
		"flow ticket 1, 1 of 1 approvals given": {ID: 1, Required: 1, Approvals: 1},
		"flow ticket 1, approvers: a, and 3 more": {
			ID: 1, Approvers: []string{"a"}, More: 3,
		},
		"flow ticket 1; by the server's dates it is older than the submission": {ID: 1, Older: true},
	} {
		if got := v.String(); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
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

func TestIdentityNames(t *testing.T) {
	api := &directory{
		names: map[string]string{"local:{a}": "Ada", "local:{b}": "", "local:{c}": strings.Repeat("é", 81)},
	}
	names := identityNames{api: api, known: map[string]string{}}
	for range 2 {
		for trustee, want := range map[string]string{
			"local:{a}": "Ada (local:{a})", "local:{b}": "local:{b}", "local:{d}": "local:{d}",
			"local:{c}": strings.Repeat("é", 80) + "… (local:{c})", strings.Repeat("x", 80): strings.Repeat("x", 80),
		} {
			if got := names.describe(t.Context(), trustee); got != want {
				t.Errorf("%s: got %q, want %q", trustee, got, want)
			}
		}
	}
	if api.reads != 7 { // the unknown ones are read again
		t.Errorf("%d reads", api.reads)
	}
	for n, more := range map[int]int{9: 0, 10: 0, 11: 1} {
		view := viewOf(t.Context(), names, &client.FlowTicket{ID: 1, Approvers: make([]string, n)})
		if len(view.Approvers) != n-more || view.More != more {
			t.Errorf("%d approvers: %d are shown, %d more", n, len(view.Approvers), view.More)
		}
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
		get := func(ctx context.Context, api API, ref client.ProjectRef) (*client.Project, error) {
			return Get(ctx, api, ref)
		}
		for _, read := range []func(context.Context, API, client.ProjectRef) (*client.Project, error){get, GetCached} {
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
