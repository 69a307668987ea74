package project_test

import (
	"fmt"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// company is a shell with the statuses of many projects in its state.
type company struct {
	*testing.T
	env   *acctest.Env
	shell *acctest.Shell
	n     int
}

const (
	readOne  = "Codesign/GetProject"
	readAll  = "Codesign/EnumerateProjects"
	writeOne = "Codesign/UpdateProjectStatus"
)

func withMany(t *testing.T, n int) *company {
	t.Helper()
	w := statusWorld("Enabled")
	for i := range n {
		w.Projects = append(w.Projects, simulator.Project{Name: fmt.Sprintf("Team %d", i), Status: "Enabled"})
	}
	env, provider := start(t, w, "adam")
	c := &company{t, env, acctest.OpenShell(t, provider), n}
	c.configure("Enabled")
	c.run("apply", "-auto-approve")
	return c
}

func (c *company) configure(status string) {
	c.Helper()
	c.shell.Configure(fmt.Sprintf("resource \"codesign_project_status\" \"many\" {\n  count  = %d\n  dn     = %s\n  status = %q\n}\n",
		c.n, `"`+hcl(statusProjects)+`Team ${count.index}"`, status))
}

// run forgets what arrived before.
func (c *company) run(args ...string) {
	c.Helper()
	c.env.Server.ResetLog()
	c.shell.Run(args...)
}

// plansNothing runs a plan, and fails unless nothing is to change.
func (c *company) plansNothing() {
	c.Helper()
	c.run("plan", "-detailed-exitcode")
}

// arrived compares what the server got, all in all, and the reads of one and of all projects.
func (c *company) arrived(whole, one, all int) {
	c.Helper()
	got := [3]int{len(c.env.Server.Requests()), c.env.Server.Count(readOne), c.env.Server.Count(readAll)}
	if want := [3]int{whole, one, all}; got != want {
		c.Errorf("requests, reads of one and of all projects: %v, want %v", got, want)
	}
}

func TestAccARefreshOfTwoHundredProjectsIsAHandfulOfRequests(t *testing.T) {
	c := withMany(t, 200)
	c.plansNothing()
	if whole, all := len(c.env.Server.Requests()), c.env.Server.Count(readAll); whole > 5 || all != 1 {
		c.Errorf("%d requests, %d of them for all projects", whole, all)
	}
}

func TestAccARefreshOfOneProjectReadsThatOneAlone(t *testing.T) {
	c := withMany(t, 1)
	c.plansNothing()
	c.arrived(1, 1, 0)
}

func TestAccAnEnumerationThatIsOfNoUseCostsOneAttemptAndNothingElse(t *testing.T) {
	const n = 20
	c := withMany(t, n)
	for name, spoil := range map[string]func() (mend func()){
		"a missing scope": func() func() {
			return c.env.Server.Inject(simulator.Fault{Path: readAll, Kind: simulator.InsufficientScope})
		},
		"HTTP 500": func() func() { return c.env.Server.Inject(simulator.Fault{Path: readAll, Kind: simulator.Other500}) },
		"HTTP 503": func() func() { return c.env.Server.Inject(simulator.Fault{Path: readAll, Kind: simulator.Status503}) },
		"InsufficientPermission": func() func() {
			c.env.Server.UpdateSettings(func(s *simulator.Settings) { s.EnumerateRefused = true })
			return func() { c.env.Server.UpdateSettings(func(s *simulator.Settings) { s.EnumerateRefused = false }) }
		},
	} {
		mend := spoil()
		c.plansNothing()
		mend()
		c.Log(name)
		c.arrived(n+1, n, 1)
	}
}

// Each status then has to be asked for by itself, which a read of one project does as well.
func TestAccAnEnumerationWithoutStatusesCostsOneAttemptAndNothingElse(t *testing.T) {
	const n = 20
	c := withMany(t, n)
	c.env.Server.UpdateSettings(func(s *simulator.Settings) { s.ProjectStatusOmitted = true })
	c.plansNothing()
	c.arrived(2*n+1, n, 1)
}

func TestAccFiftyStatusChangesTakeThreeRequestsEach(t *testing.T) {
	const n = 50
	c := withMany(t, n)
	c.configure("Disabled")
	c.run("apply", "-auto-approve")
	// A look, a write and a look after. The plan that the CLI makes once more within the apply shares its reads, how well
	// depends on how busy the machine is; unshared they would be n more.
	const replanned = n / 2
	if whole, writes := len(c.env.Server.Requests()), c.env.Server.Count(writeOne); whole > 3*n+replanned || writes != n {
		c.Errorf("%d requests for %d changes, %d of them writes", whole, n, writes)
	}
	c.plansNothing()
}
