package pipelines

import (
	"path/filepath"
	"testing"
)

// Each row changes the configuration. The CLI makes the plan, and the pipelines' version of opa checks it.
func TestAccPolicy_RealPlan(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	opa := needOPA(t)
	for name, c := range map[string]struct{ file, from, to, denied string }{
		"a change of a status": {"projects.yaml", "Payments: Enabled", "Payments: Disabled", ""},
		"self approval": {
			"main.tf", "status = each.value", "status = each.value\n\n  self_approve = true",
			"gives submission and approval to one identity",
		},
		"a program": {
			"main.tf", `provider "codesign" {}`, `provider "codesign" {}

resource "terraform_data" "program" {
  provisioner "local-exec" {
    command = "true"
  }
}`,
			"provisioners run programs",
		},
		"another provider": {
			"main.tf", `provider "codesign" {}`, `provider "codesign" {}

resource "terraform_data" "note" {}`,
			"provider terraform is not among",
		},
		"a project released silently": {"projects.yaml", "Payments: Enabled\n", "", "set status_on_destroy before"},
		"an approval without a change number": {
			"main.tf", `provider "codesign" {}`, `provider "codesign" {}

resource "workflow_ticket_decision" "open_end" {
  provider    = codesign
  guid        = "` + ticket + `"
  status      = "Approved"
  explanation = "as discussed"
}`,
			"explanation does not name a change",
		},
		"an approval without an end": {
			"main.tf", `provider "codesign" {}`, `provider "codesign" {}

resource "workflow_ticket_decision" "open_end" {
  provider    = codesign
  guid        = "` + ticket + `"
  status      = "Approved"
  explanation = "CHG0012345"
}`,
			"the key may be used for more than 24 hours",
		},
	} {
		t.Run(name, func(t *testing.T) {
			work, plan := s.clone("main"), filepath.Join(s.plans, filepath.Base(t.Name()))
			replace(t, filepath.Join(work, c.file), c.from, c.to)
			s.expect(0, work, planScope, "plan", plan)
			cmd := s.command(work, planScope, "policy", plan)
			cmd.Env = append(cmd.Env, "OPA="+opa)
			out, err := cmd.CombinedOutput()
			if denied := err != nil; denied != (c.denied != "") {
				t.Errorf("denied: %v\n%s", denied, out)
			}
			mustContain(t, "the check", string(out), c.denied)
		})
	}
}
