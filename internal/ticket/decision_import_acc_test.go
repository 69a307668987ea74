package ticket_test

import (
	"strconv"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// importing is a step that imports by the command and keeps the state.
func importing(config, id string) resource.TestStep {
	return resource.TestStep{Config: config, ResourceName: decisionAddress, ImportState: true, ImportStateId: id, ImportStatePersist: true}
}

func TestAccAnImportThatMatchesChangesNothing(t *testing.T) {
	env, provider := start(t, decisionWorld(decided("Approved Between", opens, closes)))
	config := provider + block("Approved Between", schedule, `explanation = "by hand"`)
	acctest.Test(t, env,
		importing(config, "{6EDE0E12-F7C0-4068-9977-001076205C84}"),
		plans(config, plancheck.ResourceActionNoop, attribute("current_status", "Approved Between")),
	)
	wantSent(t, env, 0)
}

func TestAccAnImportBlock(t *testing.T) {
	env, provider := start(t, decisionWorld(decided("Rejected")))
	config := provider + "import {\n  provider = codesign\n  to = " + decisionAddress + "\n  id = \"" + guid + "\"\n}\n" +
		block("Rejected", `explanation = "by hand"`)
	// Before 1.7 an import block ignores its provider argument and looks for a provider named workflow.
	needs := []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_7_0)}
	acctest.TestFrom(t, env, needs, plans(config, plancheck.ResourceActionNoop, attribute("status", "Rejected")))
	wantSent(t, env, 0)
}

func TestAccAnImportByIdentity(t *testing.T) {
	env, provider := start(t, decisionWorld(decided("Rejected")))
	config := provider + "import {\n  provider = codesign\n  to = " + decisionAddress + "\n  identity = { guid = \"{6EDE0E12-F7C0-4068-9977-001076205C84}\" }\n}\n" +
		block("Rejected", `explanation = "by hand"`)
	needs := []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)}
	acctest.TestFrom(t, env, needs,
		plans(config, plancheck.ResourceActionNoop, attribute("status", "Rejected"),
			statecheck.ExpectIdentity(decisionAddress, map[string]knownvalue.Check{"guid": knownvalue.StringExact(guid)})),
	)
	wantSent(t, env, 0)
}

func TestAccWhatAnImportCannotTellIsNotSentAgain(t *testing.T) {
	env, provider := start(t, decisionWorld(decided("Rejected")))
	config := provider + block("Rejected", `explanation = "by hand"`, `reason = "17"`, `user_data = "u"`, `object_dn = "\\VED\\x"`,
		`approvers = ["local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"]`, "reopen_on_destroy = true")
	acctest.Test(t, env,
		importing(config, guid),
		plans(config, plancheck.ResourceActionUpdate, attribute("reason", "17")),
	)
	wantSent(t, env, 1) // the reopening of the destroy at the end
	wantTicket(t, env, guid, "Pending")
}

func TestAccAnImportedDecisionCanBeChanged(t *testing.T) {
	env, provider := start(t, decisionWorld(decided("Rejected")))
	config := provider + block("Approved Between", schedule)
	acctest.Test(t, env, importing(config, guid), plans(config, plancheck.ResourceActionUpdate))
	wantSent(t, env, 1)
	wantTicket(t, env, guid, "Approved Between")
}

func TestAccAnImportedTicketThatIsPendingIsDecided(t *testing.T) {
	env, provider := start(t, decisionWorld())
	config := provider + block("Rejected")
	acctest.Test(t, env, importing(config, guid), plans(config, plancheck.ResourceActionUpdate))
	wantSent(t, env, 1)
}

func TestAccAnImportedTicketThatIsConsumedBeforeItIsDecided(t *testing.T) {
	env, provider := start(t, decisionWorld())
	config := provider + block("Rejected")
	acctest.Test(t, env,
		importing(config, guid),
		after(func() { env.Server.RemoveWorkflowTicket(guid) }, resource.TestStep{
			RefreshState: true,
			ExpectError:  acctest.Words(`status   = "Rejected"`, "has consumed workflow ticket", "last known decision is Pending"),
		}),
	)
	wantSent(t, env, 0)
}

func TestAccATicketThatIsNotThereCannotBeImported(t *testing.T) {
	env, provider := start(t, decisionWorld())
	acctest.Test(t, env, failsImport(provider, other, "Could not import the workflow ticket", "Workflow ticket "+other+" does not exist", "consumed it"))
}

func TestAccWhatIsNoGUIDIsNotAskedFor(t *testing.T) {
	env, provider := start(t, decisionWorld())
	acctest.Test(t, env,
		failsImport(provider, "renewal", "Invalid import id", "imported by its GUID; the id given is none", "8-4-4-4-12"),
		failsImport(provider, " ", "Invalid import id", "the id given is empty"),
		failsImport(provider, zeros, "Invalid import id", "all zeros"),
	)
	wantNoRequests(t, env)
}

func failsImport(provider, id string, words ...string) resource.TestStep {
	step := importing(provider+block("Approved"), id)
	step.ExpectError = acctest.Words(words...)
	return step
}

const zeros = "{00000000-0000-0000-0000-000000000000}"

// The test library takes no empty id.
func TestAccAnEmptyIDIsNotImported(t *testing.T) {
	env, provider := start(t, decisionWorld())
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Approved"))
	s.Fails([]string{"Invalid import id", "imported by its GUID; the id given is empty"}, "import", decisionAddress, "")
	// An empty id in a block is for the CLI to judge: Terraform asks the provider, OpenTofu imports nothing.
	for _, id := range []string{strconv.Quote(" "), strconv.Quote(zeros), `"x"`} {
		s.Configure("import {\n  provider = codesign\n  to = " + decisionAddress + "\n  id = " + id + "\n}\n" + block("Approved"))
		s.Fails([]string{"Invalid import id"}, "plan")
	}
	wantNoRequests(t, env)
}

func wantNoRequests(t *testing.T, env *acctest.Env) {
	t.Helper()
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("%d requests were sent", n)
	}
}
