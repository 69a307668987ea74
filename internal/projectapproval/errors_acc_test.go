package projectapproval_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

func TestAccSlipsInTheConfigurationAreFoundByValidate(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	paul := env.ProviderConfig("paul")
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"a rejection without a comment":   {paul + block(rejected), []string{"A rejection needs a comment", `decision = "Rejected"`, "Say in comment"}},
		"a rejection with an empty one":   {paul + block(rejected, `comment = ""`), []string{"A rejection needs a comment", `comment = ""`, "Say in comment"}},
		"a final approval":                {paul + block("final = true"), []string{"Only a rejection can be final", "final = true"}},
		"a decision that does not exist":  {paul + block(`decision = "approved"`), []string{"decision = ", "must be one of", "approved"}},
		"a timeout of nothing":            {paul + block("timeouts = {\n    create = \"0s\"\n  }"), []string{"Invalid duration", `:     create = "0s"`, "timeouts.create"}},
		"a name that is not a whole path": {paul + named("Payments", `decision = "Approved"`), []string{"dn = ", "bare name"}},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Test(t, env, resource.TestStep{Config: c.config, PlanOnly: true, ExpectError: acctest.Words(c.words...)})
		})
	}
	sent(t, env, 0, 0)
}

func TestAccANameThatOnlyAnApplyKnowsIsJudgedBeforeAnythingIsSent(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	late := "resource \"terraform_data\" \"late\" {\n  input = \"Payments\"\n}\n" + strings.Replace(block(), fmt.Sprintf("%q", payments), "terraform_data.late.output", 1)
	step := acctest.Fails(env.ProviderConfig("paul")+late, "Invalid DN", "dn = terraform_data.late.output", "bare name")
	step.ConfigPlanChecks.PreApply = []plancheck.PlanCheck{plancheck.ExpectUnknownValue(address, tfjsonpath.New("dn"))}
	acctest.Test(t, env, step)
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}

func TestAccWhatCannotBeDecidedFailsThePlanAtItsAttribute(t *testing.T) {
	for name, c := range map[string]struct {
		status string
		block  string
		words  []string
	}{
		"a project that does not exist": {"Pending", named(payments+"!", `decision = "Approved"`), []string{"dn = ", "knows no project"}},
		"a deletion":                    {"Deleted", block(), []string{"dn = ", "is Deleted", "queued for deletion"}},
		"a parent that is disabled":     {"DisabledByParent", block(), []string{"dn = ", "is DisabledByParent"}},
		"a project that is disabled":    {"Disabled", block(), []string{"dn = ", "is Disabled", "without another approval"}},
		"an approval to be rejected":    {"Enabled", block(rejected, notYet), []string{"decision = ", "approved already"}},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, world(c.status))
			acctest.Test(t, env, resource.TestStep{Config: env.ProviderConfig("paul") + c.block, PlanOnly: true, ExpectError: acctest.Words(c.words...)})
			sent(t, env, 0, 0)
		})
	}
}

func TestAccTheTicketOfSomethingElseIsNeverDecided(t *testing.T) {
	t.Run("the use of a key", func(t *testing.T) {
		w := world("Pending")
		w.Projects[0].NoTicket = true
		w.FlowTickets = []simulator.FlowTicket{{Dn: payments, ProductCode: simulator.KeyUseFlow, Approvers: []string{"paul"}}}
		env := acctest.Start(t, w)
		acctest.Test(t, env, acctest.Fails(env.ProviderConfig("paul")+block(soon), "dn = ", "its flow ticket can't be seen"))
		sent(t, env, 0, 0)
	})
	t.Run("one of several", func(t *testing.T) {
		w := world("Draft")
		w.FlowTickets = []simulator.FlowTicket{{Id: 901, Dn: payments, ProductCode: simulator.ProjectDeleteFlow, Approvers: []string{"paul"}}}
		env := acctest.Start(t, w)
		env.Server.SetProjectStatus(payments, "Pending")
		acctest.Test(t, env, acctest.Fails(env.ProviderConfig("paul")+block(), "dn = ", "several pending flow tickets"))
		sent(t, env, 0, 0)
	})
}

func TestAccWhoIsNoApproverIsTold(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	acctest.Test(t, env, acctest.Fails(env.ProviderConfig("olga")+block(soon), "dn = ", "its flow ticket can't be seen", "only to its approvers"))
	sent(t, env, 0, 0)
}

func TestAccARefusalIsReportedAtTheDecision(t *testing.T) {
	w := world("Draft")
	w.Projects[0].Owners = []string{"paul"}
	w.Settings.SubmitterMayNotApprove = true
	env := acctest.Start(t, w)
	provider := env.ProviderConfig("paul")
	submit := "resource \"codesign_project_status\" \"it\" {\n  dn = \"\\\\VED\\\\Code Signing\\\\Projects\\\\Payments\"\n  status = \"Pending\"\n}\n"
	acctest.Test(t, env,
		acctest.Applies(provider+submit),
		acctest.Fails(provider+submit+block(), "decision = ", "could not be approved", "InsufficientPermission (1)", "Only the approvers named on the ticket"),
	)
}

func TestAccALackOfScopeIsNoFaultOfTheDecision(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	acctest.Test(t, env, acctest.Fails(env.ScopedProviderConfig("paul", "codesign")+block(), "lacks the scope", "`scope` argument"))
}

func TestAccAnApproverWhoLosesSightOfTheProjectStaysQuiet(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	config := env.ProviderConfig("paul") + block()
	var mend func()
	acctest.Test(t, env,
		acctest.Applies(config),
		quiet(config, func() {
			mend = env.Server.Inject(simulator.Fault{
				Path: "Codesign/GetProject", Kind: simulator.Other500, Status: 200, Body: `{"Result":2,"Success":false,"Error":"hidden"}`,
			})
		}, is("current_status", text("Enabled"))),
	)
	mend()
}

func TestAccAProviderThatIsNotKnownYetIsWaitedFor(t *testing.T) {
	env := acctest.Start(t, world("Pending"))
	acctest.Test(t, env, acctest.Applies(`
resource "terraform_data" "url" { input = "`+env.URL+`" }
provider "codesign" {
  url          = terraform_data.url.output
  access_token = "`+env.Server.Token("paul", "")+`"
}
`+block()))
	sent(t, env, 1, 0)
}
