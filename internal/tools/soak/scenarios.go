package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// scenarios are what went wrong once in reports or in random tests.
var scenarios = []scenario{
	{"ignored argument", ignoredArgument},
	{"replacement", replacement},
	{"invisible character", invisibleCharacter},
	{"late commit", lateCommitted},
	{"import with another spelling", otherSpelling},
	{"missing project", missingProject},
	{"foreign ticket", foreignTicket},
	{"saved plan, resubmitted", resubmitted},
	{"unfinished creation", unfinishedCreation},
	{"update that waits", heldUpdate},
	{"edit in the console", consoleEdit},
	{"settings of another server", oddServer},
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
		if n := r.countProviderEvents(simulator.EventStatus, 0); n > 0 {
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
	if n := r.countProviderEvents(simulator.EventSubmitted, 0); n != 1 && result.Code == 0 {
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

// foreignTicket names the caller on a ticket of an earlier submission, and not on the one of its
// own.
func foreignTicket(ctx context.Context, r *round) {
	age := time.Duration(1+r.random.IntN(20*60)) * time.Minute
	r.add(simulator.Project{Status: "Draft", Owners: []string{robot}, Approvers: []string{approver}})
	foreign := r.server.AddFlowTicket(simulator.FlowTicket{
		DN: r.dn, Approvers: []string{robot},
		Created: time.Now().Add(-age),
	})
	short := strings.ReplaceAll(block(r.dn, "Enabled", "  self_approve = true\n"), "25s", "4s")
	r.write(short)
	result := r.apply(ctx)
	if n := r.countProviderEvents(simulator.EventFlowApproved, foreign); n > 0 {
		r.fail("a ticket from %s before the submission was approved", age)
	}
	if result.Code == 0 {
		r.fail("the apply reports success without an approval")
	}
}

// resubmitted saves a plan and applies it after a person has rejected the submission and another one
// has submitted the changed project: the new submission stays undecided.
func resubmitted(ctx context.Context, r *round) {
	r.add(simulator.Project{Status: "Pending", Owners: []string{robot}})
	selfApproved := strings.ReplaceAll(block(r.dn, "Enabled", "  self_approve = true\n"), "25s", "4s")
	r.write(pick(r.random, []string{approval(r.dn), selfApproved}))
	if r.plan(ctx) == nil {
		return
	}
	if r.err = r.server.RejectFlow(r.dn, approver, "not this one"); r.err != nil {
		return
	}
	r.server.SetProjectStatus(r.dn, "Pending")
	list := r.server.FlowTickets(r.dn)
	result := r.apply(ctx, "saved.tfplan")
	if n := r.countProviderEvents(simulator.EventFlowApproved, list[len(list)-1].ID); n > 0 || result.Code == 0 {
		r.fail("a plan of one submission decided another (exit %d, %d approvals)", result.Code, n)
	}
	r.expect(r.dn, "Pending")
}
