package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// project is one codesign_project with a key user, and a member of another role.
func (r *round) project(description, user, timeout string) string {
	return fmt.Sprintf(`resource "codesign_project" "it" {
  dn          = %q
  description = %q
  owners      = [%q]
  key_users   = [%q]
  timeouts    = { create = %q, update = %q }
}
`, r.dn, description, r.server.Trustee(robot), r.server.Trustee(user), timeout, timeout)
}

// withModes plays a part of a situation in a server that answers otherwise.
func (r *round) withModes(modes simulator.ProjectModes, play func()) {
	var before simulator.ProjectModes
	r.server.UpdateSettings(func(now *simulator.Settings) { before, now.ProjectModes = now.ProjectModes, modes })
	defer r.server.UpdateSettings(func(now *simulator.Settings) { now.ProjectModes = before })
	play()
}

// converge applies the settings and expects them on the server.
func (r *round) converge(ctx context.Context, description, user, timeout string) {
	r.write(r.project(description, user, timeout))
	r.applyCleanly(ctx)
	r.expectProject(description, user)
}

// expectProject complains about other settings of the project on the server.
func (r *round) expectProject(description, user string) {
	p, _ := r.server.Project(r.dn)
	if p.Description != description || !slices.Equal(p.KeyUsers, []string{r.server.Trustee(user)}) {
		r.fail("the project is %q with %v", p.Description, p.KeyUsers)
	}
}

// unfinishedCreation loses the second write of a creation; the next apply continues.
func unfinishedCreation(ctx context.Context, r *round) {
	kind := pick(r.random, []simulator.FaultKind{
		simulator.Status503, simulator.ResetBeforeCommit, simulator.ResetAfterCommit, simulator.Hang,
		simulator.Other500,
	})
	path := pick(r.random, []string{"Codesign/UpdateProject", "Codesign/CreateProject"})
	r.server.Inject(simulator.Fault{Path: path, Kind: kind, Count: 1 + r.random.IntN(9)})
	r.write(r.project("new", "kim", "8s"))
	r.apply(ctx)
	r.server.ClearFaults()
	r.converge(ctx, "new", "kim", "8s")
	if n := r.countProviderEvents(simulator.EventCreated, 0); n != 1 {
		r.fail("created %d times", n)
	}
}

// heldUpdate waits for an approval that does not come in time. The next apply sends nothing.
func heldUpdate(ctx context.Context, r *round) {
	r.converge(ctx, "old", "kim", "20s")
	r.server.SetProjectStatus(r.dn, "Enabled")
	modes := simulator.ProjectModes{UpdateFlow: simulator.FlowMode{Decision: "wait"}}
	r.withModes(modes, func() {
		r.logged = len(r.server.Requests())
		r.write(r.project("new", "lea", "3s"))
		for range 2 {
			result := r.apply(ctx)
			if result.Code == 0 || !strings.Contains(result.Stdout+result.Stderr, "ticket") {
				r.fail("the apply ended with %d while the update waits", result.Code)
			}
		}
		r.expectProject("old", "kim")
		r.expectUpdates(1)
		if r.err != nil {
			return
		}
		updates := 1
		if r.random.IntN(2) == 0 {
			r.err = r.server.ApproveFlow(r.dn, approver)
		} else {
			r.err, updates = r.server.RejectFlow(r.dn, approver, "no"), 2
			defer repeat(ctx, func() { _ = r.server.ApproveFlow(r.dn, approver) })()
		}
		r.converge(ctx, "new", "lea", "20s")
		r.expectUpdates(updates)
	})
}

// expectUpdates complains about another number of updates since the beginning of the situation.
func (r *round) expectUpdates(want int) {
	n := 0
	for _, request := range r.server.Requests()[r.logged:] {
		if request.Path == "Codesign/UpdateProject" {
			n++
		}
	}
	if n != want {
		r.fail("%d updates were sent, expected %d", n, want)
	}
}

// consoleEdit lets an administrator change the project right before the provider reads or checks it.
func consoleEdit(ctx context.Context, r *round) {
	r.converge(ctx, "old", "kim", "20s")
	op := pick(r.random, []string{"Codesign/GetProject", "Config/IsValid"})
	stop := r.server.EditBefore(op, 1+r.random.Int64N(3), r.dn, simulator.ProjectEdit{
		Auditors: simulator.ListEdit{Add: []string{"eve"}}, CustomFields: map[string][]string{"Stage": {"Two"}},
	})
	defer stop()
	r.write(r.project("new", "lea", "20s"))
	r.apply(ctx)
	p, _ := r.server.Project(r.dn)
	if !slices.Equal(p.Auditors, []string{r.server.Trustee("eve")}) || len(p.CustomFields) != 1 {
		r.fail("the edit is lost: %v, %v", p.Auditors, p.CustomFields)
	}
	r.converge(ctx, "new", "lea", "20s")
}

// oddServer changes a project in a server of another kind.
func oddServer(ctx context.Context, r *round) {
	modes := pick(r.random, []simulator.ProjectModes{
		{AbsentListsCleared: true, AbsentDescriptionCleared: true},
		{DirtyRequired: true, OwnersRequired: true},
		{UpdateLag: 1500, ListSpelling: "upper,reversed"},
		{UpdateSetsStatus: true, UpdateRenames: true},
		{UpdateFlow: simulator.FlowMode{Decision: "approved", Delay: 1000}},
		{Failures: map[string]simulator.Failure{"Codesign/UpdateProject": {Result: 1000, Saved: "all", Count: 2}}},
		{Failures: map[string]simulator.Failure{"Codesign/UpdateProject": {Result: 3005, Count: 1}}},
		{OldGlobalConfiguration: true, EmptyFieldsShown: true, UnknownTrusteesRefused: true},
	})
	r.withModes(modes, func() {
		r.converge(ctx, "text kim", "kim", "30s")
		r.converge(ctx, "text lea", "lea", "30s")
	})
}
