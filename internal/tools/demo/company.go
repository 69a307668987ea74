package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	projects = `\VED\Code Signing\Projects\`
	// driftProject is what somebody disables by hand; retiredProject is the one that a destroy
	// disables.
	driftProject   = projects + "Payments"
	retiredProject = projects + "Ground Station"
	ticket         = "6ede0e12-f7c0-4068-9977-001076205c84"
	ticketGoal     = "Approved Between"
	pipeline       = "terraform"
)

// goals are the projects of the configuration and what they should be after an apply.
var goals = map[string]string{
	driftProject:                  "Enabled",
	retiredProject:                "Enabled",
	projects + "Desktop Client":   "Enabled",
	projects + "Container Images": "Disabled",
}

// company is the embedded server with its sample company, seen from the inside: what is really
// there, and what other people do.
type company struct {
	server *simulator.Server
	world  simulator.World
	url    string
}

func openCompany() *company {
	world := simulator.SampleCompany()
	return &company{server: simulator.New(world), world: world}
}

func (c *company) start() (err error) {
	c.url, err = c.server.Start()
	return err
}

func (c *company) close() { c.server.Close() }

// environment is all that the provider and the configuration get to know.
func (c *company) environment() []string {
	start := time.Now().Add(24 * time.Hour).UTC().Truncate(time.Hour)
	return []string{
		"VENAFI_URL=" + c.url,
		"VENAFI_USER=" + pipeline,
		"VENAFI_PASS=" + c.password(),
		"TF_VAR_window_start=" + start.Format(time.RFC3339),
		"TF_VAR_window_stop=" + start.Add(4*time.Hour).Format(time.RFC3339),
	}
}

func (c *company) password() string {
	for _, u := range c.world.Users {
		if u.Name == pipeline {
			return u.Password
		}
	}
	return ""
}

func (c *company) describe() string {
	w := c.world
	return fmt.Sprintf("The embedded server on %s has a sample company: %d projects, %d applications and collections, "+
		"%d people and groups, %d tickets. It ends with this process.",
		c.url, len(w.Projects), len(w.Applications)+len(w.Collections), len(w.Users)+len(w.Groups),
		len(w.WorkflowTickets)+len(w.FlowTickets))
}

func (c *company) disable(dn string) { c.server.SetProjectStatus(dn, "Disabled") }

func (c *company) checkGoals() error {
	for dn, goal := range goals {
		if err := c.check(dn, goal); err != nil {
			return err
		}
	}
	return c.checkTicket()
}

func (c *company) checkTicket() error {
	t, ok := c.server.WorkflowTicket(ticket)
	if !ok || t.Status != ticketGoal {
		return fmt.Errorf("ticket %s is %q, and it should be %q", ticket, t.Status, ticketGoal)
	}
	return nil
}

func (c *company) checkAfterDestroy() error {
	for dn, goal := range goals {
		if dn == retiredProject {
			goal = "Disabled"
		}
		if err := c.check(dn, goal); err != nil {
			return err
		}
	}
	return c.checkTicket()
}

func (c *company) check(dn, want string) error {
	if got := c.server.ProjectStatus(dn); got != want {
		return fmt.Errorf("the server says that %s is %s, and it should be %s", strings.TrimPrefix(dn, projects), got, want)
	}
	return nil
}
