package project_test

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
)

func TestAccProjectStatus_CreatePlanIsKnown(t *testing.T) {
	names := []string{`dn = "ROW_DN"`, `guid = "{ROW_GUID}"`, "project_id = ROW_ID"}
	env, provider := startRows(t, "Draft", len(names))
	config := func(status string) string {
		return provider + forRows(len(names), func(i int) string {
			return statusConfigOf(names[i], status, selfApprove)
		})
	}
	var planned []plancheck.PlanCheck
	var initial []resource.TestCheckFunc
	for i := range names {
		planned = append(planned, plancheck.ExpectResourceAction(rowResource(i), plancheck.ResourceActionCreate))
		p := rowProject(i, "")
		for attribute, value := range map[string]knownvalue.Check{
			"dn": text(projectsDN + p.Name), "guid": text(p.GUID), "project_id": knownvalue.Int64Exact(p.ID),
			"initial_status": text("Draft"), "current_status": text("Enabled"),
		} {
			planned = append(planned, plancheck.ExpectKnownValue(rowResource(i), tfjsonpath.New(attribute), value))
		}
		initial = append(initial, resource.TestCheckResourceAttr(rowResource(i), "initial_status", "Draft"))
	}
	acctest.Test(t, env,
		resource.TestStep{
			Config: config("Enabled"), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: planned},
			Check: resource.ComposeTestCheckFunc(initial...),
		},
		resource.TestStep{Config: config("Disabled"), Check: resource.ComposeTestCheckFunc(initial...)},
	)
}

func TestAccProjectStatus_PlanWarnsOfWait(t *testing.T) {
	env, provider := start(t, newWorld("Draft"), "olga")
	s := acctest.OpenShell(t, provider)
	const submits, waits = "Applying this submits project Payments for approval and waits up to",
		"Applying this waits up to"
	for _, c := range []struct{ server, config, says string }{
		{"Draft", statusConfig("Enabled"), submits + " 20m for its approvers"},
		{
			"Draft", statusConfig("Enabled", `timeouts = { create = "90m", update = "1m" }`),
			submits + " 1h30m for its approvers",
		},
		{
			"Pending", statusConfig("Enabled", `timeouts = { create = "2h" }`),
			waits + " 2h for the approvers of project Payments",
		},
		{"Draft", statusConfig("Enabled", selfApprove), ""},
		{"Draft", statusConfig("Pending"), ""},
		{"Disabled", statusConfig("Enabled"), ""},
	} {
		env.Server.SetProjectStatus(paymentsDN, c.server)
		s.Configure(c.config)
		out := s.Run("plan")
		if c.says == "" && strings.Contains(out, "Applying this") || !acctest.Words(c.says).MatchString(out) {
			t.Errorf("%s: want %q in:\n%s", c.server, c.says, out)
		}
	}
	env.Server.SetProjectStatus(paymentsDN, "Draft")
	s.Configure(statusConfig("Draft"))
	s.Run("apply", "-auto-approve")
	s.Configure(statusConfig("Enabled", `timeouts = { create = "90m", update = "45s" }`))
	s.Shows([]string{submits + " 45s for its approvers"}, "plan")
}

func secondStatusConfig(name, status string) string {
	return strings.Replace(statusConfigOf(name, status), `"p"`, `"q"`, 1)
}

func TestAccProjectStatus_ConflictWarns(t *testing.T) {
	const (
		warning = "Two resources set different statuses of one project"
		byGUID  = `guid = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"`
		byID    = "project_id = 4711"
	)
	w := withOther(newWorld("Enabled"))
	env, provider := start(t, w, "adam")
	s := acctest.OpenShell(t, provider)
	for _, c := range []struct {
		config string
		warns  []string
	}{
		{
			statusConfig("Enabled") + secondStatusConfig(byGUID, "Disabled"),
			[]string{`dn = "\\VED\\Code Signing\\Projects\\Payments"`, `guid = "0f1e2d3c`, "Enabled", "Disabled"},
		},
		{
			statusConfigOf(byGUID, "Enabled") + secondStatusConfig(byID, "Draft"),
			[]string{`guid = "0f1e2d3c`, "project_id = 4711"},
		},
		{statusConfig("Enabled") + secondStatusConfig(byID, "Enabled"), nil},
		{statusConfig("Enabled") + secondStatusConfig("project_id = 4712", "Disabled"), nil},
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
	s.Configure(statusConfig("Enabled"))
	s.Run("apply", "-auto-approve")
	s.Configure(statusConfig("Enabled") + secondStatusConfig(byID, "Disabled")) // one of them plans nothing
	s.Shows([]string{warning}, "plan")
	if out := s.Run("plan", "-replace="+statusResource); strings.Count(out, warning) != 1 {
		t.Errorf("a replaced resource contradicts itself:\n%s", out)
	}
	s.Configure("resource \"terraform_data\" \"id\" {\n  input = " +
		"4711\n}\n" + statusConfig("Enabled") + secondStatusConfig("project_id = terraform_data.id.output", "Disabled"))
	if out := s.Run("plan"); strings.Contains(out, warning) {
		t.Errorf("the name is unknown:\n%s", out)
	}
	s.Configure(secondStatusConfig(byID, "Enabled"))
	s.Run("apply", "-auto-approve")
	checkServerStatus(t, env, paymentsDN, "Enabled")
}
