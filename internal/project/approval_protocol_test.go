package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// decisionOn are the arguments of an approval.
func decisionOn(dn, decision string) acctest.Arguments {
	return with(named(dn), acctest.Arguments{"decision": acctest.String(decision)})
}

// approver is a provider of the approver paul.
func approver(t *testing.T, env *acctest.Env) *acctest.Protocol {
	t.Helper()
	return env.Protocol(t, env.Server.Token("paul", "codesign:approve;configuration"))
}

func TestApproval_Validate(t *testing.T) {
	t.Parallel()
	env := serve(t, approverWorld("Pending"))
	comment := func(value tftypes.Value) acctest.Arguments { return acctest.Arguments{"comment": value} }
	final := acctest.Arguments{"final": acctest.Bool(true)}
	const missing = "ERROR: Missing comment of a rejection: … "
	for name, row := range map[string]struct {
		decision string
		more     acctest.Arguments
		want     []string
	}{
		"approval":                 {"Approved", nil, nil},
		"approval with a comment":  {"Approved", comment(acctest.String("fine")), nil},
		"final approval":           {"Approved", final, []string{"ERROR: Invalid argument for an approval: … [final]"}},
		"approval that is not":     {"Approved", acctest.Arguments{"final": acctest.Bool(false)}, nil},
		"rejection":                {"Rejected", nil, []string{missing + "[decision]"}},
		"rejection, empty comment": {"Rejected", comment(acctest.String("")), []string{missing + "[comment]"}},
		"rejection, open comment":  {"Rejected", comment(acctest.UnknownString()), nil},
		"rejection with a comment": {"Rejected", comment(acctest.String("no")), nil},
		"final rejection":          {"Rejected", with(final, comment(acctest.String("no"))), nil},
		"another decision":         {"Maybe", nil, []string{"ERROR: … [decision]"}},
	} {
		diagnostics := approver(t, env).Validate(approvalType, with(decisionOn(paymentsDN, row.decision), row.more))
		wantDiags(t, name, diagnostics, row.want...)
	}
	checkNoRequests(t, env)
}

// The plan of a decision shows the submission, and says what it does not show.
func TestApproval_PlanCreate(t *testing.T) {
	t.Parallel()
	open := map[string]string{"ticket_id": "unknown", "submitted_at": "unknown", "revision": "unknown"}
	const none = "WARNING: No submission to review for project Payments: "
	for name, row := range map[string]struct {
		status  string
		user    string
		more    acctest.Arguments
		prepare func(*simulator.World)
		want    map[string]string
		diags   []string
		silent  bool
	}{
		"pending": {
			status: "Pending", want: map[string]string{"required_approvals": "1", "current_status": "unknown"},
			diags: []string{"WARNING: Review flow ticket … of project Payments: Submitted at 20 … decides this " +
				"submission and no other. … [dn]"},
		},
		"draft": {status: "Draft", want: open, diags: []string{none + "The project is Draft. … [dn]"}},
		"enabled": {
			status: "Enabled", want: map[string]string{"ticket_id": "null", "approvers": "null", "revision": "null"},
			diags: []string{none + "The project is already Enabled … [dn]"},
		},
		"invisible ticket": {
			status: "Pending", user: "olga", want: map[string]string{"ticket_id": "unknown"},
			diags: []string{none + "The project is Pending, but the caller sees no flow ticket of it."},
		},
		"no date": {
			status: "Pending", prepare: func(w *simulator.World) { w.Settings.SubmissionDateOmitted = true },
			want:  map[string]string{"submitted_at": "null"},
			diags: []string{"WARNING: Review flow ticket … Submitted at a time that the server does not report"},
		},
		"unknown dn": {
			more: acctest.Arguments{"dn": acctest.UnknownString()}, want: with2(open,
				map[string]string{"guid": "unknown"}),
			diags: []string{"WARNING: No submission to review: … known only during the apply. [dn]"}, silent: true,
		},
		"unknown decision": {
			more: acctest.Arguments{"decision": acctest.UnknownString()}, want: open,
			diags: []string{none + "… known only during the apply. [dn]"}, silent: true,
		},
		"missing project": {
			more:  named(rocketDN),
			diags: []string{"ERROR: Unable to approve project Rocket: … [dn]"},
		},
		"rejection of an approved project": {
			status: "Enabled",
			more: acctest.Arguments{
				"decision": acctest.String("Rejected"), "comment": acctest.String("no"),
			},
			diags: []string{"ERROR: Unable to reject project Payments: … [decision]"},
		},
	} {
		w := approverWorld(row.status)
		if row.prepare != nil {
			row.prepare(&w)
		}
		env := serve(t, w)
		p := approver(t, env)
		if row.user != "" {
			p = env.Protocol(t, env.Server.Token(row.user, allScopes))
		}
		planned := p.Plan(approvalType, with(decisionOn(paymentsDN, "Approved"), row.more), nil)
		wantDiags(t, name, planned.Diags, row.diags...)
		wantValues(t, name, planned.Values, row.want)
		if row.silent {
			checkNoRequests(t, env)
		}
	}
}

// A decision is made once. Later changes of arguments send nothing, another decision or project replaces
// the resource.
func TestApproval_Update(t *testing.T) {
	t.Parallel()
	env := serve(t, approverWorld("Pending"))
	arguments := decisionOn(paymentsDN, "Approved")
	planned := approver(t, env).Plan(approvalType, arguments, nil)
	state, diagnostics := approver(t, env).Apply(planned)
	wantDiags(t, "apply", diagnostics)
	ticket := state.Values.Text("ticket_id")
	wantValues(t, "apply", state.Values, map[string]string{
		"current_status": "Enabled", "required_approvals": "1", "ticket_id": planned.Values.Text("ticket_id"),
		"approvers": planned.Values.Text("approvers"),
	})
	if ticket == "null" || state.Values.Text("guid") == "null" {
		t.Errorf("the state has %v", state.Values)
	}
	checkDecisions(t, env, 1, 0)
	env.Server.ResetLog()
	commented := with(arguments, acctest.Arguments{"comment": acctest.String("later")})
	planned = approver(t, env).Plan(approvalType, commented, state)
	wantDiags(t, "comment", planned.Diags)
	kept := map[string]string{
		"ticket_id": ticket, "current_status": "Enabled", "submitted_at": state.Values.Text("submitted_at"),
		"revision": state.Values.Text("revision"), "guid": state.Values.Text("guid"),
		"approvers": state.Values.Text("approvers"), "required_approvals": "1",
	}
	wantValues(t, "comment", planned.Values, kept)
	state, diagnostics = approver(t, env).Apply(planned)
	wantDiags(t, "comment", diagnostics)
	wantValues(t, "comment", state.Values, with2(kept, map[string]string{"comment": "later"}))
	checkNoRequests(t, env)

	rejection := with(decisionOn(paymentsDN, "Rejected"), acctest.Arguments{"comment": acctest.String("no")})
	planned = approver(t, env).Plan(approvalType, rejection, state)
	wantDiags(t, "another decision", planned.Diags, "ERROR: Unable to reject project Payments: … [decision]")
	planned = approver(t, env).Plan(approvalType, decisionOn(projectsDN+"Other", "Approved"), state)
	wantDiags(t, "another project", planned.Diags, "WARNING: Review flow ticket … of project Other")
	if got := strings.Join(planned.Replaces, " "); got != "dn" {
		t.Errorf("replaces because of %q", got)
	}
	planned = approver(t, env).Plan(approvalType, with(arguments, acctest.Arguments{"dn": acctest.UnknownString()}),
		state)
	wantDiags(t, "an unknown project", planned.Diags, "WARNING: No submission to review")
	if got := strings.Join(planned.Replaces, " "); got != "dn" {
		t.Errorf("replaces because of %q", got)
	}
	planned = approver(t, env).Plan(approvalType, decisionOn(rocketDN, "Approved"), state)
	wantDiags(t, "a missing project", planned.Diags, "ERROR: Unable to read project Rocket: … [dn]")
	env.Server.RenameProject(paymentsDN, rocketDN)
	planned = approver(t, env).Plan(approvalType, decisionOn(rocketDN, "Approved"), state)
	wantDiags(t, "a new name", planned.Diags)
	if len(planned.Replaces) > 0 {
		t.Errorf("replaces because of %q", planned.Replaces)
	}
	wantValues(t, "a new name", planned.Values, with2(kept, map[string]string{"dn": rocketDN}))
	checkDecisions(t, env, 0, 0)
}

// A refresh shows the status, by the GUID. A destroy sends nothing.
func TestApproval_Read(t *testing.T) {
	t.Parallel()
	env := serve(t, approverWorld("Pending"))
	state, _ := approver(t, env).Apply(approver(t, env).Plan(approvalType, decisionOn(paymentsDN, "Approved"), nil))
	env.Server.RenameProject(paymentsDN, rocketDN)
	env.Server.SetProjectStatus(rocketDN, "Disabled")
	read, diagnostics := approver(t, env).Refresh(state)
	wantDiags(t, "renamed", diagnostics)
	wantValues(t, "renamed", read.Values, map[string]string{"current_status": "Disabled", "dn": paymentsDN})

	env.Server.UpdateSettings(func(s *simulator.Settings) { s.EnumerateRefused = true })
	restore := hideProject(env)
	hidden, diagnostics := approver(t, env).Refresh(read)
	wantDiags(t, "hidden", diagnostics)
	wantValues(t, "hidden", hidden.Values, map[string]string{"current_status": "Disabled"})
	restore()
	restore = env.Server.Inject(simulator.Fault{Path: "Codesign/", Kind: simulator.Other500, Status: 400})
	failed, diagnostics := approver(t, env).Refresh(read)
	wantDiags(t, "failed", diagnostics, "ERROR: Unable to read project Payments")
	wantValues(t, "failed", failed.Values, map[string]string{"current_status": "Disabled"})
	restore()
	env.Server.RemoveProject(rocketDN)
	gone, diagnostics := approver(t, env).Refresh(read)
	wantDiags(t, "deleted", diagnostics)
	wantValues(t, "deleted", gone.Values, map[string]string{"current_status": "null"})
	env.Server.ResetLog()
	p := approver(t, env)
	left, diagnostics := p.Apply(p.PlanDestroy(gone))
	wantDiags(t, "destroy", diagnostics)
	if left.Values != nil {
		t.Errorf("the state has %v", left.Values)
	}
	checkNoRequests(t, env)
}

// While the provider is unknown, nothing is read and nothing is decided.
func TestApproval_UnknownProvider(t *testing.T) {
	t.Parallel()
	env := serve(t, approverWorld("Pending"))
	unknown := func() *acctest.Protocol {
		return env.ProtocolWith(t, acctest.Arguments{
			"url": acctest.UnknownString(), "access_token": acctest.String(env.Server.Token("paul", "")),
		})
	}
	planned := unknown().Plan(approvalType, decisionOn(paymentsDN, "Approved"), nil)
	wantDiags(t, "plan", planned.Diags, "WARNING: No submission to review for project Payments: … known only")
	left, diagnostics := unknown().Apply(planned)
	wantDiags(t, "apply", diagnostics, "ERROR: The provider is not known yet")
	if left.Values != nil {
		t.Errorf("the state has %v", left.Values)
	}
	checkNoRequests(t, env)
	state, _ := approver(t, env).Apply(approver(t, env).Plan(approvalType, decisionOn(paymentsDN, "Approved"), nil))
	env.Server.ResetLog()
	read, diagnostics := unknown().Refresh(state)
	wantDiags(t, "read", diagnostics)
	wantValues(t, "read", read.Values, map[string]string{"current_status": "Enabled"})
	planned = unknown().Plan(approvalType, decisionOn(rocketDN, "Approved"), state)
	wantDiags(t, "another name", planned.Diags, "WARNING: No submission to review for project Rocket")
	checkNoRequests(t, env)
}

// A submission that changes between plan and apply is not decided.
func TestApproval_ChangedSubmission(t *testing.T) {
	t.Parallel()
	env := serve(t, approverWorld("Pending"))
	planned := approver(t, env).Plan(approvalType, decisionOn(paymentsDN, "Approved"), nil)
	resubmit(t, env, "petra")
	left, diagnostics := approver(t, env).Apply(planned)
	wantDiags(t, "apply", diagnostics, "ERROR: Unable to approve project Payments: … not the one that the plan showed")
	if left.Values != nil {
		t.Errorf("the state has %v", left.Values)
	}
	checkDecisions(t, env, 0, 0)
}
