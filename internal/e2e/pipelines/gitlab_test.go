package pipelines

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// gitlab imitates GitLab CI: the scripts of a job in one shell, after its artifacts were unpacked
// over the checkout, or into an empty folder with the Git strategy "empty". The commands after them
// run in another shell.
type gitlab struct {
	fixture

	tools  string
	dotenv map[string][]string // variables of a report, by job
	file   struct {
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
	AfterScript  []string          `yaml:"after_script"`
	Variables    map[string]string `yaml:"variables"`
	Environment  map[string]string `yaml:"environment"`
	Needs        []string          `yaml:"needs"`
	Artifacts    struct {
		Paths   []string `yaml:"paths"`
		Reports struct {
			Dotenv string `yaml:"dotenv"`
		} `yaml:"reports"`
	} `yaml:"artifacts"`
}

func newGitLab(t *testing.T, s fixture) *gitlab {
	t.Helper()
	g := &gitlab{fixture: s, tools: filepath.Join(t.TempDir(), "tools"), dotenv: map[string][]string{}}
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
	commit := strings.TrimSpace(git(t, clone, "rev-parse", "HEAD"))
	if job.Variables["GIT_STRATEGY"] == "empty" {
		clone = filepath.Join(t.TempDir(), "builds")
	}
	if from != "" {
		if err := os.MkdirAll(clone, 0o750); err != nil {
			t.Fatal(err)
		}
		unpack(t, from, clone)
	}
	before := g.file.Default.BeforeScript
	if job.BeforeScript != nil {
		before = job.BeforeScript
	}
	env := append(g.environment(clone, signJWT(t, who), g.file.Variables, job.Variables), "CI_COMMIT_SHA="+commit)
	for _, need := range job.Needs {
		env = append(env, g.dotenv[need]...)
	}
	status := "success"
	code, said := shell(t, clone, env, slices.Concat(before, job.Script))
	if code != 0 {
		status = "failed"
	}
	if after, more := shell(t, clone, append(env, "CI_JOB_STATUS="+status), job.AfterScript); after != 0 {
		t.Errorf("the commands after the job %s end with %d:\n%s", name, after, more)
	}
	if code != want {
		t.Fatalf("the job %s ended with %d, want %d:\n%s", name, code, want, said)
	}
	if file := job.Artifacts.Reports.Dotenv; file != "" {
		content, _ := os.ReadFile(filepath.Join(clone, file)) // a job without the file has no variables
		g.dotenv[name] = strings.Fields(string(content))
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
	return artifacts, said
}

// shell runs the commands of a job, and stops at the first that fails.
func shell(t *testing.T, dir string, env, commands []string) (code int, said string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "script.sh")
	write(t, file, strings.Join(append([]string{"set -eu"}, commands...), "\n"))
	cmd := exec.CommandContext(t.Context(), "sh", file)
	cmd.Dir, cmd.Env = dir, env
	out, err := cmd.CombinedOutput()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok {
		return exit.ExitCode(), string(out)
	}
	if err != nil {
		t.Fatal(err)
	}
	return 0, string(out)
}

func (g *gitlab) environment(clone, token string, variables ...map[string]string) []string {
	env := append(os.Environ(), gitEnvironment()...)
	env = append(env, g.cli.Env...)
	env = append(env, "PATH="+g.tools+":"+filepath.Dir(g.cli.Path)+":"+os.Getenv("PATH"), "TF="+g.cli.Path,
		"TOOLS="+g.tools, "CI_PROJECT_DIR="+clone, "CI_REPOSITORY_URL="+g.bare, "CI_DEFAULT_BRANCH=main",
		"CI_API_V4_URL=https://gitlab.example.com/api/v4", "CI_PROJECT_ID=9", "CI_JOB_TOKEN=job", "REPORT_TOKEN=project",
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
	mustContain(t, "the output of the apply", read(t, filepath.Join(result, "result", "apply.txt")), "1 changed")
	g.run(0, "report", g.clone("main"), subject, result)
	mustContain(t, "the comment", read(t, filepath.Join(g.tools, "comments")), "### Applied")
	mustContain(t, "the calls of curl", read(t, filepath.Join(g.tools, "curl.log")), "merge_requests/7/notes")
}

// The archive of the plan has more than the plan in it: a script that the next job would run.
func TestAccGitLab_ReplacedScript(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	g.merge("stop-payments")
	plan, _ := g.run(0, "plan", g.clone("main"), subject, "")
	archive, trace := t.TempDir(), filepath.Join(t.TempDir(), "trace")
	unpack(t, plan, archive)
	for _, path := range []string{"ci/apply", "ci/prepare", "ci/verify", ".git/hooks/post-checkout", "saved/git"} {
		if err := os.MkdirAll(filepath.Join(archive, filepath.Dir(path)), 0o750); err != nil {
			t.Fatal(err)
		}
		script(t, filepath.Join(archive, path), "touch "+trace)
	}
	write(t, filepath.Join(archive, "evil.tf"), "resource \"terraform_data\" \"evil\" {}\n")
	g.run(0, "apply", g.clone("main"), environmentSubject, archive)
	if _, err := os.Stat(trace); err == nil {
		t.Error("a script from the artifacts was run")
	}
	g.checkStatus(payments, "Disabled")
}

// The archive has another plan, made by a job of another pipeline.
func TestAccGitLab_ForgedPlan(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newFixture(t))
	g.run(0, "plan", g.clone("main"), subject, "")
	archive, trace := t.TempDir(), filepath.Join(t.TempDir(), "trace")
	g.forge(t, filepath.Join(archive, "saved"), trace)
	result, said := g.run(1, "apply", g.clone("main"), environmentSubject, archive)
	mustContain(t, "the apply", said, "The saved plan is refused: it is not the one that was shown")
	if _, err := os.Stat(trace); err == nil {
		t.Error("the program in the forged plan was run")
	}
	g.run(0, "report", g.clone("main"), subject, result)
	mustContain(t, "the comment", read(t, filepath.Join(g.tools, "comments")), "The apply ended with: failed")
}

// The archive has another plan of the same commit, which the approvers did not read.
func TestAccGitLab_PlanThatWasNotShown(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	g.merge("stop-payments")
	other, _ := g.run(0, "plan", g.clone("main"), subject, "")
	g.run(0, "plan", g.clone("main"), subject, "")
	_, said := g.run(1, "apply", g.clone("main"), environmentSubject, other)
	mustContain(t, "the apply", said, "The saved plan is refused: it is not the one that was shown")
	g.checkNoChanges("a refused apply")
}

// While the approvers read, another run moves the state. The report starts a pipeline that plans again.
func TestAccGitLab_StalePlanIsPlannedAgain(t *testing.T) {
	t.Parallel()
	g := newGitLab(t, newFixture(t))
	g.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	g.merge("stop-payments")
	plan, _ := g.run(0, "plan", g.clone("main"), subject, "")
	g.moveState()
	result, said := g.run(1, "apply", g.clone("main"), environmentSubject, plan)
	mustContain(t, "the apply", said, "Saved plan is stale")
	g.run(0, "report", g.clone("main"), subject, result)
	mustContain(t, "the calls of curl", read(t, filepath.Join(g.tools, "curl.log")), "/trigger/pipeline")

	plan, _ = g.run(0, "plan", g.clone("main"), subject, "")
	result, _ = g.run(0, "apply", g.clone("main"), environmentSubject, plan)
	g.checkStatus(payments, "Disabled")
	write(t, filepath.Join(g.tools, "curl.log"), "")
	g.run(0, "report", g.clone("main"), subject, result)
	if calls := read(t, filepath.Join(g.tools, "curl.log")); strings.Contains(calls, "/trigger/pipeline") {
		t.Error("a pipeline is started after a successful apply:", calls)
	}
}
