package pipelines

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// A tag can be put on any commit; a release is made of those on main.
func TestRelease_TagOnMain(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	bare, work := filepath.Join(dir, "bare.git"), filepath.Join(dir, "work")
	git(t, dir, "init", "--quiet", "--bare", "--initial-branch=main", bare)
	git(t, dir, "clone", "--quiet", bare, work)
	write(t, filepath.Join(work, "a"), "reviewed")
	commit(t, work, "Reviewed")
	git(t, work, "push", "--quiet", "origin", "HEAD:main")
	write(t, filepath.Join(work, "b"), "merged later")
	commit(t, work, "Merged later")
	git(t, work, "push", "--quiet", "origin", "HEAD:main")
	for ref, good := range map[string]bool{"HEAD": true, "HEAD~": true} {
		if got := onMainBranch(t, work, ref); got != good {
			t.Errorf("%s of main: %v, want %v", ref, got, good)
		}
	}
	write(t, filepath.Join(work, "c"), "not reviewed")
	commit(t, work, "Not reviewed")
	git(t, work, "tag", "v9.9.9")
	git(t, work, "push", "--quiet", "origin", "v9.9.9")
	if onMainBranch(t, work, "v9.9.9") {
		t.Error("a tag outside main is released")
	}
}

// The pages show pictures from the tag of the newest version in the changelog.
func TestRelease_TagIsNewestVersion(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	write(t, filepath.Join(dir, "CHANGELOG.md"), "# Changelog\n\n## 0.2.0 (unreleased)\n\n## 0.1.0 (May 1, 2027)\n")
	program, err := filepath.Abs(filepath.Join("../..", "tools", "release", "newest-version"))
	if err != nil {
		t.Fatal(err)
	}
	for tag, good := range map[string]bool{"v0.2.0": true, "v0.2.0-rc.1": true, "v0.1.0": false, "v0.20.0": false} {
		cmd := exec.CommandContext(t.Context(), program, tag)
		cmd.Dir = dir
		if out, err := cmd.CombinedOutput(); (err == nil) != good {
			t.Errorf("%s: %v, want %v: %s", tag, err, good, out)
		}
	}
	workflow := read(t, filepath.Join("../../..", ".github", "workflows", "release.yml"))
	if !strings.Contains(workflow, `run: internal/tools/release/newest-version "$GITHUB_REF_NAME"`) {
		t.Error("the release does not compare its tag with the changelog")
	}
}

func onMainBranch(t *testing.T, work, ref string) bool {
	t.Helper()
	program, err := filepath.Abs(filepath.Join("../..", "tools", "release", "on-main"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, ref)
	cmd.Dir, cmd.Env = work, append(os.Environ(), gitEnvironment()...)
	return cmd.Run() == nil
}

// Whatever runs in the job of the signing key can use it. So it builds nothing, and everything has
// passed before.
func TestRelease_KeyAfterTheBuilds(t *testing.T) {
	t.Parallel()
	var w workflow
	content := read(t, filepath.Join("../../..", ".github", "workflows", "release.yml"))
	if err := yaml.Unmarshal([]byte(content), &w); err != nil {
		t.Fatal(err)
	}
	for name, j := range w.Jobs {
		scripts, secret := contents(j)
		builds := strings.Contains(scripts, "go tool") || strings.Contains(scripts, "setup-go") ||
			strings.Contains(scripts, "make ")
		if secret && (builds || j.Environment != "release") {
			t.Errorf("the job %s has a secret, and builds or is not behind the environment", name)
		}
		if builds && len(j.Permissions) != 1 {
			t.Errorf("the job %s builds, and has more than contents: read: %v", name, j.Permissions)
		}
		if name != "tag" && len(j.Needs) == 0 {
			t.Errorf("the job %s does not wait for the check of the tag", name)
		}
	}
	release := w.Jobs["release"]
	if scripts, secret := contents(release); !secret || !strings.Contains(scripts, "cmp reproducible/sums") ||
		len(release.Needs) != 3 {
		t.Error("the release does not compare the sums of two machines")
	}
}

// contents are the scripts and actions of a job, and whether it has a secret.
func contents(j job) (scripts string, secret bool) {
	var all strings.Builder
	for _, s := range j.Steps {
		all.WriteString(s.Run + "\n" + s.Uses + "\n")
		for _, value := range s.Env {
			secret = secret || strings.Contains(value, "secrets.")
		}
	}
	return all.String(), secret
}

// The policies are tested with the version of opa that the pipelines install.
func TestPolicy_Version(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`open-policy-agent/opa[ @](v[\d.]+)`)
	want := pinned.FindStringSubmatch(read(t, filepath.Join("../..", "tools", "policy", "go.mod")))
	if want == nil {
		t.Fatal("internal/tools/policy does not pin opa")
	}
	for _, name := range []string{
		"github-actions/.github/workflows/plan.yml", "github-actions/.github/workflows/apply.yml",
		"gitlab-ci/.gitlab-ci.yml", "atlantis/Dockerfile",
	} {
		for _, m := range pinned.FindAllStringSubmatch(read(t, filepath.Join(example, name)), -1) {
			if m[1] != want[1] {
				t.Errorf("%s has opa %s, want %s", name, m[1], want[1])
			}
		}
	}
}
