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
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// importing is a step that imports by command and keeps the state.
func importing(config, id string) resource.TestStep {
	return resource.TestStep{
		Config: config, ResourceName: address, ImportState: true, ImportStateId: id, ImportStatePersist: true,
	}
}

func TestAccTicketDecision_Import(t *testing.T) {
	env, provider := start(t, world(decided("Approved Between", opens, closes)))
	config := provider + block("Approved Between", schedule, `explanation = "by hand"`)
	acctest.Test(t, env,
		importing(config, "{6EDE0E12-F7C0-4068-9977-001076205C84}"),
		plans(config, plancheck.ResourceActionNoop, attribute("current_status", "Approved Between")),
	)
	wantSent(t, env, 0)
}

func TestAccTicketDecision_ImportBlock(t *testing.T) {
	env, provider := start(t, world(decided("Rejected")))
	config := provider + "import {\n  provider = codesign\n  to = " + address + "\n  id = \"" + guid + "\"\n}\n" +
		block("Rejected", `explanation = "by hand"`)
	// Before 1.7 an import block ignores its provider argument and looks for a provider named workflow.
	needs := []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_7_0)}
	acctest.TestFrom(t, env, needs, plans(config, plancheck.ResourceActionNoop, attribute("status", "Rejected")))
	wantSent(t, env, 0)
}

func TestAccTicketDecision_ImportByIdentity(t *testing.T) {
	env, provider := start(t, world(decided("Rejected")))
	config := provider + "import {\n  provider = codesign\n  to = " + address +
		"\n  identity = { guid = \"{6EDE0E12-F7C0-4068-9977-001076205C84}\" }\n}\n" +
		block("Rejected", `explanation = "by hand"`)
	needs := []tfversion.TerraformVersionCheck{tfversion.SkipBelow(tfversion.Version1_12_0)}
	acctest.TestFrom(t, env, needs,
		plans(config, plancheck.ResourceActionNoop, attribute("status", "Rejected"),
			statecheck.ExpectIdentity(address, map[string]knownvalue.Check{"guid": knownvalue.StringExact(guid)})),
	)
	wantSent(t, env, 0)
}

func TestAccTicketDecision_ImportAssumesUnshownArguments(t *testing.T) {
	env, provider := start(t, world(decided("Rejected")))
	config := provider + block("Rejected", `explanation = "by hand"`, `reason = "17"`, `user_data = "u"`,
		`object_dn = "\\VED\\x"`,
		`approvers = ["local:{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"]`, "reopen_on_destroy = true")
	acctest.Test(t, env,
		importing(config, guid),
		plans(config, plancheck.ResourceActionUpdate, attribute("reason", "17")),
	)
	wantSent(t, env, 1) // the reopening of the destroy at the end
	wantTicket(t, env, guid, "Pending")
}

func TestTicketDecision_ImportThenUpdate(t *testing.T) {
	for status, found := range map[string]func(*simulator.World){
		"Rejected": decided("Rejected"), "Pending": decided("Pending"),
	} {
		t.Run(status, func(t *testing.T) {
			env, _ := start(t, world(found))
			r := withoutCLI(t, env)
			if diagnostics := r.Import(guid); len(diagnostics) > 0 {
				t.Fatal(diagnostics)
			}
			applies(t, r, request("Approved Between", opens, closes))
			wantSent(t, env, 1)
			wantTicket(t, env, guid, "Approved Between")
		})
	}
}

func TestAccTicketDecision_ImportOfConsumedTicket(t *testing.T) {
	env, provider := start(t, world())
	config := provider + block("Rejected")
	acctest.Test(t, env,
		failsImport(provider, other, "Unable to import workflow ticket", "Workflow ticket "+other+" does not exist",
			"consumed it"),
		importing(config, guid),
		after(func() { env.Server.RemoveWorkflowTicket(guid) }, resource.TestStep{
			RefreshState: true,
			ExpectError: acctest.Words(`status   = "Rejected"`, "has consumed workflow ticket",
				"last known decision is Pending"),
		}),
	)
	wantSent(t, env, 0)
}

func TestAccTicketDecision_ImportInvalidID(t *testing.T) {
	env, provider := start(t, world())
	acctest.Test(t, env,
		failsImport(provider, "renewal", "Invalid import ID", "is its GUID: a GUID has 8-4-4-4-12"),
		failsImport(provider, " ", "Invalid import ID", "8-4-4-4-12"),
		failsImport(provider, zeroGUID, "Invalid import ID", "all zeros"),
	)
	wantNoRequests(t, env)
}

func failsImport(provider, id string, words ...string) resource.TestStep {
	step := importing(provider+block("Approved"), id)
	step.ExpectError = acctest.Words(words...)
	return step
}

const zeroGUID = "{00000000-0000-0000-0000-000000000000}"

// The test library does not accept an empty id.
func TestAccTicketDecision_ImportEmptyID(t *testing.T) {
	env, provider := start(t, world())
	s := acctest.OpenShell(t, provider)
	s.Configure(block("Approved"))
	s.Fails([]string{"Invalid import ID", "is its GUID: a GUID has 8-4-4-4-12"}, "import", address, "")
	wantNoRequests(t, env)
}

func TestAccTicketDecision_ImportBlockInvalidID(t *testing.T) {
	env, provider := start(t, world())
	s := acctest.OpenShell(t, provider)
	s.SkipBelow(tfversion.Version1_7_0, "before 1.7 an import block ignores its provider argument")
	// The CLI handles an empty id in a block: Terraform calls the provider, OpenTofu imports nothing.
	for _, id := range []string{strconv.Quote(" "), strconv.Quote(zeroGUID), `"x"`} {
		s.Configure("import {\n  provider = codesign\n  to = " + address + "\n  id = " + id + "\n}\n" +
			block("Approved"))
		s.Fails([]string{"Invalid import ID"}, "plan")
	}
	wantNoRequests(t, env)
}

func wantNoRequests(t *testing.T, env *acctest.Env) {
	t.Helper()
	if n := len(env.Server.Requests()); n != 0 {
		t.Errorf("got %d requests, want none", n)
	}
}
