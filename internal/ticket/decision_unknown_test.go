package ticket_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// from is a block whose guid comes from another resource. The guid is unknown while the mark changes.
func from(mark, guid, status string, more ...string) string {
	config := "resource \"terraform_data\" \"upstream\" {\n  input = [\"" + mark + "\", \"" + guid + "\"]\n}\n"
	return config + blockWith("terraform_data.upstream.output[1]", status, more...)
}

func withOther(w *simulator.World) {
	w.WorkflowTickets = append(w.WorkflowTickets, simulator.WorkflowTicket{GUID: other, Approvers: []string{"bob"}})
}

func TestAccTicketDecision_UnknownGUIDOfSameTicket(t *testing.T) {
	const reopen = "reopen_on_destroy = true"
	const spelled = `schedule = { start = "2126-12-01T23:00:00+01:00", stop = "2126-12-02T01:00:00Z" }`
	rows := []struct {
		status, before, after string
		sent                  int
	}{
		{"Approved", reopen, reopen, 1},
		{"Approved Between", schedule, schedule, 1},
		{"Approved Between", schedule, spelled, 1},
		{"Rejected", "", `explanation = "late"`, 2},
		{"Approved", "", reopen, 1},
	}
	env, provider := start(t, world(withRows(len(rows))))
	of := func(row int, mark, guid, status, more string) string {
		return strings.NewReplacer("upstream", fmt.Sprintf("upstream%d", row), `"t"`, fmt.Sprintf(`"t%d"`, row)).
			Replace(
				from(mark, guid, status, more))
	}
	var first, second strings.Builder
	for i, c := range rows {
		first.WriteString(of(i, "one", rowGUID(i), c.status, c.before))
		second.WriteString(of(i, "two", "{"+strings.ToUpper(rowGUID(i))+"}", c.status, c.after))
	}
	step := plansRows(provider+second.String(), len(rows), plancheck.ResourceActionUpdate)
	for i := range rows {
		for _, name := range []string{
			"guid", "current_status", "blocking", "issued_due_to", "created", "updated", "approval_reason",
		} {
			step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply,
				plancheck.ExpectUnknownValue(rowAddress(i), tfjsonpath.New(name)))
		}
	}
	acctest.Test(t, env, acctest.Applies(provider+first.String()), step)
	for i, c := range rows {
		wantRowSent(t, env, i, c.sent)
	}
}

func TestAccTicketDecision_UnknownGUIDOfOtherTicket(t *testing.T) {
	env, provider := start(t, world(settings(stays), withOther))
	s := acctest.OpenShell(t, provider)
	s.Configure(from("one", guid, "Approved", "reopen_on_destroy = true"))
	s.Run("apply", "-auto-approve")
	s.Configure(from("two", other, "Rejected", `explanation = "new"`))
	s.Fails([]string{
		"will be updated in-place", "known after apply", "The guid is that of another ticket",
		"guid     = terraform_data.upstream.output[1]", guid, other, "Nothing was sent. Plan again",
	}, "apply", "-auto-approve")
	wantSent(t, env, 1)
	if out := s.Run("apply", "-auto-approve"); !strings.Contains(out, "forces replacement") ||
		strings.Contains(out, "that of another ticket") {
		t.Errorf("got next apply\n%s", out)
	}
	wantTicket(t, env, guid, "Pending")
	wantTicket(t, env, other, "Rejected")
}

// The plan may be for another ticket, so the apply reports the consumed one.
func TestAccTicketDecision_UnknownGUIDAfterConsumed(t *testing.T) {
	env, provider := start(t, world(withOther))
	step := acctest.Fails(provider+from("two", guid, "Rejected"), "The ticket has been consumed", "cannot be changed")
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
	}
	acctest.Test(t, env, acctest.Applies(provider+from("one", guid, "Approved")), step)
	wantSent(t, env, 1)
}

// late is a resource whose output is known after apply.
func late(value string) string {
	return "resource \"terraform_data\" \"late\" {\n  input = " + value + "\n}\n"
}

func TestAccTicketDecision_InvalidAtApply(t *testing.T) {
	const output = "terraform_data.late.output"
	for name, c := range map[string]struct {
		value, block string
		words        []string
	}{
		"guid": {
			`"6ede0e12"`, blockWith(output, "Approved"), []string{"Invalid GUID", "guid     = " + output, "8-4-4-4-12"},
		},
		"DN": {
			`"shop"`, blockFor(guid, "Approved", "object_dn = "+output), []string{
				"Invalid DN", "object_dn = " + output, "only a name",
			},
		},
		"time": {
			`"tomorrow"`, blockFor(guid, "Approved After", "schedule = {\n    start = "+output+"\n  }"),
			[]string{"Invalid time", "start = " + output, "RFC 3339"},
		},
		"order of a late stop": {
			`"2126-12-01T21:00:00Z"`, blockFor(guid, "Approved Between",
				"schedule = {\n    start = \"2126-12-01T22:00:00Z\"\n    stop  = "+output+"\n  }"),
			[]string{"Schedule does not fit the status", "stop  = ", "closes before it opens"},
		},
		"order": {
			`"2126-12-01T22:00:00Z"`, blockFor(guid, "Approved Between", "schedule = {\n    start = "+output+
				"\n    stop  = \"2126-12-01T21:00:00Z\"\n  }"),
			[]string{"Schedule does not fit the status", "stop  = ", "closes before it opens"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, world())
			s := acctest.OpenShell(t, provider)
			s.Configure(late(c.value) + c.block)
			s.Fails(append([]string{"(known after apply)"}, c.words...), "apply", "-auto-approve")
			wantSent(t, env, 0)
			s.Fails([]string{"No instance found"}, "state", "show", address)
		})
	}
}

func TestDecideAction_InvalidAtInvoke(t *testing.T) {
	with := func(name, value string) acctest.Arguments {
		all := decision("Approved")
		all[name] = acctest.String(value)
		return all
	}
	shortTime := with("status", "Approved")
	shortTime["timeouts"] = tftypes.NewValue(tftypes.Object{
		AttributeTypes: map[string]tftypes.Type{"invoke": tftypes.String},
	},
		map[string]tftypes.Value{"invoke": acctest.String("-1s")})
	for want, arguments := range map[string]acctest.Arguments{
		"ERROR: Invalid GUID":                      with("guid", "6ede0e12"),
		"ERROR: Invalid DN":                        with("object_dn", "shop"),
		"ERROR: Invalid time":                      decision("Approved Between", "2126-12-01T22:00:00", closes),
		"ERROR: Invalid duration":                  shortTime,
		"ERROR: Invalid Attribute Value Match":     with("status", "Pending"),
		"ERROR: Schedule does not fit the status:": decision("Approved Between", closes, opens),
	} {
		t.Run(want, func(t *testing.T) {
			env := acctest.Start(t, world())
			_, diagnostics := protocol(t, env, "bob").InvokeAction(decideTicket, arguments)
			if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], want) {
				t.Errorf("got diagnostics %q", diagnostics)
			}
			wantSent(t, env, 0)
			if n := len(env.Server.Requests()); n != 0 {
				t.Errorf("got %d requests, want none", n)
			}
		})
	}
}

// twoBlocks are two resources for one ticket, spelled differently. The latency lets both read it as
// Pending.
func twoBlocks(t *testing.T, status string) (env *acctest.Env, config string) {
	t.Helper()
	env, provider := start(t, world())
	env.Server.Inject(simulator.Fault{Path: "Workflow/Ticket/", Kind: simulator.Latency, Delay: 200 * time.Millisecond})
	again := blockFor("{"+strings.ToUpper(guid)+"}", status, "reopen_on_destroy = true")
	return env, provider + block(status, "reopen_on_destroy = true") + strings.Replace(again, `"t"`, `"again"`, 1)
}

func TestAccTicketDecision_TwoBlocksOneTicket(t *testing.T) {
	env, config := twoBlocks(t, "Rejected")
	acctest.Test(t, env, acctest.Applies(config))
	if sent := bodies(env); len(sent) != 2 || !strings.Contains(sent[0], "Rejected") ||
		!strings.Contains(sent[1], "Pending") {
		t.Errorf("got requests %q", sent)
	}
}

func TestAccTicketDecision_TwoBlocksConsumedTicket(t *testing.T) {
	env, config := twoBlocks(t, "Approved")
	acctest.Test(t, env, acctest.Fails(config, "Unable to decide workflow ticket", "consumed it"))
	wantSent(t, env, 1)
}
