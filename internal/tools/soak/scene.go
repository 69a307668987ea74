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

// scene is one situation while it is played: a project of its own, an empty state, and what was
// found.
type scene struct {
	*soak
	name, dn string
	since    int // length of the journal at the beginning
	output   strings.Builder
	found    []string
}

func (s *soak) prepareScenes(ctx context.Context, dir string) error {
	if err := os.MkdirAll(dir, 0o750); err != nil {
		return err
	}
	s.scenes = s.cli.In(dir)
	if err := s.scenes.Write("main.tf", header(s.url())); err != nil {
		return err
	}
	_, err := s.scenes.Do(ctx, "init", "-input=false")
	return err
}

// situation plays one situation, chosen at random, in a server without faults.
func (s *soak) situation(ctx context.Context, number int) error {
	chosen := pick(s.random, s.selected())
	s.situations++
	s.stage.begin(nil)
	c := &scene{soak: s, name: fmt.Sprintf("S%d", number)}
	c.dn = projects + c.name
	if err := c.clear(); err != nil {
		return err
	}
	c.since = len(s.server.Journal())
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
	s.judge(number, found, c.output.String())
	s.server.ClearFaults()
	return nil
}

// selected are the situations whose name contains what -situation asks for.
func (s *soak) selected() []situation {
	list := slices.DeleteFunc(slices.Clone(situations), func(one situation) bool {
		return !strings.Contains(one.name,
			s.only)
	})
	if len(list) == 0 {
		return situations
	}
	return list
}

// clear removes state and saved plans of the situation before.
func (c *scene) clear() error {
	left, err := filepath.Glob(filepath.Join(c.scenes.Dir, "*.tf*"))
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
func (c *scene) add(p simulator.Project) {
	c.server.AddProject(p)
	dn := projects + p.Name
	c.initial[dn] = c.server.ProjectStatus(dn)
}

func (c *scene) write(blocks string) error { return c.scenes.Write("main.tf", header(c.url())+blocks) }

// run runs a command and keeps its output for the report.
func (c *scene) run(ctx context.Context, args ...string) (realcli.Result, error) {
	result, err := c.scenes.Run(ctx, args...)
	fmt.Fprintf(&c.output, "$ %s (exit %d)\n%s%s\n", strings.Join(args, " "), result.Code, result.Stdout, result.Stderr)
	return result, err
}

func (c *scene) apply(ctx context.Context, args ...string) (realcli.Result, error) {
	c.applies++
	return c.run(ctx, append([]string{"apply", "-input=false", "-auto-approve"}, args...)...)
}

// must applies and complains about a failure. Afterwards the state is true and the plan empty.
func (c *scene) must(ctx context.Context, args ...string) error {
	result, err := c.apply(ctx, args...)
	if err != nil {
		return err
	}
	if result.Code != 0 {
		c.complain("the apply failed")
		return nil
	}
	return c.settled(ctx)
}

// settled complains if the state differs from the server or the plan is not empty.
func (c *scene) settled(ctx context.Context) error {
	more, err := c.stateAgrees(ctx, c.scenes)
	if err != nil {
		return err
	}
	c.found = append(c.found, more...)
	plan, err := c.run(ctx, "plan", "-input=false", "-detailed-exitcode")
	if plan.Code != 0 {
		c.complain("the plan after an apply is not empty")
	}
	return err
}

// plan saves a plan and returns the planned status of each project by DN.
func (c *scene) plan(ctx context.Context) (planned map[string]string, ok bool, err error) {
	result, err := c.run(ctx, "plan", "-input=false", "-out=saved.tfplan")
	if err != nil || result.Code != 0 {
		return nil, false, err
	}
	shown, err := c.scenes.Do(ctx, "show", "-json", "saved.tfplan")
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

// asPlanned saves a plan, applies it, and compares the server with what the plan showed.
func (c *scene) asPlanned(ctx context.Context) error {
	planned, ok, err := c.plan(ctx)
	if err != nil {
		return err
	}
	if !ok {
		c.complain("the plan failed")
		return nil
	}
	if err := c.must(ctx, "saved.tfplan"); err != nil {
		return err
	}
	for dn, status := range planned {
		if got := c.server.ProjectStatus(dn); got != status && (status != "Pending" || got != "Enabled") {
			c.complain("the plan showed %s for %s, the server has %s", status, strings.TrimPrefix(dn, projects), got)
		}
	}
	return nil
}

func (c *scene) complain(format string, args ...any) {
	c.found = append(c.found, fmt.Sprintf(format, args...))
}

// expect complains if a project has another status.
func (c *scene) expect(dn, want string) {
	if got := c.server.ProjectStatus(dn); got != want {
		c.complain("%q is %s, expected %s", strings.TrimPrefix(dn, projects), got, want)
	}
}

// byRobot counts the provider's events of one kind in the scene; ticket 0 is any.
func (c *scene) byRobot(kind string, ticket int64) int {
	n := 0
	for _, e := range c.server.Journal()[c.since:] {
		if e.User == robot && e.Kind == kind && (ticket == 0 || e.Ticket == ticket) {
			n++
		}
	}
	return n
}
