package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccSlipsInTheConfigurationAreFoundByValidate(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	paul := env.ProviderConfig("paul")
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"a rejection without a comment":   {paul + approvalBlock(rejected), []string{"A rejection needs a comment", `decision = "Rejected"`, "Say in comment"}},
		"a rejection with an empty one":   {paul + approvalBlock(rejected, `comment = ""`), []string{"A rejection needs a comment", `comment = ""`, "Say in comment"}},
		"a final approval":                {paul + approvalBlock("final = true"), []string{"Only a rejection can be final", "final = true"}},
		"a decision that does not exist":  {paul + approvalBlock(`decision = "approved"`), []string{"decision = ", "must be one of", "approved"}},
		"a timeout of nothing":            {paul + approvalBlock("timeouts = {\n    create = \"0s\"\n  }"), []string{"Invalid duration", `:     create = "0s"`, "timeouts.create"}},
		"a name that is not a whole path": {paul + approvalNamed("Payments", `decision = "Approved"`), []string{"dn = ", "bare name"}},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Test(t, env, resource.TestStep{Config: c.config, PlanOnly: true, ExpectError: acctest.Words(c.words...)})
		})
	}
	approvalSent(t, env, 0, 0)
}

func TestAccANameThatOnlyAnApplyKnowsIsJudgedBeforeAnythingIsSent(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	late := "resource \"terraform_data\" \"late\" {\n  input = \"Payments\"\n}\n" + strings.Replace(approvalBlock(), fmt.Sprintf("%q", approvalPayments), "terraform_data.late.output", 1)
	step := acctest.Fails(env.ProviderConfig("paul")+late, "Invalid DN", "dn = terraform_data.late.output", "bare name")
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{plancheck.ExpectUnknownValue(approvalAddress, tfjsonpath.New("dn"))}
	acctest.Test(t, env, step)
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestAccWhatCannotBeDecidedFailsThePlanAtItsAttribute(t *testing.T) {
	for name, c := range map[string]struct {
		status        string
		approvalBlock string
		words         []string
	}{
		"a project that does not exist": {"Pending", approvalNamed(approvalPayments+"!", `decision = "Approved"`), []string{"dn = ", "knows no project"}},
		"a deletion":                    {"Deleted", approvalBlock(), []string{"dn = ", "is Deleted", "queued for deletion"}},
		"a parent that is disabled":     {"DisabledByParent", approvalBlock(), []string{"dn = ", "is DisabledByParent"}},
		"a project that is disabled":    {"Disabled", approvalBlock(), []string{"dn = ", "is Disabled", "without another approval"}},
		"an approval to be rejected":    {"Enabled", approvalBlock(rejected, notYet), []string{"decision = ", "approved already"}},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, approvalWorld(c.status))
			acctest.Test(t, env, resource.TestStep{Config: env.ProviderConfig("paul") + c.approvalBlock, PlanOnly: true, ExpectError: acctest.Words(c.words...)})
			approvalSent(t, env, 0, 0)
		})
	}
}

func TestAccTheTicketOfSomethingElseIsNeverDecided(t *testing.T) {
	t.Run("the use of a key", func(t *testing.T) {
		w := approvalWorld("Pending")
		w.Projects[0].NoTicket = true
		w.FlowTickets = []simulator.FlowTicket{{DN: approvalPayments, ProductCode: simulator.KeyUseFlow, Approvers: []string{"paul"}}}
		env := acctest.Start(t, w)
		acctest.Test(t, env, acctest.Fails(env.ProviderConfig("paul")+approvalBlock(approvalSoon), "dn = ", "its flow ticket can't be seen"))
		approvalSent(t, env, 0, 0)
	})
	t.Run("one of several", func(t *testing.T) {
		w := approvalWorld("Draft")
		w.FlowTickets = []simulator.FlowTicket{{ID: 901, DN: approvalPayments, ProductCode: simulator.ProjectDeleteFlow, Approvers: []string{"paul"}}}
		env := acctest.Start(t, w)
		env.Server.SetProjectStatus(approvalPayments, "Pending")
		acctest.Test(t, env, acctest.Fails(env.ProviderConfig("paul")+approvalBlock(), "dn = ", "several pending flow tickets"))
		approvalSent(t, env, 0, 0)
	})
}

func TestAccWhoIsNoApproverIsTold(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	acctest.Test(t, env, acctest.Fails(env.ProviderConfig("olga")+approvalBlock(approvalSoon), "dn = ", "its flow ticket can't be seen", "only to its approvers"))
	approvalSent(t, env, 0, 0)
}

func TestAccARefusalIsReportedAtTheDecision(t *testing.T) {
	w := approvalWorld("Draft")
	w.Projects[0].Owners = []string{"paul"}
	w.Settings.SubmitterMayNotApprove = true
	env := acctest.Start(t, w)
	provider := env.ProviderConfig("paul")
	submit := "resource \"codesign_project_status\" \"it\" {\n  dn = \"\\\\VED\\\\Code Signing\\\\Projects\\\\Payments\"\n  status = \"Pending\"\n}\n"
	acctest.Test(t, env,
		acctest.Applies(provider+submit),
		acctest.Fails(provider+submit+approvalBlock(), "decision = ", "could not be approved", "InsufficientPermission (1)", "Only the approvers named on the ticket"),
	)
}

func TestAccALackOfScopeIsNoFaultOfTheDecision(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	acctest.Test(t, env, acctest.Fails(env.ScopedProviderConfig("paul", "codesign")+approvalBlock(), "lacks the scope", "`scope` argument"))
}

func TestAccAnApproverWhoLosesSightOfTheProjectStaysQuiet(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	config := env.ProviderConfig("paul") + approvalBlock()
	var mend func()
	acctest.Test(t, env,
		acctest.Applies(config),
		quiet(config, func() {
			mend = env.Server.Inject(simulator.Fault{
				Path: "Codesign/GetProject", Kind: simulator.Other500, Status: 200, Body: `{"Result":2,"Success":false,"Error":"hidden"}`,
			})
		}, approvalIs("current_status", approvalText("Enabled"))),
	)
	mend()
}

func TestAccAProviderThatIsNotKnownYetIsWaitedFor(t *testing.T) {
	env := acctest.Start(t, approvalWorld("Pending"))
	acctest.Test(t, env, acctest.Applies(`
resource "terraform_data" "url" { input = "`+env.URL+`" }
provider "codesign" {
  url          = terraform_data.url.output
  access_token = "`+env.Server.Token("paul", "")+`"
}
`+approvalBlock()))
	approvalSent(t, env, 1, 0)
}
