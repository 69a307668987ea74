package pipelines

import (
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	example = "../../../examples/pipelines"
	backend = "terraform {\n  backend \"local\" {}\n}\n"
	changes = "Codesign/UpdateProjectStatus"
)

// fixture is a repository with the configuration of some projects, all of them adopted and unchanged.
type fixture struct {
	*host
	*runner
	server *acctest.Env
}

func newFixture(t *testing.T) fixture {
	t.Helper()
	return adopted.copy(t, world())
}

const stateFile = "terraform.tfstate"

// template is a directory with a repository and its state, made once. Each test copies it, and has a server of
// its own with the same projects.
type template struct {
	mu   sync.Mutex
	dir  string
	make func(t *testing.T, cli *realcli.CLI) (dir string)
}

// adopted has projects that are adopted and unchanged.
var adopted = template{make: adopt}

func (from *template) copy(t *testing.T, w simulator.World) fixture {
	t.Helper()
	cli := needCLI(t)
	server := acctest.Start(t, w)
	repository := copyHost(t, from.made(t, cli))
	s := fixture{repository, newRunner(t, cli, server.URL), server}
	s.state = filepath.Join(filepath.Dir(repository.bare), stateFile)
	return s
}

func (from *template) made(t *testing.T, cli *realcli.CLI) string {
	t.Helper()
	from.mu.Lock()
	defer from.mu.Unlock()
	if from.dir == "" {
		from.dir = from.make(t, cli)
	}
	return from.dir
}

func adopt(t *testing.T, cli *realcli.CLI) (dir string) {
	t.Helper()
	dir = filepath.Join(mirrors, "adopted")
	server := acctest.Start(t, world())
	repository := newHost(t, dir, example, map[string]string{"backend.tf": backend, ".gitignore": ".terraform/\n"})
	s := fixture{repository, newRunner(t, cli, server.URL), server}
	s.state = filepath.Join(dir, stateFile)
	first := s.clone("main")
	s.lock(first)
	commit(t, first, "Lock the provider")
	git(t, first, "push", "--quiet", "origin", "HEAD:main")
	plan := filepath.Join(t.TempDir(), "adoption")
	s.expect(0, s.clone("main"), planScope, "plan", plan)
	s.apply(0, s.clone("main"), applyScope, plan)
	s.checkNoChanges("adopting projects that are as they should be")
	return dir
}

// checkNoChanges checks that no status was changed since the last look.
func (s fixture) checkNoChanges(what string) {
	s.host.t.Helper()
	if n := s.server.Server.Count(changes); n != 0 {
		s.host.t.Fatalf("%s sent %d status changes", what, n)
	}
}

func (s fixture) checkStatus(dn, want string) {
	s.host.t.Helper()
	if got := s.server.Server.ProjectStatus(dn); got != want {
		s.host.t.Fatalf("%s is %s, and it should be %s", dn, got, want)
	}
}

// moveState applies something else, after which a saved plan that disables Payments is stale and still needed.
func (s fixture) moveState() {
	s.server.Server.SetProjectStatus(firmware, "Disabled")
	plan := filepath.Join(s.plans, "meanwhile")
	s.expect(0, s.clone("main"), planScope, "plan", plan)
	s.apply(0, s.clone("main"), applyScope, plan)
	s.server.Server.SetProjectStatus(payments, "Enabled")
}

// proposeSelfApproval pushes a branch that a policy denies.
func (s fixture) proposeSelfApproval(branch string) {
	s.proposeIn("main.tf", branch, "status = each.value", "status = each.value\n\n  self_approve = true")
}

func TestAccPipelines_ReviewedPlanIsAppliedAfterMerge(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	plan := filepath.Join(s.plans, "stop-payments")

	s.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	s.expect(0, s.preview("stop-payments"), planScope, "plan", plan)
	s.checkNoChanges("a plan")
	mustContain(t, "the plan", read(t, filepath.Join(plan, "plan.txt")), `codesign_project_status.this["Payments"]`,
		"1 to change")

	s.merge("stop-payments")
	s.apply(0, s.clone("main"), applyScope, plan)
	s.checkStatus(payments, "Disabled")
	s.checkStatus(firmware, "Enabled")
	if n := s.server.Server.Count(changes); n != 1 {
		t.Errorf("%d status changes were sent for one change", n)
	}

	// A job can be started again by hand. A plan that has been applied cannot.
	mustContain(t, "the second apply", s.apply(1, s.clone("main"), applyScope, plan), "stale")
	s.expect(0, s.clone("main"), planScope, "drift", filepath.Join(s.plans, "night"))
}

func TestAccPipelines_NightlyCheckFindsDrift(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	night := filepath.Join(s.plans, "night")
	s.expect(0, s.clone("main"), planScope, "drift", night)

	s.server.Server.SetProjectStatus(firmware, "Disabled")
	s.server.Server.ResetLog()
	s.expect(2, s.clone("main"), planScope, "drift", night)
	s.checkNoChanges("looking for drift")
	mustContain(t, "the report", read(t, filepath.Join(night, "drift.txt")),
		`codesign_project_status.this["Rocket Firmware"]`, "1 to change")

	plan := filepath.Join(s.plans, "repair")
	s.expect(0, s.clone("main"), planScope, "plan", plan)
	s.apply(0, s.clone("main"), applyScope, plan)
	s.checkStatus(firmware, "Enabled")
	s.expect(0, s.clone("main"), planScope, "drift", night)
}

func TestAccPipelines_PlanOfOtherTreeIsRefused(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	s.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	s.propose("ship-containers", "Container Images: Disabled", "Container Images: Enabled")
	plan := filepath.Join(s.plans, "stop-payments")
	s.expect(0, s.preview("stop-payments"), planScope, "plan", plan)

	s.merge("ship-containers")
	s.merge("stop-payments")
	mustContain(t, "the apply", s.apply(1, s.clone("main"), applyScope, plan), "Plan again")
	s.checkNoChanges("a refused apply")
}

func TestAccPipelines_ApplyNeedsWiderScope(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	plan := filepath.Join(s.plans, "stop-payments")
	s.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	s.expect(0, s.preview("stop-payments"), planScope, "plan", plan)
	s.merge("stop-payments")
	mustContain(t, "the apply", s.apply(1, s.clone("main"), planScope, plan), "codesign:manage")
	s.checkStatus(payments, "Enabled")
}

func TestAccPipelines_UnlockedBuildIsRefused(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	// The same version with another content, as a mirror that was tampered with would serve it.
	other, err := realcli.New(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(other.Binary()), 0o750); err != nil {
		t.Fatal(err)
	}
	write(t, other.Binary(), read(t, s.cli.Binary())+"tampered")
	if err := os.Chmod(other.Binary(), 0o700); err != nil {
		t.Fatal(err)
	}
	tampered := newRunner(t, other, s.url)
	code, said := tampered.job(s.clone("main"), planScope, "plan", filepath.Join(s.plans, "tampered"))
	if code == 0 {
		t.Fatal("a provider that is not the locked one was run")
	}
	mustContain(t, "init", said, "checksum")
}

func TestAccPipelines_SummaryShowsPlanAndRights(t *testing.T) {
	t.Parallel()
	if _, err := exec.LookPath("jq"); err != nil {
		t.Skip("the scripts write a summary where jq is installed, and here it is not")
	}
	s := newFixture(t)
	plan := filepath.Join(s.plans, "stop-payments")
	s.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	s.expect(0, s.preview("stop-payments"), planScope, "plan", plan)
	mustContain(t, "the summary", read(t, filepath.Join(plan, "summary.md")),
		"| `\\VED\\Code Signing\\Projects\\Payments` | `Enabled` | `Disabled` |", "1 to change", "carla",
		"Rocket Firmware")
}
