package project_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	projectResource = "codesign_project.p"

	createPath = "Codesign/CreateProject"
	renamePath = "Codesign/RenameProject"
	deletePath = "Codesign/DeleteProject"

	signtool    = `\VED\Code Signing\Signing Applications\signtool`
	unprotected = "deletion_protection = false"
	forced      = "force_destroy = true"
	abandons    = unprotected + "\n  deletion_policy = \"Abandon\"" // a destroy sends nothing
	twoSeconds  = `timeouts = { create = "2s", update = "2s", delete = "2s" }`

	// allScopes includes the scope of a deletion.
	allScopes = "codesign:admin,approve,delete,manage;configuration"
)

// settingsWorld has the enabled project Payments with every setting, a folder, and applications.
func settingsWorld() simulator.World {
	w := newWorld("Enabled")
	w.Users = append(w.Users, simulator.User{Name: "kim"}, simulator.User{Name: "lea"}, simulator.User{Name: "max"})
	w.Groups = []simulator.Group{{Name: "Builders", Members: []string{"kim"}}}
	w.Folders = []string{"Teams"}
	w.Applications = []simulator.Object{{Name: "signtool"}, {Name: "jarsigner"}}
	p := &w.Projects[0]
	p.Description, p.KeyUsers, p.Auditors = "Terminals", []string{"kim"}, []string{"max"}
	p.Applications = []string{"signtool"}
	p.CustomFields = map[string][]string{"Cost Centre": {"4711"}, "Team": {"Blue"}}
	p.Environments = []simulator.Environment{{Name: "Release"}}
	return w
}

// managedConfig is a codesign_project.
func managedConfig(dn string, arguments ...string) string {
	return fmt.Sprintf("resource \"codesign_project\" \"p\" {\n  dn = %q\n  "+
		"%s\n}\n", dn, strings.Join(arguments, "\n  "))
}

// people is an argument with trustees, given by name.
func people(env *acctest.Env, argument string, names ...string) string {
	quoted := make([]string, 0, len(names))
	for _, name := range names {
		quoted = append(quoted, fmt.Sprintf("%q", env.Server.Trustee(name)))
	}
	return fmt.Sprintf("%s = [%s]", argument, strings.Join(quoted, ", "))
}

func applications(dns ...string) string {
	quoted := make([]string, 0, len(dns))
	for _, dn := range dns {
		quoted = append(quoted, fmt.Sprintf("%q", dn))
	}
	return fmt.Sprintf("applications = [%s]", strings.Join(quoted, ", "))
}

// projectIs compares a project on the server with what is wanted, people by name.
func projectIs(env *acctest.Env, want simulator.Project) resource.TestCheckFunc {
	return func(*terraform.State) error {
		got, found := env.Server.Project(want.DN)
		if !found {
			return fmt.Errorf("there is no project %s", want.DN)
		}
		if want.Description != got.Description {
			return fmt.Errorf("description: got %q, want %q", got.Description, want.Description)
		}
		if want.Status != "" && want.Status != got.Status {
			return fmt.Errorf("status: got %s, want %s", got.Status, want.Status)
		}
		for what, lists := range map[string][2][]string{
			"owners":            {got.Owners, trusteesOf(env, want.Owners)},
			"auditors":          {got.Auditors, trusteesOf(env, want.Auditors)},
			"key users":         {got.KeyUsers, trusteesOf(env, want.KeyUsers)},
			"key use approvers": {got.KeyUseApprovers, trusteesOf(env, want.KeyUseApprovers)},
			"applications":      {got.Applications, want.Applications},
			"custom fields":     {fieldsOf(got.CustomFields), fieldsOf(want.CustomFields)},
		} {
			if !slices.Equal(slices.Sorted(slices.Values(lists[0])), slices.Sorted(slices.Values(lists[1]))) {
				return fmt.Errorf("%s: got %q, want %q", what, lists[0], lists[1])
			}
		}
		return nil
	}
}

// checkProject is projectIs for use between commands.
func checkProject(t *testing.T, env *acctest.Env, want simulator.Project) {
	t.Helper()
	if err := projectIs(env, want)(nil); err != nil {
		t.Error(err)
	}
}

func trusteesOf(env *acctest.Env, names []string) []string {
	list := make([]string, 0, len(names))
	for _, name := range names {
		list = append(list, env.Server.Trustee(name))
	}
	return list
}

func fieldsOf(fields map[string][]string) []string {
	var list []string
	for name, values := range fields {
		if len(values) > 0 {
			list = append(list, name+"="+strings.Join(values, ","))
		}
	}
	return list
}

// requests checks how often calls were sent.
func requests(env *acctest.Env, want map[string]int) resource.TestCheckFunc {
	return func(*terraform.State) error {
		for path, n := range want {
			if got := env.Server.Count(path); got != n {
				return fmt.Errorf("got %d requests %s, want %d", got, path, n)
			}
		}
		return nil
	}
}

// checks is a step with checks of the server.
func checks(step resource.TestStep, all ...resource.TestCheckFunc) resource.TestStep {
	step.Check = resource.ComposeAggregateTestCheckFunc(all...)
	return step
}

// plansProject is a step whose plan has an action for the project.
func plansProject(config string, action plancheck.ResourceActionType, more ...plancheck.PlanCheck) resource.TestStep {
	return resource.TestStep{Config: config, ConfigPlanChecks: resource.ConfigPlanChecks{
		PreApply: append([]plancheck.PlanCheck{plancheck.ExpectResourceAction(projectResource, action)},
			more...),
		PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
	}}
}

func managedValue(attribute string, want knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(projectResource, tfjsonpath.New(attribute), want)
}

// plannedProject checks a value of the project in a plan.
func plannedProject(attribute string, want knownvalue.Check) plancheck.PlanCheck {
	return plancheck.ExpectKnownValue(projectResource, tfjsonpath.New(attribute), want)
}

func unknownProjectValue(attribute string) plancheck.PlanCheck {
	return plancheck.ExpectUnknownValue(projectResource, tfjsonpath.New(attribute))
}

// projectShell is a real CLI whose caller may delete projects.
func projectShell(t *testing.T, env *acctest.Env, user string) *acctest.Shell {
	t.Helper()
	return acctest.OpenShell(t, env.ScopedProviderConfig(user, allScopes))
}
