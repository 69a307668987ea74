package ticket_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// from is a block whose guid comes from another resource, and is not known while
// that is changed to another mark.
func from(mark, guid, status string, more ...string) string {
	config := "resource \"terraform_data\" \"upstream\" {\n  input = [\"" + mark + "\", \"" + guid + "\"]\n}\n"
	return config + blockWith("terraform_data.upstream.output[1]", status, more...)
}

// staysUnknown is a step in which the plan does not know the guid.
func staysUnknown(config string) resource.TestStep {
	step := plans(config, plancheck.ResourceActionUpdate)
	for _, name := range []string{"guid", "current_status", "blocking", "issued_due_to", "created", "updated", "approval_reason"} {
		step.ConfigPlanChecks.PreApply = append(step.ConfigPlanChecks.PreApply, plancheck.ExpectUnknownValue(decisionAddress, tfjsonpath.New(name)))
	}
	return step
}

func decisionSecond(w *simulator.World) {
	w.WorkflowTickets = append(w.WorkflowTickets, simulator.WorkflowTicket{GUID: other, Approvers: []string{"bob"}})
}

func TestAccAGUIDThatTurnsOutToBeTheSameTicketReplacesNothing(t *testing.T) {
	const reopens = "reopen_on_destroy = true"
	const spelled = `schedule = { start = "2126-12-01T23:00:00+01:00", stop = "2126-12-02T01:00:00Z" }`
	for name, c := range map[string]struct {
		status, before, after string
		sent                  int
	}{
		"consumed":                     {"Approved", reopens, reopens, 1},
		"still there":                  {"Approved Between", schedule, schedule, 1},
		"its window in another zone":   {"Approved Between", schedule, spelled, 1},
		"with a change beside":         {"Rejected", "", `explanation = "late"`, 2},
		"with nothing to send, beside": {"Approved", "", reopens, 1},
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, decisionWorld())
			acctest.Test(t, env,
				acctest.Applies(provider+from("one", guid, c.status, c.before)),
				staysUnknown(provider+from("two", "{6EDE0E12-F7C0-4068-9977-001076205C84}", c.status, c.after)),
			)
			wantSent(t, env, c.sent)
		})
	}
}

func TestAccAGUIDThatTurnsOutToBeAnotherTicketStopsTheApply(t *testing.T) {
	env, provider := start(t, decisionWorld(settings(stays), decisionSecond))
	s := acctest.OpenShell(t, provider)
	s.Configure(from("one", guid, "Approved", "reopen_on_destroy = true"))
	s.Run("apply", "-auto-approve")
	s.Configure(from("two", other, "Rejected", `explanation = "new"`))
	s.Fails([]string{
		"will be updated in-place", "known after apply", "The guid is another ticket's", "guid     = terraform_data.upstream.output[1]",
		guid, other, "Nothing was sent. Plan again",
	}, "apply", "-auto-approve")
	wantSent(t, env, 1)
	if out := s.Run("apply", "-auto-approve"); !strings.Contains(out, "forces replacement") || strings.Contains(out, "another ticket's") {
		t.Errorf("the next apply:\n%s", out)
	}
	wantTicket(t, env, guid, "Pending")
	wantTicket(t, env, other, "Rejected")
}

// A consumed ticket can't be changed, but this may be another one.
func TestAccAChangeForATicketThatIsNotKnownYetIsNotRefusedForTheFormerOne(t *testing.T) {
	env, provider := start(t, decisionWorld(decisionSecond))
	step := acctest.Fails(provider+from("two", guid, "Rejected"), "The ticket has been consumed", "cannot be changed")
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{plancheck.ExpectResourceAction(decisionAddress, plancheck.ResourceActionUpdate)}
	acctest.Test(t, env, acctest.Applies(provider+from("one", guid, "Approved")), step)
	wantSent(t, env, 1)
}
