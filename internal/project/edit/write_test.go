package edit_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/failure"
	"github.com/codesign-tf/terraform-provider-codesign/internal/domain/settings"
	"github.com/codesign-tf/terraform-provider-codesign/internal/project/edit"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// lost are the ways in which the answer to an update gets lost.
var lost = map[string]struct {
	kind   simulator.FaultKind
	commit bool
}{
	"reset before it is carried out": {simulator.ResetBeforeCommit, false},
	"reset after it is carried out":  {simulator.ResetAfterCommit, true},
	"502 instead of it":              {simulator.Status502, false},
	"504 after it":                   {simulator.Gateway504AfterCommit, true},
	"no answer at all":               {simulator.Hang, false},
	"no answer after it":             {simulator.HangAfterCommit, true},
	"half an answer after it":        {simulator.TruncatedBody, true},
}

func TestEdit_LostAnswer(t *testing.T) {
	for name, c := range lost {
		t.Run(name, func(t *testing.T) {
			inVirtualTime(t, nil, func(f *fixture) {
				f.script()
				f.server.Inject(simulator.Fault{Path: updateProject, Kind: c.kind, Count: 1})
				if _, err := f.edit(f.add(settings.Use, "lea")); err != nil {
					t.Error(err)
				}
				f.has(settings.Use, "kim", "lea")
				f.has(settings.Audit, "max")
				f.sent(map[bool]int{true: 1, false: 2}[c.commit])
			})
		})
	}
}

// With an update flow, an update that does not show may wait for an approval: it is not sent again.
func TestEdit_LostAnswerWithUpdateFlow(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		dn := `\VED\Code Signing\Flows\Update`
		f.script().flow = &dn
		f.server.Inject(simulator.Fault{Path: updateProject, Kind: simulator.Status502, Count: 1})
		request := edit.Request{Change: f.add(settings.Use, "lea")}
		result, err := f.request(request, time.Minute)
		f.fails(err, failure.OutcomeUnknown, "Check the project")
		f.sent(1)
		if request.Pending = result.Pending; !result.Pending.Unsure {
			t.Errorf("got %+v", result)
		}
		if _, err := f.request(request, time.Minute); err != nil { // no ticket is open
			t.Error(err)
		}
		f.sent(2)
		f.has(settings.Use, "kim", "lea")
	})
}

func TestEdit_NotSent(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.server.Inject(simulator.Fault{Path: updateProject, Kind: simulator.ConnectionRefused})
		if _, err := f.edit(text("New")); err == nil {
			t.Error("got no error")
		}
		if s := f.settings(); s.Description != "Terminals" {
			t.Errorf("got %q", s.Description)
		}
	})
}

// Another client changes the project between the read and the write.
func TestEdit_RevisionChanges(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		other := f.editorOf("adam")
		changed := false
		f.during(isValid, 2, func() {
			changed = true
			_ = other.API.UpdateProject(context.Background(), &client.ProjectUpdate{
				DN: payments, GUID: f.guid, Description: "Other",
				Auditors: client.ListUpdate[string]{Items: f.trustees([]string{"max", "lea"}), Present: true},
			})
		})
		if _, err := f.edit(f.add(settings.Use, "lea")); err != nil {
			t.Error(err)
		}
		if !changed {
			t.Error("the other client changed nothing")
		}
		f.has(settings.Audit, "max", "lea")
		if s := f.settings(); s.Description != "Other" {
			t.Errorf("got %q: the other change is lost", s.Description)
		}
	})
}

func TestEdit_RevisionChangesAllTheTime(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		other := f.editorOf("adam")
		f.server.OnRequest(func(r simulator.Request) {
			if r.Path == isValid {
				_ = other.API.UpdateProject(context.Background(), &client.ProjectUpdate{DN: payments, GUID: f.guid})
			}
		})
		_, err := f.edit(f.add(settings.Use, "lea"))
		f.fails(err, failure.ChangedConcurrently, "another client changed project Payments")
		f.has(settings.Use, "kim")
	})
}

// A caller that may not read revisions is asked once in the process.
func TestEdit_WithoutRevision(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.server.Inject(simulator.Fault{Path: isValid, Kind: simulator.InsufficientScope})
		for _, user := range []string{"lea", "max"} {
			if _, err := f.edit(f.add(settings.Use, user)); err != nil {
				t.Error(err)
			}
		}
		if n := f.server.Count(isValid); n != 1 {
			t.Errorf("%d revisions were asked for", n)
		}
	})
}

// The server clears a list that is not managed: the error has the old and the new value.
func TestEdit_UnmanagedChange(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.script().update = func(u *client.ProjectUpdate) error {
			u.Auditors.Items = nil
			return nil
		}
		result, err := f.edit(f.add(settings.Use, "lea"))
		f.fails(err, failure.UnexpectedChange, "was carried out", "auditors without", "max ("+f.trustee("max")+")",
			"now: none")
		if result.Project == nil || len(result.Project.Auditors) != 0 || !result.Sent {
			t.Errorf("got %+v", result)
		}
		f.sent(1)
	})
}

// An absent list is not sent, so that the server cannot clear it.
func TestEdit_AbsentLists(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		f.script().read = func(p *client.Project) { p.Auditors, p.CustomFields = nil, nil }
		if _, err := f.edit(f.add(settings.Use, "lea")); err != nil {
			t.Error(err)
		}
		body := f.bodies()[0]
		if body["Auditors"] != nil || body["CustomFieldAttributes"] != nil {
			t.Errorf("an unknown list is sent: %v", body)
		}
		f.has(settings.Audit, "max")
	})
}

func signError(code int) error {
	return &client.Error{
		Operation: updateProject, HTTPStatus: 200, Reason: client.Refused, Delivery: client.Answered,
		Code: client.Code{Family: client.FamilySign, Number: code, Present: true},
	}
}

// After a partial failure the project is read again, and the error says what is missing.
func TestEdit_PartialFailure(t *testing.T) {
	for _, code := range []int{10, 11, 1000} {
		inVirtualTime(t, nil, func(f *fixture) {
			s := f.script()
			server := s.API
			s.update = func(u *client.ProjectUpdate) error {
				_ = server.UpdateProject(context.Background(), &client.ProjectUpdate{
					DN: u.DN, GUID: u.GUID, Description: u.Description,
				})
				return signError(code)
			}
			change := f.add(settings.Use, "lea")
			change.Description = text("New").Description
			result, err := f.edit(change)
			f.fails(err, failure.PartlyApplied, "only a part", "key_users")
			if strings.Contains(err.Error(), "description") || result.Project.Description != "New" {
				t.Errorf("got %v and %+v", err, result.Project)
			}
			f.sent(1)
		})
	}
}

// The lists may be right although permissions failed, so the caller learns of it.
func TestEdit_PartialFailureShowsAll(t *testing.T) {
	for code, doubtful := range map[int]bool{10: true, 11: true, 1000: true, 1001: false} {
		inVirtualTime(t, nil, func(f *fixture) {
			s := f.script()
			server := s.API
			s.update = func(u *client.ProjectUpdate) error {
				_ = server.UpdateProject(context.Background(), u)
				return signError(code)
			}
			result, err := f.edit(f.add(settings.Use, "lea"))
			if err != nil || (result.Doubt != nil) != doubtful {
				t.Errorf("%d: got %v, %v", code, result.Doubt, err)
			}
		})
	}
}

// A refused update whose effect is there anyway is a success.
func TestEdit_RefusedButThere(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		s := f.script()
		server := s.API
		s.update = func(u *client.ProjectUpdate) error {
			_ = server.UpdateProject(context.Background(), u)
			return signError(1001)
		}
		if _, err := f.edit(f.add(settings.Use, "lea")); err != nil {
			t.Error(err)
		}
		f.sent(1)
	})
}

func TestEdit_ObjectsPending(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		calls := 0
		f.script().update = func(*client.ProjectUpdate) error {
			if calls++; calls < 3 {
				return signError(3005)
			}
			return nil
		}
		if _, err := f.edit(f.add(settings.Use, "lea")); err != nil || calls != 3 {
			t.Errorf("got %v after %d calls", err, calls)
		}
		f.has(settings.Use, "kim", "lea")
	})
}

// A server that shows a write late is read until it shows it.
func TestEdit_Lag(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		var written time.Time
		old := f.settings()
		s := f.script()
		s.update = func(*client.ProjectUpdate) error { written = time.Now(); return nil }
		s.read = func(p *client.Project) {
			if !written.IsZero() && time.Since(written) < 4*time.Second {
				p.KeyUsers = old.KeyUsers
			}
		}
		if _, err := f.edit(f.add(settings.Use, "lea")); err != nil {
			t.Error(err)
		}
		f.sent(1)
	})
}

// The server ignores the update and has no flow: an error at the end of the consistency window.
func TestEdit_NotShown(t *testing.T) {
	inVirtualTime(t, nil, func(f *fixture) {
		old := f.settings()
		s := f.script()
		s.read = func(p *client.Project) { p.KeyUsers = old.KeyUsers }
		start := time.Now()
		result, err := f.edit(f.add(settings.Use, "lea"))
		f.fails(err, failure.NotShown, "key_users", "not sent again")
		if waited := time.Since(start); waited > 15*time.Second || result.Pending.IsZero() {
			t.Errorf("after %s: %+v", waited, result)
		}
		f.sent(1)
	})
}
