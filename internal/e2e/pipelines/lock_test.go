//go:build unix

package pipelines

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const (
	station = `\VED\Code Signing\Projects\Ground Station`
	// patience is for a busy machine; nothing waits for it when all is well.
	waitLimit = 2 * time.Minute
)

func TestAccPlan_LockedState(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	state, err := os.OpenFile(s.state, os.O_RDWR, 0)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = state.Close() })
	// As the CLI locks a state in a file.
	if err := syscall.FcntlFlock(state.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK}); err != nil {
		t.Fatal(err)
	}
	s.expect(0, s.clone("main"), planScope, "plan", filepath.Join(s.plans, "while-locked"))
	s.expect(0, s.clone("main"), planScope, "drift", filepath.Join(s.plans, "night"))
}

// startWaitingApply starts an apply that submits a project and waits for its approvers.
func (s fixture) startWaitingApply(t *testing.T) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	s.server.Server.AddProject(simulator.Project{DN: station, Status: "Draft"})
	s.propose("launch", "Payments: Enabled", "Payments: Enabled\nGround Station: Enabled")
	s.merge("launch")
	plan, work := filepath.Join(s.plans, "launch"), s.clone("main")
	s.expect(0, work, planScope, "plan", plan)
	mustContain(t, "the summary", read(t, filepath.Join(plan, "summary.md")),
		"| `"+station+"` | `Draft` | `Enabled` | `the project's approvers` | `20m after the apply starts` |")
	cmd := s.command(work, applyScope, "apply", plan)
	var said bytes.Buffer
	cmd.Stdout, cmd.Stderr = &said, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	end := time.Now().Add(waitLimit)
	for ; s.server.Server.ProjectStatus(station) != "Pending"; time.Sleep(50 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("nothing was submitted:", said.String())
		}
	}
	return cmd, &said
}

// A host interrupts the process that it started, and nothing below it. GitHub kills the rest ten
// seconds later.
func TestAccApply_CancelledJob(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	cmd, said := s.startWaitingApply(t)
	if err := cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	timer := time.AfterFunc(waitLimit, func() { _ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL) })
	if cmd.Wait() == nil || !timer.Stop() {
		t.Fatal("the interrupted apply did not end:", said.String())
	}
	if _, err := os.Stat(filepath.Join(filepath.Dir(s.state), "."+filepath.Base(s.state)+".lock.info")); err == nil {
		t.Error("the cancelled job left its lock:", said.String())
	}
	// What was done is in the state, and the next run goes on from there.
	if err := s.server.Server.ApproveFlow(station, "dora"); err != nil {
		t.Fatal(err)
	}
	plan, work := filepath.Join(s.plans, "again"), s.clone("main")
	s.expect(0, work, planScope, "plan", plan)
	s.expect(0, work, applyScope, "apply", plan)
	s.checkStatus(station, "Enabled")
}

// The token of a job and the access token that it bought both end while the apply waits for people.
func TestAccApply_TokenExpiresDuringTheWait(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	cmd, said := s.startWaitingApply(t)
	// From now on the server takes no token of a job: as if all of them had expired.
	s.server.Server.UpdateSettings(func(settings *simulator.Settings) { settings.JWTKeys = nil })
	s.server.Server.ExpireTokens()
	if err := s.server.Server.ApproveFlow(station, "dora"); err != nil {
		t.Fatal(err)
	}
	if err := cmd.Wait(); err != nil {
		t.Fatal(err, said.String())
	}
	s.checkStatus(station, "Enabled")
}

// The identity of a plan buys nothing that changes a project, whatever a branch asks for.
func TestAccPlan_IdentityReadsOnly(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	for _, client := range []string{planClient, applyClient} {
		cmd := s.command(s.clone("main"), planScope, "plan", filepath.Join(s.plans, client))
		cmd.Env = append(cmd.Env, "VENAFI_CLIENT_ID="+client, "VENAFI_SCOPE="+applyScope)
		out, err := cmd.CombinedOutput()
		if err == nil {
			t.Errorf("the plan's identity got %s from %s", applyScope, client)
		}
		mustContain(t, "the plan as "+client, string(out), "the server answered")
	}
}

// A token of a job lives minutes, and what it bought could live for months. The provider gives it back.
func TestAccPipelines_GrantsAreRevoked(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	s.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	s.merge("stop-payments")
	plan := filepath.Join(s.plans, "stop-payments")
	s.server.Server.ResetLog()
	s.expect(0, s.clone("main"), planScope, "plan", plan)
	s.apply(0, s.clone("main"), applyScope, plan)
	granted, revoked := s.server.Server.Count("vedauth/authorize/jwt"), s.server.Server.Count("vedauth/revoke/token")
	if granted == 0 || granted != revoked {
		t.Errorf("%d grants were made and %d revoked", granted, revoked)
	}
}

// The approvers were too late. The saved plan cannot be applied again, and a new run on main continues.
func TestAccApply_TimeoutThenNewRun(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	s.server.Server.AddProject(simulator.Project{DN: station, Status: "Draft"})
	s.proposeIn("main.tf", "short", "status = each.value", "status = each.value\n\n  timeouts = { create = \"2s\" }")
	s.merge("short")
	s.propose("launch", "Payments: Enabled", "Payments: Enabled\nGround Station: Enabled")
	s.merge("launch")
	plan := filepath.Join(s.plans, "launch")
	s.expect(0, s.clone("main"), planScope, "plan", plan)
	mustContain(t, "the apply", s.apply(1, s.clone("main"), applyScope, plan), "Timed out")
	s.checkStatus(station, "Pending")
	if err := s.server.Server.ApproveFlow(station, "dora"); err != nil {
		t.Fatal(err)
	}
	s.server.Server.ResetLog()
	s.expect(0, s.clone("main"), planScope, "plan", plan)
	s.apply(0, s.clone("main"), applyScope, plan)
	s.checkStatus(station, "Enabled")
	s.checkNoChanges("a run that continues")
	s.expect(0, s.clone("main"), planScope, "drift", filepath.Join(s.plans, "night"))
}
