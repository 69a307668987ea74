package project_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func projectsConfig(arguments string) string {
	return fmt.Sprintf(`
data "codesign_projects" "it" {
  %s
}

output "statuses" {
  value = { for dn, project in data.codesign_projects.it.by_dn : dn => project.status }
}

output "dns" {
  value = data.codesign_projects.it.projects[*].dn
}
`, arguments)
}

func dnsOutput(names ...string) statecheck.StateCheck {
	list := make([]string, 0, len(names))
	for _, name := range names {
		list = append(list, projectsDN+name)
	}
	return statecheck.ExpectKnownOutputValue("dns", acctest.Strings(list...))
}

func TestAccProjectsDataSource_SortedAndByDN(t *testing.T) {
	env := acctest.Start(t, detailedWorld())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+projectsConfig(""),
		dnsOutput("Payments", "PaymentsOld", "Web"),
		statecheck.ExpectKnownOutputValue("statuses", knownvalue.MapExact(map[string]knownvalue.Check{
			paymentsDN: text("Enabled"), projectsDN + "PaymentsOld": text("Unknown (9)"),
			projectsDN + "Web": text("Draft"),
		})),
		statecheck.ExpectKnownValue("data.codesign_projects.it",
			tfjsonpath.New("by_dn").AtMapKey(paymentsDN).AtMapKey("owners"), acctest.Strings(oskar, olga)),
		statecheck.ExpectKnownValue("data.codesign_projects.it",
			tfjsonpath.New("projects").AtSliceIndex(0).AtMapKey("project_id"), knownvalue.Int64Exact(4711)),
	))
}

func TestProjectsDataSource_Query(t *testing.T) {
	env := acctest.Start(t, detailedWorld())
	filter, list := acctest.String, acctest.StringList
	for name, c := range map[string]struct {
		user      string
		arguments acctest.Arguments
		want      string
	}{
		"by name": {"adam", acctest.Arguments{"filter": filter("Pay")}, "Payments PaymentsOld"},
		"by statuses": {
			"adam", acctest.Arguments{"statuses": list("Draft", "Unknown (9)")}, "PaymentsOld Web",
		},
		"no statuses":            {"adam", acctest.Arguments{"statuses": list()}, "Payments PaymentsOld Web"},
		"by rights":              {"olga", acctest.Arguments{"rights": list("Use")}, "Web"},
		"by rights of all":       {"olga", acctest.Arguments{"rights": list("Owner")}, "Payments Web"},
		"by several rights":      {"olga", acctest.Arguments{"rights": list("Owner", "Use")}, "Web"},
		"what the identity sees": {"olga", nil, "Payments Web"},
		"by name and status": {
			"adam", acctest.Arguments{"filter": filter("Pay"), "statuses": list("Enabled")}, "Payments",
		},
		"by name and statuses": {
			"adam", acctest.Arguments{"filter": filter("Pay"), "statuses": list("Enabled", "Draft")}, "Payments",
		},
	} {
		state, diagnostics := env.Protocol(t, env.Server.Token(c.user, "")).Read("codesign_projects", c.arguments)
		if got := projectNames(t, state); got != c.want || len(diagnostics) > 0 {
			t.Errorf("%s: got %q, want %q; %q", name, got, c.want, diagnostics)
		}
	}
}

// projectNames are the names of the projects that the data source found, in their order.
func projectNames(t *testing.T, state acctest.Arguments) string {
	t.Helper()
	var projects []tftypes.Value
	if err := state["projects"].As(&projects); err != nil {
		t.Fatal(err)
	}
	list := make([]string, 0, len(projects))
	for _, p := range projects {
		var attributes map[string]tftypes.Value
		var dn string
		err := p.As(&attributes)
		if err == nil {
			err = attributes["dn"].As(&dn)
		}
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, strings.TrimPrefix(dn, projectsDN))
	}
	return strings.Join(list, " ")
}

func TestAccProjectsDataSource_Validate(t *testing.T) {
	env := acctest.Start(t, detailedWorld())
	rows := map[string]resource.TestStep{}
	for arguments, words := range map[string][]string{
		`rights = ["Owner", "owner"]`:     {"rights", "did you mean", "Owner"},
		`statuses = ["Enabled", "draft"]`: {"statuses", "draft"},
		`statuses = [null]`:               {"statuses", "null"},
	} {
		rows[arguments] = acctest.Fails(env.ProviderConfig("adam")+projectsConfig(arguments), words...)
	}
	acctest.Refused(t, env, rows)
}

func TestProjectsDataSource_Refused(t *testing.T) {
	w := detailedWorld()
	w.Settings.EnumerateRefused = true
	env := acctest.Start(t, w)
	_, diagnostics := env.Protocol(t, env.Server.Token("adam", "")).Read("codesign_projects", nil)
	if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "ERROR: Unable to list projects") ||
		!strings.Contains(diagnostics[0], "InsufficientPermission (2)") {
		t.Errorf("diagnostics: %q", diagnostics)
	}
}

func TestProjectsDataSource_EmptyResultWarns(t *testing.T) {
	filter := acctest.String("Missing")
	for name, c := range map[string]struct {
		user      string
		arguments acctest.Arguments
		at, says  string
	}{
		"no project at all": {"idle", nil, "a role on the project.", "sees no project."},
		"filter":            {"adam", acctest.Arguments{"filter": filter}, "[filter]", `filter = "Missing"`},
		"rights": {
			"olga",
			acctest.Arguments{"filter": filter, "rights": acctest.StringList("Audit", "Use")},
			"[rights]", "rights = Audit, Use",
		},
		"statuses": {
			"adam",
			acctest.Arguments{"statuses": acctest.StringList("Deleted")},
			"[statuses]",
			"statuses = Deleted",
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, detailedWorld())
			state, diagnostics := env.Protocol(t, env.Server.Token(c.user, "")).Read("codesign_projects", c.arguments)
			if len(diagnostics) != 1 || !strings.HasPrefix(diagnostics[0], "WARNING: ") ||
				!strings.Contains(diagnostics[0], c.says) || !strings.HasSuffix(diagnostics[0], c.at) {
				t.Fatalf("diagnostics: %q", diagnostics)
			}
			var none []tftypes.Value
			if err := state["projects"].As(&none); err != nil || none == nil || len(none) != 0 {
				t.Errorf("projects: %v %v", none, err)
			}
		})
	}
}
