package project_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func project(argument string) string {
	return fmt.Sprintf("data \"codesign_project\" \"it\" {\n  %s\n}\n", argument)
}

func TestAccEverythingThatTheServerTellsOfAProject(t *testing.T) {
	object := func(dn, guid string, id int64) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{"dn": projectDataText(dn), "guid": projectDataText("{" + guid + "}"), "id": knownvalue.Int64Exact(id)})
	}
	env := acctest.Start(t, projectDataWorld())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+project("project_id = 4711"),
		projectDataIs("dn", projectDataText(projectDataPayments)), projectDataIs("guid", projectDataText(projectDataGUID)), projectDataIs("status", projectDataText("Enabled")), projectDataIs("description", projectDataText("stage 2")),
		projectDataIs("created", knownvalue.StringRegexp(regexp.MustCompile(`^20\d\d-\d\d-\d\dT.*Z$`))), projectDataIs("submitted", knownvalue.Null()),
		projectDataIs("owners", acctest.Strings(oskar, olga)), projectDataIs("key_users", acctest.Strings(oskar)),
		projectDataIs("auditors", acctest.Strings()), projectDataIs("key_use_approvers", acctest.Strings()),
		projectDataIs("applications", knownvalue.ListExact([]knownvalue.Check{object(app, "aaaaaaaa-1111-1111-1111-111111111111", 81)})),
		projectDataIs("collections", knownvalue.ListExact([]knownvalue.Check{object(windows, "aaaaaaaa-2222-2222-2222-222222222222", 82)})),
		projectDataIs("custom_fields", knownvalue.MapExact(map[string]knownvalue.Check{"Cost centre": acctest.Strings("4711", "4712")})),
		projectDataIs("environments", knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"kind": projectDataText("Certificate"), "dn": projectDataText(projectDataPayments + `\nightly`), "guid": projectDataText("{aaaaaaaa-4444-4444-4444-444444444444}"),
				"id": knownvalue.Int64Exact(8), "status": projectDataText("Enabled"), "description": knownvalue.Null(),
			}),
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"kind": projectDataText("KeyPair"), "dn": projectDataText(projectDataPayments + `\release`), "guid": projectDataText("{aaaaaaaa-3333-3333-3333-333333333333}"),
				"id": knownvalue.Int64Exact(7), "status": projectDataText("Disabled"), "description": projectDataText("the real one"),
			}),
		})),
	))
}

func TestAccProjectsThatAreReadTogetherAreReadWhole(t *testing.T) {
	env := acctest.Start(t, projectDataWorld(), simulator.WithLatency(100*time.Millisecond))
	var config strings.Builder
	config.WriteString(env.ProviderConfig("adam"))
	for i, id := range []int{12, 4711, 13} {
		config.WriteString(strings.Replace(project(fmt.Sprintf("project_id = %d", id)), "\"it\"", fmt.Sprintf("\"p%d\"", i), 1))
	}
	acctest.Test(t, env, acctest.Applies(config.String(),
		statecheck.ExpectKnownValue("data.codesign_project.p0", tfjsonpath.New("key_users"), acctest.Strings(olga)),
		statecheck.ExpectKnownValue("data.codesign_project.p1", tfjsonpath.New("environments"), knownvalue.ListSizeExact(2)),
		statecheck.ExpectKnownValue("data.codesign_project.p1", tfjsonpath.New("description"), projectDataText("stage 2")),
	))
}

func TestAccAProjectIsFoundByAnyNameAndKeepsItsSpelling(t *testing.T) {
	for name, c := range map[string]struct{ argument, attribute, kept string }{
		"dn in another case":  {`dn = "\\ved\\code signing\\PROJECTS\\payments"`, "dn", `\ved\code signing\PROJECTS\payments`},
		"guid without braces": {`guid = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"`, "guid", `0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0`},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, projectDataWorld())
			acctest.Test(t, env, acctest.Applies(env.ProviderConfig("oskar")+project(c.argument),
				projectDataIs(c.attribute, projectDataText(c.kept)), projectDataIs("project_id", knownvalue.Int64Exact(4711))))
		})
	}
}

func TestAccAProjectThatHasNothingHasEmptyListsAndNulls(t *testing.T) {
	env := acctest.Start(t, projectDataWorld())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+project("project_id = 13"),
		projectDataIs("status", projectDataText("Unknown (9)")), projectDataIs("description", knownvalue.Null()),
		projectDataIs("owners", acctest.Strings()), projectDataIs("environments", knownvalue.ListSizeExact(0)), projectDataIs("applications", knownvalue.ListSizeExact(0)),
		projectDataIs("collections", knownvalue.ListSizeExact(0)), projectDataIs("custom_fields", knownvalue.MapSizeExact(0)),
	))
}

func TestAccOlderServersTellTheStatusElsewhere(t *testing.T) {
	w := projectDataWorld()
	w.Settings.ProjectStatusOmitted = true
	env := acctest.Start(t, w)
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+project("project_id = 4711"), projectDataIs("status", projectDataText("Enabled"))))
}

func TestAccAProjectThatCannotBeReadIsAnErrorAtItsName(t *testing.T) {
	env := acctest.Start(t, projectDataWorld())
	adam, olga, idle := env.ProviderConfig("adam"), env.ScopedProviderConfig("olga", "configuration"), env.ProviderConfig("idle")
	for name, c := range map[string]struct {
		config string
		words  []string
	}{
		"no name":      {adam + project(""), []string{"dn", "guid", "project_id"}},
		"two names":    {adam + project("project_id = 1\n guid = \"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0\""), []string{"guid", "project_id"}},
		"a bare name":  {adam + project(`dn = "Payments"`), []string{"dn =", "bare name"}},
		"not there":    {adam + project("project_id = 99"), []string{"project_id = 99", "The server knows no project 99"}},
		"hidden":       {idle + project("project_id = 12"), []string{"project_id = 12", "InsufficientPermission (2)"}},
		"not in scope": {olga + project("project_id = 12"), []string{"lacks the scope", "codesign", "`scope` argument"}},
	} {
		t.Run(name, func(t *testing.T) { acctest.Test(t, env, acctest.Fails(c.config, c.words...)) })
	}
}

func TestAccAProviderThatIsNotKnownYetIsNamed(t *testing.T) {
	env := acctest.Start(t, simulator.World{})
	acctest.Test(t, env, acctest.Fails(`
resource "terraform_data" "url" {}
provider "codesign" {
  url          = terraform_data.url.id
  access_token = "t"
}
`+project("project_id = 1"), "The provider argument url depends on", "depends_on"))
}
