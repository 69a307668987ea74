package pipelines

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// Only a plan with differences makes the code 2: no usage error, and no program that fails with 2
// midway.
func TestDrift_ExitCode(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args []string
		tf   string
		want int
	}{
		"no argument":        {nil, "exit 0", 64},
		"two arguments":      {[]string{"a", "b"}, "exit 0", 64},
		"init fails with 2":  {[]string{"out"}, `[ "$1" != init ] || exit 2`, 1},
		"show fails with 2":  {[]string{"out"}, `case $1 in plan|show) exit 2; esac`, 1},
		"no folder":          {[]string{"tf/out"}, "exit 0", 1},
		"the plan fails":     {[]string{"out"}, `[ "$1" != plan ] || exit 1`, 1},
		"nothing differs":    {[]string{"out"}, "exit 0", 0},
		"something differs":  {[]string{"out"}, `[ "$1" != plan ] || exit 2`, 2},
		"the CLI is missing": {[]string{"out"}, "", 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if c.tf != "" {
				script(t, filepath.Join(dir, "tf"), c.tf)
			}
			if got := runScript(t, dir, "drift", c.args...); got != c.want {
				t.Errorf("drift ended with %d, want %d", got, c.want)
			}
		})
	}
}

// A plan that fails is reported with its messages: a role with on_drift = "Fail" was changed.
func TestDrift_FailedPlan(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	script(t, filepath.Join(dir, "tf"), `[ "$1" != plan ] || { echo "role was changed" >&2; exit 1; }`)
	if got := runScript(t, dir, "drift", "out"); got != 1 {
		t.Errorf("drift ended with %d, want 1", got)
	}
	mustContain(t, "the report", read(t, filepath.Join(dir, "out", "drift.txt")), "role was changed")
}

func TestScripts_Usage(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"plan", "verify", "apply", "result", "drift", "policy", "expire"} {
		if got := runScript(t, t.TempDir(), name); got != 64 {
			t.Errorf("%s without arguments ended with %d, want 64", name, got)
		}
	}
}

func script(t *testing.T, path, body string) {
	t.Helper()
	write(t, path, "#!/bin/sh\n"+body+"\n")
	if err := os.Chmod(path, 0o700); err != nil {
		t.Fatal(err)
	}
}

// runScript runs a script of the example in a folder whose program "tf" is the CLI.
func runScript(t *testing.T, dir, name string, args ...string) int {
	t.Helper()
	path, err := filepath.Abs(filepath.Join(example, "ci", name))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), path, args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), "TF="+filepath.Join(dir, "tf"), "OPA="+filepath.Join(dir, "opa"))
	_, err = cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode()
	}
	if err != nil {
		t.Fatal(err)
	}
	return 0
}

// A policy check that finds no policies, no plan or no answer does not pass.
func TestPolicy_FailsClosed(t *testing.T) {
	t.Parallel()
	const answers = `case $* in *policies) echo 6 ;; *) echo '[]' ;; esac`
	for name, c := range map[string]struct {
		plan, opa string
		want      int
	}{
		"nothing denied": {`{"format_version":"1.2"}`, answers, 0},
		"denied":         {`{"format_version":"1.2"}`, `case $* in *policies) echo 6 ;; *) echo '["no"]' ;; esac`, 1},
		"no policies":    {`{"format_version":"1.2"}`, "echo 0", 1},
		"no answer":      {`{"format_version":"1.2"}`, `case $* in *policies) echo 6 ;; esac`, 1},
		"a policy fails": {`{"format_version":"1.2"}`, `case $* in *policies) echo 6 ;; *) exit 2 ;; esac`, 2},
		"not a plan":     {`{}`, answers, 1},
		"not JSON":       {`text`, answers, 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			write(t, filepath.Join(dir, "plan.json"), c.plan)
			script(t, filepath.Join(dir, "opa"), c.opa)
			if got := runScript(t, dir, "policy", "."); got != c.want {
				t.Errorf("policy ended with %d, want %d", got, c.want)
			}
		})
	}
}
