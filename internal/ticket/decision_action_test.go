package ticket_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const decideTicket = "workflow_decide_ticket"

// decision is the arguments of the action. The window is start and stop of the schedule.
func decision(status string, window ...string) acctest.Arguments {
	return explained(request(status, window...), "CHG0012345")
}

func protocol(t *testing.T, env *acctest.Env, user string) *acctest.Protocol {
	t.Helper()
	return env.Protocol(t, env.Server.Token(user, "codesign:approve"))
}

func TestDecideAction_SendsOnce(t *testing.T) {
	env := acctest.Start(t, world(settings(stays)))
	p := protocol(t, env, "bob")
	arguments := decision("Approved Between", opens, closes)
	if diagnostics := p.PlanAction(decideTicket, arguments); len(diagnostics) != 0 {
		t.Fatal(diagnostics)
	}
	first, diagnostics := p.InvokeAction(decideTicket, arguments)
	again, more := p.InvokeAction(decideTicket, arguments)
	if len(diagnostics)+len(more) != 0 || env.Server.Count(update) != 1 {
		t.Errorf("got %d decisions, want 1; diagnostics %q %q", env.Server.Count(update), diagnostics, more)
	}
	found, _ := env.Server.WorkflowTicket(guid)
	if found.Status != "Approved Between" || found.Explanation != "CHG0012345" ||
		found.ScheduledStart != "2126-12-01T22:00:00.000000Z" {
		t.Errorf("ticket: %+v", found)
	}
	if len(first) != 2 || !strings.Contains(first[1], "is Approved Between now") || len(again) != 1 ||
		!strings.Contains(again[0], "already has the decision") {
		t.Errorf("got progress %q, then %q", first, again)
	}
}

func TestDecideAction_ConsumedTicket(t *testing.T) {
	env := acctest.Start(t, world())
	progress, diagnostics := protocol(t, env, "bob").InvokeAction(decideTicket, decision("Approved"))
	if len(diagnostics) != 0 || !slices.Contains(progress, "ticket "+guid+" is Processed now") {
		t.Errorf("%q %q", progress, diagnostics)
	}
}

func TestDecideAction_PlanErrors(t *testing.T) {
	missing := decision("Approved")
	missing["guid"] = acctest.String(other)
	unknown := decision("Approved")
	unknown["guid"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	past := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)
	for name, c := range map[string]struct {
		world     simulator.World
		arguments acctest.Arguments
		says, at  string
	}{
		"missing window": {world(), decision("Approved Between"), "needs a schedule", "[status]"},
		"unused window":  {world(), decision("Rejected", opens, closes), "accepts no schedule", "[schedule]"},
		"invalid status": {world(), decision("Approved Before"), "must be one of", "[status]"},
		"ended window": {
			world(), decision("Approved Between", "2020-01-01T00:00:00Z", past), "window closed", "[schedule.stop]",
		},
		"missing ticket":   {world(), missing, "does not exist", "[guid]"},
		"another decision": {world(decided("Rejected")), decision("Approved"), "has another decision", "[status]"},
		"unknown guid":     {world(), unknown, "", ""},
		"undocumented stop": {
			world(), decision("Approved After", opens, closes), "WARNING: Schedule with an undocumented part",
			"[schedule.stop]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, c.world)
			diagnostics := protocol(t, env, "bob").PlanAction(decideTicket, c.arguments)
			if got := strings.Join(diagnostics, "; "); !strings.Contains(got, c.says) ||
				!strings.HasSuffix(got, c.at) || (c.says == "") != (got == "") {
				t.Errorf("got diagnostics %q", diagnostics)
			}
			if n := env.Server.Count(update); n != 0 {
				t.Errorf("got %d decisions, want none", n)
			}
		})
	}
}

func TestDecideAction_Refused(t *testing.T) {
	env := acctest.Start(t, world())
	progress, diagnostics := protocol(t, env, "jane").InvokeAction(decideTicket, decision("Approved"))
	if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "ERROR: Unable to decide workflow ticket") {
		t.Errorf("%q %q", progress, diagnostics)
	}
}

// The other tests of the action use the protocol.
func TestAccDecideAction_CLI(t *testing.T) {
	env, provider := start(t, world())
	acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		resource.TestStep{
			Config: provider + `
action "workflow_decide_ticket" "renewal" {
  provider = codesign
  config {
    guid   = "` + guid + `"
    status = "Approved"
  }
}

resource "terraform_data" "approved" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.workflow_decide_ticket.renewal]
    }
  }
}
`,
		})
}
