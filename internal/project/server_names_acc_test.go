package project_test

import (
	"fmt"
	"slices"
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

// Both data sources keep the names that the server reports.
func TestAccProjectsDataSource_ServerSpelling(t *testing.T) {
	env := acctest.Start(t, unusualWorld())
	all := make([]string, 0, len(unusualWorld().Projects))
	for _, p := range unusualWorld().Projects {
		all = append(all, p.DN)
	}
	var config strings.Builder
	config.WriteString(env.ProviderConfig("adam") + projectsConfig(""))
	checks := []statecheck.StateCheck{
		statecheck.ExpectKnownOutputValue("dns", acctest.Strings(all...)),
		statecheck.ExpectKnownValue("data.codesign_projects.it",
			tfjsonpath.New("projects").AtSliceIndex(4).AtMapKey("project_id"), knownvalue.Int64Exact(-5)),
	}
	for i, argument := range []string{
		"project_id = 1", "project_id = 2", "project_id = 3", "project_id = 4",
		`dn = "\\VED\\Code Signing\\Projects\\Negative"`, "project_id = 6",
	} {
		config.WriteString(strings.Replace(projectConfig(argument), `"it"`, fmt.Sprintf(`"p%d"`, i), 1))
		checks = append(checks, statecheck.ExpectKnownValue(fmt.Sprintf("data.codesign_project.p%d", i),
			tfjsonpath.New("dn"), text(all[i])))
	}
	acctest.Test(t, env, acctest.Applies(config.String(), checks...))
}

func TestAccProjectDataSource_Validate(t *testing.T) {
	env := acctest.Start(t, unusualWorld())
	rows := map[string]resource.TestStep{}
	for argument, words := range map[string][]string{
		`dn = "\\VED\\Code Signing\\Projects\\P "`: {
			"Invalid DN", "dn = ", "Invalid value for dn: the DN begins or ends",
		},
		`guid = "` + bareGUID + `"`: {"Invalid GUID", "guid = ", "Invalid value for guid", "8-4-4-4-12"},
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
		rows[argument] = acctest.Fails(env.ProviderConfig("adam")+projectConfig(argument), words...)
	}
	acctest.Refused(t, env, rows)
	checkNoRequests(t, env)
}

// The rules for names apply to configurations. The state keeps the names that the server reports.
func TestAccProjectStatus_ServerSpelling(t *testing.T) {
	w := simulator.World{Users: []simulator.User{{Name: "adam", Admin: true}}}
	var enabled, disabled strings.Builder
	var keeps []resource.TestCheckFunc
	for i, dn := range []string{
		projectsDN + "P2 ", " " + projectsDN + "P2", projectsDN + "P\t2", `\TPP\Code Signing\Projects\P2`,
		projectsDN + strings.Repeat("P", 256), projectsDN + "P2",
	} {
		p := rowProject(i, "Disabled")
		p.DN, p.Name = dn, ""
		if dn == projectsDN+"P2" {
			p.GUID = "{" + bareGUID + "}"
		}
		w.Projects = append(w.Projects, p)
		enabled.WriteString(forRow(i, statusConfigOf("project_id = ROW_ID", "Enabled", disableOnDestroy)))
		disabled.WriteString(forRow(i, statusConfigOf("project_id = ROW_ID", "Disabled", disableOnDestroy)))
		keeps = append(keeps, resource.TestCheckResourceAttr(rowResource(i), "dn", dn),
			resource.TestCheckResourceAttr(rowResource(i), "guid", p.GUID))
	}
	env, provider := start(t, w, "adam")
	is := func(status string) resource.TestCheckFunc {
		checks := slices.Clone(keeps)
		for i := range w.Projects {
			checks = append(checks, resource.TestCheckResourceAttr(rowResource(i), "current_status", status))
		}
		return resource.ComposeTestCheckFunc(checks...)
	}
	acctest.Test(t, env,
		resource.TestStep{Config: provider + enabled.String(), Check: is("Enabled")},
		resource.TestStep{Config: provider + disabled.String(), Check: is("Disabled")},
		resource.TestStep{Config: provider + enabled.String(), Check: is("Enabled")},
	)
	// One for each step and one for the destroy at the end of the test.
	checkCount(t, env, writePath, 4*len(w.Projects))
}
