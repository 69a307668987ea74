package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	projects = `\VED\Code Signing\Projects\`
	// driftProject is the one that a person disables; newProject is the one that the demo creates.
	driftProject    = projects + "Payments"
	newProject      = projects + "Telemetry"
	ticket          = "6ede0e12-f7c0-4068-9977-001076205c84"
	desiredDecision = "Approved Between"
	pipeline        = "terraform"    // of the team
	decider         = "bruno.keller" // approves, with credentials of his own
	signers         = "Build Machines"
	stranger        = "mateo.rossi"
)

// server is the embedded server with its sample company, seen from the inside: what is really
// there, and what other people do.
type server struct {
	simulator *simulator.Server
	world     simulator.World
	url       string
}

func startServer() (*server, error) {
	world := simulator.SampleCompany()
	world.Settings.GlobalConfiguration = map[string]any{"ProjectUpdateFlowDN": nil} // updates need no approval
	c := &server{simulator: simulator.New(world), world: world}
	url, err := c.simulator.Start()
	c.url = url
	return c, err
}

// environment is all that the provider and a configuration get to know.
func (c *server) environment(user string) []string {
	account := slices.IndexFunc(c.world.Users, func(u simulator.User) bool { return u.Name == user })
	start := time.Now().Add(24 * time.Hour).UTC().Truncate(time.Hour)
	return []string{
		"VENAFI_URL=" + c.url,
		"VENAFI_USER=" + user,
		"VENAFI_PASS=" + c.world.Users[account].Password,
		"TF_VAR_window_start=" + start.Format(time.RFC3339),
		"TF_VAR_window_stop=" + start.Add(4*time.Hour).Format(time.RFC3339),
	}
}

func (c *server) describe() string {
	w := c.world
	return fmt.Sprintf("The embedded server on %s has a sample company: %d projects,\n"+
		"  %d applications and collections, %d people and groups, %d tickets. It ends with this process.",
		c.url, len(w.Projects), len(w.Applications)+len(w.Collections), len(w.Users)+len(w.Groups),
		len(w.WorkflowTickets)+len(w.FlowTickets))
}

// drift is what people do in the web console.
func (c *server) drift() {
	c.simulator.SetProjectStatus(driftProject, "Disabled")
	c.simulator.EditProject(newProject, simulator.ProjectEdit{KeyUsers: simulator.ListEdit{Add: []string{stranger}}})
}

// checkDesired compares the server with the configuration; status is that of the new project.
func (c *server) checkDesired(status string) error {
	return errors.Join(c.check(driftProject, "Enabled"), c.check(newProject, status), c.checkTicket(),
		c.checkSigners(signers))
}

// checkSigners checks who may sign with the new project.
func (c *server) checkSigners(names ...string) error {
	want := []string{}
	for _, name := range names {
		want = append(want, c.simulator.Trustee(name))
	}
	p, _ := c.simulator.Project(newProject)
	if !slices.Equal(p.KeyUsers, want) {
		return fmt.Errorf("the Key Users of the new project are %v, and they should be %v", p.KeyUsers, names)
	}
	return nil
}

func (c *server) checkTicket() error {
	t, ok := c.simulator.WorkflowTicket(ticket)
	if !ok || t.Status != desiredDecision {
		return fmt.Errorf("ticket %s is %q, and it should be %q", ticket, t.Status, desiredDecision)
	}
	return nil
}

// approvers are those who approved the submission of the new project.
func (c *server) approvers() []string {
	var names []string
	for _, e := range c.simulator.Journal() {
		if e.Kind == simulator.EventFlowApproved && e.Object == newProject {
			names = append(names, e.User)
		}
	}
	return names
}

func (c *server) checkAfterDestroy() error {
	return errors.Join(c.check(newProject, "Disabled"), c.check(driftProject, "Enabled"), c.checkTicket(),
		c.checkSigners())
}

func (c *server) check(dn, want string) error {
	if got := c.simulator.ProjectStatus(dn); got != want {
		return fmt.Errorf("the server says that %s is %s, and it should be %s", strings.TrimPrefix(dn, projects),
			got, want)
	}
	return nil
}
