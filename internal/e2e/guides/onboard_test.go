package guides_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	onboarded    = "Terminal Firmware"
	teamScope    = "codesign:manage;configuration"
	approveScope = "codesign:approve;configuration"
	readScope    = "codesign;configuration"
)

// onboardTeam applies the team's configuration with the scopes that the guide names.
func onboardTeam(t *testing.T) *workspace {
	t.Helper()
	d := newWorkspaceWithServer(t, installed(t), "onboard-a-team/team", simulator.SampleCompany())
	d.init()
	d.limitScope(readScope)
	plan := d.plan(true)
	for _, words := range []string{"Payments Team", "Build Machines", "Release Managers", "oskar.nilsson"} {
		if !strings.Contains(plan, words) {
			t.Errorf("the plan does not name %s:\n%s", words, plan)
		}
	}
	d.limitScope(teamScope)
	d.apply()
	d.checkStatus(onboarded, "Pending")
	d.limitScope(readScope)
	d.plan(false)
	d.limitScope(teamScope)
	return d
}

// The team submits, the approver approves with another identity, and later plans of both are empty.
func TestAccGuides_OnboardTeam(t *testing.T) {
	t.Parallel()
	d := onboardTeam(t)
	a := newWorkspace(t, installed(t), "onboard-a-team/approver", d.server, "VENAFI_URL="+d.value("VENAFI_URL"),
		"VENAFI_TOKEN="+d.server.Token("approver-bot", approveScope))
	a.replace("Loyalty App", onboarded)
	a.init()
	a.apply()
	a.checkStatus(onboarded, "Enabled")
	a.plan(false)
	d.plan(false)
	if sent := d.server.Count("Codesign/CreateProject"); sent != 1 {
		t.Errorf("%d projects were created", sent)
	}
}

// The pipeline is not an administrator, and stays an owner.
func TestAccGuides_OnboardAsOwner(t *testing.T) {
	t.Parallel()
	d := newWorkspaceWithServer(t, installed(t), "onboard-a-team/team", simulator.SampleCompany())
	d.Env = append(d.Env, "VENAFI_TOKEN="+d.server.Token("onboarding", teamScope))
	d.replace(`["AD+NORTHWIND:Payments Team"]`, `["AD+NORTHWIND:Payments Team", "local:onboarding"]`)
	d.init()
	d.apply()
	d.checkStatus(onboarded, "Pending")
	d.plan(false)
}

// A project is not approved in which one identity signs and approves, or every application may sign.
func TestAccGuides_OnboardRefusedApproval(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ old, changed, want string }{
		"signs and approves": {"Release Managers", "Build Machines", "One identity signs and approves"},
		"no applications":    {"signtool", "", "Every application may sign"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			world := simulator.SampleCompany()
			project := simulator.Project{
				Name: "Shortcut", Status: "Pending", Owners: []string{"Payments Team"},
				KeyUsers:        []string{"Build Machines"},
				KeyUseApprovers: []string{"Release Managers"}, Applications: []string{"signtool"},
			}
			for _, list := range []*[]string{&project.KeyUseApprovers, &project.Applications} {
				if i := slices.Index(*list, c.old); i >= 0 && c.changed != "" {
					(*list)[i] = c.changed
				} else if i >= 0 {
					*list = nil
				}
			}
			world.Projects = append(world.Projects, project)
			d := newWorkspaceWithServer(t, installed(t), "onboard-a-team/approver", world)
			d.replace("Loyalty App", "Shortcut")
			d.init()
			if said := d.run(1, "apply", "-input=false", "-auto-approve"); !strings.Contains(said, c.want) {
				t.Errorf("the apply does not say %q:\n%s", c.want, said)
			}
			d.checkStatus("Shortcut", "Pending")
		})
	}
}

// A role that was changed elsewhere fails the plan, and the change is undone or accepted by pull request.
func TestAccGuides_OnboardRoleChangedElsewhere(t *testing.T) {
	t.Parallel()
	d := onboardTeam(t)
	change := simulator.ProjectEdit{KeyUsers: simulator.ListEdit{Add: []string{"mateo.rossi"}}}
	d.server.EditProject(dn(onboarded), change)
	said := d.run(1, "plan", "-input=false", "-detailed-exitcode")
	if !strings.Contains(said, "was changed outside of Terraform") {
		t.Errorf("the plan does not say that the role was changed:\n%s", said)
	}
	d.replace(`["local:Build Machines"]`, `["local:Build Machines", "AD+NORTHWIND:mateo.rossi"]`)
	d.apply()
	d.plan(false)
	d.replace(`, "AD+NORTHWIND:mateo.rossi"]`, "]")
	d.replace(`on_drift = "Fail"`, `on_drift = "Repair"`)
	d.apply()
	d.plan(false)
	if project, _ := d.server.Project(dn(onboarded)); len(project.KeyUsers) != 1 {
		t.Errorf("the key users are %q", project.KeyUsers)
	}
}

// Protection is switched off by one apply, and the project is removed by another.
func TestAccGuides_OnboardRemove(t *testing.T) {
	t.Parallel()
	d := onboardTeam(t)
	d.limitScope("codesign:manage,approve,delete;configuration")
	if err := d.server.ApproveFlow(dn(onboarded), "approver-bot"); err != nil {
		t.Fatal(err)
	}
	if said := d.run(1, "destroy", "-input=false", "-auto-approve"); !strings.Contains(said, "deletion_protection") {
		t.Errorf("the destroy does not name the protection:\n%s", said)
	}
	d.replace(`on_drift = "Fail"`, "on_drift     = \"Fail\"\n  decommission = true\n  enabled      = false")
	d.apply()
	d.checkStatus(onboarded, "Disabled")
	d.write("main.tf", required)
	d.apply()
	if _, there := d.server.Project(dn(onboarded)); there {
		t.Error("the project is still there")
	}
}
