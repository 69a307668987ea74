package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// upstream is a block whose dn comes from another resource, and is not known
// while that is changed to another mark.
func upstream(mark, dn string) string {
	return "resource \"terraform_data\" \"upstream\" {\n  input = [\"" + mark + "\", \"" + hcl(dn) + "\"]\n}\n" +
		statusNamed("dn = terraform_data.upstream.output[1]", "Enabled")
}

func TestANameThatTurnsOutToBeTheSameProjectsReplacesNothing(t *testing.T) {
	env, provider := start(t, statusWorld("Enabled"), "adam")
	acctest.Test(t, env,
		acctest.Applies(provider+upstream("one", statusPayments)),
		plans(provider+upstream("two", strings.ToLower(statusPayments)), plancheck.ResourceActionUpdate),
		emptyPlan(provider+upstream("two", strings.ToLower(statusPayments))),
	)
	if n := env.Server.Count("Codesign/UpdateProjectStatus"); n != 0 {
		t.Errorf("%d updates were sent", n)
	}
}

func TestANameThatTurnsOutToBeAnotherProjectsStopsTheApply(t *testing.T) {
	w := statusWorld("Enabled")
	w.Projects = append(w.Projects, simulator.Project{Name: "Ledger", Status: "Disabled"})
	env, provider := start(t, w, "adam")
	s := acctest.OpenShell(t, provider)
	s.Configure(upstream("one", statusPayments))
	s.Run("apply", "-auto-approve")
	s.Configure(upstream("two", statusProjects+"Ledger"))
	s.Fails([]string{"updated in-place", "This names another project", "dn = terraform_data", "Payments (GUID", "Ledger", "Nothing was sent. Plan again"},
		"apply", "-auto-approve")
	if got := env.Server.ProjectStatus("Ledger"); got != "Disabled" {
		t.Errorf("the other project is %s", got)
	}
	s.Shows([]string{"forces replacement"}, "apply", "-auto-approve")
	if got := env.Server.ProjectStatus("Ledger"); got != "Enabled" {
		t.Errorf("the other project is %s after the next apply", got)
	}
}
