package ticket_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	address  = "workflow_ticket_decision.t"
	guid     = "6ede0e12-f7c0-4068-9977-001076205c84"
	other    = "8a83384d-3e44-4b62-b706-dc78459f2ac3"
	update   = "Workflow/Ticket/UpdateStatus"
	opens    = "2126-12-01T22:00:00Z"
	closes   = "2126-12-02T01:00:00Z"
	closes2  = "2126-12-02T02:00:00Z"
	schedule = `schedule = { start = "2126-12-01T22:00:00Z", stop = "2126-12-02T02:00:00+01:00" }` // opens, closes
)

func TestMain(m *testing.M) { acctest.Main(m) }

// world has a ticket with the approver bob, and a user jane.
func world(change ...func(*simulator.World)) simulator.World {
	w := simulator.World{
		Users: []simulator.User{{Name: "bob"}, {Name: "jane"}},
		WorkflowTickets: []simulator.WorkflowTicket{{
			GUID: guid, Approvers: []string{"bob"}, Reason: "needs review",
			Blocking: `\VED\Policy\Web\shop.example.test`, IssuedDueTo: `\VED\Workflow\Second pair of eyes`,
			Created: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
		}},
	}
	for _, c := range change {
		c(&w)
	}
	return w
}

// changeTicket changes the ticket of a world.
func changeTicket(change func(*simulator.WorkflowTicket)) func(*simulator.World) {
	return func(w *simulator.World) { change(&w.WorkflowTickets[0]) }
}

// decided is a ticket that was decided before the test.
func decided(status string, window ...string) func(*simulator.World) {
	return changeTicket(func(t *simulator.WorkflowTicket) {
		t.Status, t.Explanation, t.UpdatedBy = status, "by hand", "local:{jane}"
		if len(window) == 2 {
			t.ScheduledStart, t.ScheduledStop = window[0], window[1]
		}
	})
}

func settings(change func(*simulator.Settings)) func(*simulator.World) {
	return func(w *simulator.World) { change(&w.Settings) }
}

// stays keeps approved tickets on the server.
func stays(s *simulator.Settings) { s.ApprovedTicketsVanish = new(bool) }

// start returns an environment and the provider block of the approver.
func start(t *testing.T, w simulator.World) (env *acctest.Env, provider string) {
	t.Helper()
	env = acctest.Start(t, w)
	return env, env.ProviderConfig("bob")
}

// withoutCLI is the resource of a test that needs no CLI, as the approver.
func withoutCLI(t *testing.T, env *acctest.Env) *acctest.Resource {
	t.Helper()
	return env.Protocol(t, env.Server.Token("bob", "")).Resource(address)
}

// request is the arguments of a decision. The window is start and stop of the schedule; "" is null.
func request(status string, window ...string) acctest.Arguments {
	all := acctest.Arguments{"guid": acctest.String(guid), "status": acctest.String(status)}
	if len(window) == 2 {
		kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"start": tftypes.String, "stop": tftypes.String}}
		times := map[string]tftypes.Value{}
		for i, name := range []string{"start", "stop"} {
			times[name] = tftypes.NewValue(tftypes.String, nil)
			if window[i] != "" {
				times[name] = acctest.String(window[i])
			}
		}
		all["schedule"] = tftypes.NewValue(kind, times)
	}
	return all
}

func explained(arguments acctest.Arguments, explanation string) acctest.Arguments {
	arguments["explanation"] = acctest.String(explanation)
	return arguments
}

// applies applies without a CLI. Warnings are no failure.
func applies(t *testing.T, r *acctest.Resource, arguments acctest.Arguments, checks ...statecheck.StateCheck) {
	t.Helper()
	for _, d := range r.Apply(arguments) {
		if !strings.HasPrefix(d, "WARNING") {
			t.Fatal(d)
		}
	}
	r.Check(checks...)
}

// wantError is for one error at an attribute, "" for none, with these words in this order.
func wantError(t *testing.T, diagnostics []string, at string, words ...string) {
	t.Helper()
	if at != "" {
		at = "[" + at + "]"
	}
	if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "ERROR: ") ||
		!strings.HasSuffix(diagnostics[0], at) || !acctest.Words(words...).MatchString(diagnostics[0]) {
		t.Errorf("got diagnostics %q, want %q at %q", diagnostics, words, at)
	}
}

// block is a resource with a status and further lines.
func block(status string, more ...string) string {
	return blockFor(guid, status, more...)
}

func blockFor(guid, status string, more ...string) string {
	return blockWith(fmt.Sprintf("%q", guid), status, more...)
}

// blockWith takes an expression for guid.
func blockWith(guid, status string, more ...string) string {
	return fmt.Sprintf("resource \"workflow_ticket_decision\" \"t\" {\n  provider = codesign\n  guid     = %s\n"+
		"  status   = %q\n  %s\n}\n",
		guid, status, strings.Join(more, "\n  "))
}

// rowGUID is the ticket of a row in a test whose rows share one configuration.
func rowGUID(row int) string { return fmt.Sprintf("7ede0e12-f7c0-4068-9977-0010762050%02x", row) }

func rowAddress(row int) string { return fmt.Sprintf("%s%d", address, row) }

// rowBlock is the resource of a row.
func rowBlock(row int, status string, more ...string) string {
	return rowBlockFor(row, rowGUID(row), status, more...)
}

func rowBlockFor(row int, guid, status string, more ...string) string {
	return strings.Replace(blockFor(guid, status, more...), `"t"`, fmt.Sprintf(`"t%d"`, row), 1)
}

// withRows adds a ticket for each row, which is like the first one.
func withRows(rows int) func(*simulator.World) {
	return func(w *simulator.World) {
		for row := range rows {
			ticket := w.WorkflowTickets[0]
			ticket.GUID = rowGUID(row)
			w.WorkflowTickets = append(w.WorkflowTickets, ticket)
		}
	}
}

// rowBodies are the bodies of the decisions that were sent for a row.
func rowBodies(env *acctest.Env, row int) []string {
	return slices.DeleteFunc(bodies(env), func(body string) bool { return !strings.Contains(body, rowGUID(row)) })
}

func wantRowSent(t *testing.T, env *acctest.Env, row, n int) {
	t.Helper()
	if got := len(rowBodies(env, row)); got != n {
		t.Errorf("row %d: got %d decisions, want %d", row, got, n)
	}
}

func rowAttribute(row int, name, value string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(rowAddress(row), tfjsonpath.New(name), knownvalue.StringExact(value))
}

// plansRows is a step with the same action for each of the rows. The plan after it must be empty.
func plansRows(
	config string, rows int, action plancheck.ResourceActionType, checks ...statecheck.StateCheck,
) resource.TestStep {
	step := acctest.Applies(config, checks...)
	for row := range rows {
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply,
			plancheck.ExpectResourceAction(rowAddress(row), action))
	}
	return step
}

func attribute(name, value string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), knownvalue.StringExact(value))
}

func null(name string) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(name), knownvalue.Null())
}

// plans is a step whose plan has this action. The plan after it must be empty.
func plans(config string, action plancheck.ResourceActionType, checks ...statecheck.StateCheck) resource.TestStep {
	step := acctest.Applies(config, checks...)
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}
	return step
}

// failsPlan is a step whose plan fails.
func failsPlan(config string, words ...string) resource.TestStep {
	step := acctest.Fails(config, words...)
	step.PlanOnly = true
	return step
}

// after acts on the server before a step.
func after(act func(), step resource.TestStep) resource.TestStep {
	step.PreConfig = act
	return step
}

func wantSent(t *testing.T, env *acctest.Env, n int) {
	t.Helper()
	if got := env.Server.Count(update); got != n {
		t.Errorf("got %d decisions, want %d", got, n)
	}
}

func wantTicket(t *testing.T, env *acctest.Env, guid, status string) {
	t.Helper()
	now, exists := env.Server.WorkflowTicket(guid)
	if !exists || now.Status != status {
		t.Errorf("got status %q, want %q", now.Status, status)
	}
}

// bodies are the bodies of the decisions that were sent.
func bodies(env *acctest.Env) []string {
	var out []string
	for _, r := range env.Server.Requests() {
		if r.Path == update {
			out = append(out, r.Body)
		}
	}
	return out
}

const (
	shop = `\VED\Policy\Web\shop.northwind.example`
	// in the order of their GUIDs
	first    = "1ede0e12-f7c0-4068-9977-001076205c84"
	second   = "2ede0e12-f7c0-4068-9977-001076205c84"
	rejected = "3ede0e12-f7c0-4068-9977-001076205c84"
	mail     = "4ede0e12-f7c0-4068-9977-001076205c84"
	bob      = "local:{bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb}"
	jane     = "local:{aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb}"
)

// ticketsWorld has three tickets of one object, of which one is rejected, and one of another.
func ticketsWorld() simulator.World {
	of := func(guid, blocking string) simulator.WorkflowTicket {
		return simulator.WorkflowTicket{
			GUID: guid, Blocking: blocking, Approvers: []string{"bob", "jane"}, UserData: "batch 7",
		}
	}
	w := simulator.World{
		Users: []simulator.User{
			{
				Name: "bob", Universal: "bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb",
			}, {Name: "jane", Universal: "aaaaaaaa-0000-1111-2222-bbbbbbbbbbbb"},
		},
		WorkflowTickets: []simulator.WorkflowTicket{
			of(mail, `\VED\Policy\Web\mail.northwind.example`), of(second, shop), of(rejected, shop), of(first, shop),
		},
	}
	w.WorkflowTickets[2].Status, w.WorkflowTickets[2].Explanation = "Rejected", "too soon"
	w.WorkflowTickets[2].UserData = "batch 8"
	w.WorkflowTickets[3].IssuedDueTo, w.WorkflowTickets[3].Reason = `\VED\Workflow\Second pair of eyes`, "needs review"
	w.WorkflowTickets[3].Created = time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC)
	return w
}

func ticketBlock(guid string) string {
	return fmt.Sprintf("data \"workflow_ticket\" \"it\" {\n  provider = codesign\n  guid = %q\n}\n", guid)
}

func ticketsBlock(arguments string) string {
	return fmt.Sprintf("data \"workflow_tickets\" \"it\" {\n  provider = codesign\n  %s\n}\n", arguments)
}

func is(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.workflow_ticket.it", tfjsonpath.New(attribute), want)
}

func exact(s string) knownvalue.Check { return knownvalue.StringExact(s) }
