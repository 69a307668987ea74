package project_test

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const projectDataBare = "0f1e2d3c4b5a69788796a5b4c3d2e1f0" // a GUID without its dashes

// odd has projects with names that nobody could type, beside a usual one.
func odd() simulator.World {
	return simulator.World{
		Users: []simulator.User{{Name: "adam", Admin: true}},
		Projects: []simulator.Project{
			{DN: " " + projectDataProjects + "Leading", ID: 1},
			{DN: `\TPP\Code Signing\Projects\Root`, ID: 2},
			{DN: projectDataProjects + "Control\t", ID: 3},
			{DN: projectDataProjects + "Digits", ID: 4, GUID: projectDataBare},
			{DN: projectDataProjects + "Negative", ID: -5},
			{DN: projectDataProjects + "Trailing ", ID: 6},
			{DN: projectDataProjects + "Usual", ID: 7},
		},
	}
}

func TestAccNamesThatNobodyCouldTypeAreShownAsTheServerSpellsThem(t *testing.T) {
	env := acctest.Start(t, odd())
	config := env.ProviderConfig("adam")
	all := make([]string, 0, len(odd().Projects))
	for _, p := range odd().Projects {
		all = append(all, p.DN)
	}
	acctest.Test(t, env, acctest.Applies(config+projectDataList(""), statecheck.ExpectKnownOutputValue("dns", acctest.Strings(all...)),
		statecheck.ExpectKnownValue("data.codesign_projects.it", tfjsonpath.New("projects").AtSliceIndex(4).AtMapKey("project_id"), knownvalue.Int64Exact(-5))))
	for argument, dn := range map[string]string{
		"project_id = 1": all[0], "project_id = 2": all[1], "project_id = 3": all[2], "project_id = 4": all[3],
		`dn = "\\VED\\Code Signing\\Projects\\Negative"`: all[4], "project_id = 6": all[5],
	} {
		t.Run(dn, func(t *testing.T) {
			acctest.Test(t, env, acctest.Applies(config+project(argument), projectDataIs("dn", projectDataText(dn))))
		})
	}
}

func TestAccASlipIsFoundInEachNameThatIsTyped(t *testing.T) {
	env := acctest.Start(t, odd())
	for argument, words := range map[string][]string{
		`dn = "\\VED\\Code Signing\\Projects\\P "`: {"Invalid DN", "dn = ", "Invalid value for dn: the DN has blanks"},
		`guid = "` + projectDataBare + `"`:         {"Invalid GUID", "guid = ", "The value of guid is wrong", "8-4-4-4-12"},
		"project_id = -5":                          {"Invalid Attribute Value", "project_id = -5", "must be at least 1, got: -5"},
		"project_id = 1.5":                         {"Invalid project ID", "project_id = 1.5", "must be an integer between 1 and"},
		"project_id = 1e30":                        {"Invalid project ID", "project_id = 1e30", "must be an integer between 1 and"},
	} {
		t.Run(argument, func(t *testing.T) {
			acctest.Test(t, env, acctest.Fails(env.ProviderConfig("adam")+project(argument), words...))
		})
	}
	t.Cleanup(func() {
		if n := len(env.Server.Requests()); n != 0 {
			t.Errorf("%d requests were sent", n)
		}
	})
}
