package reconcile

import (
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/lifecycle"
	"github.com/codesign-tf/terraform-provider-codesign/internal/poll"
)

var submittedAt = time.Date(2026, 12, 1, 12, 0, 0, 0, time.UTC)

func TestSubmission_Age(t *testing.T) {
	created := func(d time.Duration, noZone bool) client.FlowTicket {
		return client.FlowTicket{CreationTime: submittedAt.Add(d), CreationNoZone: noZone}
	}
	dated := submission{since: submittedAt}
	for name, c := range map[string]struct {
		submission submission
		ticket     client.FlowTicket
		want       ticketAge
		ofRun      bool
	}{
		"of this run": {
			submission{since: submittedAt, own: true},
			created(-time.Hour, false), ageUnknown,
			true,
		},
		"ticket without a time":     {dated, client.FlowTicket{}, ageUnknown, false},
		"submission without a time": {submission{}, created(0, false), ageUnknown, false},
		"the same time":             {dated, created(0, false), notOlder, true},
		"the same second": {
			submission{since: submittedAt.Add(900 * time.Millisecond)},
			created(0, false),
			notOlder, true,
		},
		"newer":                      {dated, created(time.Second, false), notOlder, true},
		"newer, ticket without zone": {dated, created(time.Second, true), notOlder, false},
		"newer, date without zone": {
			submission{since: submittedAt, noZone: true},
			created(time.Second, false), notOlder,
			false,
		},
		"older":                      {dated, created(-time.Second, false), older, false},
		"older, ticket without zone": {dated, created(-time.Second, true), ageUncertain, false},
		"older, date without zone": {
			submission{since: submittedAt, noZone: true},
			created(-time.Second, false),
			ageUncertain, false,
		},
		"15 hours older, no zone":     {dated, created(-zones, true), ageUncertain, false},
		"over 15 hours older no zone": {dated, created(-zones-time.Second, true), older, false},
	} {
		if got := c.submission.age(c.ticket); got != c.want {
			t.Errorf("%s: got %d, want %d", name, got, c.want)
		}
		if got := c.submission.own || c.submission.isCertainlyNotOlder(c.ticket); got != c.ofRun {
			t.Errorf("%s: certainly of this run: %t", name, got)
		}
	}
}

func TestSubmission_Choose(t *testing.T) {
	ticket := func(id int64, age time.Duration, noZone bool) client.FlowTicket {
		return client.FlowTicket{ID: id, CreationTime: submittedAt.Add(age), CreationNoZone: noZone}
	}
	uncertain1, uncertain2, certain1, certain2 := ticket(1, -time.Hour, true), ticket(2, -time.Hour, true), ticket(3, 0,
		false), ticket(4, 0, false)
	for name, c := range map[string]struct {
		planned   int64
		found     []client.FlowTicket
		want      int64
		ambiguous bool
	}{
		"none":               {0, nil, 0, false},
		"one":                {0, []client.FlowTicket{certain1}, 3, false},
		"one uncertain":      {0, []client.FlowTicket{uncertain1}, 1, false},
		"certain first":      {0, []client.FlowTicket{uncertain1, certain1}, 3, false},
		"certain last":       {0, []client.FlowTicket{certain1, uncertain1, uncertain2}, 3, false},
		"two uncertain":      {0, []client.FlowTicket{uncertain1, uncertain2}, 0, true},
		"new without a zone": {0, []client.FlowTicket{uncertain1, ticket(3, 0, true)}, 0, true},
		"without a time":     {0, []client.FlowTicket{uncertain1, {ID: 3}}, 0, true},
		"two certain":        {0, []client.FlowTicket{certain1, certain2, uncertain1}, 0, true},
		"planned":            {2, []client.FlowTicket{certain1, uncertain2, certain2}, 2, false},
		"planned, not there": {9, []client.FlowTicket{certain1}, 3, false},
	} {
		got, err := submission{planned: c.planned, since: submittedAt}.choose(c.found)
		var id int64
		if got != nil {
			id = got.ID
		}
		if id != c.want || (err != nil) != c.ambiguous {
			t.Errorf("%s: got ticket %d, %v", name, id, err)
		}
	}
}

func TestSubmission_IsTooNew(t *testing.T) {
	for name, c := range map[string]struct {
		submission submission
		age        time.Duration
		noZone     bool
		want       bool
	}{
		"within a minute":                {submission{since: submittedAt}, time.Minute, false, false},
		"after a minute":                 {submission{since: submittedAt}, time.Minute + 1, false, true},
		"older":                          {submission{since: submittedAt}, -time.Hour, false, false},
		"of this run":                    {submission{since: submittedAt, own: true}, time.Hour, false, true},
		"ticket without a zone":          {submission{since: submittedAt}, zones, true, false},
		"date without a zone":            {submission{since: submittedAt, noZone: true}, zones, false, false},
		"no zone explains 15 hours":      {submission{since: submittedAt}, zones + 1, true, true},
		"the submission without a time ": {submission{}, time.Hour, false, false},
	} {
		ticket := client.FlowTicket{CreationTime: submittedAt.Add(c.age), CreationNoZone: c.noZone}
		if got := c.submission.isTooNew(ticket); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
	if (submission{since: submittedAt}).isTooNew(client.FlowTicket{}) {
		t.Error("a ticket without a time is too new")
	}
}

func TestUpdateTickets(t *testing.T) {
	ticket := func(id int64, age time.Duration) client.FlowTicket {
		return client.FlowTicket{
			ID: id, CreationTime: submittedAt.Add(age), Environment: map[string]string{"ObjectDn": paymentsDN},
		}
	}
	raised, before, soon, later := ticket(5, 0), ticket(4, -time.Hour), ticket(6, time.Second), ticket(7, time.Hour)
	for name, c := range map[string]struct {
		status lifecycle.Status
		found  []client.FlowTicket
		want   []int64
	}{
		"not submitted":             {lifecycle.Enabled, []client.FlowTicket{raised}, []int64{5}},
		"none":                      {lifecycle.Pending, nil, nil},
		"only the submission":       {lifecycle.Pending, []client.FlowTicket{raised}, nil},
		"before the submission":     {lifecycle.Pending, []client.FlowTicket{before, raised}, []int64{4}},
		"after the submission":      {lifecycle.Pending, []client.FlowTicket{later, raised}, []int64{7}},
		"only after the submission": {lifecycle.Pending, []client.FlowTicket{later}, []int64{7}},
		"together with the submission, by number": {
			lifecycle.Pending, []client.FlowTicket{soon, raised}, []int64{6},
		},
	} {
		api := &byProduct{tickets: map[int64][]client.FlowTicket{everyProduct: c.found}, failing: -1}
		p := &client.Project{DN: paymentsDN, Status: c.status, ApprovalSubmissionDate: submittedAt}
		found, err := UpdateTickets(t.Context(), api, p)
		if err != nil || !slices.Equal(ids(found), c.want) {
			t.Errorf("%s: got %v, %v", name, ids(found), err)
		}
		api.failing = everyProduct
		if found, err := UpdateTickets(t.Context(), api, p); err == nil {
			t.Errorf("%s: got %v from a list that cannot be read", name, ids(found))
		}
	}
}

func TestSubmission_MayRaise(t *testing.T) {
	about := func(change func(*client.FlowTicket)) client.FlowTicket {
		ticket := client.FlowTicket{
			ID: 5, CreationTime: submittedAt, Environment: map[string]string{"ObjectDn": paymentsDN},
		}
		change(&ticket)
		return ticket
	}
	for name, c := range map[string]struct {
		planned int64
		change  func(*client.FlowTicket)
		want    bool
	}{
		"new":              {0, func(*client.FlowTicket) {}, true},
		"another object":   {5, func(f *client.FlowTicket) { f.Environment["ObjectDn"] += "x" }, false},
		"use of a key":     {5, func(f *client.FlowTicket) { f.ProductCode = client.ProductCodeKeyUse }, false},
		"rejected":         {5, func(f *client.FlowTicket) { f.RejectionStatus = 1 }, false},
		"from before":      {0, func(f *client.FlowTicket) { f.ID = 4 }, false},
		"older":            {0, func(f *client.FlowTicket) { f.CreationTime = submittedAt.Add(-time.Hour) }, false},
		"older, but shown": {5, func(f *client.FlowTicket) { f.CreationTime = submittedAt.Add(-time.Hour) }, true},
	} {
		s := submission{dn: paymentsDN, planned: c.planned, since: submittedAt, earlier: []int64{4}}
		if got := s.mayRaise(about(c.change)); got != c.want {
			t.Errorf("%s: got %t", name, got)
		}
	}
}

// lists is a server with a list of flow tickets for each product.
type lists struct {
	API
	tickets map[int64][]client.FlowTicket
	errs    map[int64]error
}

func (l lists) FlowTickets(_ context.Context, product int64) ([]client.FlowTicket, error) {
	return l.tickets[product], l.errs[product]
}

func TestFindTicket_InBothLists(t *testing.T) {
	named := func(id int64, dn string) client.FlowTicket {
		return client.FlowTicket{ID: id, Environment: map[string]string{"ObjectDn": dn}}
	}
	const other = `\ved\code signing\projects\payments`
	fails := errors.New("no list")
	for name, c := range map[string]struct {
		signing, all []client.FlowTicket
		errs         map[int64]error
		want         int64
		err          bool
	}{
		"only in the list of all": {nil, []client.FlowTicket{named(1, paymentsDN)}, nil, 1, false},
		"one ticket in both lists": {
			[]client.FlowTicket{named(1, other)},
			[]client.FlowTicket{named(1, other)},
			nil, 1,
			false,
		},
		"one ticket in each list": {
			[]client.FlowTicket{named(1, other)},
			[]client.FlowTicket{named(2, other)},
			nil, 0,
			true,
		},
		"the first list fails": {
			nil,
			[]client.FlowTicket{named(1, paymentsDN)},
			map[int64]error{client.ProductCodeSigning: fails},
			0, true,
		},
		"the second list fails": {[]client.FlowTicket{named(1, other)}, nil, map[int64]error{0: fails}, 0, true},
		"exact before the failure": {
			[]client.FlowTicket{named(1, paymentsDN)}, nil, map[int64]error{0: fails}, 1, false,
		},
	} {
		api := lists{
			tickets: map[int64][]client.FlowTicket{client.ProductCodeSigning: c.signing, 0: c.all}, errs: c.errs,
		}
		got, err := findTicket(t.Context(), api, submission{dn: paymentsDN})
		if (err != nil) != c.err || (got != nil) != (c.want != 0) || got != nil && got.ID != c.want {
			t.Errorf("%s: got %+v, %v", name, got, err)
		}
	}
	api := lists{
		tickets: map[int64][]client.FlowTicket{
			client.ProductCodeSigning: {named(7, other), named(3, paymentsDN)},
			0:                         {named(3, paymentsDN), named(5, paymentsDN)},
		},
		errs: map[int64]error{},
	}
	if got := pendingTickets(t.Context(), api, paymentsDN); !got.complete || !slices.Equal(got.ids, []int64{3, 5, 7}) {
		t.Errorf("got %+v", got)
	}
	api.errs[client.ProductCodeSigning] = fails
	if got := pendingTickets(t.Context(), api, paymentsDN); got.complete {
		t.Error("an incomplete list is complete")
	}
}

func TestResultOf(t *testing.T) {
	project := func(s lifecycle.Status, submitted time.Time) *client.Project {
		return &client.Project{Status: s, ApprovalSubmissionDate: submitted}
	}
	submit := lifecycle.Transition{From: lifecycle.Draft, To: lifecycle.Pending, Action: lifecycle.Submit}
	disable := lifecycle.Transition{From: lifecycle.Draft, To: lifecycle.Disabled, Action: lifecycle.Update}
	for _, c := range []struct {
		step  lifecycle.Transition
		after *client.Project
		want  poll.WriteResult
	}{
		{submit, project(lifecycle.Pending, submittedAt), poll.Applied},
		{submit, project(lifecycle.Enabled, submittedAt), poll.Applied},
		{submit, project(lifecycle.Draft, submittedAt), poll.NotApplied},
		{submit, project(lifecycle.Draft, submittedAt.Add(1)), poll.Applied},
		{submit, project(lifecycle.Disabled, submittedAt), poll.Superseded},
		{disable, project(lifecycle.Disabled, submittedAt), poll.Applied},
		{disable, project(lifecycle.Draft, submittedAt.Add(1)), poll.NotApplied},
		{disable, project(lifecycle.Enabled, submittedAt), poll.Superseded},
	} {
		if got := resultOf(c.step, project(lifecycle.Draft, submittedAt), c.after); got != c.want {
			t.Errorf("%s, then %s: got %d, want %d", c.step.Action, c.after.Status, got, c.want)
		}
	}
}

func TestWindow(t *testing.T) {
	r := New(nil)
	a := &approver{tracker: &tracker{reconciler: r}}
	submit, update := lifecycle.Transition{Action: lifecycle.Submit}, lifecycle.Transition{Action: lifecycle.Update}
	for _, c := range []struct {
		err                      client.Error
		submit, update, approval bool
	}{
		{client.Error{Reason: client.Unavailable, Delivery: client.Unclear}, true, false, true},
		{client.Error{Reason: client.Refused, Delivery: client.Unclear}, true, false, true},
		{client.Error{Reason: client.Refused, Delivery: client.Answered}, true, true, true},
		{client.Error{Reason: client.Forbidden, Delivery: client.Answered}, false, false, true},
		{client.Error{Reason: client.MissingScope, Delivery: client.Answered}, false, false, false},
		{client.Error{Reason: client.Unavailable, Delivery: client.NotSent}, false, false, false},
	} {
		got := [3]bool{r.window(submit, &c.err) > 0, r.window(update, &c.err) > 0, a.window(&c.err) > 0}
		if want := [3]bool{c.submit, c.update, c.approval}; got != want {
			t.Errorf("%v, delivery %s: got %t, want %t", &c.err, c.err.Delivery, got, want)
		}
	}
}

// decisions records what is sent to flow tickets.
type decisions struct {
	API
	sent []string
}

func (d *decisions) ApproveFlowTicket(_ context.Context, _ int64, comment string) error {
	d.sent = append(d.sent, "approve: "+comment)
	return nil
}

func (d *decisions) RejectFlowTicket(_ context.Context, _ int64, comment string, final bool) error {
	if final {
		comment += ", final"
	}
	d.sent = append(d.sent, "reject: "+comment)
	return nil
}

func TestApproval_Send(t *testing.T) {
	for want, approval := range map[string]Approval{
		"approve: " + DefaultComment: {}, "approve: fine": {Comment: "fine"},
		"reject: no": {Reject: true, Comment: "no"}, "reject: no, final": {Reject: true, Comment: "no", Final: true},
	} {
		api := &decisions{}
		if err := approval.send(t.Context(), api, 1); err != nil || !slices.Equal(api.sent, []string{want}) {
			t.Errorf("got %q, %v, want %q", api.sent, err, want)
		}
	}
}
