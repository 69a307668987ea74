package projectdata_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/simulator"
)

func project(argument string) string {
	return fmt.Sprintf("data \"codesign_project\" \"it\" {\n  %s\n}\n", argument)
}

func TestAccEverythingThatTheServerTellsOfAProject(t *testing.T) {
	object := func(dn, guid string, id int64) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{"dn": text(dn), "guid": text("{" + guid + "}"), "id": knownvalue.Int64Exact(id)})
	}
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+project("project_id = 4711"),
		is("dn", text(payments)), is("guid", text(guid)), is("status", text("Enabled")), is("description", text("stage 2")),
		is("created", knownvalue.StringRegexp(regexp.MustCompile(`^20\d\d-\d\d-\d\dT.*Z$`))), is("submitted", knownvalue.Null()),
		is("owners", acctest.Strings(oskar, olga)), is("key_users", acctest.Strings(oskar)),
		is("auditors", acctest.Strings()), is("key_use_approvers", acctest.Strings()),
		is("applications", knownvalue.ListExact([]knownvalue.Check{object(app, "aaaaaaaa-1111-1111-1111-111111111111", 81)})),
		is("collections", knownvalue.ListExact([]knownvalue.Check{object(windows, "aaaaaaaa-2222-2222-2222-222222222222", 82)})),
		is("custom_fields", knownvalue.MapExact(map[string]knownvalue.Check{"Cost centre": acctest.Strings("4711", "4712")})),
		is("environments", knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"kind": text("Certificate"), "dn": text(payments + `\nightly`), "guid": text("{aaaaaaaa-4444-4444-4444-444444444444}"),
				"id": knownvalue.Int64Exact(8), "status": text("Enabled"), "description": knownvalue.Null(),
			}),
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"kind": text("KeyPair"), "dn": text(payments + `\release`), "guid": text("{aaaaaaaa-3333-3333-3333-333333333333}"),
				"id": knownvalue.Int64Exact(7), "status": text("Disabled"), "description": text("the real one"),
			}),
		})),
	))
}

func TestAccProjectsThatAreReadTogetherAreReadWhole(t *testing.T) {
	env := acctest.Start(t, world(), simulator.WithLatency(100*time.Millisecond))
	var config strings.Builder
	config.WriteString(env.ProviderConfig("adam"))
	for i, id := range []int{12, 4711, 13} {
		config.WriteString(strings.Replace(project(fmt.Sprintf("project_id = %d", id)), "\"it\"", fmt.Sprintf("\"p%d\"", i), 1))
	}
	acctest.Test(t, env, acctest.Applies(config.String(),
		statecheck.ExpectKnownValue("data.codesign_project.p0", tfjsonpath.New("key_users"), acctest.Strings(olga)),
		statecheck.ExpectKnownValue("data.codesign_project.p1", tfjsonpath.New("environments"), knownvalue.ListSizeExact(2)),
		statecheck.ExpectKnownValue("data.codesign_project.p1", tfjsonpath.New("description"), text("stage 2")),
	))
}

func TestAccAProjectIsFoundByAnyNameAndKeepsItsSpelling(t *testing.T) {
	for name, c := range map[string]struct{ argument, attribute, kept string }{
		"dn in another case":  {`dn = "\\ved\\code signing\\PROJECTS\\payments"`, "dn", `\ved\code signing\PROJECTS\payments`},
		"guid without braces": {`guid = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"`, "guid", `0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0`},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, world())
			acctest.Test(t, env, acctest.Applies(env.ProviderConfig("oskar")+project(c.argument),
				is(c.attribute, text(c.kept)), is("project_id", knownvalue.Int64Exact(4711))))
		})
	}
}

func TestAccAProjectThatHasNothingHasEmptyListsAndNulls(t *testing.T) {
	env := acctest.Start(t, world())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+project("project_id = 13"),
		is("status", text("Unknown (9)")), is("description", knownvalue.Null()),
		is("owners", acctest.Strings()), is("environments", knownvalue.ListSizeExact(0)), is("applications", knownvalue.ListSizeExact(0)),
		is("collections", knownvalue.ListSizeExact(0)), is("custom_fields", knownvalue.MapSizeExact(0)),
	))
}

func TestAccOlderServersTellTheStatusElsewhere(t *testing.T) {
	w := world()
	w.Settings.ProjectStatusOmitted = true
	env := acctest.Start(t, w)
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+project("project_id = 4711"), is("status", text("Enabled"))))
}

func TestAccAProjectThatCannotBeReadIsAnErrorAtItsName(t *testing.T) {
	env := acctest.Start(t, world())
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
