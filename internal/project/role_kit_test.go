package project_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	roleResource   = "codesign_project_role.r"
	memberResource = "codesign_project_role_member.m"
	updatePath     = "Codesign/UpdateProject"

	byDN = `dn = "\\VED\\Code Signing\\Projects\\Payments"`
)

// roleWorld has the project Payments with holders of three roles.
func roleWorld() simulator.World {
	w := newWorld("Enabled")
	w.Users = append(w.Users, simulator.User{Name: "kim"}, simulator.User{Name: "lea"}, simulator.User{Name: "max"})
	w.Groups = []simulator.Group{{Name: "Builders", Members: []string{"kim"}}}
	w.Projects[0].Description = "Terminals"
	w.Projects[0].KeyUsers = []string{"kim"}
	w.Projects[0].Auditors = []string{"max"}
	w.Projects[0].CustomFields = map[string][]string{"Cost Centre": {"4711"}}
	w.Projects[0].Environments = []simulator.Environment{{Name: "Release"}}
	return withOther(w)
}

// roleConfig is a codesign_project_role with trustees by name.
func roleConfig(env *acctest.Env, role string, trustees []string, arguments ...string) string {
	quoted := make([]string, 0, len(trustees))
	for _, name := range trustees {
		quoted = append(quoted, fmt.Sprintf("%q", env.Server.Trustee(name)))
	}
	if !strings.Contains(strings.Join(arguments, ""), "guid =") {
		arguments = append(arguments, byDN)
	}
	return fmt.Sprintf("resource \"codesign_project_role\" \"r\" {\n  role = %q\n  trustees = [%s]\n  %s\n}\n",
		role, strings.Join(quoted, ", "), strings.Join(arguments, "\n  "))
}

// memberConfig is a codesign_project_role_member. Its name is that of the trustee.
func memberConfig(env *acctest.Env, role, trustee string, arguments ...string) string {
	return fmt.Sprintf("resource \"codesign_project_role_member\" %q {\n  role = %q\n  trustee = %q\n  %s\n  %s\n}\n",
		trustee, role, env.Server.Trustee(trustee), byDN, strings.Join(arguments, "\n  "))
}

// holders checks who has a role of Payments on the server, by name.
func holders(env *acctest.Env, role string, want ...string) func(*terraform.State) error {
	return func(*terraform.State) error {
		p, _ := env.Server.Project("Payments")
		got := map[string][]string{
			"Owner": p.Owners, "Audit": p.Auditors, "Use": p.KeyUsers, "ApproveUse": p.KeyUseApprovers,
		}[role]
		trustees := make([]string, 0, len(want))
		for _, name := range want {
			trustees = append(trustees, env.Server.Trustee(name))
		}
		if !slices.Equal(slices.Sorted(slices.Values(got)), slices.Sorted(slices.Values(trustees))) {
			return fmt.Errorf("%s: got %q, want %q", role, got, want)
		}
		return nil
	}
}

// checkHolders is holders for use between steps.
func checkHolders(t *testing.T, env *acctest.Env, role string, want ...string) {
	t.Helper()
	if err := holders(env, role, want...)(nil); err != nil {
		t.Error(err)
	}
}

// updates checks how many UpdateProject were sent.
func updates(env *acctest.Env, want int) func(*terraform.State) error {
	return func(*terraform.State) error {
		if n := env.Server.Count(updatePath); n != want {
			return fmt.Errorf("got %d updates, want %d", n, want)
		}
		return nil
	}
}

// addHolder gives a role as an administrator does in the web console.
func addHolder(env *acctest.Env, role string, names ...string) func() {
	return func() { env.Server.EditProject(paymentsDN, editOf(role, simulator.ListEdit{Add: names})) }
}

func removeHolder(env *acctest.Env, role string, names ...string) func() {
	return func() { env.Server.EditProject(paymentsDN, editOf(role, simulator.ListEdit{Remove: names})) }
}

func editOf(role string, list simulator.ListEdit) simulator.ProjectEdit {
	switch role {
	case "Owner":
		return simulator.ProjectEdit{Owners: list}
	case "Audit":
		return simulator.ProjectEdit{Auditors: list}
	case "Use":
		return simulator.ProjectEdit{KeyUsers: list}
	default:
		return simulator.ProjectEdit{KeyUseApprovers: list}
	}
}

// emptyPlanAfterImport is a step whose import blocks lead to no change of a resource.
func emptyPlanAfterImport(config, name string) resource.TestStep {
	return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
		PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(name, plancheck.ResourceActionNoop)},
	}}
}

// respelled is a trustee in capitals and without braces.
func respelled(trustee string) string {
	return strings.ToUpper(strings.NewReplacer("{", "", "}", "").Replace(trustee))
}
