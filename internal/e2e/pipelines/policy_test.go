package pipelines

import (
	"path/filepath"
	"strings"
	"testing"
)

const providerBlock = `provider "codesign" {}`

// project is a configuration with a new project and an argument that replaces another.
func project(argument string) string {
	arguments := []string{
		`description = "Terminals"`, "deletion_protection = true", "force_destroy = false",
		`owners = [data.codesign_identity.this["local:planner"].prefixed_universal]`,
		`key_users = [data.codesign_identity.this["local:carla"].prefixed_universal]`,
		`key_use_approvers = [data.codesign_identity.this["local:dora"].prefixed_universal]`,
		`applications = ["\\VED\\Code Signing\\Signing Applications\\signtool"]`,
	}
	// A name alone removes the argument.
	name, _, configured := strings.Cut(argument, " ")
	for i, a := range arguments {
		if name != "" && strings.HasPrefix(a, name+" ") {
			arguments[i] = map[bool]string{true: argument}[configured]
		}
	}
	return providerBlock + `

data "codesign_identity" "this" {
  for_each      = toset(["local:planner", "local:carla", "local:dora"])
  prefixed_name = each.key
}

resource "codesign_project" "new" {
  dn = "\\VED\\Code Signing\\Projects\\New"
  ` + strings.Join(arguments, "\n  ") + "\n}\n"
}

// Each row changes the configuration. The CLI makes the plan, and the pipelines' version of opa checks it.
func TestAccPolicy_RealPlan(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	opa := needOPA(t)
	prepared := s.clone("main")
	s.expect(0, prepared, planScope, "prepare")
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
		"a project":                   {"main.tf", providerBlock, project(""), ""},
		"a project without applications": {
			"main.tf", providerBlock, project("applications = []"), "every application may sign",
		},
		"a project whose applications are not configured": {
			"main.tf", providerBlock, project("applications"), "every application may sign",
		},
		"a project without protection": {
			"main.tf", providerBlock, project("deletion_protection = false"), "deletion_protection is off",
		},
		"a project that is deleted with its keys": {
			"main.tf", providerBlock, project("force_destroy = true"), "force_destroy deletes keys",
		},
		"a trustee that signs and approves": {
			"main.tf", providerBlock,
			project(`key_use_approvers = [data.codesign_identity.this["local:carla"].prefixed_universal]`),
			"signs and approves (codesign_project.new)",
		},
		"a role of a new project": {
			"main.tf", providerBlock, project("key_use_approvers") + `
resource "codesign_project_role" "approvers" {
  guid     = codesign_project.new.guid
  role     = "ApproveUse"
  trustees = [data.codesign_identity.this["local:carla"].prefixed_universal]
}
`, "signs and approves (codesign_project_role.approvers)",
		},
		"a member of another role": {
			"main.tf", providerBlock, project("") + `
resource "codesign_project_role_member" "audit" {
  guid    = codesign_project.new.guid
  role    = "Audit"
  trustee = data.codesign_identity.this["local:carla"].prefixed_universal
}
`, "",
		},
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
			t.Parallel()
			work, plan := t.TempDir(), t.TempDir()
			unpack(t, prepared, work)
			replace(t, filepath.Join(work, c.file), c.from, c.to)
			saved := filepath.Join(plan, "plan.tfplan")
			s.terraform(work, planScope, "plan", "-input=false", "-lock=false", "-out="+saved)
			write(t, filepath.Join(plan, "plan.json"), string(s.terraform(work, planScope, "show", "-json", saved)))
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
