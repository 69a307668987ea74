package project_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Each mistake is an error at its argument at plan, with the next step, and nothing is written.
func TestAccProject_BadInput(t *testing.T) {
	w := settingsWorld()
	w.Projects = append(w.Projects, simulator.Project{Name: "Queued", Status: "Deleted"})
	env, provider := start(t, w, "adam")
	unknown := `key_users = ["local:{00000000-1111-2222-3333-444444444444}"]`
	var steps []resource.TestStep
	for _, c := range []struct {
		config string
		words  []string
	}{
		{managedConfig(rocketDN, `key_users = ["local:kim"]`), []string{
			"Invalid trustee", "key_users =", "prefixed name", `data "codesign_identity"`,
			`prefixed_name = "local:kim"`,
		}},
		{managedConfig(rocketDN, unknown), []string{"Unknown trustee", "key_users =", "codesign_identity"}},
		{managedConfig(rocketDN, "owners = []"), []string{"A project needs an " +
			"owner", "owners =", "Add at least one trustee"}},
		{managedConfig(paymentsDN), []string{"Unable to create project " +
			"Payments", "dn =", "exists already", "import {"}},
		{managedConfig(projectsDN + "Queued"), []string{
			"Unable to create project Queued", "dn =", "the name is held until the deletion is decided",
		}},
		{managedConfig(projectsDN + `Missing\Rocket`), []string{
			"Unable to create project Rocket", "dn =", "folder", "does not exist", "create the folder",
		}},
		{managedConfig("Rocket"), []string{"Invalid DN", "dn ="}},
		{managedConfig(rocketDN, `applications = ["signtool"]`), []string{"Invalid DN", "applications ="}},
		{managedConfig(rocketDN, `deletion_policy = "Purge"`), []string{"deletion_policy =", "Delete"}},
		{managedConfig(rocketDN, `custom_fields = { "" = ["x"] }`), []string{"custom_fields"}},
		{managedConfig(rocketDN, `custom_fields = { Team = ["a"], team = ["b"] }`), []string{
			"One custom field has two names", "custom_fields", "differ only in case",
		}},
		{managedConfig(rocketDN, `timeouts = { create = "0s" }`), []string{"timeouts", "positive duration"}},
		{managedConfig(rocketDN, people(env, "key_users", "kim")) + managedProjectTwice(env), []string{
			"Two resources manage the role Use of project Rocket", "codesign_project",
		}},
		{
			managedConfig(rocketDN) + strings.NewReplacer(`"p" {`, `"q" {`, "Rocket", "ROCKET").
				Replace(managedConfig(rocketDN)),
			[]string{"Two resources manage project R", "another codesign_project"},
		},
	} {
		steps = append(steps, acctest.Fails(provider+c.config, c.words...))
	}
	steps = append(steps, acctest.Applies(provider))
	acctest.Test(t, env, steps...)
	for _, r := range env.Server.Requests() {
		if slices.Contains([]string{createPath, updatePath, renamePath, deletePath, writePath}, r.Path) {
			t.Errorf("%s was sent", r.Path)
		}
	}
}

func managedProjectTwice(env *acctest.Env) string {
	return "resource \"codesign_project\" \"q\" {\n  dn = \"" + hcl(rocketDN) + "\"\n  " +
		people(env, "key_users", "lea") + "\n}\n"
}

// The plan says what a reviewer must know.
func TestAccProject_PlanWarnings(t *testing.T) {
	w := settingsWorld()
	w.Projects[0].Status, w.Projects[0].Owners = "Pending", []string{"olga", "lea"}
	w.Settings.PreventSelfDealing = true
	env := acctest.Start(t, w)
	shell := projectShell(t, env, "olga")
	shell.Configure(managedConfig(paymentsDN, "resolve_identities = true"))
	shell.Run("import", projectResource, "4711")
	shell.Run("apply", "-auto-approve")
	shell.Configure(managedConfig(paymentsDN, "resolve_identities = true", people(env, "owners", "lea"),
		people(env, "key_users", "lea"), "applications = []"))
	out := shell.Run("plan")
	for _, words := range [][]string{
		{"Project Payments waits for its approval", "may have reviewed"},
		{"Every application may sign with project Payments", signtool},
		{"Applying this changes who has a role on project " +
			"Payments", "Owner: lost by olga", "Use: gained by lea", "lost by kim"},
		{"Key Users of project Payments have another role"},
		{"The provider loses access to project Payments"},
	} {
		if !acctest.Words(words...).MatchString(out) {
			t.Errorf("want %q in:\n%s", words, out)
		}
	}
	shell.Shows([]string{"The provider lost access to project Payments"}, "apply", "-auto-approve")
	checkCount(t, env, updatePath, 1)
}

// A list moves from codesign_project to codesign_project_role: both plans are empty.
func TestAccProject_ListMovesToRole(t *testing.T) {
	env, provider := start(t, settingsWorld(), "adam")
	role := "import {\n  to = codesign_project_role.r\n  id = \"" + bareGUIDOf(paymentsGUID) + "/Use\"\n}\n"
	acctest.Test(t, env,
		checks(resource.TestStep{Config: provider + importPayments + managedConfig(paymentsDN, people(env,
			"key_users", "kim"))},
			requests(env, map[string]int{updatePath: 0})),
		emptyPlan(provider+managedConfig(paymentsDN)),
		checks(emptyPlan(provider+managedConfig(paymentsDN)+role+roleConfig(env, "Use", []string{"kim"})),
			requests(env, map[string]int{updatePath: 0})),
		checks(emptyPlan(provider+managedConfig(paymentsDN)+roleConfig(env, "Use", []string{"kim"}))),
		resource.TestStep{Config: provider + managedConfig(paymentsDN, unprotected, `deletion_policy = "Abandon"`) +
			"removed {\n  from = codesign_project_role.r\n  lifecycle {\n    destroy = false\n  }\n}\n"},
	)
}

func bareGUIDOf(guid string) string { return guid[1 : len(guid)-1] }
