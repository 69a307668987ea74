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
	fails := func(config string, words ...string) resource.TestStep {
		return acctest.Fails(provider+config, words...)
	}
	acctest.Refused(t, env, map[string]resource.TestStep{
		"a prefixed name": fails(managedConfig(rocketDN, `key_users = ["local:kim"]`), "Invalid trustee",
			"key_users =", "prefixed name", `data "codesign_identity"`, `prefixed_name = "local:kim"`),
		"an unknown trustee": fails(managedConfig(rocketDN, unknown), "Unknown trustee", "key_users =",
			"codesign_identity"),
		"no owner": fails(managedConfig(rocketDN, "owners = []"), "A project needs an owner", "owners =",
			"Add at least one trustee"),
		"an existing project": fails(managedConfig(paymentsDN), "Unable to create project Payments", "dn =",
			"exists already", "import {"),
		"a project that is queued for deletion": fails(managedConfig(projectsDN+"Queued"),
			"Unable to create project Queued", "dn =", "the name is held until the deletion is decided"),
		"a missing folder": fails(managedConfig(projectsDN+`Missing\Rocket`), "Unable to create project Rocket",
			"dn =", "folder", "does not exist", "create the folder"),
		"only a name": fails(managedConfig("Rocket"), "Invalid DN", "dn ="),
		"a name of an application": fails(managedConfig(rocketDN, `applications = ["signtool"]`), "Invalid DN",
			"applications ="),
		"an unknown policy": fails(managedConfig(rocketDN, `deletion_policy = "Purge"`), "deletion_policy =",
			"Delete"),
		"a custom field without a name": fails(managedConfig(rocketDN, `custom_fields = { "" = ["x"] }`),
			"custom_fields"),
		"two names of one custom field": fails(
			managedConfig(rocketDN, `custom_fields = { Team = ["a"], team = ["b"] }`),
			"One custom field has two names", "custom_fields", "differ only in case"),
		"a timeout of nothing": fails(managedConfig(rocketDN, `timeouts = { create = "0s" }`), "timeouts",
			"positive duration"),
		"one role twice": fails(managedConfig(rocketDN, people(env, "key_users", "kim"))+managedProjectTwice(env),
			"Two resources manage the role Use of project Rocket", "codesign_project"),
		"one project twice": fails(managedConfig(rocketDN)+strings.NewReplacer(`"p" {`, `"q" {`, "Rocket", "ROCKET").
			Replace(managedConfig(rocketDN)), "Two resources manage project R", "another codesign_project"),
		"an import by name": fails(managedConfig(paymentsDN)+importOf(projectResource, "Unknown"), "Invalid import ID",
			"DN, its GUID or its number"),
		"an import of a missing project": fails(
			managedConfig(paymentsDN)+importOf(projectResource, projectsDN+"Unknown"),
			"Unable to import project", "Check the name"),
	})
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
