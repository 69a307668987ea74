package pipelines

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// showStep is the run step of the server's plan workflow, with its folder of scripts elsewhere.
func showStep(t *testing.T, scripts string) string {
	t.Helper()
	var server struct {
		Workflows map[string]struct {
			Plan struct {
				Steps []yaml.Node `yaml:"steps"`
			} `yaml:"plan"`
		} `yaml:"workflows"`
	}
	if err := yaml.Unmarshal([]byte(read(t, filepath.Join(example, "atlantis", "repos.yaml"))), &server); err != nil {
		t.Fatal(err)
	}
	for _, node := range server.Workflows["codesign"].Plan.Steps {
		var s struct {
			Run string `yaml:"run"`
		}
		if node.Kind == yaml.MappingNode && node.Decode(&s) == nil && s.Run != "" {
			return strings.ReplaceAll(s.Run, "/opt/codesign", scripts)
		}
	}
	t.Fatal("the plan has no step that shows it")
	return ""
}

// The server runs its own scripts with the version of the project, whatever the pull request or the
// image has.
func TestAccAtlantis_PlanStep(t *testing.T) {
	t.Parallel()
	s := newFixture(t)
	dir := t.TempDir()
	bin, scripts := filepath.Join(dir, "bin"), filepath.Join(dir, "scripts")
	installTools(t, bin)
	script(t, filepath.Join(bin, "terraform"), "exit 1")
	script(t, filepath.Join(bin, "terraform1.11.4"), `exec "`+s.cli.Path+`" "$@"`)
	unpack(t, s.clone("main"), scripts)
	s.propose("stop-payments", "Payments: Enabled", "Payments: Disabled")
	work, plan := s.preview("stop-payments"), filepath.Join(s.plans, "stop-payments")
	s.expect(0, work, planScope, "plan", plan)
	// A pull request can change its own copy of the script.
	write(t, filepath.Join(work, "ci", "summary.jq"), `"nothing to see"`)

	show := func() (string, error) {
		cmd := exec.CommandContext(t.Context(), "sh", "-c", showStep(t, scripts))
		cmd.Dir = work
		cmd.Env = append(append(os.Environ(), s.cli.Env...), "PATH="+bin+":"+os.Getenv("PATH"), "TOOLS="+bin,
			"PLANFILE="+filepath.Join(plan, "plan.tfplan"), "ATLANTIS_TERRAFORM_VERSION=1.11.4")
		out, err := cmd.CombinedOutput()
		return string(out), err
	}
	said, err := show()
	if err != nil {
		t.Fatal(err, said)
	}
	mustContain(t, "the comment", said, "| `\\VED\\Code Signing\\Projects\\Payments` | `Enabled` | `Disabled` |",
		"complies with all")
	s.proposeSelfApproval("shortcut")
	work = s.preview("shortcut")
	s.expect(0, work, planScope, "plan", plan)
	if said, err = show(); err == nil {
		t.Error("a plan that a policy denies passes:", said)
	}
	mustContain(t, "the comment", said, "self_approve gives submission and approval to one identity")
}
