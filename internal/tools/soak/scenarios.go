package main

import (
	"cmp"
	"context"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// scenario is a sequence of changes and CLI runs with its own checks.
type scenario struct {
	name string
	play func(context.Context, *round)
}

// scenarios are what went wrong once in reports or in random tests.
var scenarios = []scenario{
	{"ignored argument", ignoredArgument},
	{"replacement", replacement},
	{"invisible character", invisibleCharacter},
	{"late commit", lateCommitted},
	{"import with another spelling", otherSpelling},
	{"missing project", missingProject},
}

// scenario plays one situation, chosen at random, in a server without faults.
func (r *round) scenario(ctx context.Context) {
	chosen := pick(r.random, scenarios)
	r.scenarioCount++
	r.people.begin(nil, func() {})
	r.name = fmt.Sprintf("S%d", r.number)
	r.dn, r.label = projects+r.name, chosen.name+" "+r.name+": "
	r.cli = r.cli.In(filepath.Join(r.cli.Dir, r.name))
	r.write("")
	r.run(ctx, "init", "-input=false")
	r.since = len(r.server.Journal())
	fmt.Fprintf(&r.output, "situation: %s\n", chosen.name)
	chosen.play(ctx, r)
	r.server.ClearFaults()
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

// applySavedPlan saves a plan, applies it, and compares the server with the statuses that it showed.
func (r *round) applySavedPlan(ctx context.Context) {
	if result := r.run(ctx, "plan", "-input=false", "-out=saved.tfplan"); r.err != nil || result.Code != 0 {
		r.fail("the plan failed")
		return
	}
	var shown tfjson.Plan
	r.err = r.cli.Decode(ctx, &shown, "show", "-json", "saved.tfplan")
	r.applyCleanly(ctx, "saved.tfplan")
	for _, resource := range shown.ResourceChanges {
		if after, _ := resource.Change.After.(map[string]any); resource.Type == "codesign_project_status" {
			r.expect(fmt.Sprint(after["dn"]), fmt.Sprint(after["status"]))
		}
	}
}

// expect complains if a project has another status.
func (r *round) expect(dn, want string) {
	if got := r.server.ProjectStatus(dn); got != want {
		r.fail("%q is %s, expected %s", strings.TrimPrefix(dn, projects), got, want)
	}
}

// countProviderEvents counts the provider's events of one kind in the situation.
func (r *round) countProviderEvents(kind string) int {
	n := 0
	for _, e := range r.server.Journal()[r.since:] {
		if e.User == robot && e.Kind == kind {
			n++
		}
	}
	return n
}

// block is one codesign_project_status; more are further lines.
func block(dn, status, more string) string {
	return fmt.Sprintf(`resource "codesign_project_status" "it" {
  dn       = %q
  status   = %q
  timeouts = { create = "25s", update = "25s", delete = "25s" }
  %s
}
`, dn, status, more)
}

func approval(dn string) string {
	return fmt.Sprintf(`resource "codesign_project_approval" "it" {
  dn       = %q
  decision = "Approved"
  comment  = "ok"
}
`, dn)
}

func ignoredArgument(ctx context.Context, r *round) {
	r.add(simulator.Project{Status: "Enabled", Owners: []string{robot}})
	r.write(block(r.dn, "Enabled", ""))
	r.applySavedPlan(ctx)
	ignored := "  approval_comment = \"changed\"\n  lifecycle {\n    ignore_changes = [status]\n  }\n"
	r.write(block(r.dn, "Disabled", ignored))
	r.applySavedPlan(ctx)
	r.expect(r.dn, "Enabled")
}

// replacement leaves the desired status, or fails without having sent anything.
func replacement(ctx context.Context, r *round) {
	r.add(simulator.Project{Status: "Enabled", Owners: []string{robot}})
	first := r.random.IntN(2) == 0
	more := fmt.Sprintf("  status_on_destroy = \"Disabled\"\n  lifecycle {\n    create_before_destroy = %t\n    "+
		"replace_triggered_by = [terraform_data.t]\n  }\n", first)
	trigger := func(n int) string { return fmt.Sprintf("resource \"terraform_data\" \"t\" { input = %d }\n", n) }
	r.write(trigger(1) + block(r.dn, "Enabled", more))
	r.applyCleanly(ctx)
	args, input := []string{"-replace=codesign_project_status.it"}, 1
	if r.random.IntN(2) == 0 {
		args, input = nil, 2
	}
	r.write(trigger(input) + block(r.dn, "Enabled", more))
	result := r.apply(ctx, args...)
	r.expect(r.dn, "Enabled")
	if result.Code != 0 {
		if n := r.countProviderEvents(simulator.EventStatus); n > 0 {
			r.fail("a refused replacement changed the status %d times", n)
		}
		return
	}
	r.checkConverged(ctx)
}

func invisibleCharacter(ctx context.Context, r *round) {
	other := r.name + pick(r.random, []string{"\u200f", "\u200b", "\u2060", "\ufeff"})
	names := []string{r.name, other}
	r.random.Shuffle(2, func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		r.add(simulator.Project{Name: name, Status: "Pending"})
	}
	r.write(approval(r.dn))
	result := r.apply(ctx)
	r.expect(projects+other, "Pending")
	if result.Code != 0 {
		r.fail("the approval failed")
		return
	}
	r.expect(r.dn, "Enabled")
	r.checkConverged(ctx)
}

// lateCommitted answers a submission with 502 and commits it seconds later.
func lateCommitted(ctx context.Context, r *round) {
	r.add(simulator.Project{Status: "Draft", Owners: []string{robot}})
	r.server.Inject(simulator.Fault{
		Path: "Codesign/UpdateProjectStatus", Kind: simulator.Gateway502LateCommit, Count: 1,
		CommitAfter: time.Duration(500+r.random.IntN(8000)) * time.Millisecond,
	})
	r.write(block(r.dn, "Enabled", "  self_approve = true\n"))
	result := r.apply(ctx)
	if n := r.countProviderEvents(simulator.EventSubmitted); n != 1 && result.Code == 0 {
		r.fail("submitted %d times", n)
	}
	// An error that explains itself is allowed; a double submission is found by the journal.
	if result.Code == 0 {
		r.checkConverged(ctx)
	}
}

func otherSpelling(ctx context.Context, r *round) {
	r.add(simulator.Project{Status: "Enabled", Owners: []string{robot}})
	id := pick(r.random, []string{strings.ToUpper(r.dn), strings.ToLower(r.dn), r.dn})
	imported := fmt.Sprintf("import {\n  to = codesign_project_status.it\n  id = %q\n}\n", id)
	status := pick(r.random, []string{"Enabled", "Disabled"})
	r.write(imported + block(pick(r.random, []string{r.dn, strings.ToUpper(r.dn)}), status,
		"  approval_comment = \"imported\"\n"))
	r.applyCleanly(ctx)
	r.expect(r.dn, status)
}

// missingProject removes the project outside; plan and destroy have to succeed.
func missingProject(ctx context.Context, r *round) {
	r.add(simulator.Project{ID: int64(50_000 + r.applies), Status: "Enabled", Owners: []string{robot}})
	named := block(r.dn, "Enabled", `status_on_destroy = "Disabled"`)
	if r.random.IntN(2) == 0 {
		named = strings.Replace(named, fmt.Sprintf("dn       = %q", r.dn), fmt.Sprintf("project_id = %d",
			50_000+r.applies), 1)
	}
	r.write(named)
	r.applyCleanly(ctx)
	r.server.RemoveProject(r.dn)
	if result := r.run(ctx, "destroy", "-input=false", "-auto-approve"); result.Code != 0 {
		r.fail("the destroy of a missing project failed")
	}
}
