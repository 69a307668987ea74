package ticketdecision_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/realcli"
)

// shell types commands into a real CLI, for what the test library leaves out:
// warnings beside an error, and a plan and a destroy that refresh.
type shell struct {
	*testing.T
	cli      *realcli.CLI
	env      *acctest.Env
	settings string
}

func open(t *testing.T, env *acctest.Env, provider string) *shell {
	t.Helper()
	t.Parallel()
	const required = "terraform {\n  required_providers {\n    codesign = {\n      source = \"codesign-tf/codesign\"\n    }\n  }\n}\n\n"
	s := &shell{t, acctest.InstalledCLI(t, "../.."), env, required + provider}
	s.configure("")
	s.run("init")
	return s
}

func (s *shell) configure(config string) {
	s.Helper()
	if err := s.cli.Write("main.tf", s.settings+config); err != nil {
		s.Fatal(err)
	}
}

func (s *shell) run(args ...string) string {
	s.Helper()
	code, out := s.try(args...)
	if code != 0 {
		s.Fatalf("%v ended with %d:\n%s", args, code, out)
	}
	return out
}

// fails is a command that ends with an error and these words.
func (s *shell) fails(words []string, args ...string) {
	s.Helper()
	code, out := s.try(args...)
	if code == 0 || !acctest.Words(words...).MatchString(out) {
		s.Errorf("%v ended with %d, want %q in:\n%s", args, code, words, out)
	}
}

func (s *shell) try(args ...string) (code int, out string) {
	s.Helper()
	result, err := s.cli.Run(s.Context(), args...)
	if err != nil {
		s.Fatal(err)
	}
	return result.Code, result.Stdout + result.Stderr
}

func (s *shell) leavesNothing() {
	s.Helper()
	if left := strings.TrimSpace(s.run("state", "list")); left != "" {
		s.Errorf("left in the state: %s", left)
	}
}
