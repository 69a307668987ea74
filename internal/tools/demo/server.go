package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	projects = `\VED\Code Signing\Projects\`
	// driftProject is the one that a person disables; retiredProject is the one that a destroy
	// disables.
	driftProject    = projects + "Payments"
	retiredProject  = projects + "Ground Station"
	ticket          = "6ede0e12-f7c0-4068-9977-001076205c84"
	desiredDecision = "Approved Between"
	pipeline        = "terraform"
)

// desired are the projects of the configuration and what they should be after an apply.
var desired = map[string]string{
	driftProject:                  "Enabled",
	retiredProject:                "Enabled",
	projects + "Desktop Client":   "Enabled",
	projects + "Container Images": "Disabled",
}

// server is the embedded server with its sample company, seen from the inside: what is really
// there, and what other people do.
type server struct {
	simulator *simulator.Server
	world     simulator.World
	url       string
}

func newServer() *server {
	world := simulator.SampleCompany()
	return &server{simulator: simulator.New(world), world: world}
}

func (c *server) start() (err error) {
	c.url, err = c.simulator.Start()
	return err
}

func (c *server) close() { c.simulator.Close() }

// environment is all that the provider and the configuration get to know.
func (c *server) environment() []string {
	start := time.Now().Add(24 * time.Hour).UTC().Truncate(time.Hour)
	return []string{
		"VENAFI_URL=" + c.url,
		"VENAFI_USER=" + pipeline,
		"VENAFI_PASS=" + c.password(),
		"TF_VAR_window_start=" + start.Format(time.RFC3339),
		"TF_VAR_window_stop=" + start.Add(4*time.Hour).Format(time.RFC3339),
	}
}

func (c *server) password() string {
	for _, u := range c.world.Users {
		if u.Name == pipeline {
			return u.Password
		}
	}
	return ""
}

func (c *server) describe() string {
	w := c.world
	return fmt.Sprintf("The embedded server on %s has a sample company: %d projects, %d applications and collections, "+
		"%d people and groups, %d tickets. It ends with this process.",
		c.url, len(w.Projects), len(w.Applications)+len(w.Collections), len(w.Users)+len(w.Groups),
		len(w.WorkflowTickets)+len(w.FlowTickets))
}

func (c *server) disable(dn string) { c.simulator.SetProjectStatus(dn, "Disabled") }

func (c *server) checkDesired() error {
	for dn, want := range desired {
		if err := c.check(dn, want); err != nil {
			return err
		}
	}
	return c.checkTicket()
}

func (c *server) checkTicket() error {
	t, ok := c.simulator.WorkflowTicket(ticket)
	if !ok || t.Status != desiredDecision {
		return fmt.Errorf("ticket %s is %q, and it should be %q", ticket, t.Status, desiredDecision)
	}
	return nil
}

func (c *server) checkAfterDestroy() error {
	for dn, want := range desired {
		if dn == retiredProject {
			want = "Disabled"
		}
		if err := c.check(dn, want); err != nil {
			return err
		}
	}
	return c.checkTicket()
}

func (c *server) check(dn, want string) error {
	if got := c.simulator.ProjectStatus(dn); got != want {
		return fmt.Errorf("the server says that %s is %s, and it should be %s", strings.TrimPrefix(dn, projects),
			got, want)
	}
	return nil
}
