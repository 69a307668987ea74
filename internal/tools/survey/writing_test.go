package main

import (
	"bytes"
	"context"
	"strings"
	"testing"
	"testing/synctest"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// makers is a company in which carla may approve, and vera has no special right.
func makers(set func(*settings)) simulator.World {
	w := company()
	w.Users[1].ProjectApprover = true
	w.Users = append(w.Users, simulator.User{Name: "vera", Prefix: "AD+CORP"})
	w.Groups[0].Members = append(w.Groups[0].Members, "vera", "ada")
	w.Folders = []string{"Team"}
	w.Projects = append(w.Projects, simulator.Project{
		DN: `\VED\Code Signing\Projects\Team\App`, Owners: []string{"carla", "vera"},
	})
	if set != nil {
		set(&w.Settings)
	}
	return w
}

// writingModes are the modes that only writes show, each with the answer that names it.
var writingModes = map[string]struct {
	set      func(*settings)
	id, want string
	user     string // carla if empty
}{
	"creator does not own": {set: func(s *settings) {
		s.CreatorNotOwner = true
	}, id: "create-owner", want: "no", user: "ada"},
	"project shows late":     {set: func(s *settings) { s.VisibilityLag = 1500 }, id: "create-shown", want: "later"},
	"project is listed late": {set: func(s *settings) { s.EnumerationLag = 1500 }, id: "create-listed", want: "later"},
	"absent lists": {set: func(s *settings) {
		s.AbsentListsCleared = true
	}, id: "absent-lists", want: "cleared"},
	"absent description": {set: func(s *settings) {
		s.AbsentDescriptionCleared = true
	}, id: "absent-description", want: "cleared"},
	"Dirty": {set: func(s *settings) { s.DirtyRequired = true }, id: "dirty", want: "yes"},
	"owners required": {set: func(s *settings) {
		s.OwnersRequired = true
	}, id: "absent-owners", want: "HTTP 400"},
	"empty owners refused": {set: func(s *settings) {
		s.EmptyOwnersRefused = true
	}, id: "empty-owners", want: "UpdateFailure (4)", user: "ada"},
	"update sets the status": {set: func(s *settings) { s.UpdateSetsStatus = true }, id: "update-status", want: "yes"},
	"update renames":         {set: func(s *settings) { s.UpdateRenames = true }, id: "update-renames", want: "yes"},
	"no move":                {set: func(s *settings) { s.MoveRefused = true }, id: "move", want: "RenameFailure (6)"},
	"update shows late":      {set: func(s *settings) { s.UpdateLag = 1500 }, id: "update-shown", want: "later"},
	"deletion shows late":    {set: func(s *settings) { s.DeleteLag = 1500 }, id: "delete", want: "gone later"},
	"status shows late":      {set: func(s *settings) { s.StatusLag = 1500 }, id: "submit-shown", want: "later"},
	"ticket shows late":      {set: func(s *settings) { s.TicketDelay = 1500 }, id: "ticket-shown", want: "later"},
	"several approvals": {set: func(s *settings) {
		s.RequiredApprovals = 2
	}, id: "ticket-approvals", want: "several"},
	"no approvers":     {set: func(s *settings) { s.AutoApprove = true }, id: "submit", want: "Enabled"},
	"comment required": {set: func(s *settings) { s.CommentRequired = true }, id: "approve-comment", want: "yes"},
	"submitter may not": {set: func(s *settings) {
		s.SubmitterMayNotApprove = true
	}, id: "approve-own", want: "no"},
	"withdrawal": {set: func(s *settings) { s.AllowWithdraw = true }, id: "withdraw", want: "accepted"},
	"direct, pending": {set: func(s *settings) {
		s.AllowDirectEnable = true
		s.RefusedSteps = map[string]int{"Draft->Enabled": 4}
	}, id: "direct-pending", want: "accepted", user: "ada"},
	"direct, draft": {set: func(s *settings) {
		s.AllowDirectEnable = true
	}, id: "direct-draft", want: "accepted", user: "ada"},
	"step refused": {set: func(s *settings) {
		s.RefusedSteps = map[string]int{"Disabled": 2}
	}, id: "disable", want: "InsufficientPermission (2)"},
	"unknown trustees": {set: func(s *settings) {
		s.UnknownTrusteesRefused = true
	}, id: "unknown-trustee", want: "UserNotFound (1002)"},
	"unknown applications": {set: func(s *settings) {
		s.UnknownApplicationsRefused = true
	}, id: "unknown-application", want: "RelatedObjectNotSaved (11)"},
	"users under group rule": {set: func(s *settings) {
		s.EnforceGroupRoles = true
	}, id: "user-role", want: "UpdateFailure (4)"},
	"upper case": {set: func(s *settings) {
		s.ListSpelling = "upper"
	}, id: "list-spelling", want: "in another case"},
	"field values": {set: func(s *settings) {
		s.CustomFieldSpelling = "upper"
	}, id: "field", want: "in upper case"},
	"empty fields": {set: func(s *settings) { s.EmptyFieldsShown = true }, id: "field-clear", want: "yes"},
	"update flow": {set: func(s *settings) {
		s.UpdateFlow.Decision = "wait"
	}, id: "update-approval", want: "yes, in every status"},
	"update flow, no drafts": {set: func(s *settings) {
		s.UpdateFlow = simulator.FlowMode{Decision: "wait", SpareDrafts: true}
	}, id: "update-approval", want: "yes, but not in Draft"},
	"second update replaces": {set: func(s *settings) {
		s.UpdateFlow = simulator.FlowMode{Decision: "wait", SpareDrafts: true, Second: "replace"}
	}, id: "update-second", want: "no other ticket"},
	"second update refused": {set: func(s *settings) {
		s.UpdateFlow = simulator.FlowMode{Decision: "wait", SpareDrafts: true, Second: "refuse"}
	}, id: "update-second", want: "UpdateFailure (4)"},
	"delete flow": {set: func(s *settings) {
		s.DeleteFlow.Decision = "wait"
	}, id: "delete", want: "queued for an approval"},
	"second deletion": {set: func(s *settings) {
		s.DeleteFlow = simulator.FlowMode{Decision: "wait", Second: "queue"}
	}, id: "delete-again", want: "Success"},
	"deletion rejected": {set: func(s *settings) {
		s.DeleteFlow = simulator.FlowMode{Decision: "rejected", Delay: 1500}
	}, id: "delete-decision", want: "Disabled"},
	"deletion approved": {set: func(s *settings) {
		s.DeleteFlow = simulator.FlowMode{Decision: "approved", Delay: 1500}
	}, id: "delete-decision", want: "gone"},
	"sessions cache rights": {set: func(s *settings) {
		s.SessionsCacheRights = true
	}, id: "ticket-new", want: "no"},
	"approved tickets stay": {set: func(s *settings) {
		s.ApprovedTicketsVanish = new(bool)
	}, id: "ticket-approved", want: "stays"},
	"401 for a ticket": {set: func(s *settings) {
		s.WorkflowUnauthorized = true
	}, id: "ticket-privilege", want: "HTTP 401 with result 4"},
	"required field": {set: func(s *settings) {
		s.RequiredCustomFields = []string{"Cost Centre"}
	}, id: "update", want: "UpdateFailure (4)"},
}

// write is a writing survey in virtual time.
func write(
	ctx context.Context, t *testing.T, server *simulator.Server, user string,
) (map[string]observation, string, error) {
	t.Helper()
	var out bytes.Buffer
	c := command{lookup: lookup(server.Token(user, "")), in: input("y\n"), out: &out, transport: server.Transport()}
	ev, err := c.collect(ctx, options{write: true, hints: hints{workflow: `\VED\Workflow\Gate`}})
	if err != nil {
		return nil, out.String(), err
	}
	return observations(t, ev, true), out.String(), nil
}

func writeWith(t *testing.T, set func(*settings), user string) (map[string]observation, string, *simulator.Server) {
	t.Helper()
	if user == "" {
		user = "carla"
	}
	server := simulator.New(makers(set))
	found, out, err := write(t.Context(), t, server, user)
	if err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return found, out, server
}

func zeroWriting(t *testing.T, user string) map[string]observation {
	t.Helper()
	if known, ok := zero.Load("write " + user); ok {
		return known.(map[string]observation)
	}
	found, _, _ := writeWith(t, nil, user)
	zero.Store("write "+user, found)
	return found
}

func TestWriting_NamesEveryMode(t *testing.T) {
	t.Parallel()
	for name, row := range writingModes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				found, out, server := writeWith(t, row.set, row.user)
				if got := found[row.id]; got.answer != row.want {
					t.Errorf("%s: got %q (%s), want %q", row.id, got.answer, got.reason, row.want)
				}
				nothingLeft(t, server, out)
				if before := zeroWriting(t, row.user); before[row.id].answer == row.want {
					t.Errorf("%s: the zero settings have the same answer %q", row.id, row.want)
				}
			})
		})
	}
}

// nothingLeft fails if the scratch project exists and the output does not name it, or if another
// object was changed.
func nothingLeft(t *testing.T, server *simulator.Server, out string) {
	t.Helper()
	for _, p := range server.Projects() {
		if strings.Contains(p.DN, "tf-survey-") && !strings.Contains(out, "The project "+p.DN) {
			t.Errorf("%s is left, and not named", p.DN)
		}
	}
	created := map[string]bool{}
	for _, event := range server.Journal() {
		if event.Kind == simulator.EventCreated {
			created[event.Object] = true
			ticket, left := server.WorkflowTicket(event.Object)
			if left && !strings.Contains(out, "The workflow ticket "+ticket.GUID) {
				t.Errorf("the workflow ticket %s is left, and not named", ticket.GUID)
			}
		}
		if created[event.Object] {
			continue
		}
		if !strings.Contains(event.Object, "tf-survey-") && event.Kind != simulator.EventTokenIssued {
			t.Errorf("another object was changed: %+v", event)
		}
	}
}
