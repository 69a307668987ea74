package project_test

import (
	"fmt"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
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

func TestProjectDataSource_ConcurrentReads(t *testing.T) {
	env := acctest.Start(t, detailedWorld())
	env.Server.Inject(simulator.Fault{Kind: simulator.Latency, Delay: 100 * time.Millisecond})
	p := env.Protocol(t, env.Server.Token("adam", ""))
	var states [3]acctest.Arguments
	var reads sync.WaitGroup
	for i, id := range []int64{12, 4711, 13} {
		reads.Go(func() {
			states[i], _ = p.Read("codesign_project", acctest.Arguments{"project_id": number(id)})
		})
	}
	reads.Wait()
	var environments []tftypes.Value
	if err := states[1]["environments"].As(&environments); err != nil || len(environments) != 2 {
		t.Errorf("environments = %s: %v", states[1]["environments"], err)
	}
	if !states[0]["key_users"].Equal(acctest.StringList(olga)) ||
		!states[1]["description"].Equal(acctest.String("stage 2")) {
		t.Errorf("key users %s, description %s", states[0]["key_users"], states[1]["description"])
	}
}

// readProject reads the data source as a user. Diagnostics end the test.
func readProject(t *testing.T, env *acctest.Env, user string, arguments acctest.Arguments) acctest.Arguments {
	t.Helper()
	state, diagnostics := env.Protocol(t, env.Server.Token(user, "")).Read("codesign_project", arguments)
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics)
	}
	return state
}

func number(n int64) tftypes.Value { return tftypes.NewValue(tftypes.Number, n) }

func TestProjectDataSource_Names(t *testing.T) {
	env := acctest.Start(t, detailedWorld())
	for attribute, name := range map[string]string{
		"dn": `\ved\code signing\PROJECTS\payments`, "guid": "0F1E2D3C-4B5A-6978-8796-A5B4C3D2E1F0",
	} {
		state := readProject(t, env, "oskar", acctest.Arguments{attribute: acctest.String(name)})
		if !state[attribute].Equal(acctest.String(name)) || !state["project_id"].Equal(number(4711)) {
			t.Errorf("%s = %s, project_id = %s", attribute, state[attribute], state["project_id"])
		}
	}
}

func TestProjectDataSource_EmptyAttributes(t *testing.T) {
	state := readProject(t, acctest.Start(t, detailedWorld()), "adam", acctest.Arguments{"project_id": number(13)})
	if !state["status"].Equal(acctest.String("Unknown (9)")) || !state["description"].IsNull() {
		t.Errorf("status = %s, description = %s", state["status"], state["description"])
	}
	for _, list := range []string{"owners", "environments", "applications", "collections"} {
		var elements []tftypes.Value
		if err := state[list].As(&elements); err != nil || elements == nil || len(elements) != 0 {
			t.Errorf("%s = %s: %v", list, state[list], err)
		}
	}
	var fields map[string]tftypes.Value
	if err := state["custom_fields"].As(&fields); err != nil || fields == nil || len(fields) != 0 {
		t.Errorf("custom_fields = %s: %v", state["custom_fields"], err)
	}
}

func TestProjectDataSource_StatusOfOlderServer(t *testing.T) {
	w := detailedWorld()
	w.Settings.ProjectStatusOmitted = true
	state := readProject(t, acctest.Start(t, w), "adam", acctest.Arguments{"project_id": number(4711)})
	if !state["status"].Equal(acctest.String("Enabled")) {
		t.Errorf("status = %s", state["status"])
	}
}

func TestAccProjectDataSource_Errors(t *testing.T) {
	env := acctest.Start(t, detailedWorld())
	adam, olga, idle := env.ProviderConfig("adam"), env.ScopedProviderConfig("olga",
		"configuration"), env.ProviderConfig("idle")
	acctest.Refused(t, env, map[string]resource.TestStep{
		"no name": acctest.Fails(adam+projectConfig(""), "dn", "guid", "project_id"),
		"two names": acctest.Fails(
			adam+projectConfig("project_id = 1\n guid = \"0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0\""),
			"guid", "project_id"),
		"only a name": acctest.Fails(adam+projectConfig(`dn = "Payments"`), "dn =", "only a name"),
		"not there": acctest.Fails(adam+projectConfig("project_id = 99"), "project_id = 99",
			"The server has no project 99"),
		"hidden": acctest.Fails(idle+projectConfig("project_id = 12"), "project_id = 12", "InsufficientPermission (2)"),
		"not in scope": acctest.Fails(olga+projectConfig("project_id = 12"), "lacks the scope", "codesign",
			"`scope` argument"),
		"unknown provider": acctest.Fails(`
resource "terraform_data" "url" {}
provider "codesign" {
  url          = terraform_data.url.id
  access_token = "t"
}
`+projectConfig("project_id = 1"), "The provider argument url depends on", "depends_on"),
	})
}
