package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// project is one codesign_project with a key user, and a member of another role.
func (c *scenarioRun) project(description, user, timeout string) string {
	return fmt.Sprintf(`resource "codesign_project" "it" {
  dn          = %q
  description = %q
  owners      = [%q]
  key_users   = [%q]
  timeouts    = { create = %q, update = %q }
}
`, c.dn, description, c.server.Trustee(robot), c.server.Trustee(user), timeout, timeout)
}

// count counts the requests for an operation since the beginning of the scene.
func (c *scenarioRun) requests(operation string) int {
	n := 0
	for _, r := range c.server.Requests()[c.logged:] {
		if r.Path == operation {
			n++
		}
	}
	return n
}

// withModes plays a part of a scene in a server that answers otherwise.
func (c *scenarioRun) withModes(modes simulator.ProjectModes, play func() error) error {
	var before simulator.ProjectModes
	c.server.UpdateSettings(func(now *simulator.Settings) { before, now.ProjectModes = now.ProjectModes, modes })
	defer c.server.UpdateSettings(func(now *simulator.Settings) { now.ProjectModes = before })
	return play()
}

// expectProject complains about other settings of the project on the server.
func (c *scenarioRun) expectProject(description, user string) {
	p, _ := c.server.Project(c.dn)
	if p.Description != description || !slices.Equal(p.KeyUsers, []string{c.server.Trustee(user)}) {
		c.fail("the project is %q with %v", p.Description, p.KeyUsers)
	}
}

// unfinishedCreation loses the second write of a creation; the next apply continues.
func unfinishedCreation(ctx context.Context, c *scenarioRun) error {
	kind := pick(c.random, []simulator.FaultKind{
		simulator.Status503, simulator.ResetBeforeCommit, simulator.ResetAfterCommit, simulator.Hang,
		simulator.Other500,
	})
	path := pick(c.random, []string{"Codesign/UpdateProject", "Codesign/CreateProject"})
	c.server.Inject(simulator.Fault{Path: path, Kind: kind, Count: 1 + c.random.IntN(9)})
	if err := c.write(c.project("new", "kim", "8s")); err != nil {
		return err
	}
	if _, err := c.apply(ctx); err != nil {
		return err
	}
	c.server.ClearFaults()
	err := c.applyCleanly(ctx)
	c.expectProject("new", "kim")
	if n := c.countProviderEvents(simulator.EventCreated, 0); n != 1 {
		c.fail("created %d times", n)
	}
	return err
}

// heldUpdate waits for an approval that does not come in time. The next apply sends nothing.
func heldUpdate(ctx context.Context, c *scenarioRun) error {
	if err := c.write(c.project("old", "kim", "20s")); err != nil {
		return err
	}
	if err := c.applyCleanly(ctx); err != nil {
		return err
	}
	c.server.SetProjectStatus(c.dn, "Enabled")
	modes := simulator.ProjectModes{UpdateFlow: simulator.FlowMode{Decision: "wait"}}
	return c.withModes(modes, func() error {
		c.logged = len(c.server.Requests())
		if err := c.write(c.project("new", "lea", "3s")); err != nil {
			return err
		}
		for range 2 {
			result, err := c.apply(ctx)
			if err != nil {
				return err
			}
			if result.Code == 0 || !strings.Contains(result.Stdout+result.Stderr, "ticket") {
				c.fail("the apply ended with %d while the update waits", result.Code)
			}
		}
		c.expectProject("old", "kim")
		if n := c.requests("Codesign/UpdateProject"); n != 1 {
			c.fail("%d updates were sent", n)
		}
		if c.random.IntN(2) == 0 {
			return c.decided(ctx, c.server.ApproveFlow(c.dn, approver), 1)
		}
		if err := c.server.RejectFlow(c.dn, approver, "no"); err != nil {
			return err
		}
		stop := c.approveUpdates(ctx)
		defer stop()
		return c.decided(ctx, nil, 2)
	})
}

// decided applies until the project is as desired, after so many updates.
func (c *scenarioRun) decided(ctx context.Context, err error, updates int) error {
	if err != nil {
		return err
	}
	if err := c.write(c.project("new", "lea", "20s")); err != nil {
		return err
	}
	err = c.applyCleanly(ctx)
	c.expectProject("new", "lea")
	if n := c.requests("Codesign/UpdateProject"); n != updates {
		c.fail("%d updates were sent, expected %d", n, updates)
	}
	return err
}

// consoleEdit lets an administrator change the project right before the provider reads or checks it.
func consoleEdit(ctx context.Context, c *scenarioRun) error {
	if err := c.write(c.project("old", "kim", "20s")); err != nil {
		return err
	}
	if err := c.applyCleanly(ctx); err != nil {
		return err
	}
	modes := simulator.ProjectModes{OtherWriter: &simulator.OtherWriter{
		Before: pick(c.random, []string{"Codesign/GetProject", "Config/IsValid"}), Count: 1 + c.random.IntN(3),
		Edit: simulator.ProjectEdit{
			Auditors: simulator.ListEdit{Add: []string{"eve"}}, CustomFields: map[string][]string{"Stage": {"Two"}},
		},
	}}
	return c.withModes(modes, func() error {
		if err := c.write(c.project("new", "lea", "20s")); err != nil {
			return err
		}
		if _, err := c.apply(ctx); err != nil {
			return err
		}
		p, _ := c.server.Project(c.dn)
		if !slices.Equal(p.Auditors, []string{c.server.Trustee("eve")}) || len(p.CustomFields) != 1 {
			c.fail("the edit is lost: %v, %v", p.Auditors, p.CustomFields)
		}
		err := c.applyCleanly(ctx)
		c.expectProject("new", "lea")
		return err
	})
}

// oddServer changes a project in a server of another kind.
func oddServer(ctx context.Context, c *scenarioRun) error {
	modes := pick(c.random, []simulator.ProjectModes{
		{AbsentListsCleared: true, AbsentDescriptionCleared: true},
		{DirtyRequired: true, OwnersRequired: true},
		{UpdateLag: 1500, ListSpelling: "upper,reversed"},
		{UpdateSetsStatus: true, UpdateRenames: true},
		{UpdateFlow: simulator.FlowMode{Decision: "approved", Delay: 1000}},
		{Failures: map[string]simulator.Failure{"Codesign/UpdateProject": {Result: 1000, Saved: "all", Count: 2}}},
		{Failures: map[string]simulator.Failure{"Codesign/UpdateProject": {Result: 3005, Count: 1}}},
		{OldGlobalConfiguration: true, EmptyFieldsShown: true, UnknownTrusteesRefused: true},
	})
	return c.withModes(modes, func() error {
		for _, user := range []string{"kim", "lea"} {
			if err := c.write(c.project("text "+user, user, "30s")); err != nil {
				return err
			}
			if err := c.applyCleanly(ctx); err != nil {
				return err
			}
			c.expectProject("text "+user, user)
		}
		return nil
	})
}
