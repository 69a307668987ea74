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

// decision are the arguments of the action; start and stop make a schedule.
func decision(status string, window ...string) acctest.Arguments {
	all := acctest.Arguments{"guid": acctest.String(guid), "status": acctest.String(status), "explanation": acctest.String("CHG0012345")}
	if len(window) == 2 {
		kind := tftypes.Object{AttributeTypes: map[string]tftypes.Type{"start": tftypes.String, "stop": tftypes.String}}
		all["schedule"] = tftypes.NewValue(kind, map[string]tftypes.Value{"start": acctest.String(window[0]), "stop": acctest.String(window[1])})
	}
	return all
}

func protocol(t *testing.T, env *acctest.Env, user string) *acctest.Protocol {
	t.Helper()
	return env.Protocol(t, env.Server.Token(user, "codesign:approve"))
}

func TestAnActionDecidesOnceAndLeavesTheSameDecisionAlone(t *testing.T) {
	env := acctest.Start(t, decisionWorld(settings(stays)))
	p := protocol(t, env, "bob")
	arguments := decision("Approved Between", opens, closes)
	if diagnostics := p.PlanAction(decideTicket, arguments); len(diagnostics) != 0 {
		t.Fatal(diagnostics)
	}
	first, diagnostics := p.InvokeAction(decideTicket, arguments)
	again, more := p.InvokeAction(decideTicket, arguments)
	if len(diagnostics)+len(more) != 0 || env.Server.Count(update) != 1 {
		t.Errorf("%d decisions were sent; %q %q", env.Server.Count(update), diagnostics, more)
	}
	found, _ := env.Server.WorkflowTicket(guid)
	if found.Status != "Approved Between" || found.Explanation != "CHG0012345" || found.ScheduledStart != "2126-12-01T22:00:00.000000Z" {
		t.Errorf("ticket: %+v", found)
	}
	if len(first) != 2 || !strings.Contains(first[1], "is Approved Between now") || len(again) != 1 || !strings.Contains(again[0], "decided already") {
		t.Errorf("progress: %q, then %q", first, again)
	}
}

func TestAnActionThatIsConsumedAtOnceHasSucceeded(t *testing.T) {
	env := acctest.Start(t, decisionWorld())
	progress, diagnostics := protocol(t, env, "bob").InvokeAction(decideTicket, decision("Approved"))
	if len(diagnostics) != 0 || !slices.Contains(progress, "ticket "+guid+" is Processed now") {
		t.Errorf("%q %q", progress, diagnostics)
	}
}

func TestAnActionThatCannotSucceedFailsItsPlanAtTheAttribute(t *testing.T) {
	missing := decision("Approved")
	missing["guid"] = acctest.String(other)
	unknown := decision("Approved")
	unknown["guid"] = tftypes.NewValue(tftypes.String, tftypes.UnknownValue)
	past := time.Now().Add(-time.Hour).UTC().Format(time.RFC3339)
	for name, c := range map[string]struct {
		decisionWorld simulator.World
		arguments     acctest.Arguments
		says, at      string
	}{
		"no window":         {decisionWorld(), decision("Approved Between"), "needs a schedule", "[status]"},
		"a window too many": {decisionWorld(), decision("Rejected", opens, closes), "has no schedule", "[schedule]"},
		"no such status":    {decisionWorld(), decision("Approved Before"), "must be one of", "[status]"},
		"a window in past":  {decisionWorld(), decision("Approved Between", "2020-01-01T00:00:00Z", past), "window closed", "[schedule.stop]"},
		"no such ticket":    {decisionWorld(), missing, "does not exist", "[guid]"},
		"another decision":  {decisionWorld(decided("Rejected")), decision("Approved"), "has another decision", "[status]"},
		"not known yet":     {decisionWorld(), unknown, "", ""},
		"an odd window": {
			decisionWorld(), decision("Approved After", opens, closes), "WARNING: Schedule with an undocumented part", "[schedule.stop]",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, c.decisionWorld)
			diagnostics := protocol(t, env, "bob").PlanAction(decideTicket, c.arguments)
			if got := strings.Join(diagnostics, "; "); !strings.Contains(got, c.says) || !strings.HasSuffix(got, c.at) || (c.says == "") != (got == "") {
				t.Errorf("diagnostics: %q", diagnostics)
			}
			if n := env.Server.Count(update); n != 0 {
				t.Errorf("%d decisions were sent", n)
			}
		})
	}
}

func TestAnActionThatIsRefusedSaysSo(t *testing.T) {
	env := acctest.Start(t, decisionWorld())
	progress, diagnostics := protocol(t, env, "jane").InvokeAction(decideTicket, decision("Approved"))
	if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "ERROR: Could not decide the workflow ticket") {
		t.Errorf("%q %q", progress, diagnostics)
	}
}

// What the action does is shown through the protocol; this is that a CLI can.
func TestAccAnActionRunsThroughTheCLI(t *testing.T) {
	env, provider := start(t, decisionWorld())
	acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)}, resource.TestStep{
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
