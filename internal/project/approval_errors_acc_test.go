package project_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccProjectApproval_Validate(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	paul := env.ProviderConfig("paul")
	acctest.Refused(t, env, map[string]resource.TestStep{
		"a rejection without a comment": acctest.Fails(paul+approvalConfig(rejection),
			"Missing comment of a rejection", `decision = "Rejected"`, "Set comment"),
		"a rejection with an empty one": acctest.Fails(paul+approvalConfig(rejection, `comment = ""`),
			"Missing comment of a rejection", `comment = ""`, "Set comment"),
		"a final approval": acctest.Fails(paul+approvalConfig("final = true"), "Invalid argument for an approval",
			"final = true"),
		"a decision that does not exist": acctest.Fails(paul+approvalConfig(`decision = "approved"`),
			"decision = ", "must be one of", "approved"),
		"a timeout of nothing": acctest.Fails(paul+approvalConfig("timeouts = {\n    create = \"0s\"\n  }"),
			"Invalid duration", `:     create = "0s"`, "timeouts.create"),
		"a name that is not a whole path": acctest.Fails(paul+approvalConfigOf("Payments", `decision = "Approved"`),
			"dn = ", "only a name"),
	})
	checkDecisions(t, env, 0, 0)
}

// Another person updates the project after its submission, and the update needs an approval, too. The
// plan fails for a caller who sees both tickets.
func TestAccProjectApproval_TicketOfUpdate(t *testing.T) {
	w := withTicketOfUpdate(approverWorld("Pending"), "paul", "paul")
	env, provider := start(t, w, "paul")
	fails := func(decision string) resource.TestStep {
		return acctest.Fails(provider+decision, "project Payments", "dn = ", "several pending flow tickets",
			"an update of the project")
	}
	acctest.Test(t, env, fails(approvalConfig()), fails(approvalConfig(rejection, rejectionComment)))
	checkDecisions(t, env, 0, 0)
}

// A caller who sees only the ticket of the update gets a warning in the plan.
func TestAccProjectApproval_PlanWarnsOfTicketOfUpdate(t *testing.T) {
	env := acctest.Start(t, withTicketOfUpdate(approverWorld("Pending"), "paul", "petra"))
	shell := acctest.OpenShell(t, env.ProviderConfig("paul"))
	shell.Configure(approvalConfig())
	shell.Shows([]string{"Review flow ticket 990", "more than a minute after the submission", "update of the project"},
		"plan")
}

// withTicketOfUpdate adds the ticket of an update, an hour and a half after the submission of Payments.
func withTicketOfUpdate(w simulator.World, approver string, ofSubmission ...string) simulator.World {
	w.Settings.UpdateFlow.Decision = "wait"
	w.FlowTickets = []simulator.FlowTicket{{ID: 917, DN: paymentsDN, Approvers: ofSubmission}, {
		ID: 990, DN: paymentsDN, ProductCode: simulator.ProjectUpdateFlow, Approvers: []string{approver},
		Created: time.Now().Add(90 * time.Minute),
	}}
	return w
}

func TestAccProjectApproval_ValidateUnknownName(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	late := "resource \"terraform_data\" \"late\" {\n  input = \"Payments\"\n}\n" + strings.Replace(approvalConfig(),
		fmt.Sprintf("%q", paymentsDN), "terraform_data.late.output", 1)
	step := acctest.Fails(env.ProviderConfig("paul")+late, "Invalid DN", "dn = terraform_data.late.output",
		"only a name")
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{plancheck.ExpectUnknownValue(approvalResource,
		tfjsonpath.New("dn"))}
	acctest.Test(t, env, step)
	checkNoRequests(t, env)
}

func TestAccProjectApproval_PlanFails(t *testing.T) {
	env := acctest.Start(t, approverWorld("Disabled"))
	rows := map[string]resource.TestStep{}
	for name, c := range map[string]struct {
		status         string
		approvalConfig string
		words          []string
	}{
		"a project that does not exist": {
			"Pending", approvalConfigOf(paymentsDN+"!", `decision = "Approved"`),
			[]string{"dn = ", "has no project"},
		},
		"a deletion": {
			"Deleted", approvalConfig(),
			[]string{"dn = ", "is Deleted", "queued for deletion"},
		},
		"a parent that is disabled": {"DisabledByParent", approvalConfig(), []string{"dn = ", "is DisabledByParent"}},
		"a project that is disabled": {
			"Disabled", approvalConfig(),
			[]string{"dn = ", "is Disabled", "without another approval"},
		},
		"an approval to be rejected": {
			"Enabled", approvalConfig(rejection, rejectionComment),
			[]string{"decision = ", "was approved before"},
		},
	} {
		rows[name] = serverStatus(env, c.status, acctest.Fails(env.ProviderConfig("paul")+c.approvalConfig, c.words...))
	}
	acctest.Refused(t, env, rows)
	checkDecisions(t, env, 0, 0)
}

func TestAccProjectApproval_OtherTickets(t *testing.T) {
	t.Run("the use of a key", func(t *testing.T) {
		w := approverWorld("Pending")
		w.Projects[0].NoTicket = true
		w.FlowTickets = []simulator.FlowTicket{{
			DN: paymentsDN, ProductCode: simulator.KeyUseFlow,
			Approvers: []string{"paul"},
		}}
		env := acctest.Start(t, w)
		acctest.Test(t, env, acctest.Fails(env.ProviderConfig("paul")+approvalConfig(shortTimeout), "dn = ",
			"its flow ticket is not visible"))
		checkDecisions(t, env, 0, 0)
	})
	t.Run("one of several", func(t *testing.T) {
		w := approverWorld("Draft")
		w.FlowTickets = []simulator.FlowTicket{{
			ID: 901, DN: paymentsDN, ProductCode: simulator.ProjectDeleteFlow,
			Approvers: []string{"paul"},
		}}
		env := acctest.Start(t, w)
		env.Server.SetProjectStatus(paymentsDN, "Pending")
		acctest.Test(t, env, acctest.Fails(env.ProviderConfig("paul")+approvalConfig(), "dn = ",
			"several pending flow tickets"))
		checkDecisions(t, env, 0, 0)
	})
}

func TestAccProjectApproval_CallerMayNotApprove(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	acctest.Refused(t, env, map[string]resource.TestStep{
		"not an approver": acctest.Fails(env.ProviderConfig("olga")+approvalConfig(shortTimeout), "dn = ",
			"its flow ticket is not visible", "only to its approvers"),
		"missing scope": acctest.Fails(env.ScopedProviderConfig("paul", "codesign")+approvalConfig(),
			"lacks the scope", "`scope` argument"),
	})
	checkDecisions(t, env, 1, 0) // the one without the scope
}

func TestAccProjectApproval_Refused(t *testing.T) {
	w := approverWorld("Draft")
	w.Projects[0].Owners = []string{"paul"}
	w.Settings.SubmitterMayNotApprove = true
	env := acctest.Start(t, w)
	provider := env.ProviderConfig("paul")
	submit := "resource \"codesign_project_status\" \"it\" {\n  dn = \"\\\\VED\\\\Code " +
		"Signing\\\\Projects\\\\Payments\"\n  status = \"Pending\"\n}\n"
	acctest.Test(t, env,
		acctest.Applies(provider+submit),
		acctest.Fails(provider+submit+approvalConfig(), "decision = ", "could not be approved",
			"InsufficientPermission (1)", "Only the approvers of the ticket"),
	)
}

func TestAccProjectApproval_UnknownProvider(t *testing.T) {
	env := acctest.Start(t, approverWorld("Pending"))
	acctest.Test(t, env, acctest.Applies(`
resource "terraform_data" "url" { input = "`+env.URL+`" }
provider "codesign" {
  url          = terraform_data.url.output
  access_token = "`+env.Server.Token("paul", "")+`"
}
`+approvalConfig()))
	checkDecisions(t, env, 1, 0)
}
