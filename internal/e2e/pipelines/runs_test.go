package pipelines

import (
	"os"
	"path/filepath"
	"testing"
)

func (g *github) results(r *run, want map[string]string) {
	g.host.t.Helper()
	for name, result := range want {
		if r.results[name] != result {
			g.host.t.Fatalf("the job %s ended with %q, want %q:\n%s", name, r.results[name], result, g.said.String())
		}
	}
}

// From the pull request to the result on it, through the workflows as GitHub runs them.
func TestAccGitHub_PullRequestAndMerge(t *testing.T) {
	t.Parallel()
	g := newGitHub(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	r := g.start("plan", "stop-payments", pullRequest())
	g.results(r, map[string]string{"plan": "success", "policy": "success", "comment": "success"})
	row := "| `\\VED\\Code Signing\\Projects\\Payments` | `Enabled` | `Disabled` |"
	mustContain(t, "the comment", read(t, filepath.Join(g.tools, "comments")), row)
	mustContain(t, "the summary of the job", r.summary, row)
	g.checkNoChanges("a pull request")

	// Another run has artifacts of the same name: a workflow of a branch can make them.
	trace := filepath.Join(t.TempDir(), "trace")
	g.forge(t, filepath.Join(g.artifacts, "9", "saved"), trace)
	g.merge("stop-payments")
	r = g.start("apply", "main", onMain())
	g.results(r, map[string]string{"plan": "success", "policy": "success", "apply": "success", "report": "success"})
	g.checkStatus(payments, "Disabled")
	if _, err := os.Stat(trace); err == nil {
		t.Error("the artifact of another run was applied")
	}
	mustContain(t, "the comments", read(t, filepath.Join(g.tools, "comments")), "### Applied")
	mustContain(t, "the calls of gh", read(t, filepath.Join(g.tools, "gh.log")), "pr comment 7")
}

// The plan is replaced between the job that shows it and the one that applies it.
func TestAccGitHub_PlanReplacedAtTheGate(t *testing.T) {
	t.Parallel()
	g := newGitHub(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	g.merge("stop-payments")
	trace := filepath.Join(t.TempDir(), "trace")
	g.gate = func() { g.forge(t, filepath.Join(g.artifacts, "1", "saved"), trace) }
	r := g.start("apply", "main", onMain())
	g.results(r, map[string]string{"plan": "success", "apply": "failure"})
	mustContain(t, "the apply", g.said.String(), "not the one that was shown")
	g.checkNoChanges("a refused apply")
	if _, err := os.Stat(trace); err == nil {
		t.Error("the program in the forged plan was run")
	}
}

func TestAccGitHub_StalePlanIsPlannedAgain(t *testing.T) {
	t.Parallel()
	g := newGitHub(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	g.merge("stop-payments")
	// While the reviewers read, another run moves the state.
	g.gate = g.moveState
	r := g.start("apply", "main", onMain())
	g.results(r, map[string]string{"apply": "failure", "report": "success"})
	mustContain(t, "the comment", read(t, filepath.Join(g.tools, "comments")), "the plan is stale")
	mustContain(t, "the calls of gh", read(t, filepath.Join(g.tools, "gh.log")), "workflow run apply.yml")

	g.gate = nil
	g.results(g.start("apply", "main", onMain()), map[string]string{"apply": "success"})
	g.checkStatus(payments, "Disabled")
}

// Nothing was merged: a run by hand on main corrects what was changed outside, and does nothing
// where nothing was.
func TestAccGitHub_DriftIsCorrectedByHand(t *testing.T) {
	t.Parallel()
	g := newGitHub(t, newFixture(t))
	g.server.Server.SetProjectStatus(firmware, "Disabled")
	g.results(g.start("drift", "main", onMain()), map[string]string{"drift": "success", "report": "failure"})
	mustContain(t, "the issue", read(t, filepath.Join(g.tools, "comments")), "Rocket Firmware")
	g.results(g.start("apply", "main", onMain()), map[string]string{"apply": "success"})
	g.checkStatus(firmware, "Enabled")
	g.results(g.start("apply", "main", onMain()), map[string]string{"plan": "success", "apply": "skipped"})
	g.results(g.start("drift", "main", onMain()), map[string]string{"drift": "success", "report": "skipped"})
}

func TestAccGitHub_PolicyStopsBeforeTheGate(t *testing.T) {
	t.Parallel()
	g := newGitHub(t, newFixture(t))
	g.proposeSelfApproval("shortcut")
	g.results(g.start("plan", "shortcut", pullRequest()), map[string]string{"plan": "success", "policy": "failure"})
	g.merge("shortcut")
	g.results(g.start("apply", "main", onMain()), map[string]string{
		"policy": "failure", "apply": "skipped",
		"report": "skipped",
	})
	mustContain(t, "the policy check", g.said.String(), "self_approve gives submission and approval to one identity")
	g.checkNoChanges("a plan that a policy denies")
}

// A run by hand can be started on any branch: there it has nothing to do.
func TestAccGitHub_ApplyOfABranch(t *testing.T) {
	t.Parallel()
	g := newGitHub(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	r := g.start("apply", "stop-payments", pullRequest())
	g.results(r, map[string]string{"plan": "skipped", "apply": "skipped"})
}
