package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// scenario is a sequence of changes and CLI runs with its own checks.
type scenario struct {
	name string
	play func(context.Context, *round)
}

// scenario plays one situation, chosen at random, in a server without faults.
func (r *round) scenario(ctx context.Context) {
	selected := slices.DeleteFunc(slices.Clone(scenarios), func(one scenario) bool {
		return !strings.Contains(one.name, r.only)
	})
	if len(selected) == 0 {
		selected = scenarios
	}
	chosen := pick(r.random, selected)
	r.scenarioCount++
	r.people.begin(nil)
	r.name = fmt.Sprintf("S%d", r.number)
	r.dn, r.label = projects+r.name, chosen.name+" "+r.name+": "
	if r.err = r.clear(); r.err != nil {
		return
	}
	r.since, r.logged = len(r.server.Journal()), len(r.server.Requests())
	fmt.Fprintf(&r.output, "situation: %s\n", chosen.name)
	chosen.play(ctx, r)
	r.server.ClearFaults()
}

// clear removes state and saved plans of the situation before.
func (r *round) clear() error {
	left, err := filepath.Glob(filepath.Join(r.cli.Dir, "*.tf*"))
	for _, path := range left {
		err = errors.Join(err, os.Remove(path))
	}
	return err
}

// add adds the project of the situation, or one with another name.
func (r *round) add(p simulator.Project) {
	p.Name = cmp.Or(p.Name, r.name)
	r.server.AddProject(p)
	dn := projects + p.Name
	r.initial[dn] = r.server.ProjectStatus(dn)
}

func (r *round) write(blocks string) {
	if r.err == nil {
		r.err = r.cli.Write("main.tf", header(r.url)+blocks)
	}
}

// plan saves a plan and returns the planned status of each project by DN.
func (r *round) plan(ctx context.Context) map[string]string {
	if result := r.run(ctx, "plan", "-input=false", "-out=saved.tfplan"); r.err != nil || result.Code != 0 {
		r.fail("the plan failed")
		return nil
	}
	var shown struct {
		Changes []struct {
			Type   string
			Change struct{ After map[string]any }
		} `json:"resource_changes"`
	}
	r.err = r.cli.Decode(ctx, &shown, "show", "-json", "saved.tfplan")
	planned := map[string]string{}
	for _, change := range shown.Changes {
		if change.Type == "codesign_project_status" {
			dn, _ := change.Change.After["dn"].(string)
			planned[dn], _ = change.Change.After["status"].(string)
		}
	}
	return planned
}

// applySavedPlan saves a plan, applies it, and compares the server with what the plan showed.
func (r *round) applySavedPlan(ctx context.Context) {
	planned := r.plan(ctx)
	if planned == nil {
		return
	}
	r.applyCleanly(ctx, "saved.tfplan")
	for dn, status := range planned {
		if got := r.server.ProjectStatus(dn); got != status && (status != "Pending" || got != "Enabled") {
			r.fail("the plan showed %s for %s, the server has %s", status, strings.TrimPrefix(dn, projects), got)
		}
	}
}

// expect complains if a project has another status.
func (r *round) expect(dn, want string) {
	if got := r.server.ProjectStatus(dn); got != want {
		r.fail("%q is %s, expected %s", strings.TrimPrefix(dn, projects), got, want)
	}
}

// countProviderEvents counts the provider's events of one kind in the situation; ticket 0 is any.
func (r *round) countProviderEvents(kind string, ticket int64) int {
	n := 0
	for _, e := range r.server.Journal()[r.since:] {
		if e.User == robot && e.Kind == kind && (ticket == 0 || e.Ticket == ticket) {
			n++
		}
	}
	return n
}
