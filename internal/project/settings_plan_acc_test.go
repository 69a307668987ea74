package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	configurationPath = "Codesign/GetGlobalConfiguration"
	validatePath      = "Identity/Validate"
	unknownTrustee    = `"local:{99999999-9999-9999-9999-999999999999}"`
)

// paymentsRole is a codesign_project_role on the project Payments.
func paymentsRole(env *acctest.Env, name, role string, people ...string) string {
	quoted := make([]string, 0, len(people))
	for _, person := range people {
		quoted = append(quoted, fmt.Sprintf("%q", env.Server.Trustee(person)))
	}
	return fmt.Sprintf("resource \"codesign_project_role\" %q {\n  dn = %q\n  role = %q\n  trustees = [%s]\n}\n",
		name, paymentsDN, role, strings.Join(quoted, ", "))
}

func TestAccSettingsPlan_Warnings(t *testing.T) {
	w := settingsWorld()
	w.Settings.PreventSelfDealing = true
	env := acctest.Start(t, w)
	shell := acctest.OpenShell(t, env.ProviderConfig("olga"))
	shell.Configure(importOf(projectResource, paymentsDN) + managedConfig(paymentsDN, people(env, "owners", "max"),
		people(env, "key_users", "lea", "max"), "applications = []", "resolve_identities = true"))
	out := shell.Run("plan", "-no-color")
	for _, words := range [][]string{
		{"The flow No Approval may ask for an approval of project updates"},
		{"Applying this changes who has a role on project Payments", "Owner: gained by max (", "; lost by olga ("},
		{"Use: gained by lea (", "max (", "; lost by kim ("},
		{"Key Users of project Payments have another role", "max (", "Use, Owner, Audit"},
		{"The provider loses access to project Payments", "owners"},
		{"Every application may sign with project Payments", "signtool"},
	} {
		if !acctest.Words(words...).MatchString(out) {
			t.Errorf("want %q in:\n%s", words, out)
		}
	}
	if n := env.Server.Count(configurationPath); n != 1 {
		t.Errorf("%d reads of the global configuration", n)
	}
}

func TestAccSettingsPlan_FlowOnce(t *testing.T) {
	env := acctest.Start(t, settingsWorld())
	shell := acctest.OpenShell(t, env.ProviderConfig("olga"))
	shell.Configure(paymentsRole(env, "one", "Audit", "lea") + paymentsRole(env, "two", "ApproveUse", "lea"))
	out := shell.Run("plan", "-no-color")
	if n := strings.Count(out, "may ask for an approval"); n != 1 || env.Server.Count(configurationPath) != 1 {
		t.Errorf("%d warnings, %d reads in:\n%s", n, env.Server.Count(configurationPath), out)
	}
	env.Server.ResetLog()
	shell.Configure(paymentsRole(env, "one", "Audit", "max"))
	if out := shell.Run("plan", "-no-color"); strings.Contains(out, "may ask for an approval") ||
		env.Server.Count(configurationPath) != 0 {
		t.Errorf("a plan that sends nothing reads the global configuration:\n%s", out)
	}
}

func TestAccSettingsPlan_WithoutScopes(t *testing.T) {
	env := acctest.Start(t, settingsWorld())
	shell := acctest.OpenShell(t, env.ScopedProviderConfig("olga", "codesign"))
	shell.Configure(paymentsRole(env, "one", "Audit", "lea"))
	out := shell.Run("plan", "-no-color")
	if !acctest.Words("Unable to check the trustees", "configuration").MatchString(out) ||
		strings.Contains(out, "global configuration") || strings.Contains(out, "may ask") {
		t.Errorf("got:\n%s", out)
	}
}

func TestAccSettingsPlan_Errors(t *testing.T) {
	env := acctest.Start(t, func() simulator.World {
		w := settingsWorld()
		w.Settings.EnforceGroupRoles = true
		return w
	}())
	role := paymentsRole(env, "one", "Audit", "Builders")
	member := fmt.Sprintf("resource \"codesign_project_role_member\" \"m\" {\n  guid = %q\n  role = \"Audit\"\n"+
		"  trustee = %q\n}\n", paymentsGUID, env.Server.Trustee("Builders"))
	list := managedConfig(projectsDN+"Fresh", people(env, "auditors", "Builders"))
	fails := func(config string, words ...string) resource.TestStep {
		return acctest.Fails(env.ProviderConfig("adam")+config, words...)
	}
	builders := fmt.Sprintf("%q", env.Server.Trustee("Builders"))
	acctest.Refused(t, env, map[string]resource.TestStep{
		"unknown in a role": fails(strings.Replace(role, builders, unknownTrustee, 1), "Unknown trustee",
			"codesign_project_role.one", "trustees", "local:{99999999"),
		"unknown in a list": fails(managedConfig(projectsDN+"Fresh", "auditors = ["+unknownTrustee+"]"),
			"Unknown trustee", "codesign_project.p", "auditors", "local:{99999999"),
		"user in a role": fails(paymentsRole(env, "one", "Audit", "lea"), "A user cannot have a role", "trustees",
			"lea"),
		"user in a list": fails(managedConfig(projectsDN+"Fresh", people(env, "key_users", "lea")),
			"A user cannot have a role", "key_users", "lea"),
		"two roles": fails(role+strings.Replace(role, `"one"`, `"two"`, 1),
			"Two resources manage the role Audit of project Payments", "codesign_project_role",
			"codesign_project_role"),
		"role and member": fails(role+member, "Two resources manage the role Audit of project Payments",
			"codesign_project_role"),
		"member twice": fails(member+strings.Replace(member, `"m"`, `"n"`, 1),
			"Two resources manage the role Audit of project Payments", "same trustee"),
		"two lists": fails(list+strings.Replace(list, `"p"`, `"q"`, 1),
			"Two resources manage the role Audit of project Fresh", "codesign_project"),
		"a name": fails(strings.Replace(role, builders, `"local:lea"`, 1), "Invalid trustee",
			`data "codesign_identity"`, `prefixed_name = "local:lea"`),
	})
	for _, path := range []string{createPath, updatePath} {
		checkCount(t, env, path, 0)
	}
}
