package project_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	oskar   = "local:{bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb}"
	olga    = "local:{cccccccc-0000-1111-2222-bbbbbbbbbbbb}"
	app     = `\VED\Code Signing\Signing Applications\signtool`
	windows = `\VED\Code Signing\Signing Applications\Windows`
)

// detailedWorld has one project with every attribute, and others with another name, status and
// role.
func detailedWorld() simulator.World {
	return simulator.World{
		Users: []simulator.User{
			{Name: "adam", Admin: true, Config: true},
			{Name: "oskar", Universal: "bbbbbbbb-0000-1111-2222-bbbbbbbbbbbb"},
			{Name: "olga", Universal: "cccccccc-0000-1111-2222-bbbbbbbbbbbb"},
			{Name: "idle"},
		},
		Applications: []simulator.Object{{Name: "signtool", ID: 81, GUID: "aaaaaaaa-1111-1111-1111-111111111111"}},
		Collections:  []simulator.Object{{Name: "Windows", ID: 82, GUID: "aaaaaaaa-2222-2222-2222-222222222222"}},
		Projects: []simulator.Project{
			{Name: "Web", ID: 12, Status: "Draft", Owners: []string{"olga"}, KeyUsers: []string{"olga"}},
			{
				Name: "Payments", ID: 4711, GUID: paymentsGUID[1:37], Status: "Enabled", Description: "stage 2",
				Owners: []string{"olga", "oskar"}, KeyUsers: []string{"oskar"},
				Applications: []string{"signtool"}, Collections: []string{windows},
				Environments: []simulator.Environment{
					{
						Name: "release", Kind: "KeyPair", ID: 7, GUID: "aaaaaaaa-3333-3333-3333-333333333333",
						Status: "Disabled", Description: "the real one",
					},
					{
						Name: "nightly", Kind: "Certificate", ID: 8, GUID: "aaaaaaaa-4444-4444-4444-444444444444",
						Status: "Enabled",
					},
				},
				CustomFields: map[string][]string{"Cost centre": {"4711", "4712"}},
			},
			{Name: "PaymentsOld", ID: 13, Status: "9"},
		},
	}
}

func projectValue(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue("data.codesign_project.it", tfjsonpath.New(attribute), want)
}

func projectConfig(argument string) string {
	return fmt.Sprintf("data \"codesign_project\" \"it\" {\n  %s\n}\n", argument)
}

func TestAccProjectDataSource_Attributes(t *testing.T) {
	object := func(dn, guid string, id int64) knownvalue.Check {
		return knownvalue.ObjectExact(map[string]knownvalue.Check{
			"dn": text(dn), "guid": text("{" + guid + "}"),
			"id": knownvalue.Int64Exact(id),
		})
	}
	env := acctest.Start(t, detailedWorld())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+projectConfig("project_id = 4711"),
		projectValue("dn", text(paymentsDN)), projectValue("guid", text(paymentsGUID)), projectValue("status",
			text("Enabled")), projectValue("description", text("stage 2")),
		projectValue("created", knownvalue.StringRegexp(regexp.MustCompile(`^20\d\d-\d\d-\d\dT.*Z$`))),
		projectValue("submitted", knownvalue.Null()),
		projectValue("owners", acctest.Strings(oskar, olga)), projectValue("key_users", acctest.Strings(oskar)),
		projectValue("auditors", acctest.Strings()), projectValue("key_use_approvers", acctest.Strings()),
		projectValue("applications",
			knownvalue.ListExact([]knownvalue.Check{object(app, "aaaaaaaa-1111-1111-1111-111111111111", 81)})),
		projectValue("collections",
			knownvalue.ListExact([]knownvalue.Check{object(windows, "aaaaaaaa-2222-2222-2222-222222222222", 82)})),
		projectValue("custom_fields",
			knownvalue.MapExact(map[string]knownvalue.Check{"Cost centre": acctest.Strings("4711", "4712")})),
		projectValue("environments", knownvalue.ListExact([]knownvalue.Check{
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"kind": text("Certificate"), "dn": text(paymentsDN + `\nightly`),
				"guid": text("{aaaaaaaa-4444-4444-4444-444444444444}"),
				"id":   knownvalue.Int64Exact(8), "status": text("Enabled"), "description": knownvalue.Null(),
			}),
			knownvalue.ObjectExact(map[string]knownvalue.Check{
				"kind": text("KeyPair"), "dn": text(paymentsDN + `\release`),
				"guid": text("{aaaaaaaa-3333-3333-3333-333333333333}"),
				"id":   knownvalue.Int64Exact(7), "status": text("Disabled"), "description": text("the real one"),
			}),
		})),
	))
}

func TestAccProjectDataSource_ConcurrentReads(t *testing.T) {
	env := acctest.Start(t, detailedWorld(), simulator.WithLatency(100*time.Millisecond))
	var config strings.Builder
	config.WriteString(env.ProviderConfig("adam"))
	for i, id := range []int{12, 4711, 13} {
		config.WriteString(strings.Replace(projectConfig(fmt.Sprintf("project_id = %d", id)), "\"it\"",
			fmt.Sprintf("\"p%d\"", i), 1))
	}
	acctest.Test(t, env, acctest.Applies(config.String(),
		statecheck.ExpectKnownValue("data.codesign_project.p0", tfjsonpath.New("key_users"), acctest.Strings(olga)),
		statecheck.ExpectKnownValue("data.codesign_project.p1", tfjsonpath.New("environments"),
			knownvalue.ListSizeExact(2)),
		statecheck.ExpectKnownValue("data.codesign_project.p1", tfjsonpath.New("description"), text("stage 2")),
	))
}

func TestAccProjectDataSource_Names(t *testing.T) {
	for name, c := range map[string]struct{ argument, attribute, kept string }{
		"dn in another case": {
			`dn = "\\ved\\code signing\\PROJECTS\\payments"`, "dn",
			`\ved\code signing\PROJECTS\payments`,
		},
		"guid without braces": {
			`guid = "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0"`, "guid",
			`0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			env := acctest.Start(t, detailedWorld())
			acctest.Test(t, env, acctest.Applies(env.ProviderConfig("oskar")+projectConfig(c.argument),
				projectValue(c.attribute, text(c.kept)), projectValue("project_id", knownvalue.Int64Exact(4711))))
		})
	}
}

func TestAccProjectDataSource_EmptyAttributes(t *testing.T) {
	env := acctest.Start(t, detailedWorld())
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+projectConfig("project_id = 13"),
		projectValue("status", text("Unknown (9)")), projectValue("description", knownvalue.Null()),
		projectValue("owners", acctest.Strings()), projectValue("environments",
			knownvalue.ListSizeExact(0)), projectValue("applications", knownvalue.ListSizeExact(0)),
		projectValue("collections", knownvalue.ListSizeExact(0)), projectValue("custom_fields",
			knownvalue.MapSizeExact(0)),
	))
}

func TestAccProjectDataSource_StatusOfOlderServer(t *testing.T) {
	w := detailedWorld()
	w.Settings.ProjectStatusOmitted = true
	env := acctest.Start(t, w)
	acctest.Test(t, env, acctest.Applies(env.ProviderConfig("adam")+projectConfig("project_id = 4711"),
		projectValue("status", text("Enabled"))))
}

func TestAccProjectDataSource_Errors(t *testing.T) {
	env := acctest.Start(t, detailedWorld())
	adam, olga, idle := env.ProviderConfig("adam"), env.ScopedProviderConfig("olga",
		"configuration"), env.ProviderConfig("idle")
	acctest.Refused(t, env, map[string]resource.TestStep{
		"no name": acctest.Fails(adam+projectConfig(""), "dn", "guid", "project_id"),
		"two names": acctest.Fails(
			adam+projectConfig("project_id = 1\n guid = \"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0\""), "guid", "project_id"),
		"only a name": acctest.Fails(adam+projectConfig(`dn = "Payments"`), "dn =", "only a name"),
		"not there": acctest.Fails(adam+projectConfig("project_id = 99"), "project_id = 99",
			"The server has no project 99"),
		"hidden": acctest.Fails(idle+projectConfig("project_id = 12"), "project_id = 12", "InsufficientPermission (2)"),
		"not in scope": acctest.Fails(olga+projectConfig("project_id = 12"), "lacks the scope", "codesign",
			"`scope` argument"),
	})
}

func TestAccProjectDataSource_UnknownProvider(t *testing.T) {
	env := acctest.Start(t, simulator.World{})
	acctest.Test(t, env, acctest.Fails(`
resource "terraform_data" "url" {}
provider "codesign" {
  url          = terraform_data.url.id
  access_token = "t"
}
`+projectConfig("project_id = 1"), "The provider argument url depends on", "depends_on"))
}
