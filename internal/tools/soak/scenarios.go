package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

// scenario is a sequence of changes and CLI runs with its own checks.
type scenario struct {
	name string
	play func(context.Context, *scenarioRun) error
}

// scenarios are what went wrong once in reports or in random tests.
var scenarios = []scenario{
	{"ignored argument", ignoredArgument},
	{"replacement", replacement},
	{"invisible character", invisibleCharacter},
	{"late commit", lateCommitted},
	{"import with another spelling", otherSpelling},
	{"missing project", missingProject},
	{"foreign ticket", foreignTicket},
	{"saved approval, resubmitted", resubmittedApproval},
	{"saved self-approval, resubmitted", resubmittedSelfApproval},
	{"unfinished creation", unfinishedCreation},
	{"update that waits", heldUpdate},
	{"edit in the console", consoleEdit},
	{"settings of another server", oddServer},
}

// block is one codesign_project_status; more are further lines.
func block(dn, status, more string) string {
	return fmt.Sprintf("resource \"codesign_project_status\" \"it\" {\n  dn = %q\n  status = %q\n"+
		"  timeouts = { create = \"25s\", update = \"25s\", delete = \"25s\" }\n%s}\n", dn, status, more)
}

func approval(dn string) string {
	return fmt.Sprintf("resource \"codesign_project_approval\" \"it\" {\n  dn = %q\n  decision = \"Approved\"\n  "+
		"comment = \"ok\"\n}\n", dn)
}

func ignoredArgument(ctx context.Context, c *scenarioRun) error {
	c.add(simulator.Project{Name: c.name, Status: "Enabled", Owners: []string{robot}})
	if err := c.write(block(c.dn, "Enabled", "")); err != nil {
		return err
	}
	if err := c.applySavedPlan(ctx); err != nil {
		return err
	}
	ignored := "  approval_comment = \"changed\"\n  lifecycle {\n    ignore_changes = [status]\n  }\n"
	if err := c.write(block(c.dn, "Disabled", ignored)); err != nil {
		return err
	}
	err := c.applySavedPlan(ctx)
	c.expect(c.dn, "Enabled")
	return err
}

// replacement leaves the desired status, or fails without having sent anything.
func replacement(ctx context.Context, c *scenarioRun) error {
	c.add(simulator.Project{Name: c.name, Status: "Enabled", Owners: []string{robot}})
	first := c.random.IntN(2) == 0
	more := fmt.Sprintf("  status_on_destroy = \"Disabled\"\n  lifecycle {\n    create_before_destroy = %t\n    "+
		"replace_triggered_by = [terraform_data.t]\n  }\n", first)
	trigger := func(n int) string { return fmt.Sprintf("resource \"terraform_data\" \"t\" { input = %d }\n", n) }
	if err := c.write(trigger(1) + block(c.dn, "Enabled", more)); err != nil {
		return err
	}
	if err := c.applyCleanly(ctx); err != nil {
		return err
	}
	args, input := []string{"-replace=codesign_project_status.it"}, 1
	if c.random.IntN(2) == 0 {
		args, input = nil, 2
	}
	if err := c.write(trigger(input) + block(c.dn, "Enabled", more)); err != nil {
		return err
	}
	result, err := c.apply(ctx, args...)
	if err != nil {
		return err
	}
	c.expect(c.dn, "Enabled")
	if result.Code != 0 {
		if n := c.countProviderEvents(simulator.EventStatus, 0); n > 0 {
			c.fail("a refused replacement changed the status %d times", n)
		}
		return nil
	}
	return c.checkConverged(ctx)
}

func invisibleCharacter(ctx context.Context, c *scenarioRun) error {
	other := c.name + pick(c.random, []string{"\u200f", "\u200b", "\u2060", "\ufeff"})
	names := []string{c.name, other}
	c.random.Shuffle(2, func(i, j int) { names[i], names[j] = names[j], names[i] })
	for _, name := range names {
		c.add(simulator.Project{Name: name, Status: "Pending"})
	}
	if err := c.write(approval(c.dn)); err != nil {
		return err
	}
	result, err := c.apply(ctx)
	if err != nil {
		return err
	}
	c.expect(projects+other, "Pending")
	if result.Code != 0 {
		c.fail("the approval failed")
		return nil
	}
	c.expect(c.dn, "Enabled")
	return c.checkConverged(ctx)
}

// lateCommitted answers a submission with 502 and commits it seconds later.
func lateCommitted(ctx context.Context, c *scenarioRun) error {
	c.add(simulator.Project{Name: c.name, Status: "Draft", Owners: []string{robot}})
	c.server.Inject(simulator.Fault{
		Path: "Codesign/UpdateProjectStatus", Kind: simulator.Gateway502LateCommit, Count: 1,
		CommitAfter: time.Duration(500+c.random.IntN(8000)) * time.Millisecond,
	})
	if err := c.write(block(c.dn, "Enabled", "  self_approve = true\n")); err != nil {
		return err
	}
	result, err := c.apply(ctx)
	if err != nil {
		return err
	}
	if n := c.countProviderEvents(simulator.EventSubmitted, 0); n != 1 && result.Code == 0 {
		c.fail("submitted %d times", n)
	}
	if result.Code == 0 {
		return c.checkConverged(ctx)
	}
	return nil // an error that explains itself is allowed; a double submission is found by the journal
}

func otherSpelling(ctx context.Context, c *scenarioRun) error {
	c.add(simulator.Project{Name: c.name, Status: "Enabled", Owners: []string{robot}})
	id := pick(c.random, []string{strings.ToUpper(c.dn), strings.ToLower(c.dn), c.dn})
	imported := fmt.Sprintf("import {\n  to = codesign_project_status.it\n  id = %q\n}\n", id)
	status := pick(c.random, []string{"Enabled", "Disabled"})
	if err := c.write(imported + block(pick(c.random, []string{c.dn, strings.ToUpper(c.dn)}), status,
		"  approval_comment = \"imported\"\n")); err != nil {
		return err
	}
	err := c.applyCleanly(ctx)
	c.expect(c.dn, status)
	return err
}

// missingProject removes the project outside; plan and destroy have to succeed.
func missingProject(ctx context.Context, c *scenarioRun) error {
	c.add(simulator.Project{Name: c.name, ID: int64(50_000 + c.applies), Status: "Enabled", Owners: []string{robot}})
	named := block(c.dn, "Enabled", "  status_on_destroy = \"Disabled\"\n")
	if c.random.IntN(2) == 0 {
		named = strings.Replace(named, fmt.Sprintf("dn = %q", c.dn), fmt.Sprintf("project_id = %d",
			50_000+c.applies), 1)
	}
	if err := c.write(named); err != nil {
		return err
	}
	if err := c.applyCleanly(ctx); err != nil {
		return err
	}
	c.server.RemoveProject(c.dn)
	result, err := c.run(ctx, "destroy", "-input=false", "-auto-approve")
	if result.Code != 0 {
		c.fail("the destroy of a missing project failed")
	}
	return err
}

// foreignTicket names the caller on a ticket of an earlier submission, and not on the one of its
// own.
func foreignTicket(ctx context.Context, c *scenarioRun) error {
	age := time.Duration(1+c.random.IntN(20*60)) * time.Minute
	c.add(simulator.Project{Name: c.name, Status: "Draft", Owners: []string{robot}, Approvers: []string{approver}})
	foreign := c.server.AddFlowTicket(simulator.FlowTicket{
		DN: c.dn, Approvers: []string{robot},
		Created: time.Now().Add(-age),
	})
	short := strings.ReplaceAll(block(c.dn, "Enabled", "  self_approve = true\n"), "25s", "4s")
	if err := c.write(short); err != nil {
		return err
	}
	result, err := c.apply(ctx)
	if err != nil {
		return err
	}
	if n := c.countProviderEvents(simulator.EventFlowApproved, foreign); n > 0 {
		c.fail("a ticket from %s before the submission was approved", age)
	}
	if result.Code == 0 {
		c.fail("the apply reports success without an approval")
	}
	return nil
}

// resubmit lets a person reject the submission and another one submit the changed project.
func (c *scenarioRun) resubmit() (ticket int64, err error) {
	if err := c.server.RejectFlow(c.dn, approver, "not this one"); err != nil {
		return 0, err
	}
	c.server.SetProjectStatus(c.dn, "Pending")
	list := c.server.FlowTickets(c.dn)
	return list[len(list)-1].ID, nil
}

func resubmittedApproval(ctx context.Context, c *scenarioRun) error {
	c.add(simulator.Project{Name: c.name, Status: "Pending"})
	if err := c.write(approval(c.dn)); err != nil {
		return err
	}
	return c.stalePlan(ctx)
}

func resubmittedSelfApproval(ctx context.Context, c *scenarioRun) error {
	c.add(simulator.Project{Name: c.name, Status: "Pending", Owners: []string{robot}})
	if err := c.write(strings.ReplaceAll(block(c.dn, "Enabled", "  self_approve = true\n"), "25s", "4s")); err != nil {
		return err
	}
	return c.stalePlan(ctx)
}

// stalePlan saves a plan, has the project submitted again, and applies the plan: the new submission
// stays undecided.
func (c *scenarioRun) stalePlan(ctx context.Context) error {
	_, ok, err := c.plan(ctx)
	if err != nil || !ok {
		c.fail("the plan failed")
		return err
	}
	ticket, err := c.resubmit()
	if err != nil {
		return err
	}
	result, err := c.apply(ctx, "saved.tfplan")
	if err != nil {
		return err
	}
	if n := c.countProviderEvents(simulator.EventFlowApproved, ticket); n > 0 || result.Code == 0 {
		c.fail("a plan of one submission decided another (exit %d, %d approvals)", result.Code, n)
	}
	c.expect(c.dn, "Pending")
	return nil
}
