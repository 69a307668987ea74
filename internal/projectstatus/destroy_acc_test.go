package projectstatus_test

import (
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/realcli"
)

// pipeline is a CLI with one project applied: the destroys of the test library
// do not refresh, those of people do.
type pipeline struct {
	*testing.T
	cli      *realcli.CLI
	env      *acctest.Env
	provider string
}

const required = "terraform {\n  required_providers {\n    codesign = {\n      source = \"codesign-tf/codesign\"\n    }\n  }\n}\n\n"

func applied(t *testing.T, arguments ...string) *pipeline {
	t.Helper()
	t.Parallel()
	env, provider := start(t, world("Enabled"), "adam")
	p := &pipeline{t, acctest.InstalledCLI(t, "../.."), env, required + provider}
	p.configure(p.provider + block("Enabled", arguments...))
	p.run("init")
	p.run("apply", "-auto-approve")
	return p
}

func (p *pipeline) configure(config string) {
	p.Helper()
	if err := p.cli.Write("main.tf", config); err != nil {
		p.Fatal(err)
	}
}

func (p *pipeline) run(args ...string) string {
	p.Helper()
	code, out := p.try(args...)
	if code != 0 {
		p.Fatalf("%v ended with %d:\n%s", args, code, out)
	}
	return out
}

func (p *pipeline) try(args ...string) (int, string) {
	p.Helper()
	result, err := p.cli.Run(p.Context(), args...)
	if err != nil {
		p.Fatal(err)
	}
	return result.Code, result.Stdout + result.Stderr
}

func (p *pipeline) wants(out string, words ...string) {
	p.Helper()
	if !acctest.Words(words...).MatchString(out) {
		p.Errorf("%v are not in:\n%s", words, out)
	}
}

func (p *pipeline) leavesNothing() {
	p.Helper()
	if left := strings.TrimSpace(p.run("state", "list")); left != "" {
		p.Errorf("left in the state: %s", left)
	}
}

func TestAProjectThatIsGoneCanBeDestroyed(t *testing.T) {
	p := applied(t, `status_on_destroy = "Disabled"`)
	p.env.Server.RemoveProject(payments)
	p.run("destroy", "-auto-approve")
	p.leavesNothing()
}

func TestAPlanAboutAProjectThatIsGoneWarnsAndItsApplyFailsAtTheName(t *testing.T) {
	p := applied(t)
	p.env.Server.RemoveProject(payments)
	p.wants(p.run("plan"), "The project is gone", "Payments (GUID {0f1e", "is not there any more", "dn =", "remove this block")
	code, out := p.try("apply", "-auto-approve")
	if code == 0 {
		t.Errorf("a project that is gone was applied:\n%s", out)
	}
	p.wants(out, "Error:", "dn =", "knows no project")
}

func TestAProjectThatCannotBeDrivenStandsInNoWayOut(t *testing.T) {
	t.Parallel()
	for name, way := range map[string]func(p *pipeline) string{
		"a destroy that does not look": func(p *pipeline) string { return p.run("destroy", "-auto-approve", "-refresh=false") },
		"the block removed": func(p *pipeline) string {
			p.configure(p.provider)
			return p.run("apply", "-auto-approve")
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := applied(t)
			p.env.Server.SetProjectStatus(payments, "DisabledByParent")
			code, out := p.try("destroy", "-auto-approve")
			if code == 0 {
				t.Errorf("got:\n%s", out)
			}
			p.wants(out, "dn =", "disabled by its parent", "remove its block", "-refresh=false")
			way(p)
			p.leavesNothing()
		})
	}
}

func TestThePlanOfADestroyWarnsOfAStepThatNobodyDocuments(t *testing.T) {
	p := applied(t, `status_on_destroy = "Disabled"`)
	p.env.Server.SetProjectStatus(payments, "Pending")
	p.run("apply", "-refresh-only", "-auto-approve")
	p.wants(p.run("plan", "-destroy", "-refresh=false"), "not documented", "from Pending to Disabled")
}
