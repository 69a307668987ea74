package pipelines

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// gitlab imitates GitLab CI: the scripts of a job in one shell, after its artifacts were unpacked
// over the checkout.
type gitlab struct {
	fixture

	tools string
	file  struct {
		Default struct {
			BeforeScript []string `yaml:"before_script"`
		} `yaml:"default"`
		Variables map[string]string    `yaml:"variables"`
		Jobs      map[string]yaml.Node `yaml:",inline"`
	}
}

type gitlabJob struct {
	BeforeScript []string          `yaml:"before_script"`
	Script       []string          `yaml:"script"`
	Variables    map[string]string `yaml:"variables"`
	Environment  map[string]string `yaml:"environment"`
	Artifacts    struct {
		Paths []string `yaml:"paths"`
	} `yaml:"artifacts"`
}

func newGitLab(t *testing.T, s fixture) *gitlab {
	t.Helper()
	g := &gitlab{fixture: s, tools: filepath.Join(t.TempDir(), "tools")}
	installTools(t, g.tools)
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join(s.clone("main"), ".gitlab-ci.yml"))), &g.file); err != nil {
		t.Fatal(err)
	}
	return g
}

// run runs one job in a clone that has the files of from, its artifacts. It returns the folder with
// the job's own.
func (g *gitlab) run(want int, name, clone, who, from string) (artifacts, said string) {
	t := g.host.t
	t.Helper()
	node := g.file.Jobs[name]
	var job gitlabJob
	if err := node.Decode(&job); err != nil {
		t.Fatal(err)
	}
	if from != "" {
		unpack(t, from, clone)
	}
	before := g.file.Default.BeforeScript
	if job.BeforeScript != nil {
		before = job.BeforeScript
	}
	file := filepath.Join(t.TempDir(), "script.sh")
	write(t, file, strings.Join(append(append([]string{"set -eu"}, before...), job.Script...), "\n"))
	cmd := exec.CommandContext(t.Context(), "sh", file)
	cmd.Dir, cmd.Env = clone, g.environment(clone, signJWT(t, who), g.file.Variables, job.Variables)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	code := 0
	err := cmd.Run()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		code, err = exit.ExitCode(), nil
	}
	if err != nil || code != want {
		t.Fatalf("the job %s ended with %d, want %d: %v\n%s", name, code, want, err, out.String())
	}
	artifacts = t.TempDir()
	for _, path := range job.Artifacts.Paths {
		if content, err := os.ReadFile(filepath.Join(clone, path)); err == nil {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(artifacts, path)), 0o750); err != nil {
				t.Fatal(err)
			}
			write(t, filepath.Join(artifacts, path), string(content))
		}
	}
	return artifacts, out.String()
}

func (g *gitlab) environment(clone, token string, variables ...map[string]string) []string {
	env := append(os.Environ(), gitEnvironment()...)
	env = append(env, g.cli.Env...)
	env = append(env, "PATH="+g.tools+":"+filepath.Dir(g.cli.Path)+":"+os.Getenv("PATH"), "TF="+g.cli.Path,
		"TOOLS="+g.tools,
		"BACKEND_CONFIG=path="+g.state, "VENAFI_URL="+g.url, "CODESIGN_JWT="+token)
	for _, vars := range variables {
		for key, value := range vars {
			env = append(env, key+"="+strings.ReplaceAll(value, "$CI_PROJECT_DIR", clone))
		}
	}
	return env
}

// unpack writes files over those that are there, and keeps which of them can be run.
func unpack(t *testing.T, from, to string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "cp", "-R", from+"/.", to)
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("cp: %v\n%s", err, out)
	}
}

func TestAccGitLab_MergeAndApply(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	_, said := g.run(0, "preview", g.preview("stop-payments"), pullRequestSubject, "")
	mustContain(t, "the preview", said, "| `\\VED\\Code Signing\\Projects\\Payments` | `Enabled` | `Disabled` |")
	g.merge("stop-payments")
	plan, _ := g.run(0, "plan", g.clone("main"), subject, "")
	g.run(0, "policy", g.clone("main"), subject, plan)
	g.checkNoChanges("a plan")
	result, _ := g.run(0, "apply", g.clone("main"), environmentSubject, plan)
	g.checkStatus(payments, "Disabled")
	mustContain(t, "the output of the apply", read(t, filepath.Join(result, "saved", "apply.txt")), "1 changed")
}

// The archive of the plan has more than the plan in it: a script that the next job would run.
func TestAccGitLab_ReplacedScript(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	g.merge("stop-payments")
	plan, _ := g.run(0, "plan", g.clone("main"), subject, "")
	for _, path := range []string{"ci/apply", "ci/prepare", "evil.tf"} {
		trace := filepath.Join(t.TempDir(), "trace")
		archive := t.TempDir()
		unpack(t, plan, archive)
		if err := os.MkdirAll(filepath.Join(archive, filepath.Dir(path)), 0o750); err != nil {
			t.Fatal(err)
		}
		script(t, filepath.Join(archive, path), "touch "+trace)
		_, said := g.run(1, "apply", g.clone("main"), environmentSubject, archive)
		mustContain(t, "the apply", said, "replace files of the checkout")
		if _, err := os.Stat(trace); err == nil {
			t.Errorf("the replaced %s was run", path)
		}
	}
	g.checkNoChanges("a refused apply")
}
