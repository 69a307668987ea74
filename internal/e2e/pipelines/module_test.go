package pipelines

import (
	"os"
	"path/filepath"
	"testing"
)

// A team is onboarded by pull request: the plan of the module passes the policies and the comparison with
// the checkout, and is applied.
func TestAccPipelines_OnboardingModule(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	work := s.clone("main")
	if err := os.CopyFS(filepath.Join(work, "modules"), os.DirFS(filepath.Join(example, "..", "modules"))); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(work, "team.tf"), `module "terminals" {
  source = "./modules/onboarding"

  name              = "Terminal Firmware"
  owners            = ["local:applier"]
  key_users         = ["local:carla"]
  key_use_approvers = ["local:dora"]
  applications      = ["\\VED\\Code Signing\\Signing Applications\\signtool"]
}
`)
	commit(t, work, "Onboard a team")
	git(t, work, "push", "--quiet", "origin", "HEAD:main")

	plan := filepath.Join(s.plans, "team")
	s.expect(0, s.clone("main"), planScope, "plan", plan)
	mustContain(t, "the summary", read(t, filepath.Join(plan, "summary.md")),
		"| `\\VED\\Code Signing\\Projects\\Terminal Firmware` | `does not exist` | `Owner: +",
		"| `a new project: Use` | – | `+")
	check := s.command(s.clone("main"), planScope, "policy", plan)
	check.Env = append(check.Env, "OPA="+needOPA(t))
	if out, err := check.CombinedOutput(); err != nil {
		t.Fatalf("the policies deny the module: %v\n%s", err, out)
	}
	s.apply(0, s.clone("main"), applyScope, plan)
	s.checkStatus(`\VED\Code Signing\Projects\Terminal Firmware`, "Pending")
	s.expect(0, s.clone("main"), planScope, "drift", filepath.Join(s.plans, "night"))

	// A module that differs from the checkout is refused, as the root is.
	work = s.clone("main")
	replace(t, filepath.Join(work, "modules", "onboarding", "main.tf"), `status_on_destroy = "Disabled"`, "")
	s.expect(0, work, planScope, "plan", plan)
	mustContain(t, "the apply", s.apply(1, s.clone("main"), applyScope, plan), "refused", "status_on_destroy")
}
