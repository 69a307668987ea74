package ticket_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// pipeline is the example in a real CLI: the test library knows no for_each.
type pipeline struct {
	*testing.T
	env *acctest.Env
	cli *realcli.CLI
}

func newPipeline(t *testing.T) *pipeline {
	t.Helper()
	env := acctest.Start(t, ticketDataWorld())
	cli := acctest.InstalledCLI(t, "../..", "VENAFI_URL="+env.URL, "VENAFI_TOKEN="+env.Server.Token("bob", "codesign:approve"))
	example, err := os.ReadFile(filepath.Join("..", "..", "examples", "data-sources", "workflow_tickets", "data-source.tf"))
	if err == nil {
		err = cli.Write("main.tf", string(example))
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

// quiet fails unless the plan is empty, and says nothing at all.
func (p *pipeline) quiet(when string) {
	p.Helper()
	result := p.run("plan", "-input=false", "-detailed-exitcode")
	if result.Code != 0 || strings.Contains(result.Stdout+result.Stderr, "Warning") {
		p.Errorf("%s the plan is not quiet:\n%s%s", when, result.Stdout, result.Stderr)
	}
}

func (p *pipeline) decided(guids ...string) {
	p.Helper()
	for _, guid := range guids {
		if t, _ := p.env.Server.WorkflowTicket(guid); t.Status != "Approved Between" {
			p.Errorf("ticket %s is %q", guid, t.Status)
		}
	}
}

func TestAccTheExampleDecidesEveryPendingTicketAndStaysQuietOnceTheyAreConsumed(t *testing.T) {
	t.Parallel()
	p := newPipeline(t)
	p.run("apply", "-input=false", "-auto-approve")
	p.decided(first, ticketDataSecond)
	p.quiet("once they are decided")
	p.env.Server.RemoveWorkflowTicket(first)
	p.quiet("once one has been consumed")
	p.env.Server.RemoveWorkflowTicket(ticketDataSecond)
	p.quiet("once all have been consumed")

	late := p.env.Server.AddWorkflowTicket(simulator.WorkflowTicket{Blocking: shop, Approvers: []string{"bob"}, UserData: "late"})
	p.quiet("beside a ticket that nobody has approved a change for")
	p.run("apply", "-input=false", "-auto-approve",
		`-var=change={number="CHG0012346",opens="2126-12-08T22:00:00Z",closes="2126-12-09T02:00:00Z"}`)
	p.decided(late)
	if n := p.env.Server.Count("Workflow/Ticket/UpdateStatus"); n != 3 {
		t.Errorf("%d decisions were sent for 3 tickets", n)
	}
	if t, _ := p.env.Server.WorkflowTicket(rejected); t.Status != "Rejected" {
		p.Errorf("the rejected ticket is %s", t.Status)
	}
}
