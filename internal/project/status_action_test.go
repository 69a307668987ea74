package project_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const setStatus = "codesign_set_project_status"

func arguments(status string, more acctest.Arguments) acctest.Arguments {
	all := acctest.Arguments{"dn": acctest.String(statusPayments), "status": acctest.String(status)}
	maps.Copy(all, more)
	return all
}

func within(duration string) tftypes.Value {
	return tftypes.NewValue(tftypes.Object{AttributeTypes: map[string]tftypes.Type{"invoke": tftypes.String}},
		map[string]tftypes.Value{"invoke": acctest.String(duration)})
}

var yes = tftypes.NewValue(tftypes.Bool, true)

// invoke plans and invokes, and fails on any diagnostic.
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

func TestTheEmergencyStopIsSafeToRepeat(t *testing.T) {
	env := acctest.Start(t, statusWorld("Enabled"))
	p := env.Protocol(t, env.Server.Token("olga", "codesign:manage"))
	first, again := invoke(t, p, arguments("Disabled", nil)), invoke(t, p, arguments("Disabled", nil))
	if got := env.Server.ProjectStatus(statusPayments); got != "Disabled" || env.Server.Count("Codesign/UpdateProjectStatus") != 1 {
		t.Errorf("the project is %s after %d updates", got, env.Server.Count("Codesign/UpdateProjectStatus"))
	}
	want := []string{"setting " + statusPayments + " from Enabled to Disabled", statusPayments + " is Disabled now"}
	if !slices.Equal(first, want) || !slices.Equal(again, []string{statusPayments + " is Disabled already: nothing was sent"}) {
		t.Errorf("progress: %q, then %q", first, again)
	}
}

func TestAnActionTakesTheWholeWayAndTellsEachStep(t *testing.T) {
	env := acctest.Start(t, statusWorld("Draft"))
	p := env.Protocol(t, env.Server.Token("adam", ""))
	progress := invoke(t, p, arguments("Enabled", acctest.Arguments{"self_approve": yes, "approval_comment": acctest.String("CHG0012345")}))
	told := strings.Join(progress, "\n")
	for _, step := range []string{"from Draft to Pending", "is being approved", "is Enabled now"} {
		if !strings.Contains(told, step) {
			t.Errorf("progress lacks %q:\n%s", step, told)
		}
	}
	if ticket := env.Server.FlowTickets(statusPayments)[0]; ticket.Approvals[0].Comment != "CHG0012345" {
		t.Errorf("flow ticket: %+v", ticket)
	}
}

func TestAnActionFindsAProjectByAnyName(t *testing.T) {
	spellings := acctest.Arguments{
		"dn": acctest.String(`\ved\code signing\projects\payments`), "guid": acctest.String("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
		"project_id": tftypes.NewValue(tftypes.Number, 4711),
	}
	for name, value := range spellings {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, statusWorld("Enabled"))
			invoke(t, env.Protocol(t, env.Server.Token("adam", "")), acctest.Arguments{name: value, "status": acctest.String("Disabled")})
			if got := env.Server.ProjectStatus(statusPayments); got != "Disabled" {
				t.Errorf("the project is %s", got)
			}
		})
	}
}

func TestAnActionThatCannotSucceedFailsItsPlanAtTheAttribute(t *testing.T) {
	for name, c := range map[string]struct {
		status    string
		arguments acctest.Arguments
		says, at  string
	}{
		"two names":           {"Enabled", arguments("Disabled", acctest.Arguments{"project_id": tftypes.NewValue(tftypes.Number, 1)}), "Invalid Attribute Combination", ""},
		"no goal":             {"Enabled", arguments("Deleted", nil), "must be one of", "[status]"},
		"a bad duration":      {"Enabled", arguments("Disabled", acctest.Arguments{"timeouts": within("soon")}), "Invalid duration", "[timeouts.invoke]"},
		"an unknown project":  {"Enabled", arguments("Disabled", acctest.Arguments{"dn": acctest.String(statusPayments + "!")}), "knows no project", "[dn]"},
		"a deletion":          {"Deleted", arguments("Disabled", nil), "queued for deletion", "[dn]"},
		"no way":              {"Disabled", arguments("Pending", nil), "only a Draft is submitted", "[status]"},
		"an undocumented way": {"Pending", arguments("Draft", nil), "WARNING: This step is not documented", "[status]"},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, statusWorld(c.status))
			diagnostics := env.Protocol(t, env.Server.Token("adam", "")).PlanAction(setStatus, c.arguments)
			if len(diagnostics) != 1 || !strings.Contains(diagnostics[0], c.says) || !strings.HasSuffix(diagnostics[0], c.at) {
				t.Errorf("diagnostics: %q", diagnostics)
			}
			if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 0 {
				t.Errorf("%d updates were sent", n)
			}
		})
	}
}

func TestAnActionWhoseProjectIsNotKnownYetIsPlannedQuietly(t *testing.T) {
	env := acctest.Start(t, statusWorld("Enabled"))
	unknown := arguments("Disabled", acctest.Arguments{"dn": tftypes.NewValue(tftypes.String, tftypes.UnknownValue)})
	if diagnostics := env.Protocol(t, env.Server.Token("adam", "")).PlanAction(setStatus, unknown); len(diagnostics) != 0 || len(env.Server.Requests()) != 0 {
		t.Errorf("%d requests, %q", len(env.Server.Requests()), diagnostics)
	}
}

func TestAnActionThatFailsSaysWhatWasDone(t *testing.T) {
	env := acctest.Start(t, statusWorld("Draft"))
	p := env.Protocol(t, env.Server.Token("olga", ""))
	progress, diagnostics := p.InvokeAction(setStatus, arguments("Enabled", acctest.Arguments{"timeouts": within("1s")}))
	if len(diagnostics) != 1 || !strings.Contains(diagnostics[0], "Timed out after") || !strings.HasSuffix(diagnostics[0], "[status]") {
		t.Errorf("diagnostics: %q", diagnostics)
	}
	if !strings.Contains(strings.Join(progress, "\n"), "is waiting for its approvers") || env.Server.ProjectStatus(statusPayments) != "Pending" {
		t.Errorf("progress: %q", progress)
	}
	env.Server.Inject(simulator.Fault{Path: "Codesign/UpdateProjectStatus", Kind: simulator.InsufficientScope})
	if _, diagnostics := p.InvokeAction(setStatus, arguments("Disabled", nil)); len(diagnostics) != 1 || !strings.Contains(diagnostics[0], "scope") {
		t.Errorf("diagnostics: %q", diagnostics)
	}
}
