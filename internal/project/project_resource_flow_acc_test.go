package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const importPayments = "import {\n  to = codesign_project.p\n  id = 4711\n}\n"

// flowWorld asks for an approval of each update, and says so in the global configuration.
func flowWorld() simulator.World {
	w := settingsWorld()
	w.Settings.UpdateFlow = simulator.FlowMode{Decision: "wait"}
	w.Settings.GlobalConfiguration = map[string]any{"ProjectUpdateFlowDN": `\VED\Code Signing\Flows\Project Update`}
	return w
}

// The apply waits and times out. The next one sends nothing and continues. After the approval the plan
// is empty.
func TestAccProject_UpdateFlow(t *testing.T) {
	for user, words := range map[string][]string{
		"adam": {"Unable to update project Payments", "Timed out after", "Undecided: flow ticket", "0 of 1 approvals"},
		"olga": {"Unable to update project " +
			"Payments", "Timed out after", "the caller sees none", "To send a rejected change again"},
	} {
		t.Run(user, func(t *testing.T) {
			w := flowWorld()
			w.Projects[0].Approvers = []string{"adam"}
			env, provider := start(t, w, user)
			config := provider + importPayments +
				managedConfig(paymentsDN, people(env, "key_users", "kim", "lea"), abandons, twoSeconds)
			waits := acctest.Fails(config, words...)
			again := waits
			again.PreConfig = func() { checkCount(t, env, updatePath, 1) }
			resumed := plansProject(
				provider+importPayments+managedConfig(paymentsDN, people(env, "key_users", "kim", "lea"), abandons),
				plancheck.ResourceActionUpdate)
			resumed.PreConfig = func() {
				checkCount(t, env, updatePath, 1)
				reads := env.Server.Count(readPath)
				meanwhile(t, func() bool { // once the apply waits: it reads more often than its plan
					return env.Server.Count(readPath) >= reads+8 && env.Server.ApproveFlow(paymentsDN, "adam") == nil
				})
			}
			acctest.Test(t, env,
				resource.TestStep{Config: provider + importPayments + managedConfig(paymentsDN, abandons, twoSeconds)},
				waits, again,
				checks(resumed, requests(env, map[string]int{updatePath: 1})),
			)
		})
	}
}

// After a rejection the plan shows the change again, and the apply sends it again.
func TestAccProject_UpdateFlowRejected(t *testing.T) {
	env, provider := start(t, flowWorld(), "adam")
	config := provider + importPayments + managedConfig(paymentsDN, `description = "New"`, abandons, twoSeconds)
	free := plansProject(provider+managedConfig(paymentsDN, `description = "New"`, abandons),
		plancheck.ResourceActionUpdate)
	free.PreConfig = func() {
		checkCount(t, env, updatePath, 1)
		env.Server.UpdateSettings(func(s *simulator.Settings) { s.UpdateFlow = simulator.FlowMode{} })
	}
	acctest.Test(t, env,
		resource.TestStep{Config: provider + importPayments + managedConfig(paymentsDN, abandons)},
		acctest.Fails(config, "Unable to update project Payments", "Timed out after"),
		resource.TestStep{PreConfig: func() {
			if err := env.Server.RejectFlow(paymentsDN, "ada", "no"); err != nil {
				t.Error(err)
			}
		}, Config: config, PlanOnly: true, ExpectNonEmptyPlan: true},
		checks(free, requests(env, map[string]int{updatePath: 2})),
	)
}

// A killed or refused create is continued: there is one project, and nothing is tainted.
func TestAccProject_ContinuesCreate(t *testing.T) {
	w := settingsWorld()
	w.Settings.Failures = map[string]simulator.Failure{updatePath: {Result: 4, Count: 1}}
	env := acctest.Start(t, w)
	shell := projectShell(t, env, "adam")
	config := managedConfig(rocketDN, people(env, "owners", "adam"), people(env, "key_users", "kim"), unprotected)
	shell.Configure(config)
	shell.Fails([]string{"Unable to create project Rocket", "UpdateFailure (4)", "The next apply " +
		"continues"}, "apply", "-auto-approve")
	shell.ExpectEmptyState()
	shell.Shows([]string{"Project Rocket was adopted", "did not create a second project"}, "apply", "-auto-approve")
	shell.Shows([]string{"No changes"}, "plan")
	checkCount(t, env, createPath, 2) // the second one is refused: the name is taken
	env.Server.AddProject(simulator.Project{Name: "Other", Owners: []string{"olga"}})
	shell.Configure(config + "resource \"codesign_project\" \"other\" {\n  dn = " +
		"\"" + hcl(projectsDN+"Other") + "\"\n}\n")
	shell.Fails([]string{
		"Unable to create project Other", "exists already", "import {", "to = codesign_project.other", "id = ",
	}, "plan")
	shell.Configure("")
	shell.Run("apply", "-auto-approve")
	checkCount(t, env, deletePath, 1)
}

// A create whose settings wait for an approval finds the open ticket of the project.
func TestAccProject_CreateWithUpdateFlow(t *testing.T) {
	env := acctest.Start(t, flowWorld())
	shell := projectShell(t, env, "adam")
	shell.Configure(managedConfig(rocketDN, people(env, "key_users", "kim"), unprotected, twoSeconds))
	shell.Shows([]string{"The flow Project Update may ask for an approval of project updates"}, "plan")
	shell.Fails([]string{"Unable to create project Rocket", "Timed out after", "looks for this ticket " +
		"first"}, "apply", "-auto-approve")
	shell.Fails([]string{"Unable to create project Rocket", "Timed out after"}, "apply", "-auto-approve")
	checkCount(t, env, updatePath, 1)
	if err := env.Server.ApproveFlow(rocketDN, "ada"); err != nil {
		t.Fatal(err)
	}
	shell.Shows([]string{"was adopted"}, "apply", "-auto-approve")
	shell.Shows([]string{"No changes"}, "plan")
	checkCount(t, env, updatePath, 1)
}
