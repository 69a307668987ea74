package pipelines

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// Scopes of the jobs: a plan looks, an apply changes as well.
const (
	planScope  = "codesign:admin;configuration"
	applyScope = "codesign:admin,manage;configuration"
)

// runner runs jobs. What a job leaves behind is gone with its clone, but for the state and the
// saved plans.
type runner struct {
	t     *testing.T
	cli   *realcli.CLI
	url   string
	state string
}

func newRunner(t *testing.T, cli *realcli.CLI, url string) *runner {
	t.Helper()
	return &runner{t: t, cli: cli, url: url, state: filepath.Join(t.TempDir(), "terraform.tfstate")}
}

// job runs a script of the repository in a clone, logged in by a token made for this job alone.
func (r *runner) job(clone, scope, script string, args ...string) (code int, said string) {
	r.t.Helper()
	cmd := r.command(clone, scope, script, args...)
	out, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), string(out)
	}
	if err != nil {
		r.t.Fatal(err)
	}
	return 0, string(out)
}

func (r *runner) command(clone, scope, script string, args ...string) *exec.Cmd {
	r.t.Helper()
	cmd := exec.CommandContext(r.t.Context(), filepath.Join(clone, "ci", script), args...)
	cmd.Dir, cmd.Env = clone, r.environment(scope)
	return cmd
}

// terraform runs the CLI in a clone, without a script, and returns what it prints.
func (r *runner) terraform(clone, scope string, args ...string) []byte {
	r.t.Helper()
	cmd := exec.CommandContext(r.t.Context(), r.cli.Path, args...)
	cmd.Dir, cmd.Env = clone, r.environment(scope)
	out, err := cmd.Output()
	if err != nil {
		r.t.Fatalf("%v: %v\n%s", args, err, out)
	}
	return out
}

func (r *runner) environment(scope string) []string {
	r.t.Helper()
	who, client := subject, planClient
	if scope == applyScope {
		who, client = environmentSubject, applyClient
	}
	token := filepath.Join(r.t.TempDir(), "token.jwt")
	write(r.t, token, signJWT(r.t, who))
	env := append(os.Environ(), gitEnvironment()...)
	env = append(env, r.cli.Env...)
	return append(env, "TF="+r.cli.Path, "BACKEND_CONFIG=path="+r.state,
		"VENAFI_URL="+r.url, "VENAFI_EXTERNAL_JWT_FILE="+token, "VENAFI_SCOPE="+scope, "VENAFI_CLIENT_ID="+client)
}

// apply applies a saved plan in a clone, as a job does.
func (r *runner) apply(want int, clone, scope, plan string) (said string) {
	r.t.Helper()
	r.expect(0, clone, scope, "prepare")
	return r.expect(want, clone, scope, "apply", plan)
}

// expect runs a job that has to end with the given code.
func (r *runner) expect(want int, clone, scope, script string, args ...string) (said string) {
	r.t.Helper()
	code, said := r.job(clone, scope, script, args...)
	if code != want {
		r.t.Fatalf("%s ended with %d, and it should be %d:\n%s", script, code, want, said)
	}
	return said
}

// lock writes the lock file of a clone, as a person does by hand before the first merge request.
func (r *runner) lock(clone string) {
	r.t.Helper()
	cmd := exec.CommandContext(r.t.Context(), r.cli.Path, "init", "-backend=false", "-input=false")
	cmd.Dir = clone
	cmd.Env = append(os.Environ(), r.cli.Env...)
	if out, err := cmd.CombinedOutput(); err != nil {
		r.t.Fatalf("init: %v\n%s", err, out)
	}
}

func mustContain(t *testing.T, what, text string, wanted ...string) {
	t.Helper()
	for _, w := range wanted {
		if !strings.Contains(text, w) {
			t.Errorf("%s does not say %q:\n%s", what, w, text)
		}
	}
}
