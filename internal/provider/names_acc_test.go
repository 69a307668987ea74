package provider_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
	"golang.org/x/text/unicode/norm"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// lookalikes are pairs of endings of two project names: of the one that is managed, and of another one. Each
// pair would be one name if invisible characters were removed, blanks folded, or case compared as
// strings.EqualFold does.
var lookalikes = [][2]string{
	{"", "\u200f"},       // right-to-left mark
	{"\u200f", ""},       // the same, managed
	{"s", "\u017f"},      // long s
	{"k", "\u212a"},      // Kelvin sign
	{" x", "\u00a0x"},    // no-break space
	{"\ufe0f", "\ufe0e"}, // variation selector
}

const root = `\VED\Code Signing\Projects\`

// pair is one of the lookalikes: the names of a waiting and of a ready project, and of those that look like them.
type pair struct {
	row                                      int
	waiting, otherWaiting, ready, otherReady string
}

func pairs() (all []pair) {
	for i, endings := range lookalikes {
		waiting, ready := fmt.Sprintf("%sWaiting%d", root, i), fmt.Sprintf("%sReady%d", root, i)
		all = append(all, pair{
			i, waiting + endings[0], waiting + endings[1], ready + endings[0], ready + endings[1],
		})
	}
	return all
}

// twins has the projects of all pairs. Each waiting project has an owner of its own.
func twins() simulator.World {
	w := simulator.World{
		Users: []simulator.User{{Name: "adam", Admin: true, ProjectApprover: true, Config: true}, {Name: "paul"}},
	}
	for _, p := range pairs() {
		owner, adam := fmt.Sprintf("olga%d", p.row), []string{"adam"}
		w.Users = append(w.Users, simulator.User{Name: owner})
		w.Projects = append(w.Projects,
			simulator.Project{DN: p.otherWaiting, Status: "Pending", Owners: []string{"paul"}, Approvers: adam},
			simulator.Project{
				DN: p.waiting, ID: int64(1 + p.row), Status: "Pending", Owners: []string{owner}, Approvers: adam,
			},
			simulator.Project{DN: p.otherReady, Status: "Enabled"},
			simulator.Project{DN: p.ready, Status: "Enabled"})
	}
	return w
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

// twinConfig manages one project of each kind of a pair and reads them.
func twinConfig(p pair) string {
	return fmt.Sprintf(`
resource "codesign_project_approval" "row%[3]d" {
  dn       = %[1]s
  decision = "Approved"
}
resource "codesign_project_status" "row%[3]d" {
  dn     = %[2]s
  status = "Disabled"
}
data "codesign_project" "row%[3]d" {
  dn         = %[1]s
  depends_on = [codesign_project_approval.row%[3]d]
}
data "codesign_object_rights" "row%[3]d" {
  dn = %[1]s
}
data "codesign_trustee_rights" "row%[3]d" {
  trustee = keys(data.codesign_object_rights.row%[3]d.by_trustee)[0]
}
output "objects%[3]d" {
  value = keys(data.codesign_trustee_rights.row%[3]d.by_object)
}
`, quote(p.waiting), quote(p.ready), p.row)
}

func TestAccNames_Lookalikes(t *testing.T) {
	env := acctest.Start(t, twins())
	config := []string{env.ProviderConfig("adam"), `
data "codesign_projects" "all" {}
data "codesign_rights_matrix" "all" {
  resolve_identities = true
}
`}
	count := 4 * len(lookalikes)
	checks := []statecheck.StateCheck{
		known("data.codesign_projects.all", tfjsonpath.New("projects"), knownvalue.ListSizeExact(count)),
		known("data.codesign_rights_matrix.all", tfjsonpath.New("by_object"), knownvalue.MapSizeExact(count)),
	}
	for _, p := range pairs() {
		config = append(config, twinConfig(p))
		address := fmt.Sprintf("data.codesign_project.row%d", p.row)
		checks = append(checks,
			known(address, tfjsonpath.New("project_id"), knownvalue.Int64Exact(int64(1+p.row))),
			known(address, tfjsonpath.New("dn"), knownvalue.StringExact(p.waiting)),
			known("data.codesign_rights_matrix.all",
				tfjsonpath.New("by_object").AtMapKey(norm.NFC.String(p.otherWaiting)), knownvalue.NotNull()),
			statecheck.ExpectKnownOutputValue(fmt.Sprintf("objects%d", p.row), acctest.Strings(p.waiting)))
	}
	acctest.Test(t, env, acctest.Applies(strings.Join(config, ""), checks...))
	for _, p := range pairs() {
		for dn, want := range map[string]string{
			p.waiting: "Enabled", p.otherWaiting: "Pending", p.ready: "Disabled", p.otherReady: "Enabled",
		} {
			if got := env.Server.ProjectStatus(dn); got != want {
				t.Errorf("%+q is %s, want %s", dn, got, want)
			}
		}
	}
}

func known(address string, at tfjsonpath.Path, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, at, want)
}
