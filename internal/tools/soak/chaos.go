package main

import (
	"math/rand/v2"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// chaos is what goes wrong in one round. All of it is chosen before the round starts, so that the
// seed decides it.
type chaos struct {
	faults  []simulator.Fault
	actions []action
	kill    time.Duration // 0: no process is killed
	partly  bool          // only the provider is, and not the CLI
}

// action is something that a person does in the product's user interface when the n-th request of
// the round arrives.
type action struct {
	at     int
	dn     string
	status string // to set; "approve" and "reject" decide the flow ticket
	edit   *simulator.ProjectEdit
}

var kinds = []simulator.FaultKind{
	simulator.Status429, simulator.Status503, simulator.Status502, simulator.Status504, simulator.Deadlock500,
	simulator.Other500,
	simulator.ResetBeforeCommit, simulator.ResetAfterCommit, simulator.Gateway502AfterCommit,
	simulator.Gateway504AfterCommit,
	simulator.HangAfterCommit, simulator.Hang, simulator.TruncatedBody, simulator.WrongContentType, simulator.EmptyBody,
	simulator.RedirectOtherHost, simulator.ControlCharacters, simulator.DeepJSON,
}

var targets = []string{
	"", "Codesign/GetProject", "Codesign/EnumerateProjects", "Codesign/UpdateProjectStatus", "Flow/Tickets/Enumerate",
	"Flow/Tickets/Approve",
	"Workflow/Ticket/Details", "Workflow/Ticket/UpdateStatus", "Permissions/Refresh", "Identity/Self",
	"Codesign/UpdateProject", "Codesign/CreateProject", "Config/IsValid", "Codesign/GetGlobalConfiguration",
}

var actionKinds = []string{"Enabled", "Disabled", "Draft", "approve", "approve", "reject"}

func newChaos(r *rand.Rand, list []*project, settings []*governed) chaos {
	var c chaos
	for range r.IntN(4) {
		c.faults = append(c.faults,
			simulator.Fault{Path: pick(r, targets), Kind: pick(r, kinds), Skip: r.IntN(12), Count: 1 +
				r.IntN(3)})
	}
	for range r.IntN(4) {
		c.actions = append(c.actions, action{at: 1 + r.IntN(40), dn: pick(r, list).dn, status: pick(r, actionKinds)})
	}
	for range r.IntN(4) {
		g := pick(r, settings)
		c.actions = append(c.actions, action{at: 1 + r.IntN(60), dn: g.dn, edit: new(g.edit(r))})
	}
	if r.IntN(4) == 0 {
		c.kill, c.partly = time.Duration(50+r.IntN(1100))*time.Millisecond, r.IntN(2) == 0
	}
	return c
}
