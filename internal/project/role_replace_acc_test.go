package project_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

// A replacement by the same role never takes the role from a trustee, in either order.
func TestAccProjectRole_ReplaceKeepsTrustees(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
	const later = "lifecycle {\n    create_before_destroy = true\n  }"
	check := func() {
		t.Helper()
		checkHolders(t, env, "Use", "kim", "lea")
		checkHolders(t, env, "ApproveUse", "max")
		checkCount(t, env, updatePath, 1)
	}
	for _, lifecycle := range []string{"", later} {
		shell.Configure(roleConfig(env, "Use", []string{"kim", "lea"}, lifecycle) +
			memberConfig(env, "ApproveUse", "max", lifecycle))
		shell.Run("apply", "-auto-approve")
		check()
		shell.Run("apply", "-auto-approve", "-replace", roleResource, "-replace", memberMax)
		check()
		shell.Shows([]string{"No changes"}, "plan", "-detailed-exitcode")
	}
	// another name of the resource in the same run
	moved := strings.NewReplacer(`"r" {`, `"again" {`, `"max" {`, `"again" {`)
	shell.Configure(
		moved.Replace(roleConfig(env, "Use", []string{"kim", "lea"}) + memberConfig(env, "ApproveUse", "max")),
	)
	shell.Run("apply", "-auto-approve")
	checkHolders(t, env, "Use", "kim", "lea")
	checkHolders(t, env, "ApproveUse", "max")
	shell.Run("destroy", "-auto-approve")
	checkHolders(t, env, "Use")
	checkHolders(t, env, "ApproveUse")
}

// The project of the state is renamed and then replaced by another one.
func TestAccProjectRole_Names(t *testing.T) {
	env := acctest.Start(t, roleWorld())
	shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
	config := func(name string) string {
		return strings.ReplaceAll(roleConfig(env, "Use", []string{"kim"})+memberConfig(env, "Audit", "lea"), byDN, name)
	}
	shell.Configure(config(byDN))
	shell.Run("apply", "-auto-approve")
	env.Server.RenameProject(paymentsDN, projectsDN+"Terminals")
	shell.Shows([]string{"No changes", "The project was renamed on the server", "Terminals"}, "plan")
	shell.Configure(config(`dn = "\\VED\\Code Signing\\Projects\\TERMINALS"`))
	shell.Run("apply", "-auto-approve")
	shell.Configure(config(`project_id = 4711`))
	shell.Run("apply", "-auto-approve")
	shell.Shows([]string{"No changes"}, "plan", "-detailed-exitcode")
	checkCount(t, env, updatePath, 1)
	shell.Configure(config(`dn = "\\VED\\Code Signing\\Projects\\Other"`))
	shell.Shows([]string{"must be replaced", "2 to add, 0 to change, 2 to destroy"}, "apply", "-auto-approve")
	if p, _ := env.Server.Project("Other"); len(p.KeyUsers) != 1 || len(p.Auditors) != 1 {
		t.Errorf("Other has the key users %q and the auditors %q", p.KeyUsers, p.Auditors)
	}
	if p, _ := env.Server.Project("Terminals"); len(p.KeyUsers) != 0 || len(p.Auditors) != 1 {
		t.Errorf("Terminals has the key users %q and the auditors %q", p.KeyUsers, p.Auditors)
	}
	env.Server.RemoveProject(projectsDN + "Other")
	shell.Shows([]string{"2 to add", "Project Other was deleted", "The project no longer exists"}, "plan")
	shell.Run("destroy", "-auto-approve")
	shell.ExpectEmptyState()
}
