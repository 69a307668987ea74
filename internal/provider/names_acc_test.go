package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"golang.org/x/text/unicode/norm"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// lookalikes are pairs of endings of two project names. Each pair would be one name if invisible
// characters were removed, blanks folded, or case compared as strings.EqualFold does.
var lookalikes = map[string][2]string{
	"right-to-left mark":       {"", "\u200f"},
	"right-to-left mark, mine": {"\u200f", ""},
	"long s":                   {"s", "\u017f"},
	"Kelvin sign":              {"k", "\u212a"},
	"no-break space":           {" x", "\u00a0x"},
	"variation selector":       {"\ufe0f", "\ufe0e"},
}

const root = `\VED\Code Signing\Projects\`

func twins(a, b string) simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "adam", Admin: true, ProjectApprover: true, Config: true}, {Name: "olga"}, {Name: "paul"},
		},
		Projects: []simulator.Project{
			{DN: root + "Waiting" + b, ID: 2, Status: "Pending", Owners: []string{"paul"}, Approvers: []string{"adam"}},
			{DN: root + "Waiting" + a, ID: 1, Status: "Pending", Owners: []string{"olga"}, Approvers: []string{"adam"}},
			{DN: root + "Ready" + b, ID: 4, Status: "Enabled"},
			{DN: root + "Ready" + a, ID: 3, Status: "Enabled"},
		},
	}
}

func quote(name string) string {
	var b strings.Builder
	for _, r := range name {
		switch {
		case r == '\\' || r == '"':
			fmt.Fprintf(&b, `\%c`, r)
		case r > 0xffff:
			fmt.Fprintf(&b, `\U%08x`, r)
		case r > 0x7e:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return `"` + b.String() + `"`
}

// twinConfig manages one project of each pair and reads both.
func twinConfig(env *acctest.Env, mine string) string {
	return env.ProviderConfig("adam") + fmt.Sprintf(`
resource "codesign_project_approval" "it" {
  dn       = %[1]s
  decision = "Approved"
}
resource "codesign_project_status" "it" {
  dn     = %[2]s
  status = "Disabled"
}
data "codesign_project" "it" {
  dn         = %[1]s
  depends_on = [codesign_project_approval.it]
}
data "codesign_projects" "all" {}
data "codesign_object_rights" "it" {
  dn = %[1]s
}
data "codesign_rights_matrix" "all" {
  resolve_identities = true
}
data "codesign_trustee_rights" "it" {
  trustee = keys(data.codesign_object_rights.it.by_trustee)[0]
}
output "objects" {
  value = keys(data.codesign_trustee_rights.it.by_object)
}
`, quote(root+"Waiting"+mine), quote(root+"Ready"+mine))
}

func TestAccNames_Lookalikes(t *testing.T) {
	for name, endings := range lookalikes {
		t.Run(name, func(t *testing.T) {
			mine, other := endings[0], endings[1]
			env := acctest.Start(t, twins(mine, other))
			first, second := root+"Waiting"+mine, root+"Waiting"+other
			checks := []statecheck.StateCheck{
				known("data.codesign_project.it", tfjsonpath.New("project_id"), knownvalue.Int64Exact(1)),
				known("data.codesign_project.it", tfjsonpath.New("dn"), knownvalue.StringExact(first)),
				known("data.codesign_projects.all", tfjsonpath.New("projects"), knownvalue.ListSizeExact(4)),
				known("data.codesign_rights_matrix.all", tfjsonpath.New("by_object"), knownvalue.MapSizeExact(4)),
				known("data.codesign_rights_matrix.all", tfjsonpath.New("by_object").AtMapKey(norm.NFC.String(second)),
					knownvalue.NotNull()),
				statecheck.ExpectKnownOutputValue("objects",
					knownvalue.ListExact([]knownvalue.Check{knownvalue.StringExact(first)})),
			}
			config := twinConfig(env, mine)
			acctest.Test(t, env,
				resource.TestStep{Config: config, ConfigStateChecks: checks},
				resource.TestStep{Config: config, PlanOnly: true},
			)
			for dn, want := range map[string]string{
				first: "Enabled", second: "Pending", root + "Ready" + mine: "Disabled",
				root + "Ready" + other: "Enabled",
			} {
				if got := env.Server.ProjectStatus(dn); got != want {
					t.Errorf("%+q is %s, want %s", dn, got, want)
				}
			}
		})
	}
}

func known(address string, at tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, at, want)
}
