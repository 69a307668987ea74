package project_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// A project that has no owner on the server can be imported and managed.
func TestAccProject_WithoutOwners(t *testing.T) {
	w := settingsWorld()
	w.Projects[0].Owners = nil
	env, provider := start(t, w, "adam")
	shell := acctest.OpenShell(t, provider)
	shell.Applies(managedConfig(paymentsDN)+importPayments, "1 imported, 0 added, 0 changed, 0 destroyed")
	shell.Applies(managedConfig(paymentsDN, `timeouts = { update = "5m" }`), "0 added, 1 changed, 0 destroyed")
	checkCount(t, env, updatePath, 0)
	shell.Applies(managedConfig(paymentsDN, `description = "New"`), "0 added, 1 changed, 0 destroyed")
	shell.Applies(managedConfig(paymentsDN, abandons), "0 added, 1 changed, 0 destroyed")
	checkCount(t, env, updatePath, 1)
}

// The configuration that the CLI generates for an imported project is valid and plans no change, also
// without owners. An update then reports the owners that the server has.
func TestAccProject_GeneratedConfiguration(t *testing.T) {
	for name, owners := range map[string][]string{"no owners": nil, "an owner": {"olga"}} {
		t.Run(name, func(t *testing.T) {
			w := settingsWorld()
			w.Projects[0].Owners = owners
			env := acctest.Start(t, w)
			shell := projectShell(t, env, "adam")
			shell.Configure(importPayments)
			shell.Shows([]string{"1 to import, 0 to add, 0 to change"}, "plan", "-generate-config-out=generated.tf")
			shell.Shows([]string{"1 imported, 0 added, 0 changed"}, "apply", "-auto-approve")
			shell.Shows([]string{"No changes"}, "plan", "-detailed-exitcode")
			checkCount(t, env, updatePath, 0)

			generated := filepath.Join(shell.Dir(), "generated.tf")
			config, err := os.ReadFile(generated)
			if err != nil {
				t.Fatal(err)
			}
			config = []byte(strings.Replace(string(config), `"Terminals"`, `"New"`, 1))
			if err := os.WriteFile(generated, config, 0o600); err != nil {
				t.Fatal(err)
			}
			shell.Shows([]string{"0 added, 1 changed"}, "apply", "-auto-approve")
			shell.Shows([]string{"No changes"}, "plan", "-detailed-exitcode")
			if p, _ := env.Server.Project(paymentsDN); p.Description != "New" || len(p.Owners) != len(owners) {
				t.Errorf("got %+v", p)
			}
		})
	}
}

// Runs that leave out the refresh, ignore changes, save a plan or know a name late.
func TestAccProject_UnusualRuns(t *testing.T) {
	w := settingsWorld()
	w.Settings.AbsentListsCleared, w.Settings.DirtyRequired = true, true
	env := acctest.Start(t, w)
	shell := acctest.OpenShell(t, env.ScopedProviderConfig("adam", allScopes))
	config := func(arguments ...string) string {
		return "resource \"terraform_data\" \"name\" {\n  input = \"Rocket\"\n}\n" +
			strings.Replace(managedConfig(rocketDN, append(arguments, unprotected)...), `Rocket"`,
				`${terraform_data.name.output}"`, 1)
	}
	rocket := func() simulator.Project {
		t.Helper()
		p, found := env.Server.Project(rocketDN)
		if !found {
			t.Fatal("there is no project Rocket")
		}
		return p
	}
	shell.Configure(config(`description = "One"`, people(env, "key_users", "kim"), people(env, "owners", "adam")))
	shell.Run("apply", "-auto-approve") // the name is unknown at plan
	checkCount(t, env, createPath, 1)

	// Stale state: only what the configuration changes is sent, the outside edit stays.
	env.Server.EditProject(rocketDN, simulator.ProjectEdit{Auditors: simulator.ListEdit{Add: []string{"max"}}})
	shell.Configure(config(`description = "Two"`, people(env, "key_users", "kim"), people(env, "owners", "adam")))
	shell.Run("apply", "-auto-approve", "-refresh=false")
	if p := rocket(); p.Description != "Two" || len(p.Auditors) != 1 || len(p.KeyUsers) != 1 {
		t.Errorf("got %+v", p)
	}

	// Ignored arguments are not sent, although the configuration has other values.
	ignore := "lifecycle {\n    ignore_changes = [key_users, description, owners]\n  }"
	shell.Configure(config(`description = "Three"`, people(env, "key_users", "lea"), people(env, "owners", "olga"),
		people(env, "key_use_approvers", "max"), ignore))
	shell.Run("apply", "-auto-approve")
	p := rocket()
	if p.Description != "Two" || p.KeyUsers[0] != env.Server.Trustee("kim") ||
		p.Owners[0] != env.Server.Trustee("adam") || len(p.KeyUseApprovers) != 1 {
		t.Errorf("got %+v", p)
	}
	shell.Shows([]string{"No changes"}, "plan", "-detailed-exitcode")

	// A saved plan is applied after another person has made a part of the change.
	shell.Configure(config(`description = "Four"`, people(env, "key_users", "kim", "lea"),
		people(env, "owners", "adam")))
	shell.Run("plan", "-out=saved")
	env.Server.EditProject(rocketDN, simulator.ProjectEdit{
		KeyUsers: simulator.ListEdit{Add: []string{"max"}}, Auditors: simulator.ListEdit{Add: []string{"lea"}},
	})
	shell.Run("apply", "saved")
	if p := rocket(); p.Description != "Four" || len(p.KeyUsers) != 2 || len(p.Auditors) != 2 {
		t.Errorf("got %+v", p)
	}
	shell.Shows([]string{"No changes"}, "plan", "-detailed-exitcode")

	// A saved create, and the name is taken meanwhile.
	shell.Configure(config(`description = "Four"`, people(env, "key_users", "kim", "lea"),
		people(env, "owners", "adam")) +
		strings.ReplaceAll(managedConfig(projectsDN+"Second"), `"p" {`, `"q" {`))
	shell.Run("plan", "-out=saved")
	env.Server.AddProject(simulator.Project{Name: "Second", Status: "Enabled", Owners: []string{"olga"}})
	shell.Fails([]string{"Unable to create project Second", "exists already", "import {"}, "apply", "saved")
	shell.Configure(config(`description = "Four"`))
	shell.Run("destroy", "-auto-approve")
	shell.ExpectEmptyState()
	if p, _ := env.Server.Project(projectsDN + "Second"); len(p.Owners) != 1 {
		t.Errorf("the other project has the owners %q", p.Owners)
	}
}
