package main

import (
	"fmt"
	"math/rand/v2"
	"sync"
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

// actor carries actions out while requests arrive, and remembers which objects another person has
// touched in the round.
type actor struct {
	mu      sync.Mutex
	server  *simulator.Server
	actions []action
	editor  *editor
	seen    int
	touched map[string]bool
}

func (s *actor) begin(actions []action) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.actions, s.seen, s.touched = actions, 0, map[string]bool{}
	s.editor.begin()
}

// lost compares what people have set in a project with what is left of it.
func (s *actor) lost(dn, got string) (found []string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if want, known := s.editor.want[dn]; known && got != want {
		s.editor.want[dn] = got
		found = append(found, fmt.Sprintf("%s: %s was changed to %s", dn, want, got))
	}
	return found
}

func (s *actor) wasTouched(dn string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.touched[dn]
}

// arrived is the server's hook before a request is handled.
func (s *actor) arrived(r simulator.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.seen++
	defer func() { s.editor.arrived(r, s.seen) }()
	for _, a := range s.actions {
		if a.at == s.seen {
			s.touched[a.dn] = true
			s.act(a)
		}
	}
}

// answered is the server's hook after a request was handled.
func (s *actor) answered(r simulator.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.editor.answered(r)
}

// act ignores a decision for which there is no ticket: the person came too late.
func (s *actor) act(a action) {
	if a.edit != nil {
		s.editor.edit(a.dn, *a.edit, s.seen)
		return
	}
	switch a.status {
	case "approve":
		_ = s.server.ApproveFlow(a.dn, approver)
	case "reject":
		_ = s.server.RejectFlow(a.dn, approver, "not like this")
	default:
		s.server.SetProjectStatus(a.dn, a.status)
	}
}
