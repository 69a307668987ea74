package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const rocketDN = projectsDN + "Rocket"

// A project from its creation to its deletion, in modes that clear what is left out and require Dirty.
func TestAccProject_Lifecycle(t *testing.T) {
	w := settingsWorld()
	w.Settings.AbsentListsCleared, w.Settings.AbsentDescriptionCleared, w.Settings.DirtyRequired = true, true, true
	env := acctest.Start(t, w)
	provider := env.ScopedProviderConfig("adam", allScopes)
	config := func(arguments ...string) string { return provider + managedConfig(rocketDN, arguments...) }
	full := []string{
		`description = "Stage 2"`, people(env, "owners", "adam", "olga"), people(env, "key_users", "kim"),
		applications(signtool), `custom_fields = { "Cost Centre" = ["4711", "4712"] }`,
	}
	rocket := simulator.Project{
		DN: rocketDN, Status: "Draft", Description: "Stage 2", Owners: []string{
			"adam",
			"olga",
		}, KeyUsers: []string{"kim"},
		Applications: []string{signtool}, CustomFields: map[string][]string{"Cost Centre": {"4711", "4712"}},
	}
	changed := rocket
	changed.Description, changed.KeyUsers, changed.KeyUseApprovers = "", []string{"kim", "lea"}, []string{"max"}
	changed.CustomFields = nil
	acctest.Test(t, env,
		checks(plansProject(config(full...), plancheck.ResourceActionCreate, unknownProjectValue("auditors"),
			unknownProjectValue("guid")),
			projectIs(env, rocket), requests(env, map[string]int{createPath: 1, updatePath: 1}),
			resource.TestCheckResourceAttr(projectResource, "name", "Rocket"),
			resource.TestCheckResourceAttr(projectResource, "auditors.#", "0")),
		checks(plansProject(config(`description = ""`, people(env, "owners", "olga", "adam"),
			people(env, "key_users", "lea", "kim"), people(env, "key_use_approvers", "max"), applications(signtool),
			`custom_fields = { "Cost Centre" = [] }`), plancheck.ResourceActionUpdate, unknownProjectValue("auditors")),
			projectIs(env, changed), requests(env, map[string]int{updatePath: 2})),
		acctest.Applies(config(`description = ""`), managedValue("description", knownvalue.StringExact(""))),
		emptyPlan(config()), // custom_fields is no longer managed
		acctest.Fails(provider, "The project is protected against deletion", "deletion_protection = false and apply"),
		checks(plansProject(config(unprotected), plancheck.ResourceActionUpdate),
			requests(env, map[string]int{updatePath: 2})),
		checks(resource.TestStep{Config: provider}, requests(env, map[string]int{deletePath: 1}),
			func(*terraform.State) error {
				if _, found := env.Server.Project(rocketDN); found {
					t.Error("the project is still there")
				}
				return nil
			}),
	)
}

// An import with lists left out plans nothing, and so does a list that is configured as it is.
func TestAccProject_Import(t *testing.T) {
	env, provider := start(t, settingsWorld(), "adam")
	imported := func(id string) resource.TestStep {
		return resource.TestStep{
			Config: provider + managedConfig(paymentsDN), ResourceName: projectResource, ImportState: true,
			ImportStateId: id, ImportStateVerify: true, ImportStateVerifyIdentifierAttribute: "guid",
		}
	}
	acctest.Test(t, env,
		checks(resource.TestStep{
			Config: provider + importOf(projectResource, paymentsDN) + managedConfig(paymentsDN),
			ConfigPlanChecks: resource.ConfigPlanChecks{
				PreApply: []plancheck.PlanCheck{
					plancheck.ExpectResourceAction(projectResource, plancheck.ResourceActionNoop),
				},
			},
		}, resource.TestCheckResourceAttr(projectResource, "key_users.#", "1"),
			resource.TestCheckResourceAttr(projectResource, "description", "Terminals")),
		imported("4711"),
		imported("0F1E2D3C-4b5a-6978-8796-a5b4c3d2e1f0"),
		imported(paymentsDN),
		emptyPlan(provider+managedConfig(`\ved\code signing\projects\PAYMENTS`, people(env, "key_users", "kim"),
			`description = "Terminals"`, applications(`\VED\Code Signing\Signing Applications\SIGNTOOL`))),
		checks(plansProject(provider+managedConfig(paymentsDN, `custom_fields = { "cost centre" = ["4711"] }`),
			plancheck.ResourceActionUpdate), requests(env, map[string]int{updatePath: 0})),
		acctest.Applies(provider+managedConfig(paymentsDN, abandons)),
	)
}

// The plan repairs what was changed outside of Terraform, and leaves alone what is not configured.
func TestAccProject_Drift(t *testing.T) {
	env, provider := start(t, settingsWorld(), "adam")
	config := provider + importPayments + managedConfig(paymentsDN,
		people(env, "key_users", "kim"), applications(signtool), `custom_fields = { Team = ["Blue"] }`, abandons)
	outside := func(edit simulator.ProjectEdit) func() {
		return func() { env.Server.EditProject(paymentsDN, edit) }
	}
	text := "Other"
	unmanaged := unchangedAfter(config, outside(simulator.ProjectEdit{
		Description: &text, Auditors: simulator.ListEdit{Add: []string{"lea"}},
		CustomFields: map[string][]string{"Cost Centre": {"1"}},
	}), plannedProject("description", knownvalue.StringExact("Other")),
		plannedProject("auditors", knownvalue.SetSizeExact(2)))
	managed := plansProject(config, plancheck.ResourceActionUpdate)
	managed.PreConfig = outside(simulator.ProjectEdit{
		KeyUsers:     simulator.ListEdit{Add: []string{"max"}},
		Applications: simulator.ListEdit{Remove: []string{"signtool"}},
		CustomFields: map[string][]string{"Team": {"Red"}},
	})
	want := simulator.Project{
		DN: paymentsDN, Status: "Enabled", Description: "Other", Owners: []string{"olga"}, Auditors: []string{
			"max",
			"lea",
		},
		KeyUsers: []string{"kim"}, Applications: []string{signtool},
		CustomFields: map[string][]string{"Cost Centre": {"1"}, "Team": {"Blue"}},
	}
	acctest.Test(t, env,
		checks(resource.TestStep{Config: config}, requests(env, map[string]int{updatePath: 0})),
		unmanaged,
		checks(managed, projectIs(env, want), requests(env, map[string]int{updatePath: 1})),
	)
}

// A project and its status are renamed in one apply: no replacement, no second submission.
func TestAccProject_RenameWithStatus(t *testing.T) {
	env, provider := start(t, settingsWorld(), "adam")
	config := func(dn string, arguments ...string) string {
		return provider + managedConfig(dn, append(arguments, abandons)...) +
			statusConfigOf("guid = codesign_project.p.guid", "Pending", `timeouts = { create = "5s" }`)
	}
	update := func(newDN string, arguments ...string) resource.TestStep {
		step := plansProject(config(newDN, arguments...), plancheck.ResourceActionUpdate,
			plancheck.ExpectResourceAction(statusResource, plancheck.ResourceActionNoop))
		step.ConfigStateChecks = append(step.ConfigStateChecks, managedValue("dn", knownvalue.StringExact(newDN)))
		return step
	}
	moved := projectsDN + `Teams\Rocket 2`
	acctest.Test(t, env,
		resource.TestStep{Config: config(rocketDN)},
		checks(update(projectsDN+"Rocket 2", `description = "renamed"`),
			projectIs(env, simulator.Project{
				DN: projectsDN + "Rocket 2", Status: "Pending", Description: "renamed", Owners: []string{"adam"},
			}), requests(env, map[string]int{renamePath: 1, writePath: 1})),
		checks(update(moved), requests(env, map[string]int{renamePath: 2, writePath: 1})),
		emptyPlan(config(`\VED\Code Signing\Projects\TEAMS\rocket 2`)),
		acctest.Fails(config(paymentsDN), "Unable to rename project Rocket 2", "dn =", "belongs to another project"),
		acctest.Fails(config(projectsDN+`Missing\Rocket`), "Unable to rename project Rocket "+
			"2", "does not exist", "create the folder"),
		resource.TestStep{ // renamed outside: the configured name is restored
			PreConfig: func() { env.Server.RenameProject(moved, projectsDN+"Elsewhere") }, Config: config(moved),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction(projectResource, plancheck.ResourceActionUpdate),
			}},
			Check: requests(env, map[string]int{renamePath: 3, writePath: 1}),
		},
	)
}
