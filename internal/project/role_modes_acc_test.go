package project_test

import (
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// Whatever the server does with what a request leaves out, how it spells and how late it is: the
// roles are as configured, every other setting is as before, and plans are empty.
func TestAccProjectRole_ServerModes(t *testing.T) {
	for name, mode := range map[string]func(s *simulator.Settings){
		"clears what is absent": func(s *simulator.Settings) {
			s.AbsentListsCleared, s.AbsentDescriptionCleared, s.DirtyRequired = true, true, true
		},
		"strict": func(s *simulator.Settings) {
			s.OwnersRequired, s.EmptyOwnersRefused = true, true
			s.UnknownTrusteesRefused, s.UpdateSetsStatus = true, true
			s.RequiredCustomFields = []string{"Cost Centre"}
		},
		"late reads":      func(s *simulator.Settings) { s.UpdateLag, s.VisibilityLag = 1200, 600 },
		"other spellings": func(s *simulator.Settings) { s.ListSpelling, s.GUIDStyle = "upper,reversed", "none" },
		"dashes":          func(s *simulator.Settings) { s.DashedUniversals, s.ListSpelling = true, "sorted" },
		"lower case":      func(s *simulator.Settings) { s.LowerCaseMembers, s.ProjectStatusQuoted = true, true },
		"old server": func(s *simulator.Settings) {
			s.OldGlobalConfiguration, s.ProjectStatusOmitted = true, true
		},
		"objects pending": func(s *simulator.Settings) {
			s.Failures = map[string]simulator.Failure{updatePath: {Result: 3005, Count: 1}}
		},
		"quick approval": func(s *simulator.Settings) {
			s.UpdateFlow = simulator.FlowMode{Decision: "approved", Delay: 500}
		},
		"another writer": func(*simulator.Settings) {},
	} {
		t.Run(name, func(t *testing.T) {
			w := roleWorld()
			mode(&w.Settings)
			env := acctest.Start(t, w)
			anotherWriter := name == "another writer"
			if anotherWriter {
				env.Server.EditBefore(readPath, 1, "Payments", simulator.ProjectEdit{
					Auditors: simulator.ListEdit{Add: []string{"ada"}},
				})
			}
			shell := acctest.OpenShell(t, env.ProviderConfig("adam"))
			config := func(trustees ...string) string {
				return roleConfig(env, "Use", trustees) + memberConfig(env, "ApproveUse", "lea") +
					memberConfig(env, "Owner", "max")
			}
			checkOthers := func(owners ...string) {
				t.Helper()
				auditors := []string{"max"}
				if anotherWriter {
					auditors = append(auditors, "ada")
				}
				checkHolders(t, env, "Owner", owners...)
				checkHolders(t, env, "Audit", auditors...)
			}
			shell.Applies(config("kim", "Builders"), "3 added, 0 changed, 0 destroyed")
			checkHolders(t, env, "Use", "kim", "Builders")
			checkHolders(t, env, "ApproveUse", "lea")
			checkOthers("olga", "max")
			shell.Configure(config("Builders", "kim"))
			shell.Run("plan", "-detailed-exitcode")
			shell.Applies(config("Builders"), "0 added, 1 changed, 0 destroyed")
			checkHolders(t, env, "Use", "Builders")
			checkOthers("olga", "max")
			shell.Applies("", "0 added, 0 changed, 3 destroyed")
			checkHolders(t, env, "Use")
			checkHolders(t, env, "ApproveUse")
			checkOthers("olga")
			p, _ := env.Server.Project("Payments")
			if p.Description != "Terminals" || p.Status != "Enabled" || len(p.Environments) != 1 ||
				len(p.CustomFields["Cost Centre"]) != 1 {
				t.Errorf("got %+v", p)
			}
		})
	}
}
