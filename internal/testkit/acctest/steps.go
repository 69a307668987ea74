package acctest

import (
	"encoding/json"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/go-version"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

// Applies is a step that applies a configuration, checks the state, and ends in an empty plan.
func Applies(config string, checks ...statecheck.StateCheck) resource.TestStep {
	return resource.TestStep{
		Config:            config,
		ConfigStateChecks: checks,
		ConfigPlanChecks: resource.ConfigPlanChecks{
			PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
		},
	}
}

// Fails is a step that ends in an error with these words, in this order, however the CLI breaks its
// lines.
func Fails(config string, words ...string) resource.TestStep {
	return resource.TestStep{Config: config, ExpectError: Words(words...)}
}

// Words matches texts in their order, with anything between them, and any white space, also that of
// a frame, where they have a blank.
func Words(texts ...string) *regexp.Regexp {
	quoted := make([]string, 0, len(texts))
	for _, text := range texts {
		quoted = append(quoted, strings.ReplaceAll(regexp.QuoteMeta(text), " ", `[\s│|]+`))
	}
	return regexp.MustCompile("(?s)" + strings.Join(quoted, ".*"))
}

// Strings is a list of exactly these strings.
func Strings(list ...string) knownvalue.Check {
	checks := make([]knownvalue.Check, 0, len(list))
	for _, s := range list {
		checks = append(checks, knownvalue.StringExact(s))
	}
	return knownvalue.ListExact(checks)
}

// Refused runs steps that end in an error, like those of Fails, in the order of their names. They share
// a working directory, so that a step which fails at plan costs one start of the CLI. The log of a
// failure has the name of its step.
func Refused(t *testing.T, env *Env, rows map[string]resource.TestStep) {
	t.Helper()
	last := ""
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the last step that ran: %q", last)
		}
	})
	steps := make([]resource.TestStep, 0, len(rows))
	for _, name := range slices.Sorted(maps.Keys(rows)) {
		step := rows[name]
		if step.ExpectError == nil {
			t.Fatalf("step %q expects no error", name)
		}
		before := step.PreConfig
		step.PreConfig = func() {
			last = name
			if before != nil {
				before()
			}
		}
		steps = append(steps, step)
	}
	Test(t, env, steps...)
}

// Shell types commands into a real CLI, for what the test library leaves out: warnings, also beside
// an error, and a plan and a destroy that refresh.
type Shell struct {
	t        *testing.T
	cli      *realcli.CLI
	settings string // a provider block, and where the provider comes from
}

// OpenShell is a shell in a directory of its own, beside other tests. Each command meets a provider
// of its own in the test's process, so that it needs no init.
func OpenShell(t *testing.T, provider string) *Shell {
	t.Helper()
	t.Parallel()
	const required = "terraform {\n  required_providers {\n    codesign = {\n" +
		"      source = \"codesign-tf/codesign\"\n    }\n  }\n}\n\n"
	prepare()
	cli, err := realcli.New(t.TempDir())
	check(t, err)
	s := &Shell{t, cli, required + provider}
	s.Configure("")
	return s
}

// SkipBelow skips a test that needs a newer CLI than the one at hand.
func (s *Shell) SkipBelow(minimum *version.Version, reason string) {
	s.t.Helper()
	var is struct {
		Version string `json:"terraform_version"`
	}
	check(s.t, json.Unmarshal([]byte(s.Run("version", "-json")), &is))
	if found := version.Must(version.NewVersion(is.Version)); found.Core().LessThan(minimum) {
		s.t.Skipf("needs version %s of the CLI, found %s: %s", minimum, found, reason)
	}
}

// Dir is the directory of the configuration and the state.
func (s *Shell) Dir() string { return s.cli.Dir }

// Configure replaces all but the provider block.
func (s *Shell) Configure(config string) {
	s.t.Helper()
	check(s.t, s.cli.Write("main.tf", s.settings+config))
}

// Run is a command that has to succeed; its output is all that it wrote.
func (s *Shell) Run(args ...string) string {
	s.t.Helper()
	code, out := s.try(args...)
	if code != 0 {
		s.t.Fatalf("%v ended with %d:\n%s", args, code, out)
	}
	return out
}

// Shows is Run for a command whose output has these words, in this order.
func (s *Shell) Shows(words []string, args ...string) {
	s.t.Helper()
	if out := s.Run(args...); !Words(words...).MatchString(out) {
		s.t.Errorf("%v: want %q in:\n%s", args, words, out)
	}
}

// Applies applies a configuration, with these words of its output, and makes an empty plan.
func (s *Shell) Applies(config string, words ...string) {
	s.t.Helper()
	s.Configure(config)
	s.Shows(words, "apply", "-auto-approve")
	s.Run("plan", "-detailed-exitcode")
}

// Fails is a command that ends with an error and these words, in this order; its output is all that
// it wrote.
func (s *Shell) Fails(words []string, args ...string) string {
	s.t.Helper()
	code, out := s.try(args...)
	if code == 0 || !Words(words...).MatchString(out) {
		s.t.Errorf("%v ended with %d, want %q in:\n%s", args, code, words, out)
	}
	return out
}

// Output is what a command wrote, whether it succeeds or not.
func (s *Shell) Output(args ...string) string {
	s.t.Helper()
	_, out := s.try(args...)
	return out
}

func (s *Shell) try(args ...string) (code int, out string) {
	s.t.Helper()
	setting, stop := serve(s.t)
	defer stop()
	attached := *s.cli
	attached.Env = append(slices.Clip(attached.Env), setting)
	result, err := attached.Run(s.t.Context(), args...)
	check(s.t, err)
	return result.Code, result.Stdout + result.Stderr
}

// ExpectEmptyState fails unless the state is empty.
func (s *Shell) ExpectEmptyState() {
	s.t.Helper()
	content, err := os.ReadFile(filepath.Join(s.cli.Dir, "terraform.tfstate"))
	check(s.t, err)
	var state struct {
		Resources []struct{ Type, Name string } `json:"resources"`
	}
	check(s.t, json.Unmarshal(content, &state))
	if len(state.Resources) > 0 {
		s.t.Errorf("left in the state: %v", state.Resources)
	}
}
