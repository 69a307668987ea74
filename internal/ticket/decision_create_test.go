package ticket_test

import (
	"encoding/json"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccTicketDecision_SendsOnce(t *testing.T) {
	rows := []struct{ status, more string }{
		{"Approved", ""},
		{"Approved After", `schedule = { start = "2126-12-01T22:00:00Z" }`},
		{"Approved Between", schedule},
		{"Rejected", ""},
	}
	env, provider := start(t, world(settings(stays), withRows(len(rows))))
	var blocks strings.Builder
	step := acctest.Applies("")
	plan := &step.ConfigPlanChecks.PreApply
	for i, c := range rows {
		blocks.WriteString(rowBlock(i, c.status, c.more))
		*plan = append(*plan, plancheck.ExpectResourceAction(rowAddress(i), plancheck.ResourceActionCreate),
			plancheck.ExpectUnknownValue(rowAddress(i), tfjsonpath.New("current_status")),
			plancheck.ExpectUnknownValue(rowAddress(i), tfjsonpath.New("updated")))
		for name, value := range map[string]string{
			"blocking": `\VED\Policy\Web\shop.example.test`, "issued_due_to": `\VED\Workflow\Second pair of eyes`,
			"created": "2026-01-02T03:04:05Z", "approval_reason": "needs review",
		} {
			*plan = append(*plan, plancheck.ExpectKnownValue(rowAddress(i), tfjsonpath.New(name), exact(value)))
			step.ConfigStateChecks = append(step.ConfigStateChecks, rowAttribute(i, name, value))
		}
		step.ConfigStateChecks = append(step.ConfigStateChecks, rowAttribute(i, "current_status", c.status))
	}
	step.Config = provider + blocks.String()
	acctest.Test(t, env, step)
	for i, c := range rows {
		wantRowSent(t, env, i, 1)
		wantTicket(t, env, rowGUID(i), c.status)
	}
}

func TestAccTicketDecision_SendsAllArguments(t *testing.T) {
	env, provider := start(t, world())
	acctest.Test(t, env, acctest.Applies(provider+blockFor("{6EDE0E12-F7C0-4068-9977-001076205C84}", "Approved Between",
		schedule,
		`explanation = "CHG0012345"`, `reason = "17"`, `user_data = "u"`,
		`object_dn = "\\VED\\Policy\\Web\\shop.example.test"`,
		`approvers = ["local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"]`)))
	sent := bodies(env)
	if len(sent) != 1 {
		t.Fatalf("got requests %q", sent)
	}
	var got map[string]any
	if err := json.Unmarshal([]byte(sent[0]), &got); err != nil {
		t.Fatal(err)
	}
	if approvers, ok := got["Approvers"].([]any); !ok || len(approvers) != 1 {
		t.Errorf("approvers %v", got["Approvers"])
	}
	delete(got, "Approvers")
	want := map[string]any{
		"GUID": guid, "Status": "Approved Between", "Explanation": "CHG0012345", "Reason": "17", "UserData": "u",
		"ObjectDN":       `\VED\Policy\Web\shop.example.test`,
		"ScheduledStart": "2126-12-01T22:00:00.000000Z", "ScheduledStop": "2126-12-02T01:00:00.000000Z",
	}
	if !maps.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestTicketDecision_OmitsUnsetArguments(t *testing.T) {
	env, _ := start(t, world())
	applies(t, withoutCLI(t, env), request("Rejected"))
	if got := bodies(env)[0]; got != `{"GUID":"`+guid+`","Status":"Rejected"}` {
		t.Error(got)
	}
}

func TestAccTicketDecision_AdoptsSameDecision(t *testing.T) {
	env, provider := start(
		t, world(decided("Approved Between", "2126-12-01T22:00:00.000000Z", "2126-12-02T02:00:00+01:00")),
	)
	acctest.Test(t, env, acctest.Applies(provider+block("Approved Between", schedule, `explanation = "mine"`),
		attribute("explanation", "mine")))
	wantSent(t, env, 0)
}

func TestAccTicketDecision_OtherDecisionFailsPlan(t *testing.T) {
	another := []string{`status   = "Approved Between"`, "has another decision", "by hand", "does not overwrite it"}
	rows := []struct {
		name  string
		found func(*simulator.World)
		words []string
	}{
		{"rejected", decided("Rejected"), another},
		{"other window", decided("Approved Between", opens, closes2), another},
		{"ambiguous approval", decided("Approved"), []string{"does not show whether"}},
	}
	w := world(settings(stays))
	for i, c := range rows {
		found := world(c.found).WorkflowTickets[0]
		found.GUID = rowGUID(i)
		w.WorkflowTickets = append(w.WorkflowTickets, found)
	}
	env, provider := start(t, w)
	steps := map[string]resource.TestStep{
		"missing ticket": acctest.Fails(provider+blockFor(other, "Approved"),
			"guid     = ", other+" does not exist", "never existed", "consumed it", "run that was killed",
			"block can be removed", "destroy -refresh=false"),
	}
	for i, c := range rows {
		steps[c.name] = acctest.Fails(provider+rowBlock(i, "Approved Between", schedule), c.words...)
	}
	acctest.Refused(t, env, steps)
	wantSent(t, env, 0)
}

// omitsSchedules is a server that does not show schedules.
func omitsSchedules(s *simulator.Settings) { s.DetailsOmitSchedule, s.StatusShort = true, true }

func TestTicketDecision_OmittedScheduleIsNotDrift(t *testing.T) {
	env, _ := start(t, world(settings(omitsSchedules)))
	r := withoutCLI(t, env)
	applies(t, r, request("Approved Between", opens, closes))
	applies(t, r, request("Approved Between", opens, "2126-12-03T00:00:00Z"))
	wantSent(t, env, 2)
}

func TestTicketDecision_AdoptsOmittedSchedule(t *testing.T) {
	env, _ := start(t, world(settings(omitsSchedules), decided("Approved Between", opens, closes)))
	applies(t, withoutCLI(t, env), request("Approved Between", opens, closes))
	wantSent(t, env, 0)
}

func TestTicketDecision_RefreshesPermissions(t *testing.T) {
	env, _ := start(t, world(changeTicket(func(t *simulator.WorkflowTicket) { t.HiddenUntilRefresh = true })))
	applies(t, withoutCLI(t, env), request("Approved"))
	wantSent(t, env, 1)
	if n := env.Server.Count("Permissions/Refresh"); n == 0 {
		t.Error("got no refresh of the permissions")
	}
}

func TestTicketDecision_RefreshNotAllowed(t *testing.T) {
	env := acctest.Start(t, world(
		changeTicket(func(t *simulator.WorkflowTicket) { t.HiddenUntilRefresh = true }),
		settings(func(s *simulator.Settings) { s.RefreshNeedsSecurity = true }),
	))
	_, diagnostics := env.Protocol(t, env.Server.Token("bob", "codesign:approve;configuration")).Resource(address).
		Plan(request("Approved"))
	wantError(t, diagnostics, "guid", "does not exist", "consumed it", "`security`")
}

func TestAccTicketDecision_NotApprover(t *testing.T) {
	env := acctest.Start(t, world(settings(func(s *simulator.Settings) { s.WorkflowUnauthorized = true })))
	acctest.Test(t, env, acctest.Fails(env.ProviderConfig("jane")+block("Approved"),
		"not carried out", "InsufficientPrivileges (4)", "lacks a right"))
	wantTicket(t, env, guid, "Pending")
	if n := env.Server.Count(update); n > 2 {
		t.Errorf("got %d requests, want at most 2", n)
	}
}

// The server refuses with the status 200.
func TestTicketDecision_NotApprover(t *testing.T) {
	env := acctest.Start(t, world())
	diagnostics := env.Protocol(t, env.Server.Token("jane", "")).Resource(address).Apply(request("Approved"))
	wantError(t, diagnostics, "guid", "not carried out", "InsufficientPrivileges (4)", "lacks a right")
	wantTicket(t, env, guid, "Pending")
	if n := env.Server.Count(update); n > 2 {
		t.Errorf("got %d requests, want at most 2", n)
	}
}

func TestAccTicketDecision_FailedCreateLeavesNoState(t *testing.T) {
	env, provider := start(t, world(settings(stays)))
	env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.InsufficientScope, Count: 1})
	config := provider + block("Approved")
	acctest.Test(t, env,
		acctest.Fails(config, "scope"),
		plans(config, plancheck.ResourceActionCreate),
	)
	wantSent(t, env, 2)
}

func TestAccTicketDecision_OtherGUIDReplaces(t *testing.T) {
	env, provider := start(t, world(settings(stays), func(w *simulator.World) {
		w.WorkflowTickets = append(w.WorkflowTickets, simulator.WorkflowTicket{GUID: other, Approvers: []string{"bob"}})
	}))
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved")),
		plans(provider+blockFor("{6EDE0E12-F7C0-4068-9977-001076205C84}", "Approved"), plancheck.ResourceActionNoop,
			attribute("guid", guid)),
		plans(provider+blockFor(other, "Approved"), plancheck.ResourceActionReplace, attribute("guid", other),
			null("approval_reason")),
	)
	wantSent(t, env, 2)
	wantTicket(t, env, other, "Approved")
}

func TestAccTicketDecision_UnknownArguments(t *testing.T) {
	env, _ := start(t, world())
	token := env.Server.Token("bob", "")
	unknown := func(name, value string) string {
		return "resource \"terraform_data\" \"" + name + "\" {\n  input = \"" + value + "\"\n}\n"
	}
	config := unknown("guid", guid) + unknown("token", token) + unknown("status", "Approved Between") +
		unknown("start", opens) +
		"provider \"codesign\" {\n  url = \"" + env.URL + "\"\n  access_token = terraform_data.token.output\n}\n" +
		"resource \"workflow_ticket_decision\" \"t\" {\n  provider = codesign\n  guid = terraform_data.guid.output\n" +
		"  status = terraform_data.status.output\n  schedule = { start = terraform_data.start.output, stop = \"" +
		closes + "\" }\n}\n"
	acctest.Test(t, env, acctest.Applies(config, attribute("current_status", "Approved Between")))
	wantSent(t, env, 1)
}

func TestAccTicketDecision_UnknownProvider(t *testing.T) {
	env, _ := start(t, world(settings(stays)))
	config := func(token string) string {
		return "resource \"terraform_data\" \"token\" {\n  input = \"" + token + "\"\n}\n" +
			"provider \"codesign\" {\n  url = \"" + env.URL + "\"\n  access_token = terraform_data.token.output\n}\n" +
			block("Approved")
	}
	acctest.Test(t, env, acctest.Applies(config(env.Server.Token("bob", ""))))
	wantSent(t, env, 1)
}

func TestTicketDecision_LostAnswer(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		kind         simulator.FaultKind
		status, want string
		sent         int
	}{
		"reset after commit":                {simulator.ResetAfterCommit, "Rejected", "Rejected", 1},
		"reset after commit, ticket gone":   {simulator.ResetAfterCommit, "Approved", "Processed", 1},
		"reset before commit":               {simulator.ResetBeforeCommit, "Rejected", "Rejected", 2},
		"bad gateway after commit":          {simulator.Gateway502AfterCommit, "Rejected", "Rejected", 1},
		"gateway timeout after commit":      {simulator.Gateway504AfterCommit, "Approved", "Processed", 1},
		"gateway timeout, not carried out":  {simulator.Status504, "Approved", "Processed", 2},
		"truncated answer":                  {simulator.TruncatedBody, "Rejected", "Rejected", 1},
		"maintenance, then a normal answer": {simulator.Status503, "Rejected", "Rejected", 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel() // each row waits for the server
			env, _ := start(t, world())
			env.Server.Inject(simulator.Fault{Path: update, Kind: c.kind, Count: 1})
			applies(t, withoutCLI(t, env), request(c.status), attribute("current_status", c.want))
			wantSent(t, env, c.sent)
			if n := timesDecided(env); n != 1 {
				t.Errorf("got %d decisions in the journal, want 1", n)
			}
		})
	}
}

func TestAccTicketDecision_Undelivered(t *testing.T) {
	env, provider := start(t, world())
	remove := env.Server.Inject(simulator.Fault{Path: update, Kind: simulator.ResetBeforeCommit})
	config := provider + block("Rejected")
	acctest.Test(t, env,
		acctest.Fails(config, "was lost", "not carried out", "still Pending", "Run again"),
		after(remove, acctest.Applies(config)),
	)
	if n := timesDecided(env); n != 1 {
		t.Errorf("got %d decisions in the journal, want 1", n)
	}
}

func TestTicketDecision_FailedReadAfterDecision(t *testing.T) {
	t.Parallel()
	env, _ := start(t, world())
	// only the read after the decision fails
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == update {
			env.Server.Inject(simulator.Fault{
				Path: "Workflow/Ticket/Details", Kind: simulator.InsufficientScope, Count: 1,
			})
		}
	})
	applies(t, withoutCLI(t, env), request("Rejected"), attribute("current_status", "Rejected"))
	wantSent(t, env, 1)
}

func timesDecided(env *acctest.Env) int {
	n := 0
	for _, event := range env.Server.Journal() {
		if event.Kind == simulator.EventDecided {
			n++
		}
	}
	return n
}
