package pipelines

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// A workflow as the test needs it: what GitHub runs, in which order, with which outputs.
type workflow struct {
	Jobs map[string]job `yaml:"jobs"`
}

type job struct {
	If          string            `yaml:"if"`
	Needs       stringList        `yaml:"needs"`
	Environment string            `yaml:"environment"`
	Permissions map[string]string `yaml:"permissions"`
	Env         map[string]string `yaml:"env"`
	Outputs     map[string]string `yaml:"outputs"`
	Steps       []step            `yaml:"steps"`
}

type step struct {
	ID   string            `yaml:"id"`
	If   string            `yaml:"if"`
	Uses string            `yaml:"uses"`
	Run  string            `yaml:"run"`
	With map[string]string `yaml:"with"`
	Env  map[string]string `yaml:"env"`
}

type stringList []string

func (l *stringList) UnmarshalYAML(node *yaml.Node) error {
	if node.Kind == yaml.ScalarNode {
		*l = stringList{node.Value}
		return nil
	}
	return node.Decode((*[]string)(l))
}

// github imitates GitHub Actions: runs with jobs, steps, outputs, artifacts of a run, environments
// and OIDC tokens. Its documentation is named in examples/pipelines/README.md.
type github struct {
	fixture

	// artifacts by run and name; a run finds those of its own alone.
	artifacts string
	tools     string
	runs      int
	// gate is what happens while a job waits for the reviewers of its environment.
	gate func()
	// before a step of an apply, by its name or script.
	before func(step step, workspace string)
	said   strings.Builder
}

func newGitHub(t *testing.T, s fixture) *github {
	t.Helper()
	dir := t.TempDir()
	g := &github{fixture: s, artifacts: filepath.Join(dir, "artifacts"), tools: filepath.Join(dir, "tools")}
	installTools(t, g.tools)
	return g
}

// run is one run of a workflow: what its event knows, and what became of its jobs.
type run struct {
	id      string
	event   map[string]string
	results map[string]string // success, failure or skipped
	outputs map[string]map[string]string
	summary string
}

// start runs a workflow of a ref to its end.
func (g *github) start(name, ref string, event map[string]string) *run {
	g.host.t.Helper()
	g.runs++
	r := &run{
		id: string(rune('0' + g.runs)), event: event, results: map[string]string{},
		outputs: map[string]map[string]string{},
	}
	r.event["github.ref"] = "refs/heads/" + ref
	if ref != "main" {
		r.event["github.ref"] = "refs/pull/7/merge"
	}
	var w workflow
	content := read(g.host.t, filepath.Join(g.checkout(ref), ".github", "workflows", name+".yml"))
	if err := yaml.Unmarshal([]byte(content), &w); err != nil {
		g.host.t.Fatal(err)
	}
	for len(r.results) < len(w.Jobs) {
		before := len(r.results)
		for name, j := range w.Jobs {
			if r.results[name] == "" && ready(r, j) {
				r.results[name] = g.runJob(r, ref, name, j)
			}
		}
		if len(r.results) == before {
			g.host.t.Fatal("the jobs need each other")
		}
	}
	return r
}

func ready(r *run, j job) bool {
	for _, need := range j.Needs {
		if r.results[need] == "" {
			return false
		}
	}
	return true
}

func (g *github) checkout(ref string) string {
	if ref == "main" {
		return g.clone("main")
	}
	return g.preview(ref)
}

func (g *github) runJob(r *run, ref, name string, j job) string {
	lookup := g.lookup(r, j, nil)
	failed := false
	for _, need := range j.Needs {
		failed = failed || r.results[need] != "success"
	}
	if !evaluate(j.If, failed, lookup) {
		return "skipped"
	}
	if j.Environment != "" && g.gate != nil {
		g.gate()
	}
	temp := g.host.t.TempDir()
	w := &worker{
		github: g, run: r, job: j, ref: ref, temp: temp, workspace: filepath.Join(temp, "workspace"),
		env: map[string]string{}, outcomes: map[string]string{},
	}
	if err := os.Mkdir(w.workspace, 0o750); err != nil {
		g.host.t.Fatal(err)
	}
	result := w.work()
	outputs := map[string]string{}
	for key, value := range j.Outputs {
		outputs[key] = expand(value, g.lookup(r, j, w))
	}
	r.outputs[name] = outputs
	return result
}

// lookup is the value of a context in an expression.
func (g *github) lookup(r *run, _ job, w *worker) func(string) string {
	return func(name string) string {
		switch parts := strings.Split(name, "."); {
		case strings.HasPrefix(name, "'"):
			return strings.Trim(name, "'")
		case name == "vars.VENAFI_URL":
			return g.url
		case parts[0] == "vars", name == "github.token":
			return "given"
		case parts[0] == "needs" && parts[2] == "result":
			return r.results[parts[1]]
		case parts[0] == "needs":
			return r.outputs[parts[1]][parts[3]]
		case parts[0] == "steps" && parts[2] == "outcome":
			return w.outcomes[parts[1]]
		case parts[0] == "steps":
			return w.env["output "+parts[1]+" "+parts[3]]
		default:
			return r.event[name]
		}
	}
}

var expression = regexp.MustCompile(`\$\{\{\s*(.*?)\s*\}\}`)

func expand(text string, lookup func(string) string) string {
	return expression.ReplaceAllStringFunc(text,
		func(m string) string { return lookup(expression.FindStringSubmatch(m)[1]) })
}

// evaluate is for the conditions in use: comparisons and always(), joined with &&.
func evaluate(condition string, failed bool, lookup func(string) string) bool {
	condition = expression.ReplaceAllString(condition, "$1")
	if failed && !strings.Contains(condition, "always()") {
		return false
	}
	for term := range strings.SplitSeq(condition, "&&") {
		term = strings.TrimSpace(term)
		if left, right, ok := strings.Cut(term, " == "); ok && lookup(left) != lookup(right) {
			return false
		}
		if left, right, ok := strings.Cut(term, " != "); ok && lookup(left) == lookup(right) {
			return false
		}
	}
	return true
}

func pullRequest() map[string]string {
	return map[string]string{
		"github.event.pull_request.head.repo.full_name": "example/signing-projects",
		"github.repository":                             "example/signing-projects",
		"github.event.pull_request.number":              "7",
		"sub":                                           "repo:example/signing-projects:pull_request",
	}
}

// onMain is the event of a push, or of a run by hand.
func onMain() map[string]string { return map[string]string{"sub": subject} }
