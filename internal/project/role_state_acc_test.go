package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// A list moves from codesign_project to codesign_project_role and back: the plans are empty.
func TestAccProjectRole_MovesFromProject(t *testing.T) {
	env, provider := start(t, settingsWorld(), "adam")
	keyUsers := people(env, "key_users", "kim")
	project := func(arguments ...string) string {
		return provider + managedConfig(paymentsDN, append(arguments, abandons)...)
	}
	imports := importOf(roleResource, strings.Trim(paymentsGUID, "{}")+"/Use")
	noop := []plancheck.PlanCheck{
		plancheck.ExpectResourceAction(projectResource, plancheck.ResourceActionNoop),
		plancheck.ExpectResourceAction(roleResource, plancheck.ResourceActionNoop),
	}
	const byReference = "guid = codesign_project.p.guid"
	acctest.Test(t, env,
		resource.TestStep{
			Config: project(keyUsers) + importPayments,
			Check:  updates(env, 0),
		},
		emptyPlan(project()),
		resource.TestStep{
			Config:           project() + imports + roleConfig(env, "Use", []string{"kim"}, byReference),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: noop}, Check: updates(env, 0),
		},
		resource.TestStep{ // both change in one run: one update
			Config: project(`description = "New"`) + roleConfig(env, "Use", []string{"lea"}, byReference) +
				memberConfig(env, "Audit", "lea"),
			Check: resource.ComposeTestCheckFunc(holders(env, "Use", "lea"), holders(env, "Audit", "lea", "max")),
		},
		resource.TestStep{
			Config: project(people(env, "key_users", "lea")) +
				"removed {\n  from = codesign_project_role.r\n  lifecycle {\n    destroy = false\n  }\n}\n" +
				memberConfig(env, "Audit", "lea"),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: noop[:1]}, Check: holders(env, "Use", "lea"),
		},
	)
}

// The project and a trustee are known only during the apply.
func TestAccProjectRole_UnknownAtPlan(t *testing.T) {
	env := acctest.Start(t, settingsWorld())
	provider := env.ScopedProviderConfig("adam", allScopes)
	config := func(trustee string) string {
		return provider + managedConfig(rocketDN, people(env, "owners", "adam"), unprotected) + fmt.Sprintf(`
resource "terraform_data" "trustee" {
  input = %q
}

resource "codesign_project_status" "p" {
  dn     = codesign_project.p.dn
  status = "Pending"
}

resource "codesign_project_role" "r" {
  guid     = codesign_project.p.guid
  role     = "Use"
  trustees = [terraform_data.trustee.output]
}

resource "codesign_project_role_member" "m" {
  dn      = codesign_project.p.dn
  role    = "Audit"
  trustee = terraform_data.trustee.output
  expires = timeadd(plantimestamp(), "24h")

  lifecycle {
    ignore_changes = [expires]
  }
}
`, trustee)
	}
	rocketHas := func(trustee string) func(*terraform.State) error {
		return func(*terraform.State) error {
			p, _ := env.Server.Project(rocketDN)
			if strings.Join(p.KeyUsers, " ") != trustee || strings.Join(p.Auditors, " ") != trustee {
				return fmt.Errorf("key users %q, auditors %q", p.KeyUsers, p.Auditors)
			}
			return nil
		}
	}
	kim, lea := env.Server.Trustee("kim"), env.Server.Trustee("lea")
	acctest.Test(t, env,
		resource.TestStep{Config: config(kim), Check: rocketHas(kim)},
		resource.TestStep{Config: config(lea), Check: rocketHas(lea)},
		resource.TestStep{ // renamed in the same run: nothing is replaced
			Config: strings.ReplaceAll(config(lea), hcl(rocketDN), hcl(projectsDN+"Launcher")),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(projectResource, plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction(memberResource, plancheck.ResourceActionUpdate),
				plancheck.ExpectResourceAction("codesign_project_status.p", plancheck.ResourceActionUpdate),
			}},
			Check: requests(env, map[string]int{renamePath: 1, writePath: 1}),
		},
	)
}

// The state is true after a refused and after a partly applied update, and nothing is tainted.
func TestAccProjectRole_RefusedUpdates(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	config := func(trustees ...string) string {
		return env.ProviderConfig("adam") + roleConfig(env, "Use", trustees) + memberConfig(env, "ApproveUse", "max")
	}
	fail := func(f simulator.Failure) func() {
		f.Count = 1
		return func() {
			env.Server.UpdateSettings(func(s *simulator.Settings) {
				s.Failures = map[string]simulator.Failure{updatePath: f}
			})
		}
	}
	acctest.Test(t, env,
		resource.TestStep{
			PreConfig: fail(simulator.Failure{Result: 2}), Config: config("kim", "lea"),
			ExpectError: acctest.Words("Unable to set the role", "InsufficientPermission"),
		},
		resource.TestStep{
			PreConfig: fail(simulator.Failure{Result: 1000, Saved: "roles"}), Config: config("kim", "lea"),
			Check: holders(env, "ApproveUse", "max"),
		},
		resource.TestStep{
			PreConfig: fail(simulator.Failure{Result: 1000}), Config: config("lea"),
			ExpectError: acctest.Words("Unable to set the role Use", "AssignProjectPermissionFailure"),
		},
		resource.TestStep{
			PreConfig: func() {
				env.Server.UpdateSettings(func(s *simulator.Settings) { s.Failures = nil })
				if got := env.Server.Count(updatePath); got != 3 {
					t.Errorf("got %d updates", got)
				}
			},
			Config: config("lea"), ConfigPlanChecks: roleAction(plancheck.ResourceActionUpdate),
			Check: holders(env, "Use", "lea"),
		},
	)
}

// The owner gives the project away. The apply succeeds with a warning.
func TestAccProjectRole_LosesAccess(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	shell := acctest.OpenShell(t, env.ProviderConfig("olga"))
	shell.Configure(roleConfig(env, "Owner", []string{"lea"}))
	shell.Shows([]string{"The provider loses access to project Payments"}, "plan")
	shell.Shows([]string{"The provider lost access to project Payments", "Apply complete"}, "apply", "-auto-approve")
	checkHolders(t, env, "Owner", "lea")
	shell.Fails([]string{"Unable to read project Payments", "not certain"}, "plan")
	shell.Run("state", "show", roleResource)
}

// An argument under ignore_changes keeps its planned value.
func TestAccProjectRole_IgnoreChanges(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
	shell.Configure(roleConfig(env, "Use", []string{"kim"}))
	shell.Run("apply", "-auto-approve")
	addHolder(env, "Use", "max")()
	const ignore = "lifecycle {\n    ignore_changes = [trustees, role]\n  }"
	ignored := roleConfig(env, "Use", []string{"lea"}, ignore, `on_drift = "Fail"`)
	shell.Applies(ignored, "0 added, 1 changed, 0 destroyed")
	checkHolders(t, env, "Use", "kim", "max")
	checkCount(t, env, updatePath, 0)
	shell.Configure(strings.Replace(ignored, `"Use"`, `"Audit"`, 1))
	shell.Run("plan", "-detailed-exitcode")
	shell.Run("destroy", "-auto-approve", "-refresh=false")
	checkHolders(t, env, "Use") // the last apply managed the planned trustees
}
