package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// unusualWorld has projects with names that no configuration could contain, and one usual project.
func unusualWorld() simulator.World {
	return simulator.World{
		Users: []simulator.User{{Name: "adam", Admin: true}},
		Projects: []simulator.Project{
			{DN: " " + projectsDN + "Leading", ID: 1},
			{DN: `\TPP\Code Signing\Projects\Root`, ID: 2},
			{DN: projectsDN + "Control\t", ID: 3},
			{DN: projectsDN + "Digits", ID: 4, GUID: bareGUID},
			{DN: projectsDN + "Negative", ID: -5},
			{DN: projectsDN + "Trailing ", ID: 6},
			{DN: projectsDN + "Usual", ID: 7},
		},
	}
}

func TestAccProjectsDataSource_ServerSpelling(t *testing.T) {
	env := acctest.Start(t, unusualWorld())
	config := env.ProviderConfig("adam")
	all := make([]string, 0, len(unusualWorld().Projects))
	for _, p := range unusualWorld().Projects {
		all = append(all, p.DN)
	}
	acctest.Test(t, env, acctest.Applies(config+projectsConfig(""),
		statecheck.ExpectKnownOutputValue("dns", acctest.Strings(all...)),
		statecheck.ExpectKnownValue("data.codesign_projects.it",
			tfjsonpath.New("projects").AtSliceIndex(4).AtMapKey("project_id"), knownvalue.Int64Exact(-5))))
	for argument, dn := range map[string]string{
		"project_id = 1": all[0], "project_id = 2": all[1], "project_id = 3": all[2], "project_id = 4": all[3],
		`dn = "\\VED\\Code Signing\\Projects\\Negative"`: all[4], "project_id = 6": all[5],
	} {
		t.Run(dn, func(t *testing.T) {
			acctest.Test(t, env, acctest.Applies(config+projectConfig(argument), projectValue("dn", text(dn))))
		})
	}
}

func TestAccProjectDataSource_Validate(t *testing.T) {
	env := acctest.Start(t, unusualWorld())
	for argument, words := range map[string][]string{
		`dn = "\\VED\\Code Signing\\Projects\\P "`: {"Invalid DN", "dn = ", "Invalid value for dn: the DN begins or ends"},
		`guid = "` + bareGUID + `"`:                {"Invalid GUID", "guid = ", "Invalid value for guid", "8-4-4-4-12"},
		"project_id = -5": {
			"Invalid Attribute Value", "project_id = -5",
			"must be at least 1, got: -5",
		},
		"project_id = 1.5": {
			"Invalid project ID", "project_id = 1.5",
			"must be an integer between 1 and",
		},
		"project_id = 1e30": {
			"Invalid project ID", "project_id = 1e30",
			"must be an integer between 1 and",
		},
	} {
		t.Run(argument, func(t *testing.T) {
			acctest.Test(t, env, acctest.Fails(env.ProviderConfig("adam")+projectConfig(argument), words...))
		})
	}
	t.Cleanup(func() {
		checkNoRequests(t, env)
	})
}

// The rules for names apply to configurations. The state keeps the names that the server reports.
func TestAccProjectStatus_ServerSpelling(t *testing.T) {
	const sound, bareGUID = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0", "0f1e2d3c4b5a69788796a5b4c3d2e1f0"
	for name, named := range map[string]simulator.Project{
		"a blank at the end":   {DN: projectsDN + "P2 ", GUID: sound},
		"a blank at the start": {DN: " " + projectsDN + "P2", GUID: sound},
		"a control character":  {DN: projectsDN + "P\t2", GUID: sound},
		"another root":         {DN: `\TPP\Code Signing\Projects\P2`, GUID: sound},
		"a name too long":      {DN: projectsDN + strings.Repeat("P", 256), GUID: sound},
		"a GUID of digits":     {DN: projectsDN + "P2", GUID: bareGUID},
	} {
		t.Run(name, func(t *testing.T) {
			named.ID, named.Status = 4001, "Disabled"
			env, provider := start(t,
				simulator.World{Users: []simulator.User{{Name: "adam", Admin: true}}, Projects: []simulator.Project{named}}, "adam")
			block := func(status string) string {
				return provider + `
resource "codesign_project_status" "p" {
  project_id        = 4001
  status            = "` + status + `"
  status_on_destroy = "Disabled"
}
`
			}
			keeps := func(status string) resource.TestCheckFunc {
				return resource.ComposeTestCheckFunc(currentStatus(status),
					resource.TestCheckResourceAttr(statusResource, "dn", named.DN), resource.TestCheckResourceAttr(statusResource,
						"guid", "{"+named.GUID+"}"))
			}
			acctest.Test(t, env,
				resource.TestStep{Config: block("Enabled"), Check: keeps("Enabled")},
				resource.TestStep{Config: block("Disabled"), Check: keeps("Disabled")},
				resource.TestStep{Config: block("Enabled"), Check: keeps("Enabled")},
			)
			// One for each step and one for the destroy at the end of the test.
			checkCount(t, env, writePath, 4)
		})
	}
}
