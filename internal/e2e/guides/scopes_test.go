package guides_test

import (
	"cmp"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/client/auth"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const pageOnLogins = "../../../templates/guides/authenticating-from-a-pipeline.md.tmpl"

// uses are configurations of each type, and the scope that the guide names for it; none where any
// will do.
var uses = map[string]struct{ scope, less, block string }{
	"codesign_project_status": {"codesign:manage", "codesign", `resource "codesign_project_status" "x" {
  dn     = "\\VED\\Code Signing\\Projects\\Ground Station"
  status = "Pending"
}`},
	"codesign_project_role": {"codesign:manage", "codesign", `resource "codesign_project_role" "x" {
  dn       = "\\VED\\Code Signing\\Projects\\Payments"
  role     = "Audit"
  trustees = ["local:{a6900016-770f-5e22-bacc-1dcd78031158}"]
}`},
	"codesign_project_role_member": {"codesign:manage", "codesign", `resource "codesign_project_role_member" "x" {
  dn      = "\\VED\\Code Signing\\Projects\\Payments"
  role    = "Use"
  trustee = "local:{a6900016-770f-5e22-bacc-1dcd78031158}"
}`},
	"codesign_project_approval": {"codesign:approve", "codesign", `resource "codesign_project_approval" "x" {
  dn       = "\\VED\\Code Signing\\Projects\\Loyalty App"
  decision = "Approved"
}`},
	"workflow_ticket_decision": {"codesign:approve", "codesign", `resource "workflow_ticket_decision" "x" {
  provider = codesign
  guid     = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
  status   = "Approved"
}`},
	"codesign_project": {
		"codesign", "configuration",
		`data "codesign_project" "x" { dn = "\\VED\\Code Signing\\Projects\\Payments" }`,
	},
	"codesign_environment": {
		"codesign", "configuration",
		`data "codesign_environment" "x" { dn = "\\VED\\Code Signing\\Projects\\Payments\\Production" }`,
	},
	"codesign_global_configuration": {
		"codesign:manage", "codesign", `data "codesign_global_configuration" "x" {}`,
	},
	"codesign_projects": {"codesign", "configuration", `data "codesign_projects" "x" {}`},
	"codesign_object_rights": {
		"codesign:admin", "codesign:manage",
		`data "codesign_object_rights" "x" { dn = "\\VED\\Code Signing\\Projects\\Payments" }`,
	},
	"codesign_rights_matrix": {"codesign:admin", "codesign:manage", `data "codesign_rights_matrix" "x" {}`},
	"codesign_trustee_rights": {"codesign:admin", "codesign:manage", `data "codesign_trustee_rights" "x" {
  trustee = "AD+NORTHWIND:4be6d25503c052c1be0b5dba8dc66688"
}`},
	"codesign_server": {"", "", `data "codesign_server" "x" {}`},
	"workflow_ticket": {"", "", `data "workflow_ticket" "x" {
  provider = codesign
  guid     = "6ede0e12-f7c0-4068-9977-001076205c84"
}`},
	"workflow_tickets": {"", "", `data "workflow_tickets" "x" {
  provider  = codesign
  object_dn = "\\VED\\Policy\\Web\\shop.northwind.example"
}`},
	"codesign_identity": {
		"configuration", "codesign:manage",
		`data "codesign_identity" "x" { prefixed_name = "local:terraform" }`,
	},
}

// Types with the same scopes share a configuration. Data sources fail the plan, so resources have their own.
func TestAccGuides_ScopeOfEachType(t *testing.T) {
	t.Parallel()
	type group struct {
		scope, less string
		data        bool
	}
	groups := map[group][]string{}
	for name, use := range uses {
		key := group{use.scope, use.less, strings.HasPrefix(use.block, "data ")}
		groups[key] = append(groups[key], name)
	}
	for key, names := range groups {
		t.Run(strings.Join(slices.Sorted(slices.Values(names)), " "), func(t *testing.T) {
			t.Parallel()
			d := newWorkspaceWithServer(t, installed(t), "", simulator.SampleCompany())
			blocks := []string{required}
			for _, name := range names {
				blocks = append(blocks, uses[name].block)
			}
			d.write("main.tf", strings.Join(blocks, "\n"))
			d.init()
			if key.less != "" {
				d.limitScope(key.less)
				d.lacksScope(names)
			}
			d.limitScope(cmp.Or(key.scope, "statistics"))
			d.apply()
			d.plan(false)
		})
	}
}

// lacksScope fails unless an apply ends in an error about a missing scope for each of the types.
func (d *workspace) lacksScope(types []string) {
	d.t.Helper()
	said := d.run(1, "apply", "-input=false", "-auto-approve")
	errors := strings.Split(said, "Error: ")[1:]
	for _, name := range types {
		if !slices.ContainsFunc(errors, func(text string) bool {
			return strings.Contains(text, name+".x, on main.tf") && strings.Contains(text, "lacks the scope")
		}) {
			d.t.Errorf("got no error of %s: %s", name, said)
		}
	}
}

// limitScope gives the reader a token with some scopes only.
func (d *workspace) limitScope(scopes string) {
	d.Env = append(d.Env, "VENAFI_TOKEN="+d.server.Token("terraform", scopes))
}

const required = "terraform {\n  required_providers {\n    codesign = {\n      source = \"codesign-tf/codesign\"\n" +
	"    }\n  }\n}\n\n"

func TestAccGuides_PlanOnlyReads(t *testing.T) {
	t.Parallel()
	d := newWorkspaceWithServer(t, installed(t), "", simulator.SampleCompany())
	blocks := []string{required}
	for _, kind := range []string{"codesign_project_status", "codesign_project_approval", "workflow_ticket_decision"} {
		blocks = append(blocks, uses[kind].block)
	}
	d.write("main.tf", strings.Join(blocks, "\n"))
	d.init()
	d.limitScope("codesign;configuration")
	d.plan(true)
}

func TestGuides_ScopesOfAllTypes(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(pageOnLogins)
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]string{}
	for line := range strings.Lines(string(text)) {
		if cells := strings.Split(line, "|"); len(cells) > 3 {
			rows[cells[1]] += cells[2]
		}
	}
	for name, use := range uses {
		if !hasRow(rows, name, use.scope) {
			t.Errorf("no row says that %s takes %s", name, use.scope)
		}
	}
	for _, use := range auth.ScopeUses() {
		if !hasRow(rows, use.Scope, "") {
			t.Errorf("no row says what %s is used for", use.Scope)
		}
	}
}

func hasRow(rows map[string]string, first, second string) bool {
	for name, cell := range rows {
		if strings.Contains(name, "`"+first+"`") && (second == "" || strings.Contains(cell, "`"+second+"`")) {
			return true
		}
	}
	return false
}
