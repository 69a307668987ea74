package project_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// manyShell is a CLI with many projects in its state.
type manyShell struct {
	*testing.T
	env   *acctest.Env
	shell *acctest.Shell
	n     int
}

func newManyShell(t *testing.T, n int) *manyShell {
	t.Helper()
	w := newWorld("Enabled")
	for i := range n {
		w.Projects = append(w.Projects, simulator.Project{Name: fmt.Sprintf("Team %d", i), Status: "Enabled"})
	}
	env, provider := start(t, w, "adam")
	c := &manyShell{t, env, acctest.OpenShell(t, provider), n}
	c.configure("Enabled")
	c.run("apply", "-auto-approve")
	return c
}

func (c *manyShell) configure(status string) {
	c.Helper()
	c.shell.Configure(fmt.Sprintf("resource \"codesign_project_status\" \"many\" {\n  count  = %d\n  dn     = %s\n  "+
		"status = %q\n}\n",
		c.n, `"`+hcl(projectsDN)+`Team ${count.index}"`, status))
}

// run runs a command and counts only its requests.
func (c *manyShell) run(args ...string) {
	c.Helper()
	c.env.Server.ResetLog()
	c.shell.Run(args...)
}

// checkEmptyPlan runs a plan and accepts no change.
func (c *manyShell) checkEmptyPlan() {
	c.Helper()
	c.run("plan", "-detailed-exitcode")
}

// checkRequests checks the numbers of all requests, of reads of one project and of all projects.
func (c *manyShell) checkRequests(whole, one, all int) {
	c.Helper()
	got := [3]int{len(c.env.Server.Requests()), c.env.Server.Count(readPath), c.env.Server.Count(enumeratePath)}
	if want := [3]int{whole, one, all}; got != want {
		c.Errorf("requests, reads of one and of all projects: %v, want %v", got, want)
	}
}

func TestAccProjectStatus_RefreshRequestsOfManyProjects(t *testing.T) {
	c := newManyShell(t, 60)
	began := time.Now()
	c.checkEmptyPlan()
	// An enumeration answers reads for 5 seconds. On a busy machine a plan takes longer.
	most := 1 + int(time.Since(began)/(5*time.Second))
	whole, all := len(c.env.Server.Requests()), c.env.Server.Count(enumeratePath)
	if whole > 4+most || all < 1 || all > most {
		c.Errorf("%d requests, %d of them for all projects", whole, all)
	}
}

func TestAccProjectStatus_RefreshRequestsOfOneProject(t *testing.T) {
	c := newManyShell(t, 1)
	c.checkEmptyPlan()
	c.checkRequests(1, 1, 0)
}

func TestAccProjectStatus_RefreshWithoutEnumeration(t *testing.T) {
	const n = 20
	c := newManyShell(t, n)
	for name, inject := range map[string]func() (restore func()){
		"a missing scope": func() func() {
			return c.env.Server.Inject(simulator.Fault{Path: enumeratePath, Kind: simulator.InsufficientScope})
		},
		"HTTP 500": func() func() {
			return c.env.Server.Inject(simulator.Fault{Path: enumeratePath, Kind: simulator.Other500})
		},
		"HTTP 503": func() func() {
			return c.env.Server.Inject(simulator.Fault{Path: enumeratePath, Kind: simulator.Status503})
		},
		"InsufficientPermission": func() func() {
			c.env.Server.UpdateSettings(func(s *simulator.Settings) { s.EnumerateRefused = true })
			return func() { c.env.Server.UpdateSettings(func(s *simulator.Settings) { s.EnumerateRefused = false }) }
		},
	} {
		restore := inject()
		c.checkEmptyPlan()
		restore()
		c.Log(name)
		c.checkRequests(n+1, n, 1)
	}
}

// Each status is then read with its project.
func TestAccProjectStatus_RefreshWithoutStatuses(t *testing.T) {
	const n = 20
	c := newManyShell(t, n)
	c.env.Server.UpdateSettings(func(s *simulator.Settings) { s.ProjectStatusOmitted = true })
	c.checkEmptyPlan()
	c.checkRequests(2*n+1, n, 1)
}

func TestAccProjectStatus_UpdateRequests(t *testing.T) {
	const n = 50
	c := newManyShell(t, n)
	c.configure("Disabled")
	c.run("apply", "-auto-approve")
	// A read, a write and a read. The plan that the CLI makes during the apply shares its reads,
	// depending on the load of the machine; unshared they would be n more.
	const replanned = n / 2
	if whole, writes := len(c.env.Server.Requests()), c.env.Server.Count(writePath); whole > 3*n+replanned ||
		writes != n {
		c.Errorf("%d requests for %d changes, %d of them writes", whole, n, writes)
	}
	c.checkEmptyPlan()
}
