package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// scenarioRun is one situation while it is played: a project of its own, an empty state, and what was
// found.
type scenarioRun struct {
	*soak
	name, dn string
	since    int // length of the journal at the beginning
	logged   int // length of the request log
	output   strings.Builder
	found    []string
}

func (s *soak) prepareScenarios(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	s.scenarioCLI = s.cli.In(dir)
	if err := s.scenarioCLI.Write("main.tf", header(s.url())); err != nil {
		return err
	}
	_, err := s.scenarioCLI.Do(ctx, "init", "-input=false")
	return err
}

// playScenario plays one situation, chosen at random, in a server without faults.
func (s *soak) playScenario(ctx context.Context, number int) error {
	chosen := pick(s.random, s.selected())
	s.scenarioCount++
	s.actor.begin(nil)
	c := &scenarioRun{soak: s, name: fmt.Sprintf("S%d", number)}
	c.dn = projects + c.name
	if err := c.clear(); err != nil {
		return err
	}
	c.since, c.logged = len(s.server.Journal()), len(s.server.Requests())
	fmt.Fprintf(&c.output, "situation: %s\n", chosen.name)
	if err := chosen.play(ctx, c); err != nil {
		return fmt.Errorf("%s: %w", chosen.name, err)
	}
	found := append(s.violations(), c.found...)
	for i, f := range found {
		if slices.Contains(c.found, f) {
			found[i] = chosen.name + " " + c.name + ": " + f
		}
	}
	s.reportViolations(number, found, c.output.String())
	s.server.ClearFaults()
	return nil
}

// selected are the situations whose name contains what -situation asks for.
func (s *soak) selected() []scenario {
	list := slices.DeleteFunc(slices.Clone(scenarios), func(one scenario) bool {
		return !strings.Contains(one.name,
			s.only)
	})
	if len(list) == 0 {
		return scenarios
	}
	return list
}

// clear removes state and saved plans of the situation before.
func (c *scenarioRun) clear() error {
	left, err := filepath.Glob(filepath.Join(c.scenarioCLI.Dir, "*.tf*"))
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := os.Remove(path); err != nil {
			return err
		}
	}
	return nil
}

// add adds the project of the scene, or another one.
func (c *scenarioRun) add(p simulator.Project) {
	c.server.AddProject(p)
	dn := projects + p.Name
	c.initial[dn] = c.server.ProjectStatus(dn)
}

func (c *scenarioRun) write(blocks string) error {
	return c.scenarioCLI.Write("main.tf", header(c.url())+blocks)
}

// run runs a command and keeps its output for the report.
func (c *scenarioRun) run(ctx context.Context, args ...string) (realcli.Result, error) {
	result, err := c.scenarioCLI.Run(ctx, args...)
	fmt.Fprintf(&c.output, "$ %s (exit %d)\n%s%s\n", strings.Join(args, " "), result.Code, result.Stdout, result.Stderr)
	return result, err
}

func (c *scenarioRun) apply(ctx context.Context, args ...string) (realcli.Result, error) {
	c.applies++
	return c.run(ctx, append([]string{"apply", "-input=false", "-auto-approve"}, args...)...)
}

// applyCleanly applies and complains about a failure. Afterwards the state is true and the plan empty.
func (c *scenarioRun) applyCleanly(ctx context.Context, args ...string) error {
	result, err := c.apply(ctx, args...)
	if err != nil {
		return err
	}
	if result.Code != 0 {
		c.fail("the apply failed")
		return nil
	}
	return c.checkConverged(ctx)
}

// checkConverged complains if the state differs from the server or the plan is not empty.
func (c *scenarioRun) checkConverged(ctx context.Context) error {
	more, err := c.stateAgrees(ctx, c.scenarioCLI)
	if err != nil {
		return err
	}
	c.found = append(c.found, more...)
	plan, err := c.run(ctx, "plan", "-input=false", "-detailed-exitcode")
	if plan.Code != 0 {
		c.fail("the plan after an apply is not empty")
	}
	return err
}

// plan saves a plan and returns the planned status of each project by DN.
func (c *scenarioRun) plan(ctx context.Context) (planned map[string]string, ok bool, err error) {
	result, err := c.run(ctx, "plan", "-input=false", "-out=saved.tfplan")
	if err != nil || result.Code != 0 {
		return nil, false, err
	}
	shown, err := c.scenarioCLI.Do(ctx, "show", "-json", "saved.tfplan")
	if err != nil {
		return nil, false, err
	}
	var decoded struct {
		Changes []struct {
			Type   string
			Change struct{ After map[string]any }
		} `json:"resource_changes"`
	}
	if err := json.Unmarshal([]byte(shown.Stdout), &decoded); err != nil {
		return nil, false, err
	}
	planned = map[string]string{}
	for _, r := range decoded.Changes {
		dn, _ := r.Change.After["dn"].(string)
		status, _ := r.Change.After["status"].(string)
		if r.Type == "codesign_project_status" {
			planned[dn] = status
		}
	}
	return planned, true, nil
}

// applySavedPlan saves a plan, applies it, and compares the server with what the plan showed.
func (c *scenarioRun) applySavedPlan(ctx context.Context) error {
	planned, ok, err := c.plan(ctx)
	if err != nil {
		return err
	}
	if !ok {
		c.fail("the plan failed")
		return nil
	}
	if err := c.applyCleanly(ctx, "saved.tfplan"); err != nil {
		return err
	}
	for dn, status := range planned {
		if got := c.server.ProjectStatus(dn); got != status && (status != "Pending" || got != "Enabled") {
			c.fail("the plan showed %s for %s, the server has %s", status, strings.TrimPrefix(dn, projects), got)
		}
	}
	return nil
}

func (c *scenarioRun) fail(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

// expect complains if a project has another status.
func (c *scenarioRun) expect(dn, want string) {
	if got := c.server.ProjectStatus(dn); got != want {
		c.fail("%q is %s, expected %s", strings.TrimPrefix(dn, projects), got, want)
	}
}

// countProviderEvents counts the provider's events of one kind in the scene; ticket 0 is any.
func (c *scenarioRun) countProviderEvents(kind string, ticket int64) int {
	n := 0
	for _, e := range c.server.Journal()[c.since:] {
		if e.User == robot && e.Kind == kind && (ticket == 0 || e.Ticket == ticket) {
			n++
		}
	}
	return n
}
