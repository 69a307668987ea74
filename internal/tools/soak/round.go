package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// round is one apply, or the commands of one situation. After a command that could not be run, the
// round runs no other.
type round struct {
	*soak
	cli    *realcli.CLI
	number int
	output strings.Builder
	found  []string
	err    error

	label    string // of the situation, before what was found
	name, dn string // of its project
	since    int    // length of the journal at the beginning
}

// run runs a command and keeps its output for the report.
func (r *round) run(ctx context.Context, args ...string) (result realcli.Result) {
	if r.err == nil {
		result, r.err = r.cli.Run(ctx, args...)
		r.keep(result, args)
	}
	return result
}

func (r *round) keep(result realcli.Result, args []string) {
	fmt.Fprintf(&r.output, "$ %s (exit %d)\n%s%s\n", strings.Join(args, " "), result.Code, result.Stdout, result.Stderr)
}

func (r *round) apply(ctx context.Context, args ...string) realcli.Result {
	r.applies++
	return r.run(ctx, append([]string{"apply", "-input=false", "-auto-approve"}, args...)...)
}

// applyCleanly applies and complains about a failure. Afterwards the state is true and the plan empty.
func (r *round) applyCleanly(ctx context.Context, args ...string) {
	if result := r.apply(ctx, args...); result.Code != 0 {
		r.fail("the apply failed")
		return
	}
	r.checkConverged(ctx)
}

// checkConverged complains if the state differs from the server or the plan is not empty.
func (r *round) checkConverged(ctx context.Context) {
	r.checkState(ctx)
	if plan := r.run(ctx, "plan", "-input=false", "-detailed-exitcode"); plan.Code != 0 {
		r.fail("the plan after an apply is not empty")
	}
}

func (r *round) fail(format string, args ...any) {
	r.found = append(r.found, r.label+fmt.Sprintf(format, args...))
}

// report reports what was not there before.
func (r *round) report() {
	for _, f := range append(r.violations(), r.found...) {
		if !slices.Contains(r.soak.found, f) {
			r.soak.found = append(r.soak.found, f)
			fmt.Fprintf(r.out, "VIOLATION in round %d: %s\n%s\n", r.number, f, r.output.String())
		}
	}
}

// chaos applies once amid faults, external changes and kills.
func (r *round) chaos(ctx context.Context) {
	c := newChaos(r.random, r.list, r.governed)
	if r.random.IntN(3) == 0 {
		pick(r.random, r.list).desired = pick(r.random, desiredStatuses)
	}
	if r.random.IntN(2) == 0 {
		pick(r.random, r.governed).choose(r.random)
	}
	if r.err = r.configure(); r.err != nil {
		return
	}
	defer r.server.ClearFaults()
	for _, f := range c.faults {
		r.server.Inject(f)
	}
	r.people.begin(c.actions, func() {})
	r.faults += len(c.faults)
	r.actions += len(c.actions)
	if c.kill > 0 {
		r.applyAndKill(ctx, c)
		return
	}
	result := r.apply(ctx, "-lock-timeout=5s")
	if result.Code == 0 {
		r.checkState(ctx)
		return
	}
	r.failures++
	if !strings.Contains(result.Stderr, "Error:") {
		r.fail("an apply failed and did not say why")
	}
}

// applyAndKill removes the lock that a killed CLI leaves on its state, as a person would.
func (r *round) applyAndKill(ctx context.Context, c chaos) {
	args := []string{"apply", "-input=false", "-auto-approve", "-lock-timeout=5s"}
	r.applies++
	var result realcli.Result
	var hit bool
	result, hit, r.err = r.cli.RunAndKill(ctx, c.kill, c.partly, args...)
	r.keep(result, args)
	if hit {
		r.kills++
		_ = os.Remove(filepath.Join(r.cli.Dir, ".terraform.tfstate.lock.info"))
	}
}

// faultless applies in a world without faults. People approve what waits for them, and desired
// statuses that can't be reached are given up. The apply has to succeed, and the plan after it has to
// be empty.
func (r *round) faultless(ctx context.Context) {
	r.replaceUnreachable()
	if r.err = r.configure(); r.err != nil {
		return
	}
	r.approve() // a change between plan and apply would stop the CLI
	r.people.begin(nil, r.approve)
	r.applyCleanly(ctx)
	if n := r.cli.Providers(); n != 0 {
		r.fail("%d providers are still running", n)
	}
}

// replaceUnreachable replaces desired statuses that can't be reached from where a project is: a
// Disabled one is not submitted, and this server knows no way from Pending to Disabled.
func (r *round) replaceUnreachable() {
	for _, p := range r.list {
		switch status := r.server.ProjectStatus(p.dn); {
		case status == "Disabled" && p.desired == "Pending":
			p.desired = "Disabled"
		case status == "Pending" && p.desired == "Disabled":
			p.desired = "Pending"
		}
	}
}

// approve lets a person approve what waits.
func (r *round) approve() {
	for _, p := range r.list {
		if r.server.ProjectStatus(p.dn) == "Pending" && !p.selfApprove && p.desired == "Enabled" {
			_ = r.server.ApproveFlow(p.dn, approver)
		}
	}
}
