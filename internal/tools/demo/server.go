package main

import (
	"fmt"
	"slices"
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

// check compares the server with what the configuration says; status and signers are those of the new
// project.
func (c *server) check(status string, signers ...string) error {
	const format = "Payments %s, Telemetry %s with the signers %v, ticket %s"
	var trustees []string
	for _, name := range signers {
		trustees = append(trustees, c.simulator.Trustee(name))
	}
	project, _ := c.simulator.Project(newProject)
	payments := c.simulator.ProjectStatus(driftProject)
	decided, _ := c.simulator.WorkflowTicket(ticket)
	got := fmt.Sprintf(format, payments, project.Status, project.KeyUsers, decided.Status)
	if want := fmt.Sprintf(format, "Enabled", status, trustees, desiredDecision); got != want {
		return fmt.Errorf("the server has %s, and it should have %s", got, want)
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
