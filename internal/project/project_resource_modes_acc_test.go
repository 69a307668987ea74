package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// The same configuration gives the same project and an empty plan, whatever the server does where the
// facts are uncertain.
func TestAccProject_ServerModes(t *testing.T) {
	for name, mode := range map[string]func(s *simulator.Settings){
		"late reads": func(s *simulator.Settings) { s.UpdateLag, s.VisibilityLag, s.EnumerationLag = 1200, 600, 600 },
		"other spellings": func(s *simulator.Settings) {
			s.ListSpelling, s.CustomFieldSpelling, s.EmptyFieldsShown, s.GUIDStyle = "upper,reversed", "upper", true,
				"none"
		},
		"rewritten dates": func(s *simulator.Settings) { s.CustomFieldSpelling = "date" },
		"creator, no owner": func(s *simulator.Settings) {
			s.CreatorNotOwner, s.UpdateRenames, s.UpdateSetsStatus = true, true, true
		},
		"objects pending": func(s *simulator.Settings) {
			s.Failures = map[string]simulator.Failure{updatePath: {Result: 3005, Count: 1}}
		},
		"old server": func(s *simulator.Settings) {
			s.OldGlobalConfiguration, s.ProjectStatusOmitted, s.AbsentListsCleared = true, true, true
		},
		"quick approval": func(s *simulator.Settings) {
			s.UpdateFlow = simulator.FlowMode{Decision: "approved", Delay: 800}
		},
	} {
		t.Run(name, func(t *testing.T) {
			w := settingsWorld()
			mode(&w.Settings)
			env := acctest.Start(t, w)
			shell := projectShell(t, env, "adam")
			create := managedConfig(rocketDN, unprotected, `description = "Stage 1"`, people(env,
				"owners", "adam"),
				people(env, "key_users", "kim"), applications(signtool),
				`custom_fields = { Due = ["2027-03-31"], Team = ["blue"] }`)
			update := managedConfig(rocketDN, unprotected, `description = "Stage 2"`,
				people(env, "key_users", "kim", "lea"), `custom_fields = { Due = ["2027-03-31"], Team = [] }`)
			fields := map[string][]string{"Due": {"2027-03-31"}, "Team": {"blue"}}
			want := simulator.Project{
				DN: rocketDN, Status: "Draft", Description: "Stage 1", Owners: []string{"adam"},
				KeyUsers: []string{"kim"}, Applications: []string{signtool}, CustomFields: fields,
			}
			changed := want
			changed.Description, changed.KeyUsers, changed.CustomFields = "Stage 2", []string{
				"kim",
				"lea",
			}, withoutTeam(fields)
			switch w.Settings.CustomFieldSpelling {
			case "upper":
				want.CustomFields = map[string][]string{"Due": {"2027-03-31"}, "Team": {"BLUE"}}
			case "date":
				want.CustomFields = map[string][]string{"Due": {"3/31/2027"}, "Team": {"blue"}}
				changed.CustomFields = withoutTeam(want.CustomFields)
			}
			shell.Applies(create, "1 added, 0 changed, 0 destroyed")
			checkProject(t, env, want)
			shell.Applies(update, "0 added, 1 changed, 0 destroyed")
			checkProject(t, env, changed)
			shell.Shows([]string{"1 destroyed"}, "destroy", "-auto-approve")
		})
	}
}

func withoutTeam(fields map[string][]string) map[string][]string {
	return map[string][]string{"Due": fields["Due"]}
}

// The server carries out a part of an update, or more than it should: the error has the values, and
// the next apply corrects what it can.
func TestAccProject_PartialUpdate(t *testing.T) {
	w := settingsWorld()
	env := acctest.Start(t, w)
	provider := env.ScopedProviderConfig("adam", allScopes)
	config := func(text string, arguments ...string) string {
		return provider + importPayments +
			managedConfig(paymentsDN, append(arguments, `description = "`+text+`"`, abandons)...)
	}
	fails := func(code int, saved string) func() {
		return func() {
			env.Server.UpdateSettings(func(s *simulator.Settings) {
				s.Failures = map[string]simulator.Failure{updatePath: {Result: code, Saved: saved, Count: 1}}
			})
		}
	}
	partly := acctest.Fails(config("B", people(env, "key_users", "lea")), "Unable to update project Payments",
		"only a part", "AssignProjectPermissionFailure (1000)", "key_users")
	partly.PreConfig = fails(1000, "object")
	wrote := acctest.Fails(config("C", people(env, "key_users", "lea")), "Unable to update project Payments",
		"was carried out", "auditors without max", "now: none")
	wrote.PreConfig = func() {
		env.Server.OnAnswer(func(r simulator.Request) {
			if r.Path == updatePath && strings.Contains(r.Body, `"Description":"C"`) {
				env.Server.EditProject(paymentsDN, simulator.ProjectEdit{
					Auditors: simulator.ListEdit{Remove: []string{"max"}},
				})
			}
		})
	}
	want := simulator.Project{
		DN: paymentsDN, Status: "Enabled", Description: "B", Owners: []string{"olga"}, KeyUsers: []string{"lea"},
		Auditors: []string{"max"}, Applications: []string{signtool},
		CustomFields: map[string][]string{"Cost Centre": {"4711"}, "Team": {"Blue"}},
	}
	acctest.Test(t, env,
		acctest.Applies(config("A")),
		partly,
		checks(plansProject(config("B", people(env, "key_users",
			"lea")), plancheck.ResourceActionUpdate), projectIs(env, want)),
		wrote,
		acctest.Applies(config("C", people(env, "key_users", "lea"))),
	)
}
