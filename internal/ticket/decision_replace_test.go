package ticket_test

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

const reopen = "reopen_on_destroy = true"

// ended is a window in the past.
const ended = `schedule = { start = "2020-01-01T00:00:00Z", stop = "2020-01-02T00:00:00Z" }`

func TestAccTicketDecision_ReplaceKeepsDecision(t *testing.T) {
	trigger := func(input, more string) string {
		return "resource \"terraform_data\" \"trigger\" {\n  input = \"" + input + "\"\n}\n" +
			block("Approved Between", ended, reopen,
				"lifecycle {\n    replace_triggered_by = [terraform_data.trigger]\n    "+more+"\n  }")
	}
	for name, replace := range map[string]func(*acctest.Shell){
		"replace": func(s *acctest.Shell) {
			s.Run("apply", "-auto-approve", "-replace="+address)
		},
		"taint": func(s *acctest.Shell) {
			s.Run("taint", address)
			s.Run("apply", "-auto-approve")
		},
		"create_before_destroy": func(s *acctest.Shell) {
			s.Configure(trigger("one", "create_before_destroy = true"))
			s.Run("apply", "-auto-approve", "-replace="+address)
		},
		"replace_triggered_by": func(s *acctest.Shell) {
			s.Configure(trigger("two", ""))
			s.Run("apply", "-auto-approve")
		},
		"both": func(s *acctest.Shell) {
			s.Configure(trigger("two", "create_before_destroy = true"))
			s.Run("apply", "-auto-approve")
		},
		"twice": func(s *acctest.Shell) {
			s.Run("apply", "-auto-approve", "-replace="+address)
			s.Run("apply", "-auto-approve", "-replace="+address)
		},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(
				t, world(decided("Approved Between", "2020-01-01T00:00:00Z", "2020-01-02T00:00:00Z")),
			)
			s := acctest.OpenShell(t, provider)
			s.Configure(trigger("one", ""))
			s.Run("apply", "-auto-approve")
			replace(s)
			wantTicket(t, env, guid, "Approved Between")
			wantSent(t, env, 0)
			s.Run("plan", "-detailed-exitcode")
			s.Run("destroy", "-auto-approve")
			wantTicket(t, env, guid, "Pending")
			s.ExpectEmptyState()
		})
	}
}

func TestAccTicketDecision_ReplacePlanErrors(t *testing.T) {
	env, provider := start(t, world(settings(stays)))
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Approved Between", schedule, reopen))
	s.Run("apply", "-auto-approve")
	s.Configure(block("Rejected", reopen))
	s.Fails([]string{"has another decision", "change it in place, without the replacement"}, "plan",
		"-replace="+address)
	s.Configure("resource \"terraform_data\" \"late\" {\n  input = \"2126-12-02T01:00:00Z\"\n}\n" +
		block("Approved Between", `schedule = { start = "`+opens+`", stop = terraform_data.late.output }`, reopen))
	s.Fails([]string{"decision of the new object is not known yet", "-target"}, "plan", "-replace="+address)
	env.Server.RemoveWorkflowTicket(guid)
	s.Configure(block("Approved Between", schedule, reopen))
	s.Fails([]string{guid + " does not exist", "two possible causes", "block can be removed"}, "plan",
		"-replace="+address)
	wantSent(t, env, 1)
}

func TestAccTicketDecision_ReplaceReopensFormerTicket(t *testing.T) {
	orders := []string{"", "lifecycle {\n    create_before_destroy = true\n  }"}
	env, provider := start(t, world(settings(stays), withRows(2*len(orders))))
	before, after := []string{provider}, []string{provider}
	for i, order := range orders {
		before = append(before, rowBlock(i, "Rejected", reopen, order))
		after = append(after, rowBlockFor(i, rowGUID(i+len(orders)), "Rejected", order))
	}
	acctest.Test(t, env, acctest.Applies(strings.Join(before, "")), acctest.Applies(strings.Join(after, "")))
	for i := range orders {
		wantTicket(t, env, rowGUID(i), "Pending")
		wantTicket(t, env, rowGUID(i+len(orders)), "Rejected")
	}
}

// Each argument keeps its planned value while another one is sent.
func TestAccTicketDecision_IgnoreChanges(t *testing.T) {
	const approver = `approvers = ["local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"]`
	before := map[string]string{
		"schedule": schedule, "explanation": `explanation = "one"`, "reason": `reason = "1"`,
		"user_data": `user_data = "one"`,
		"object_dn": `object_dn = "\\VED\\Policy\\Web\\shop.example.test"`, "approvers": approver,
		"reopen_on_destroy": "reopen_on_destroy = false",
	}
	const longer = `schedule = { start = "` + opens + `", stop = "` + closes2 + `" }`
	rows := []struct{ name, status, line, sent string }{
		{"guid", "Approved Between", "", `"Status":"Approved Between"`},
		{"status", "Approved After", "", `"Status":"Approved Between"`},
		{"schedule", "Approved Between", longer, `"ScheduledStop":"2126-12-02T01:00:00.000000Z"`},
		{"explanation", "Approved Between", `explanation = "two"`, `"Explanation":"one"`},
		{"reason", "Approved Between", `reason = "2"`, `"Reason":"1"`},
		{"user_data", "Approved Between", `user_data = "two"`, `"UserData":"one"`},
		{
			"object_dn", "Approved Between", `object_dn = "\\VED\\Another"`,
			`"ObjectDN":"\\VED\\Policy\\Web\\shop.example.test"`,
		},
		{"approvers", "Approved Between", `approvers = ["local:{ffffffff-4b5a-6978-8796-a5b4c3d2e1f0}"]`, "0f1e2d3c"},
		{"reopen_on_destroy", "Approved Between", "reopen_on_destroy = true", `"Status":"Approved Between"`},
	}
	env, provider := start(t, world(settings(stays), withOther, withRows(len(rows))))
	lines := func(replaced map[string]string) []string {
		var all []string
		for _, argument := range slices.Sorted(maps.Keys(before)) {
			all = append(all, cmp.Or(replaced[argument], before[argument]))
		}
		return all
	}
	var first, second strings.Builder
	for i, c := range rows {
		changed := map[string]string{"explanation": `explanation = "changed"`}
		if c.name == "explanation" {
			changed = map[string]string{"schedule": longer}
		}
		if c.line != "" {
			changed[c.name] = c.line
		}
		named := rowGUID(i)
		if c.name == "guid" {
			named = other
		}
		first.WriteString(rowBlock(i, "Approved Between", lines(nil)...))
		ignoring := "lifecycle {\n    ignore_changes = [" + c.name + "]\n  }"
		second.WriteString(rowBlockFor(i, named, c.status, append(lines(changed), ignoring)...))
	}
	acctest.Test(t, env, acctest.Applies(provider+first.String()),
		plansRows(provider+second.String(), len(rows), plancheck.ResourceActionUpdate))
	for i, c := range rows {
		sentChange := "changed"
		if c.name == "explanation" {
			sentChange = "T02:00:00"
		}
		sent := rowBodies(env, i)
		if len(sent) != 2 || !strings.Contains(sent[1], c.sent) || !strings.Contains(sent[1], sentChange) {
			t.Errorf("%s: got requests %q", c.name, sent)
		}
		wantTicket(t, env, rowGUID(i), "Approved Between")
	}
	wantTicket(t, env, other, "Pending")
}

func TestAccTicketDecision_IgnoreChangesInvalidSchedule(t *testing.T) {
	env, provider := start(t, world())
	acctest.Test(t, env,
		acctest.Applies(provider+block("Approved Between", schedule)),
		failsPlan(provider+block("Rejected", "lifecycle {\n    ignore_changes = [status]\n  }"), "needs a schedule",
			"destroy -refresh=false"),
	)
	wantSent(t, env, 1)
}
