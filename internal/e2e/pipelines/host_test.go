package pipelines

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// host is where the repository lies: a bare one, beside what a host keeps for it.
type host struct {
	t    *testing.T
	bare string
	// plans has the saved plans, a directory for each.
	plans string
}

// newHost has a repository in a directory, whose main branch holds the files of the example.
func newHost(t *testing.T, dir, example string, more map[string]string) *host {
	t.Helper()
	if err := os.MkdirAll(dir, 0o750); err != nil {
		t.Fatal(err)
	}
	h := &host{t: t, bare: filepath.Join(dir, "project.git"), plans: filepath.Join(dir, "plans")}
	git(t, dir, "init", "--quiet", "--bare", "--initial-branch=main", h.bare)
	work := h.clone("")
	for from, to := range map[string]string{
		"configuration": ".", "ci": "ci", "../policies": "policies", "github-actions": ".", "gitlab-ci": ".",
	} {
		unpack(t, filepath.Join(example, from), filepath.Join(work, to))
	}
	makeExecutable(t, filepath.Join(work, "ci"))
	for name, content := range more {
		write(t, filepath.Join(work, name), content)
	}
	commit(t, work, "Projects as they are")
	git(t, work, "push", "--quiet", "origin", "HEAD:main")
	return h
}

// copyHost is a copy of what lies in the directory of a host.
func copyHost(t *testing.T, from string) *host {
	t.Helper()
	dir := t.TempDir()
	unpack(t, from, dir)
	return &host{t: t, bare: filepath.Join(dir, "project.git"), plans: filepath.Join(dir, "plans")}
}

// clone is a fresh one of a branch, as every job starts with; "" is for a repository that is empty
// yet.
func (h *host) clone(branch string) string {
	h.t.Helper()
	dir := filepath.Join(h.t.TempDir(), "clone")
	args := []string{"clone", "--quiet", h.bare, dir}
	if branch != "" {
		args = append(args, "--branch", branch)
	}
	git(h.t, h.t.TempDir(), args...)
	return dir
}

// propose pushes a branch, cut from what main is now, that replaces text in the list of projects.
func (h *host) propose(branch, from, to string) {
	h.t.Helper()
	h.proposeIn("projects.yaml", branch, from, to)
}

// proposeIn does the same in another file.
func (h *host) proposeIn(file, branch, from, to string) {
	h.t.Helper()
	work := h.clone("main")
	git(h.t, work, "switch", "--quiet", "--create", branch)
	replace(h.t, filepath.Join(work, file), from, to)
	commit(h.t, work, branch)
	git(h.t, work, "push", "--quiet", "origin", branch)
}

// preview is what a host checks out for a merge request: main with the branch merged in, pushed
// nowhere.
func (h *host) preview(branch string) string {
	h.t.Helper()
	work := h.clone("main")
	git(h.t, work, "merge", "--quiet", "--no-ff", "--message", "Preview", "origin/"+branch)
	return work
}

func (h *host) merge(branch string) {
	h.t.Helper()
	git(h.t, h.preview(branch), "push", "--quiet", "origin", "HEAD:main")
}

func commit(t *testing.T, work, message string) {
	t.Helper()
	git(t, work, "add", "--all")
	git(t, work, "commit", "--quiet", "--message", message)
}

// git runs without any configuration of the person who runs the test.
func git(t *testing.T, dir string, args ...string) (said string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "git", args...)
	cmd.Dir = dir
	cmd.Env = append(os.Environ(), gitEnvironment()...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("git %s: %v\n%s", strings.Join(args, " "), err, out)
	}
	return string(out)
}

func gitEnvironment() []string {
	env := []string{"GIT_CONFIG_GLOBAL=" + os.DevNull, "GIT_CONFIG_NOSYSTEM=1"}
	for _, who := range []string{"AUTHOR", "COMMITTER"} {
		env = append(env, "GIT_"+who+"_NAME=Ada Brandt", "GIT_"+who+"_EMAIL=ada@example.com")
	}
	return env
}

func read(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

// replace changes text that is in a file.
func replace(t *testing.T, path, from, to string) {
	t.Helper()
	content := read(t, path)
	if !strings.Contains(content, from) {
		t.Fatalf("%s does not contain %q", path, from)
	}
	write(t, path, strings.Replace(content, from, to, 1))
}

func write(t *testing.T, path, content string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
