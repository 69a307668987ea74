package project_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const setStatus = "codesign_set_project_status"

func actionArguments(status string, more acctest.Arguments) acctest.Arguments {
	all := acctest.Arguments{"dn": acctest.String(paymentsDN), "status": acctest.String(status)}
	maps.Copy(all, more)
	return all
}

func invokeTimeout(duration string) tftypes.Value {
	return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"invoke": tftypes.String}},
		map[string]tftypes.Value{"invoke": acctest.String(duration)})
}

var isTrue = tftypes.NewValue(tftypes.Bool, true)

// invoke plans and invokes the action and accepts no diagnostic.
func invoke(t *testing.T, p *acctest.Protocol, all acctest.Arguments) (progress []string) {
	t.Helper()
	diagnostics := p.PlanAction(setStatus, all)
	if len(diagnostics) == 0 {
		progress, diagnostics = p.InvokeAction(setStatus, all)
	}
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	return progress
}

func TestSetProjectStatus_Repeat(t *testing.T) {
	env := acctest.Start(t, newWorld("Enabled"))
	p := env.Protocol(t, env.Server.Token("olga", "codesign:manage"))
	first, again := invoke(t, p, actionArguments("Disabled", nil)), invoke(t, p, actionArguments("Disabled", nil))
	if got := env.Server.ProjectStatus(paymentsDN); got != "Disabled" || env.Server.Count(writePath) != 1 {
		t.Errorf("the project is %s after %d updates", got, env.Server.Count(writePath))
	}
	want := []string{
		"setting project Payments from Enabled to Disabled",
		"status of project Payments changed from Enabled to Disabled",
	}
	if !slices.Equal(first, want) ||
		!slices.Equal(again, []string{paymentsDN + " is already Disabled: nothing was sent"}) {
		t.Errorf("progress: %q, then %q", first, again)
	}
}

func TestSetProjectStatus_Progress(t *testing.T) {
	env := acctest.Start(t, newWorld("Draft"))
	p := env.Protocol(t, env.Server.Token("adam", ""))
	progress := invoke(t, p, actionArguments("Enabled",
		acctest.Arguments{"self_approve": isTrue, "approval_comment": acctest.String("CHG0012345")}))
	output := strings.Join(progress, "\n")
	for _, step := range []string{"from Draft to Pending", "is being approved", "changed from Pending to Enabled"} {
		if !strings.Contains(output, step) {
			t.Errorf("progress lacks %q:\n%s", step, output)
		}
	}
	if ticket := env.Server.FlowTickets(paymentsDN)[0]; ticket.Approvals[0].Comment != "CHG0012345" {
		t.Errorf("flow ticket: %+v", ticket)
	}
}

func TestSetProjectStatus_Names(t *testing.T) {
	spellings := acctest.Arguments{
		"dn":         acctest.String(`\ved\code signing\projects\payments`),
		"guid":       acctest.String("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
		"project_id": tftypes.NewValue(tftypes.Number, 4711),
	}
	for name, value := range spellings {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, newWorld("Enabled"))
			invoke(t, env.Protocol(t, env.Server.Token("adam", "")),
				acctest.Arguments{name: value, "status": acctest.String("Disabled")})
			checkServerStatus(t, env, paymentsDN, "Disabled")
		})
	}
}

func TestSetProjectStatus_PlanFails(t *testing.T) {
	for name, c := range map[string]struct {
		status    string
		arguments acctest.Arguments
		says, at  string
	}{
		"two names": {
			"Enabled",
			actionArguments("Disabled",
				acctest.Arguments{"project_id": tftypes.NewValue(tftypes.Number, 1)}), "Invalid Attribute Combination",
			"",
		},
		"no desired status": {"Enabled", actionArguments("Deleted", nil), "must be one of", "[status]"},
		"a bad duration": {
			"Enabled",
			actionArguments("Disabled",
				acctest.Arguments{"timeouts": invokeTimeout("soon")}), "Invalid duration", "[timeouts.invoke]",
		},
		"an unknown project": {
			"Enabled",
			actionArguments("Disabled", acctest.Arguments{"dn": acctest.String(paymentsDN + "!")}), "has no project",
			"[dn]",
		},
		"a deletion": {"Deleted", actionArguments("Disabled", nil), "queued for deletion", "[dn]"},
		"no way": {
			"Disabled", actionArguments("Pending", nil), "only a draft can be submitted", "[status]",
		},
		"an undocumented way": {"Pending", actionArguments("Draft", nil), "WARNING: Undocumented step", "[status]"},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, newWorld(c.status))
			diagnostics := env.Protocol(t, env.Server.Token("adam", "")).PlanAction(setStatus, c.arguments)
			if len(diagnostics) != 1 || !strings.Contains(diagnostics[0], c.says) ||
				!strings.HasSuffix(diagnostics[0], c.at) {
				t.Errorf("diagnostics: %q", diagnostics)
			}
			checkCount(t, env, writePath, 0)
		})
	}
}

func TestSetProjectStatus_PlanUnknownName(t *testing.T) {
	env := acctest.Start(t, newWorld("Enabled"))
	unknown := actionArguments("Disabled", acctest.Arguments{
		"dn": tftypes.NewValue(tftypes.String, tftypes.UnknownValue),
	})
	if diagnostics := env.Protocol(t, env.Server.Token("adam", "")).PlanAction(setStatus,
		unknown); len(diagnostics) != 0 || len(env.Server.Requests()) != 0 {
		t.Errorf("%d requests, %q", len(env.Server.Requests()), diagnostics)
	}
}

func TestSetProjectStatus_InvokeFails(t *testing.T) {
	env := acctest.Start(t, newWorld("Draft"))
	p := env.Protocol(t, env.Server.Token("olga", ""))
	progress, diagnostics := p.InvokeAction(setStatus,
		actionArguments("Enabled", acctest.Arguments{"timeouts": invokeTimeout("1s")}))
	if len(diagnostics) != 1 || !strings.Contains(diagnostics[0], "Timed out after 1s waiting for project Payments") ||
		!strings.HasSuffix(diagnostics[0], "[status]") {
		t.Errorf("diagnostics: %q", diagnostics)
	}
	if !strings.Contains(strings.Join(progress, "\n"), "waiting for project Payments to become Enabled") ||
		env.Server.ProjectStatus(paymentsDN) != "Pending" {
		t.Errorf("progress: %q", progress)
	}
	env.Server.Inject(simulator.Fault{Path: writePath, Kind: simulator.InsufficientScope})
	if _, diagnostics := p.InvokeAction(setStatus, actionArguments("Disabled", nil)); len(diagnostics) != 1 ||
		!strings.Contains(diagnostics[0], "scope") {
		t.Errorf("diagnostics: %q", diagnostics)
	}
}

// The other tests of the action use the protocol, because older CLIs have no actions.
func TestAccSetProjectStatus_CLI(t *testing.T) {
	env, provider := start(t, newWorld("Enabled"), "adam")
	acctest.TestFrom(t, env, []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_14_0)},
		resource.TestStep{
			Config: provider + `
action "codesign_set_project_status" "stop" {
  config {
    dn     = "\\VED\\Code Signing\\Projects\\Payments"
    status = "Disabled"
  }
}

resource "terraform_data" "leak" {
  lifecycle {
    action_trigger {
      events  = [after_create]
      actions = [action.codesign_set_project_status.stop]
    }
  }
}
`,
			Check: requestsSent(env, 1, 0),
		})
}

func TestSetProjectStatus_InvokeValidates(t *testing.T) {
	number := func(n float64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }
	disable := func(name string, value tftypes.Value) acctest.Arguments {
		return acctest.Arguments{"status": acctest.String("Disabled"), name: value}
	}
	for name, c := range map[string]struct {
		arguments acctest.Arguments
		want      string
	}{
		"only a name":   {disable("dn", acctest.String("Payments")), "ERROR: Invalid DN"},
		"a GUID":        {disable("guid", acctest.String("0f1e2d3c")), "ERROR: Invalid GUID"},
		"a number":      {disable("project_id", number(-1)), "ERROR: Invalid Attribute Value"},
		"half a number": {disable("project_id", number(1.5)), "ERROR: Invalid project ID"},
		"no name": {
			acctest.Arguments{"status": acctest.String("Disabled")},
			"ERROR: Missing Attribute Configuration",
		},
		"no desired status": {actionArguments("Deleted", nil), "ERROR: Invalid Attribute Value Match"},
		"a timeout": {
			actionArguments("Disabled", acctest.Arguments{"timeouts": invokeTimeout("soon")}),
			"ERROR: Invalid duration",
		},
		"no time whatever": {
			actionArguments("Disabled", acctest.Arguments{"timeouts": invokeTimeout("0s")}),
			"ERROR: Invalid duration",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, newWorld("Enabled"))
			progress, diagnostics := env.Protocol(t, env.Server.Token("adam", "")).InvokeAction(setStatus, c.arguments)
			if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], c.want) || len(progress) != 0 ||
				len(env.Server.Requests()) != 0 {
				t.Errorf("%d requests; %q %q", len(env.Server.Requests()), progress, diagnostics)
			}
		})
	}
}

func TestSetProjectStatus_SelfApproveOfPendingSubmission(t *testing.T) {
	env := acctest.Start(t, newWorld("Pending"))
	p := env.Protocol(t, env.Server.Token("adam", ""))
	args := actionArguments("Enabled", acctest.Arguments{"self_approve": isTrue, "timeouts": invokeTimeout("3s")})
	if diagnostics := p.PlanAction(setStatus, args); len(diagnostics) != 1 ||
		!acctest.Words("submission of project Payments is not approved").MatchString(diagnostics[0]) {
		t.Errorf("planned with %q", diagnostics)
	}
	_, diagnostics := p.InvokeAction(setStatus, args)
	if len(diagnostics) != 1 || !acctest.Words("not from this run").MatchString(diagnostics[0]) {
		t.Errorf("invoked with %q", diagnostics)
	}
	checkCount(t, env, approvePath, 0)
}
