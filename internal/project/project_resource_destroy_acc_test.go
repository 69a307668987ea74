package project_test

import (
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Protection, environments, and a deletion that needs an approval.
func TestAccProject_Destroy(t *testing.T) {
	w := settingsWorld()
	w.Projects[0].DeleteNeedsApproval, w.Projects[0].Approvers = true, []string{"ada"}
	env := acctest.Start(t, w)
	const shortDelete = `timeouts = { delete = "6s" }`
	shell := projectShell(t, env, "adam")
	shell.Configure(managedConfig(paymentsDN))
	shell.Run("import", projectResource, "4711")
	shell.Fails([]string{"The project is protected against deletion", "set deletion_protection = false and apply"},
		"destroy", "-auto-approve")
	shell.Fails([]string{"The project is protected against " +
		"deletion"}, "apply", "-auto-approve", "-replace="+projectResource)
	shell.Configure(managedConfig(paymentsDN, unprotected, shortDelete))
	shell.Run("apply", "-auto-approve")
	shell.Fails([]string{
		"Unable to delete project Payments", "has environments", "Release (Certificate)", "force_destroy = true",
	}, "destroy", "-auto-approve")
	checkCount(t, env, deletePath, 0)
	shell.Configure(managedConfig(paymentsDN, unprotected, forced, shortDelete))
	shell.Run("apply", "-auto-approve")
	shell.Fails([]string{
		"Applying this deletes keys of project Payments", `Payments\Release`, "Unable to delete project Payments",
		"queued for deletion (status Deleted)", "The next destroy continues the wait and sends nothing",
	}, "destroy", "-auto-approve")
	shell.Shows([]string{"No changes", "Project Payments is queued for deletion"}, "plan")
	shell.Configure(managedConfig(paymentsDN, unprotected, forced, `description = "late"`))
	shell.Fails([]string{"Unable to change project Payments", "dn =", "queued for deletion"}, "plan")
	reads := env.Server.Count(readPath)
	meanwhile(t, func() bool { // once the destroy waits: it reads more often than its plan
		return env.Server.Count(readPath) >= reads+4 && env.Server.RejectFlow(paymentsDN, "ada", "no") == nil
	})
	shell.Configure(managedConfig(paymentsDN, unprotected, forced))
	shell.Fails([]string{"The deletion of project Payments was rejected: it is Disabled"}, "destroy", "-auto-approve")
	checkCount(t, env, deletePath, 1)
	meanwhile(t, func() bool { return env.Server.ApproveFlow(paymentsDN, "ada") == nil })
	shell.Run("destroy", "-auto-approve")
	shell.ExpectEmptyState()
	checkCount(t, env, deletePath, 2)
}

// meanwhile repeats a step of another person until it succeeds or the test ends.
func meanwhile(t *testing.T, step func() bool) {
	t.Helper()
	go func() {
		for t.Context().Err() == nil && !step() {
			time.Sleep(20 * time.Millisecond)
		}
	}()
}

// The other policies, and a token without the scope of a deletion.
func TestAccProject_DeletionPolicy(t *testing.T) {
	env := acctest.Start(t, settingsWorld())
	shell := acctest.OpenShell(t, env.ScopedProviderConfig("adam", "codesign:approve,manage;configuration"))
	shell.Configure(managedConfig(paymentsDN, unprotected, forced))
	shell.Run("import", projectResource, paymentsDN)
	shell.Run("apply", "-auto-approve")
	shell.Fails([]string{"The token lacks the scope codesign:delete", "deletion_policy"}, "plan", "-destroy")
	shell.Configure(managedConfig(paymentsDN, unprotected, `deletion_policy = "Disable"`))
	shell.Run("apply", "-auto-approve")
	shell.Configure("")
	shell.Run("apply", "-auto-approve")
	checkServerStatus(t, env, "Payments", "Disabled")
	shell.Configure(managedConfig(paymentsDN, unprotected, `deletion_policy = "Abandon"`))
	shell.Run("import", projectResource, paymentsDN)
	shell.Run("apply", "-auto-approve")
	shell.Run("destroy", "-auto-approve")
	shell.ExpectEmptyState()
	checkCount(t, env, deletePath, 0)
	checkServerStatus(t, env, "Payments", "Disabled")
}

// A replacement deletes the project first and creates another one with its name. A project that is
// gone is removed from the state.
func TestAccProject_Replace(t *testing.T) {
	env := acctest.Start(t, settingsWorld())
	shell := projectShell(t, env, "adam")
	shell.Configure(managedConfig(rocketDN, unprotected, people(env, "key_users", "kim")))
	shell.Run("apply", "-auto-approve")
	shell.Run("apply", "-auto-approve", "-replace="+projectResource)
	checkCount(t, env, deletePath, 1)
	checkCount(t, env, createPath, 2)
	env.Server.RemoveProject(rocketDN)
	env.Server.AddProject(simulator.Project{
		Name: "Rocket", GUID: "{5a1b2c3d-1111-2222-3333-444455556666}", Status: "Enabled", Owners: []string{"olga"},
	})
	shell.Fails([]string{
		"Project Rocket was deleted", "Unable to create project Rocket", "exists already", "import {",
	}, "plan")
	env.Server.RemoveProject(rocketDN)
	shell.Run("apply", "-auto-approve")
	shell.Shows([]string{"No changes"}, "plan")
	checkCount(t, env, createPath, 3)
}
