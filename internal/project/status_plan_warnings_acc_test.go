package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

func TestAccProjectStatus_CreateShowsWhatItRead(t *testing.T) {
	for _, name := range []string{
		`dn = "\\VED\\Code Signing\\Projects\\Payments"`, `guid = "{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}"`, "project_id = 4711",
	} {
		t.Run(name, func(t *testing.T) {
			env, provider := start(t, statusWorld("Draft"), "adam")
			config, later := provider+statusNamed(name, "Enabled", selfApprove), provider+statusNamed(name, "Disabled", selfApprove)
			known := func(attribute string, value knownvalue.Check) plancheck.PlanCheck {
				return plancheck.ExpectKnownValue(statusAddress, tfjsonpath.New(attribute), value)
			}
			initial := resource.TestCheckResourceAttr(statusAddress, "initial_status", "Draft")
			step := plans(config, plancheck.ResourceActionCreate,
				known("dn", knownvalue.StringExact(statusPayments)), known("guid", knownvalue.StringExact("{0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0}")),
				known("project_id", knownvalue.Int64Exact(4711)), known("initial_status", knownvalue.StringExact("Draft")),
				known("current_status", knownvalue.StringExact("Enabled")))
			step.Check = initial
			acctest.Test(t, env, step, emptyPlan(config), resource.TestStep{Config: later, Check: initial}, emptyPlan(later))
		})
	}
}

func TestAccProjectStatus_PlanAnnouncesWait(t *testing.T) {
	env, provider := start(t, statusWorld("Draft"), "olga")
	s := acctest.OpenShell(t, provider)
	const submits, waits = "Applying this submits project Payments for approval and waits up to", "Applying this waits up to"
	for _, c := range []struct{ server, config, says string }{
		{"Draft", statusBlock("Enabled"), submits + " 20m for its approvers"},
		{"Draft", statusBlock("Enabled", `timeouts = { create = "90m", update = "1m" }`), submits + " 1h30m for its approvers"},
		{"Pending", statusBlock("Enabled", `timeouts = { create = "2h" }`), waits + " 2h for the approvers of project Payments"},
		{"Draft", statusBlock("Enabled", selfApprove), ""},
		{"Draft", statusBlock("Pending"), ""},
		{"Disabled", statusBlock("Enabled"), ""},
	} {
		env.Server.SetProjectStatus(statusPayments, c.server)
		s.Configure(c.config)
		out := s.Run("plan")
		if c.says == "" && strings.Contains(out, "Applying this") || !acctest.Words(c.says).MatchString(out) {
			t.Errorf("%s: want %q in:\n%s", c.server, c.says, out)
		}
	}
	env.Server.SetProjectStatus(statusPayments, "Draft")
	s.Configure(statusBlock("Draft"))
	s.Run("apply", "-auto-approve")
	s.Configure(statusBlock("Enabled", `timeouts = { create = "90m", update = "45s" }`))
	s.Shows([]string{submits + " 45s for its approvers"}, "plan")
}

func second(name, status string) string {
	return strings.Replace(statusNamed(name, status), `"p"`, `"q"`, 1)
}

func TestAccProjectStatus_TwoDesiredStatusesWarn(t *testing.T) {
	const (
		warning = "Two resources want different statuses of one project"
		byGUID  = `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`
		byID    = "project_id = 4711"
	)
	w := statusWorld("Enabled")
	w.Projects = append(w.Projects, simulator.Project{Name: "Other", ID: 4712, Status: "Disabled"})
	env, provider := start(t, w, "adam")
	s := acctest.OpenShell(t, provider)
	for _, c := range []struct {
		config string
		warns  []string
	}{
		{statusBlock("Enabled") + second(byGUID, "Disabled"), []string{`dn = "\\VED\\Code Signing\\Projects\\Payments"`, `guid = "0f1e2d3c`, "Enabled", "Disabled"}},
		{statusNamed(byGUID, "Enabled") + second(byID, "Draft"), []string{`guid = "0f1e2d3c`, "project_id = 4711"}},
		{statusBlock("Enabled") + second(byID, "Enabled"), nil},
		{statusBlock("Enabled") + second("project_id = 4712", "Disabled"), nil},
	} {
		s.Configure(c.config)
		out := s.Run("plan")
		if strings.Contains(out, warning) != (c.warns != nil) {
			t.Errorf("%s\n%s", c.config, out)
		}
		for _, says := range c.warns {
			if !acctest.Words(says).MatchString(out) {
				t.Errorf("want %q in:\n%s", says, out)
			}
		}
	}
	s.Configure(statusBlock("Enabled"))
	s.Run("apply", "-auto-approve")
	s.Configure(statusBlock("Enabled") + second(byID, "Disabled")) // one of them plans nothing
	s.Shows([]string{warning}, "plan")
	if out := s.Run("plan", "-replace="+statusAddress); strings.Count(out, warning) != 1 {
		t.Errorf("a replaced resource contradicts itself:\n%s", out)
	}
	s.Configure("resource \"terraform_data\" \"id\" {\n  input = 4711\n}\n" + statusBlock("Enabled") + second("project_id = terraform_data.id.output", "Disabled"))
	if out := s.Run("plan"); strings.Contains(out, warning) {
		t.Errorf("the name is unknown:\n%s", out)
	}
	s.Configure(second(byID, "Enabled"))
	s.Run("apply", "-auto-approve")
	if got := env.Server.ProjectStatus(statusPayments); got != "Enabled" {
		t.Errorf("the project is %s", got)
	}
}
