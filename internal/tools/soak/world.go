package main

import (
	"fmt"
	"math/rand/v2"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	robot    = "robot" // whom the provider logs in as
	approver = "ada"   // a person
	projects = `\VED\Code Signing\Projects\`
)

// project is one block of the configuration: what it asks for, which changes from time to time.
type project struct {
	dn, desired string
	selfApprove bool
}

var (
	statuses        = []string{"Draft", "Pending", "Enabled", "Disabled"}
	desiredStatuses = []string{"Enabled", "Disabled", "Pending"}
	decisions       = []string{"Approved", "Approved After", "Approved Between", "Rejected"}
)

const maxUpdateLag = 300 // milliseconds

func pick[T any](r *rand.Rand, from []T) T { return from[r.IntN(len(from))] }

// newWorld has the people and objects that a soak starts with.
func (s *soak) newWorld() simulator.World {
	const projectCount, ticketCount = 6, 8
	r := s.random
	w := simulator.World{
		Users: []simulator.User{
			{Name: robot, Admin: true, Config: true}, {Name: approver, Admin: true, Config: true},
		},
		Settings: simulator.Settings{
			TicketDelay: r.IntN(300), StatusLag: r.IntN(200), ProjectModes: simulator.ProjectModes{
				AbsentListsCleared: r.IntN(2) == 0, DirtyRequired: r.IntN(2) == 0, UpdateLag: r.IntN(maxUpdateLag),
			},
		},
	}
	for i := range projectCount {
		name := fmt.Sprintf("P%d", i)
		w.Projects = append(w.Projects, simulator.Project{
			Name: name, Status: pick(r, statuses), Owners: []string{robot},
		})
		s.list = append(s.list, &project{dn: projects + name, desired: "Enabled", selfApprove: r.IntN(3) > 0})
	}
	for i := range ticketCount {
		ticket := simulator.WorkflowTicket{GUID: ticketGUID(i), Approvers: []string{robot}}
		w.WorkflowTickets = append(w.WorkflowTickets, ticket)
		s.tickets = append(s.tickets, pick(r, decisions))
	}
	s.governed = newGoverned(r, &w)
	return w
}

func ticketGUID(i int) string { return fmt.Sprintf("6ede0e12-f7c0-4068-9977-%012d", i) }

// header is what each configuration begins with.
func header(url string) string {
	return fmt.Sprintf(`terraform {
  required_providers {
    codesign = { source = "codesign-tf/codesign" }
  }
}
provider "codesign" {
  url             = %q
  request_timeout = "2s"
}
`, url)
}

// schedules are the arguments of the scheduled decisions.
var schedules = map[string]string{
	"Approved After":   `schedule = { start = "2099-12-01T22:00:00Z" }`,
	"Approved Between": `schedule = { start = "2099-12-01T22:00:00Z", stop = "2099-12-02T02:00:00+01:00" }`,
}

// configure writes all blocks. A status that can't be reached from where a project is (Pending from
// Disabled) fails the plan, which the soak expects.
func (s *soak) configure() error {
	var b strings.Builder
	b.WriteString(header(s.url))
	for i, p := range s.list {
		fmt.Fprintf(&b, `resource "codesign_project_status" "p%d" {
  dn           = %q
  status       = %q
  self_approve = %t
  %s
}
`, i, p.dn, p.desired, p.selfApprove, timeouts)
	}
	for i, decision := range s.tickets {
		fmt.Fprintf(&b, `resource "workflow_ticket_decision" "t%d" {
  provider = codesign
  guid     = %q
  status   = %q
  %s
}
`, i, ticketGUID(i), decision, schedules[decision])
	}
	for _, g := range s.governed {
		b.WriteString(g.blocks(s.server.Trustee))
	}
	return s.cli.Write("main.tf", b.String())
}

const timeouts = `timeouts = { create = "6s", update = "6s", delete = "6s" }`
