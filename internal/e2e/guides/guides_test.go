package guides_test

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// examples are the directories of the guides' configurations, but for those that log in, which have
// tests of their own.
func examples(t *testing.T) []string {
	t.Helper()
	var names []string
	err := filepath.WalkDir(guides, func(path string, entry fs.DirEntry, err error) error {
		if err == nil && entry.Name() == "main.tf" && !strings.Contains(path, "authenticating") {
			name, _ := filepath.Rel(guides, filepath.Dir(path))
			names = append(names, name)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 12 {
		t.Fatalf("only %q were found", names)
	}
	return names
}

// Some examples go on after the empty plan.
func TestAccGuides_ApplyThenEmptyPlan(t *testing.T) {
	t.Parallel()
	cli := installed(t)
	next := map[string]func(*workspace){
		"getting-started/enable":           showsDrift,
		"emergency-stop/declared":          stopsAndResumes,
		"adopting-existing-projects/many":  recordsStatuses,
		"upgrading-and-destroying/destroy": destroys,
	}
	missing := maps.Clone(next)
	for _, name := range examples(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			d := newWorkspaceWithServer(t, cli, name, simulator.SampleCompany())
			d.init()
			d.apply()
			d.plan(false)
			for _, remark := range d.server.Remarks() {
				t.Errorf("the server remarks on %s: %s", remark.Object, remark.Detail)
			}
			if next[name] != nil {
				next[name](d)
			}
		})
		delete(missing, name)
	}
	for name := range missing {
		t.Errorf("there is no example %s", name)
	}
}

func showsDrift(d *workspace) {
	d.t.Helper()
	d.checkStatus("Ground Station", "Enabled")
	d.server.SetProjectStatus(dn("Ground Station"), "Disabled")
	if plan := d.plan(true); !strings.Contains(plan, `~ current_status = "Disabled" -> "Enabled"`) {
		d.t.Errorf("the plan shows no drift:\n%s", plan)
	}
}

// A stop can be repeated.
func stopsAndResumes(d *workspace) {
	d.t.Helper()
	for range 2 {
		d.run(0, "apply", "-input=false", "-auto-approve", `-var=stopped=["Payments"]`)
		d.checkStatus("Payments", "Disabled")
		d.checkStatus("Container Images", "Enabled")
	}
	if sent := d.server.Count("Codesign/UpdateProjectStatus"); sent != 1 {
		d.t.Errorf("%d statuses were sent", sent)
	}
	d.apply()
	d.checkStatus("Payments", "Enabled")
}

func TestAccGuides_PolicyRejectsKeyUserAsApprover(t *testing.T) {
	t.Parallel()
	cli := installed(t)
	world := simulator.SampleCompany()
	world.Projects = append(world.Projects, simulator.Project{
		Name: "Shortcut", Status: "Enabled", KeyUsers: []string{"sven.berg"}, KeyUseApprovers: []string{"sven.berg"},
	})
	d := newWorkspaceWithServer(t, cli, "auditing-rights/policy", world)
	d.init()
	plan := d.run(1, "plan", "-input=false")
	for _, words := range []string{"Key User and Key Use Approver at once", dn("Shortcut")} {
		if !strings.Contains(plan, words) {
			t.Errorf("the plan does not say %q:\n%s", words, plan)
		}
	}
}

func TestAccGuides_CheckWarns(t *testing.T) {
	t.Parallel()
	world := simulator.SampleCompany()
	world.Projects = append(world.Projects, simulator.Project{Name: "Orphan", Status: "Disabled"})
	d := newWorkspaceWithServer(t, installed(t), "auditing-rights/matrix", world)
	d.init()
	if plan := d.run(0, "plan", "-input=false"); !strings.Contains(plan, dn("Orphan")+" has no owner") {
		t.Errorf("the plan does not warn:\n%s", plan)
	}
}

// Drift shows once the statuses are recorded.
func recordsStatuses(d *workspace) {
	d.t.Helper()
	if sent := d.server.Count("Codesign/UpdateProjectStatus"); sent != 0 {
		d.t.Errorf("an import sent %d statuses", sent)
	}
	d.write("statuses.auto.tfvars.json", d.run(0, "output", "-raw", "statuses"))
	d.plan(false)
	d.server.SetProjectStatus(dn("Payments"), "Disabled")
	d.plan(true)
}

func destroys(d *workspace) {
	d.t.Helper()
	d.run(0, "destroy", "-input=false", "-auto-approve")
	d.checkStatus("Payments", "Disabled")
	if ticket, there := d.server.WorkflowTicket("8a83384d-3e44-4b62-b706-dc78459f2ac3"); !there ||
		ticket.Status != "Pending" {
		d.t.Errorf("the ticket is %q", ticket.Status)
	}
}

func TestAccGuides_RemovedBlock(t *testing.T) {
	t.Parallel()
	d := newWorkspaceWithServer(t, installed(t), "upgrading-and-destroying/destroy", simulator.SampleCompany())
	d.init()
	d.apply()
	removed, err := os.ReadFile(filepath.Join(guides, "upgrading-and-destroying/forget/main.tf"))
	if err != nil {
		t.Fatal(err)
	}
	d.write("main.tf", string(removed))
	d.run(0, "apply", "-input=false", "-auto-approve", "-target=codesign_project_status.payments")
	d.checkStatus("Payments", "Enabled")
}

func TestAccGuides_TestingGuide(t *testing.T) {
	t.Parallel()
	d := newWorkspaceWithServer(t, installed(t), "testing-your-configuration", simulator.SampleCompany())
	d.init()
	d.run(0, "test")
	if asked := d.server.Requests(); len(asked) > 0 {
		t.Errorf("a mocked provider asked the server %d times", len(asked))
	}
	d.run(0, "test", "-test-directory=integration")
}
