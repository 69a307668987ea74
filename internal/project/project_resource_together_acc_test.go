package project_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// A project, a role of it and a member change in one apply. An administrator edits the
// project at the same time, and nothing is lost.
func TestAccProject_ChangesTogether(t *testing.T) {
	env, provider := start(t, settingsWorld(), "adam")
	config := func(text, signer, auditor string) string {
		reference := "guid = codesign_project.p.guid"
		return provider + importPayments +
			managedConfig(paymentsDN, `description = "`+text+`"`, abandons) +
			roleConfig(env, "Use", []string{"kim", signer}, reference) +
			fmt.Sprintf("resource \"codesign_project_role_member\" \"m\" {\n  %s\n  role = \"Audit\"\n"+
				"  trustee = %q\n}\n", reference, env.Server.Trustee(auditor))
	}
	together := plansProject(config("C", "max", "kim"), plancheck.ResourceActionUpdate, unknownProjectValue("auditors"),
		plancheck.ExpectResourceAction(roleResource, plancheck.ResourceActionUpdate),
		plancheck.ExpectResourceAction(memberResource, plancheck.ResourceActionReplace))
	together.PreConfig = func() {
		env.Server.ResetLog()
		revisions := 0
		env.Server.OnRequest(func(r simulator.Request) {
			if r.Path != "Config/IsValid" {
				return
			}
			if revisions++; revisions == 2 { // after the project was read
				env.Server.EditProject(paymentsDN, simulator.ProjectEdit{
					KeyUseApprovers: simulator.ListEdit{Add: []string{"ada"}},
				})
			}
		})
	}
	want := simulator.Project{
		DN: paymentsDN, Status: "Enabled", Description: "C", Owners: []string{"olga"}, KeyUsers: []string{"kim", "max"},
		KeyUseApprovers: []string{"ada"}, Auditors: []string{"max", "kim"}, Applications: []string{signtool},
		CustomFields: map[string][]string{"Cost Centre": {"4711"}, "Team": {"Blue"}},
	}
	acctest.Test(t, env,
		acctest.Applies(config("B", "lea", "lea")),
		checks(together, projectIs(env, want)),
	)
	if n := env.Server.Count(updatePath); n > 4 { // the references and the replacement give an order
		t.Errorf("%d updates", n)
	}
}
