package ticket_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccTicket_Attributes(t *testing.T) {
	env := acctest.Start(t, ticketsWorld())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("bob")+ticketBlock(strings.ToUpper("{"+first+"}")),
		is("guid", exact(strings.ToUpper("{"+first+"}"))), is("status", exact("Pending")), is("schedule",
			knownvalue.Null()),
		is("approvers", acctest.Strings(jane, bob)), is("blocking", exact(shop)), is("issued_due_to",
			exact(`\VED\Workflow\Second pair of eyes`)),
		is("created", exact("2026-01-02T03:04:05Z")), is("approval_reason", exact("needs review")),
		is("explanation", knownvalue.Null()), is("approval_from", knownvalue.Null()),
	))
}

// readsTickets reads a data source of tickets without a CLI.
func readsTickets(
	t *testing.T, env *acctest.Env, typeName string, arguments acctest.Arguments, checks ...statecheck.StateCheck,
) {
	t.Helper()
	env.Protocol(t, env.Server.Token("bob", "")).Reads(typeName, arguments, checks...)
}

func TestTicket_Schedule(t *testing.T) {
	env := acctest.Start(t, ticketsWorld())
	env.Server.SetWorkflowTicket(first, "Approved Between", "2126-12-01T22:00:00Z", "2126-12-02T02:00:00Z")
	readsTickets(t, env, "workflow_ticket", acctest.Arguments{"guid": acctest.String(first)},
		is("status", exact("Approved Between")),
		is("schedule", knownvalue.ObjectExact(map[string]knownvalue.Check{
			"start": exact("2126-12-01T22:00:00Z"), "stop": exact("2126-12-02T02:00:00Z"),
		})))
}

func TestTickets_RefreshesPermissions(t *testing.T) {
	w := ticketsWorld()
	for i := range w.WorkflowTickets {
		w.WorkflowTickets[i].HiddenUntilRefresh = true
	}
	readsTickets(t, acctest.Start(t, w), "workflow_ticket", acctest.Arguments{"guid": acctest.String(first)})
	readsTickets(t, acctest.Start(t, w), "workflow_tickets", acctest.Arguments{"object_dn": acctest.String(shop)},
		listed("guids", knownvalue.ListSizeExact(3)))
}

func listed(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.workflow_tickets.it", tfjsonpath.New(attribute), want)
}

func TestTickets_Query(t *testing.T) {
	object, batch := acctest.String(shop), acctest.String("batch 7")
	for name, c := range map[string]struct {
		arguments acctest.Arguments
		want      []string
	}{
		"object in another case": {
			acctest.Arguments{"object_dn": acctest.String(strings.ToLower(shop))}, []string{first, second, rejected},
		},
		"one status": {
			acctest.Arguments{"object_dn": object, "statuses": acctest.StringList("Pending")}, []string{first, second},
		},
		"two statuses": {
			acctest.Arguments{"object_dn": object, "statuses": acctest.StringList("Rejected", "Approved")},
			[]string{rejected},
		},
		"user data": {acctest.Arguments{"user_data": batch}, []string{first, second, mail}},
		"both":      {acctest.Arguments{"object_dn": object, "user_data": batch}, []string{first, second}},
	} {
		t.Run(name, func(t *testing.T) {
			last := len(c.want) - 1
			readsTickets(t, acctest.Start(t, ticketsWorld()), "workflow_tickets", c.arguments,
				listed("guids", acctest.Strings(c.want...)),
				statecheck.ExpectKnownValue("data.workflow_tickets.it",
					tfjsonpath.New("tickets").AtSliceIndex(last).AtMapKey("guid"), exact(c.want[last])),
				listed("by_guid", knownvalue.MapSizeExact(len(c.want))),
				statecheck.ExpectKnownValue("data.workflow_tickets.it",
					tfjsonpath.New("by_guid").AtMapKey(c.want[0]).AtMapKey("approvers"), acctest.Strings(jane, bob)))
		})
	}
}

func TestAccTickets_Errors(t *testing.T) {
	env := acctest.Start(t, ticketsWorld())
	bob := env.ProviderConfig("bob")
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"missing ticket": {
			bob + ticketBlock("9ede0e12-f7c0-4068-9977-001076205c84"), []string{
				"guid", "does not exist", "consumed it",
			},
		},
		"invalid GUID": {bob + ticketBlock("CHG0012345"), []string{"Invalid GUID", "guid"}},
		"no argument":  {bob + ticketsBlock(""), []string{"object_dn", "user_data"}},
		"missing object": {
			bob + ticketsBlock(fmt.Sprintf("object_dn = %q", shop+"!")), []string{
				"object_dn", "ObjectDoesNotExist (6)",
			},
		},
		"only a name":     {bob + ticketsBlock(`object_dn = "shop"`), []string{"object_dn", "only a name"}},
		"empty user data": {bob + ticketsBlock(`user_data = ""`), []string{"user_data"}},
	} {
		rows[name] = acctest.Fails(c.config, c.words...)
	}
	acctest.Refused(t, env, rows)
}

func TestTickets_OmitsTicketConsumedDuringRead(t *testing.T) {
	env := acctest.Start(t, ticketsWorld())
	env.Server.OnRequest(func(r simulator.Request) {
		if r.Path == "Workflow/Ticket/Details" {
			env.Server.RemoveWorkflowTicket(second)
		}
	})
	state, diagnostics := env.Protocol(t, env.Server.Token("bob", "")).Read("workflow_tickets",
		acctest.Arguments{"object_dn": acctest.String(shop)})
	if want := acctest.StringList(first, rejected); len(diagnostics) != 0 || !state["guids"].Equal(want) {
		t.Errorf("%s %q", state["guids"], diagnostics)
	}
}

func TestTickets_FailsWithOneTicket(t *testing.T) {
	env := acctest.Start(t, ticketsWorld())
	env.Server.Inject(simulator.Fault{
		Path: "Workflow/Ticket/Details", Kind: simulator.Other500, Status: 200, Body: `{"Result":4}`, Count: 1,
	})
	_, diagnostics := env.Protocol(t, env.Server.Token("bob", "")).Read("workflow_tickets",
		acctest.Arguments{"object_dn": acctest.String(shop)})
	if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "ERROR: Unable to list workflow tickets") ||
		!strings.HasSuffix(diagnostics[0], "[object_dn]") {
		t.Errorf("got diagnostics %q", diagnostics)
	}
}

func TestTickets_WarnsOfEmptyList(t *testing.T) {
	approved := acctest.StringList("Approved")
	for name, c := range map[string]struct {
		arguments acctest.Arguments
		says, at  string
	}{
		"statuses": {
			acctest.Arguments{
				"object_dn": acctest.String(shop), "statuses": approved,
			}, "No workflow ticket with the status Approved blocks " + shop, "[statuses]",
		},
		"user data": {
			acctest.Arguments{"user_data": acctest.String("batch 9")},
			`No workflow ticket has the user data "batch 9"`,
			"[user_data]",
		},
		"allowed": {
			acctest.Arguments{
				"object_dn": acctest.String(shop), "statuses": approved,
				"allow_empty": tftypes.NewValue(tftypes.Bool, true),
			}, "", "",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, ticketsWorld())
			state, diagnostics := env.Protocol(t, env.Server.Token("bob", "")).Read("workflow_tickets", c.arguments)
			got := strings.Join(diagnostics, "; ")
			if !strings.Contains(got, c.says) || !strings.HasSuffix(got, c.at) || (c.says == "") != (got == "") ||
				strings.Contains(got, "ERROR") {
				t.Errorf("got diagnostics %q", diagnostics)
			}
			if !state["guids"].Equal(acctest.StringList()) {
				t.Errorf("guids: %s", state["guids"])
			}
		})
	}
}

// pipeline runs the example in a real CLI, because the test library does not support for_each.
type pipeline struct {
	*testing.T
	env *acctest.Env
	cli *realcli.CLI
}

func newPipeline(t *testing.T) *pipeline {
	t.Helper()
	env := acctest.Start(t, ticketsWorld())
	cli := acctest.InstalledCLI(t, "VENAFI_URL="+env.URL,
		"VENAFI_TOKEN="+env.Server.Token("bob", "codesign:approve"))
	example, err := os.ReadFile(filepath.Join("..", "..", "examples", "data-sources", "workflow_tickets",
		"data-source.tf"))
	if err == nil {
		err = cli.Write("main.tf", string(example))
	}
	if err == nil {
		err = cli.Complete()
	}
	if err != nil {
		t.Fatal(err)
	}
	p := &pipeline{t, env, cli}
	p.run("init", "-input=false")
	return p
}

func (p *pipeline) run(args ...string) realcli.Result {
	p.Helper()
	result, err := p.cli.Do(p.Context(), args...)
	if err != nil {
		p.Fatal(err)
	}
	return result
}

// plansNothing fails unless the plan is empty and without warnings.
func (p *pipeline) plansNothing(when string) {
	p.Helper()
	result := p.run("plan", "-input=false", "-detailed-exitcode")
	if result.Code != 0 || strings.Contains(result.Stdout+result.Stderr, "Warning") {
		p.Errorf("%s: the plan is not empty:\n%s%s", when, result.Stdout, result.Stderr)
	}
}

func (p *pipeline) decided(guids ...string) {
	p.Helper()
	for _, guid := range guids {
		if t, _ := p.env.Server.WorkflowTicket(guid); t.Status != "Approved Between" {
			p.Errorf("ticket %s: got status %q", guid, t.Status)
		}
	}
}

func TestAccTickets_Example(t *testing.T) {
	t.Parallel()
	p := newPipeline(t)
	p.run("apply", "-input=false", "-auto-approve")
	p.decided(first, second)
	p.plansNothing("decided")
	p.env.Server.RemoveWorkflowTicket(first)
	p.plansNothing("one consumed")
	p.env.Server.RemoveWorkflowTicket(second)
	p.plansNothing("all consumed")

	late := p.env.Server.AddWorkflowTicket(simulator.WorkflowTicket{
		Blocking: shop, Approvers: []string{"bob"}, UserData: "late",
	})
	p.plansNothing("new ticket without a change")
	p.run("apply", "-input=false", "-auto-approve",
		`-var=change={number="CHG0012346",opens="2126-12-08T22:00:00Z",closes="2126-12-09T02:00:00Z"}`)
	p.decided(late)
	if n := p.env.Server.Count("Workflow/Ticket/UpdateStatus"); n != 3 {
		t.Errorf("got %d decisions for 3 tickets", n)
	}
	if t, _ := p.env.Server.WorkflowTicket(rejected); t.Status != "Rejected" {
		p.Errorf("got status %s, want Rejected", t.Status)
	}
}
