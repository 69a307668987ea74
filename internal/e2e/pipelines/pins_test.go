package pipelines

import (
	"path/filepath"
	"regexp"
	"testing"
)

// The policies are tested with the version of opa that the pipelines install.
func TestPolicy_Version(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`open-policy-agent/opa[ @](v[\d.]+)`)
	want := pinned.FindStringSubmatch(read(t, filepath.Join("../..", "tools", "policy", "go.mod")))
	if want == nil {
		t.Fatal("internal/tools/policy does not pin opa")
	}
	for _, name := range []string{
		"github-actions/.github/workflows/plan.yml", "github-actions/.github/workflows/apply.yml", "gitlab-ci/.gitlab-ci.yml",
	} {
		for _, m := range pinned.FindAllStringSubmatch(read(t, filepath.Join(example, name)), -1) {
			if m[1] != want[1] {
				t.Errorf("%s has opa %s, want %s", name, m[1], want[1])
			}
		}
	}
}
