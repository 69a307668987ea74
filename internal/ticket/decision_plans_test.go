package ticket_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
	"github.com/codesign-tf/terraform-provider-codesign/internal/ticket"
)

// process is a provider of the approver bob. Each command of a CLI starts one.
func process(t *testing.T, env *acctest.Env) *acctest.Protocol {
	t.Helper()
	return env.Protocol(t, env.Server.Token("bob", ""))
}

// inState is a decision in the state, imported or applied by an earlier run.
func inState(t *testing.T, env *acctest.Env, arguments acctest.Arguments, imported bool) *acctest.Object {
	t.Helper()
	var prior *acctest.Object
	if imported {
		prior, _ = process(t, env).Import(ticket.TypeName, guid)
		prior, _ = process(t, env).Refresh(prior)
	}
	applied, diagnostics := process(t, env).Apply(process(t, env).Plan(ticket.TypeName, arguments, prior))
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	env.Server.ResetLog()
	return applied
}

// reopens are arguments whose destroy reopens the ticket.
func reopens(arguments acctest.Arguments) acctest.Arguments {
	arguments["reopen_on_destroy"] = tftypes.NewValue(tftypes.Bool, true)
	return arguments
}

// wantDiagnostics compares diagnostics with words that they must have, in the same order.
func wantDiagnostics(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if len(got) != len(want) {
		t.Errorf("%s: got %q, want %q", what, got, want)
		return
	}
	for i, words := range want {
		if !acctest.Words(strings.Split(words, " … ")...).MatchString(got[i]) {
			t.Errorf("%s: got %q, want %q", what, got[i], words)
		}
	}
}

// The private state of a plan says which ticket a create is for. That of the state does not.
func TestTicketDecision_PrivateState(t *testing.T) {
	t.Parallel()
	env := acctest.Start(t, world(settings(stays)))
	planned := process(t, env).Plan(ticket.TypeName, request("Approved"), nil)
	if got := planned.Private["created_guid"]; got != `"`+guid+`"` {
		t.Errorf("the plan is for the ticket %s", got)
	}
	unknown := request("Approved")
	unknown["guid"] = acctest.UnknownString()
	open := process(t, env).Plan(ticket.TypeName, unknown, nil)
	if got := open.Private["created_guid"]; got != `""` || len(open.Diags) > 0 {
		t.Errorf("the plan is for the ticket %s: %q", got, open.Diags)
	}
	state := inState(t, env, request("Approved"), false)
	if private := state.Private; len(private) != 1 || !strings.Contains(private["decision"], `"Approved"`) {
		t.Errorf("the private state is %q", private)
	}
	destroy := process(t, env).PlanDestroy(state)
	if private := destroy.Private; len(private) != 1 || len(destroy.Diags) > 0 {
		t.Errorf("the private state of the destroy is %q: %q", private, destroy.Diags)
	}
}

// An update leaves open what a decision changes, and shows the rest.
func TestTicketDecision_PlanUpdate(t *testing.T) {
	t.Parallel()
	env := acctest.Start(t, world())
	state := inState(t, env, request("Rejected"), false)
	planned := process(t, env).Plan(ticket.TypeName, explained(request("Rejected"), "too soon"), state)
	wantDiagnostics(t, "plan", planned.Diags)
	for attribute, want := range map[string]string{
		"current_status": "unknown", "updated": "unknown", "approval_reason": "unknown", "explanation": "too soon",
		"blocking": `\VED\Policy\Web\shop.example.test`, "issued_due_to": `\VED\Workflow\Second pair of eyes`,
		"created": "2026-01-02T03:04:05Z", "guid": guid,
	} {
		if got := planned.Values.Text(attribute); got != want {
			t.Errorf("%s is %s, want %s", attribute, got, want)
		}
	}
	same := process(t, env).Plan(ticket.TypeName, request("Rejected"), state)
	if !same.IsEmpty() || len(same.Diags) > 0 {
		t.Errorf("the plan is not empty: %v, %q", same.Values, same.Diags)
	}
}

// A ticket that another person decided otherwise and that the server has consumed since cannot be
// restored.
func TestTicketDecision_PlanOfOverruledDecision(t *testing.T) {
	t.Parallel()
	env := acctest.Start(t, world(settings(stays)))
	state := inState(t, env, request("Approved"), false)
	env.Server.SetWorkflowTicket(guid, "Rejected")
	state, diagnostics := process(t, env).Refresh(state)
	wantDiagnostics(t, "read", diagnostics)
	drift := process(t, env).Plan(ticket.TypeName, request("Approved"), state)
	wantDiagnostics(t, "drift", drift.Diags)
	if drift.IsEmpty() || drift.Values.Text("current_status") != "unknown" {
		t.Errorf("drift plans %v", drift.Values)
	}
	env.Server.RemoveWorkflowTicket(guid)
	state, diagnostics = process(t, env).Refresh(state)
	wantDiagnostics(t, "read", diagnostics)
	planned := process(t, env).Plan(ticket.TypeName, request("Approved"), state)
	wantDiagnostics(t, "overruled", planned.Diags, "WARNING: The ticket was consumed with another decision: Another "+
		"person changed workflow ticket "+guid+"; its last known decision is Rejected. … [status]")
	env.Server.ResetLog()
	_, diagnostics = process(t, env).Apply(planned)
	wantDiagnostics(t, "apply", diagnostics)
	wantNoRequests(t, env)
	changed := process(t, env).Plan(ticket.TypeName, explained(request("Approved"), "now"), state)
	wantDiagnostics(t, "another explanation", changed.Diags, "WARNING: The ticket was consumed with another decision",
		"ERROR: The ticket has been consumed: … [explanation]")
}

// A session that does not see the ticket yet refreshes its permissions. A consumed ticket is read once.
func TestTicketDecision_ReadRequests(t *testing.T) {
	t.Parallel()
	env := acctest.Start(t, world(changeTicket(func(t *simulator.WorkflowTicket) { t.HiddenUntilRefresh = true })))
	state := inState(t, env, request("Rejected"), false)
	read, diagnostics := process(t, env).Refresh(state)
	wantDiagnostics(t, "read", diagnostics)
	if got := read.Values.Text("current_status"); got != "Rejected" {
		t.Errorf("the ticket is %s", got)
	}
	env.Server.RemoveWorkflowTicket(guid)
	read, _ = process(t, env).Refresh(read)
	if got := read.Values.Text("current_status"); got == "Rejected" {
		t.Errorf("the ticket is %s", got)
	}
	env.Server.ResetLog()
	again, diagnostics := process(t, env).Refresh(read)
	wantDiagnostics(t, "consumed", diagnostics)
	if got := len(env.Server.Requests()); got != 1 {
		t.Errorf("got %d requests", got)
	}
	if got, want := again.Values.Text("current_status"), read.Values.Text("current_status"); got != want {
		t.Errorf("the ticket is %s, want %s", got, want)
	}
}

// A destroy reopens the ticket, unless the new object of a replacement has the decision, or cannot make
// it again.
func TestTicketDecision_Reopen(t *testing.T) {
	t.Parallel()
	const past = "2020-12-01T22:00:00Z"
	for name, row := range map[string]struct {
		arguments  func() acctest.Arguments
		imported   bool
		replaces   bool
		unknown    bool // the guid of the new object
		want       string
		reopened   bool
		prepare    func(*simulator.World)
		afterwards string
	}{
		"destroy": {
			arguments: func() acctest.Arguments { return request("Rejected") }, reopened: true, afterwards: "Pending",
		},
		"replacement": {
			arguments: func() acctest.Arguments { return request("Rejected") }, replaces: true, afterwards: "Rejected",
		},
		"replacement by an unknown ticket": {
			arguments: func() acctest.Arguments { return request("Rejected") }, replaces: true, unknown: true,
			reopened: true, afterwards: "Pending",
		},
		"replacement of a past window by an unknown ticket": {
			arguments: func() acctest.Arguments { return request("Approved Between", past, "2020-12-02T01:00:00Z") },
			imported:  true, replaces: true, unknown: true, afterwards: "Approved Between",
			prepare: decided("Approved Between", past, "2020-12-02T01:00:00Z"),
			want: "ERROR: Unable to reopen workflow ticket " + guid + ": … cannot be sent again … " +
				"The resource stays in the state. … [reopen_on_destroy]",
		},
		"destroy of a past window": {
			arguments: func() acctest.Arguments { return request("Approved Between", past, "2020-12-02T01:00:00Z") },
			imported:  true, reopened: true, afterwards: "Pending",
			prepare: decided("Approved Between", past, "2020-12-02T01:00:00Z"),
		},
	} {
		change := []func(*simulator.World){settings(stays)}
		if row.prepare != nil {
			change = append(change, row.prepare)
		}
		env := acctest.Start(t, world(change...))
		state := inState(t, env, reopens(row.arguments()), row.imported)
		p := process(t, env)
		planned := p.PlanDestroy(state)
		destroy := func() (*acctest.Object, []string) { return process(t, env).Apply(planned) }
		if row.replaces {
			_, _ = p.Refresh(state)
			arguments := reopens(row.arguments())
			if row.unknown {
				arguments["guid"] = acctest.UnknownString()
			}
			first := p.Plan(ticket.TypeName, arguments, state)
			second := p.Replacement(first)
			wantDiagnostics(t, name+": plan", second.Diags)
			destroy = func() (*acctest.Object, []string) { return process(t, env).ApplyDestroy(first, second) }
		}
		left, diagnostics := destroy()
		if row.want == "" {
			wantDiagnostics(t, name, diagnostics)
		} else {
			wantDiagnostics(t, name, diagnostics, row.want)
		}
		if (left.Values != nil) != (row.want != "") {
			t.Errorf("%s: the state has %v", name, left.Values)
		}
		if left.Values != nil { // a destroy afterwards is not a replacement
			private := process(t, env).PlanDestroy(left).Private
			if _, replaced := left.Private["created_guid"]; !replaced || len(private) != 1 {
				t.Errorf("%s: the private state of a destroy is %q", name, private)
			}
		}
		if reopened := env.Server.Count(update) == 1; reopened != row.reopened {
			t.Errorf("%s: reopened: %t", name, reopened)
		}
		wantTicket(t, env, guid, row.afterwards)
	}
}

// Only a ticket that does not exist may have been consumed. An import ends in one error, also if the
// ticket disappears between the import and the read.
func TestTicketDecision_FailedImport(t *testing.T) {
	t.Parallel()
	const consumed = "was consumed after its decision cannot be imported"
	env := acctest.Start(t, world())
	found, diagnostics := process(t, env).Import(ticket.TypeName, guid)
	wantDiagnostics(t, "import", diagnostics)
	restore := env.Server.Inject(refusedWith("Workflow/Ticket/", 4))
	_, diagnostics = process(t, env).Import(ticket.TypeName, guid)
	wantError(t, diagnostics, "", "Unable to import workflow ticket "+guid)
	read, refused := process(t, env).Refresh(found)
	wantError(t, refused, "", "Unable to import workflow ticket "+guid)
	if all := diagnostics[0] + refused[0]; strings.Contains(all, consumed) {
		t.Errorf("a refused read says that the ticket was consumed: %s", all)
	}
	if read == nil || read.Values.Text("current_status") != "null" {
		t.Errorf("the object is %v", read)
	}
	restore()
	env.Server.RemoveWorkflowTicket(guid)
	_, diagnostics = process(t, env).Import(ticket.TypeName, guid)
	wantError(t, diagnostics, "", "Unable to import workflow ticket "+guid, consumed)
	_, diagnostics = process(t, env).Refresh(found)
	wantError(t, diagnostics, "", "Unable to import workflow ticket "+guid, consumed)
}

// The plan does not reject a value that may still be the same.
func TestTicketDecision_UnknownChangeOfConsumedTicket(t *testing.T) {
	t.Parallel()
	env := acctest.Start(t, world())
	state := inState(t, env, explained(request("Rejected"), "before"), false)
	env.Server.RemoveWorkflowTicket(guid)
	state, diagnostics := process(t, env).Refresh(state)
	wantDiagnostics(t, "read", diagnostics)
	arguments := request("Rejected")
	arguments["explanation"] = acctest.UnknownString()
	unknown := process(t, env).Plan(ticket.TypeName, arguments, state)
	wantDiagnostics(t, "unknown", unknown.Diags)
	other := process(t, env).Plan(ticket.TypeName, explained(request("Rejected"), "after"), state)
	wantError(t, other.Diags, "explanation", "The ticket has been consumed")
}
