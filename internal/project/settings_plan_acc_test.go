package project_test

import (
	"fmt"
	"strings"
	"testing"

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

// imported imports the project Payments into codesign_project.p.
func imported() string {
	return fmt.Sprintf("import {\n  to = codesign_project.p\n  id = %q\n}\n", paymentsDN)
}

func TestAccSettingsPlan_Warnings(t *testing.T) {
	w := settingsWorld()
	w.Settings.PreventSelfDealing = true
	env := acctest.Start(t, w)
	shell := acctest.OpenShell(t, env.ProviderConfig("olga"))
	shell.Configure(imported() + managedConfig(paymentsDN, people(env, "owners", "max"),
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
	for name, row := range map[string]struct {
		config string
		words  []string
	}{
		"unknown in a role": {
			strings.Replace(role, fmt.Sprintf("%q", env.Server.Trustee("Builders")), unknownTrustee, 1),
			[]string{"Unknown trustee", "codesign_project_role.one", "trustees", "local:{99999999"},
		},
		"unknown in a list": {
			managedConfig(projectsDN+"Fresh", "auditors = ["+unknownTrustee+"]"),
			[]string{"Unknown trustee", "codesign_project.p", "auditors", "local:{99999999"},
		},
		"user in a role": {
			paymentsRole(env, "one", "Audit", "lea"), []string{"A user cannot have a role", "trustees", "lea"},
		},
		"user in a list": {
			managedConfig(projectsDN+"Fresh", people(env, "key_users", "lea")),
			[]string{"A user cannot have a role", "key_users", "lea"},
		},
		"two roles": {
			role + strings.Replace(role, `"one"`, `"two"`, 1),
			[]string{
				"Two resources manage the role Audit of project Payments", "codesign_project_role",
				"codesign_project_role",
			},
		},
		"role and member": {
			role + member, []string{"Two resources manage the role Audit of project Payments", "codesign_project_role"},
		},
		"member twice": {
			member + strings.Replace(member, `"m"`, `"n"`, 1),
			[]string{"Two resources manage the role Audit of project Payments", "same trustee"},
		},
		"two lists": {
			list + strings.Replace(list, `"p"`, `"q"`, 1),
			[]string{"Two resources manage the role Audit of project Fresh", "codesign_project"},
		},
		"a name": {
			strings.Replace(role, fmt.Sprintf("%q", env.Server.Trustee("Builders")), `"local:lea"`, 1),
			[]string{"Invalid trustee", `data "codesign_identity"`, `prefixed_name = "local:lea"`},
		},
	} {
		t.Run(name, func(t *testing.T) {
			acctest.Test(t, env, acctest.Fails(env.ProviderConfig("adam")+row.config, row.words...))
		})
	}
	t.Cleanup(func() {
		for _, path := range []string{createPath, "Codesign/UpdateProject"} {
			if n := env.Server.Count(path); n != 0 {
				t.Errorf("%d requests %s", n, path)
			}
		}
	})
}
