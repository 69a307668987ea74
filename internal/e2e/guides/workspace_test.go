// Package guides_test does what the guides say, as a reader who copies it would, each time against
// an embedded server of its own with the sample company.
package guides_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/acctest"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/simulator"
)

const guides = "../../../examples/guides"

// dn is a project of the sample company.
func dn(name string) string { return `\VED\Code Signing\Projects\` + name }

// workspace is where a reader works: a copy of a guide's example, a CLI, and a server.
type workspace struct {
	*realcli.CLI
	t      *testing.T
	server *simulator.Server
}

// newWorkspaceWithServer starts a server and logs in as its administrator.
func newWorkspaceWithServer(t *testing.T, cli *realcli.CLI, example string, world simulator.World) *workspace {
	t.Helper()
	server := simulator.New(world)
	url, err := server.Start()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	return newWorkspace(t, cli, example, server, "VENAFI_URL="+url, "VENAFI_TOKEN="+server.Token("terraform", ""))
}

func newWorkspace(t *testing.T, cli *realcli.CLI, example string, server *simulator.Server, env ...string) *workspace {
	t.Helper()
	// The folder is as deep as those of the examples, so that a path to a module is right.
	root := t.TempDir()
	if err := os.CopyFS(filepath.Join(root, "modules"), os.DirFS(filepath.Join(guides, "..", "modules"))); err != nil {
		t.Fatal(err)
	}
	d := &workspace{CLI: cli.In(filepath.Join(root, "guides", "guide", "example")), t: t, server: server}
	if err := os.MkdirAll(d.Dir, 0o750); err != nil {
		t.Fatal(err)
	}
	d.Env = append(slices.Clone(cli.Env), env...)
	if example != "" {
		if err := os.CopyFS(d.Dir, os.DirFS(filepath.Join(guides, example))); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

// run runs a command that has to end with a code, and returns what it wrote. An example that needs
// a newer CLI ends its test.
func (d *workspace) run(code int, args ...string) string {
	d.t.Helper()
	result, err := d.Run(d.t.Context(), args...)
	if err != nil {
		d.t.Fatal(err)
	}
	if tooOld(result.Stderr) {
		d.t.Skip("the example says that it needs a newer CLI than the one of this machine")
	}
	if result.Code != code {
		d.t.Fatalf("%v ended with %d and not with %d\n%s%s", args, result.Code, code, result.Stdout, result.Stderr)
	}
	return unwrapped(result.Stdout) + unwrapped(result.Stderr)
}

// unwrapped undoes what the CLI does to fit a terminal.
func unwrapped(text string) string { return strings.Join(strings.Fields(text), " ") }

// init completes an example that has only what its page shows.
func (d *workspace) init() {
	d.t.Helper()
	if err := d.Complete(); err != nil {
		d.t.Fatal(err)
	}
	d.run(0, "init", "-input=false")
}

func (d *workspace) apply() { d.t.Helper(); d.run(0, "apply", "-input=false", "-auto-approve") }

// plan is what a plan says, which has to find something to do or nothing.
func (d *workspace) plan(something bool) string {
	d.t.Helper()
	code := 0
	if something {
		code = 2
	}
	return d.run(code, "plan", "-input=false", "-detailed-exitcode")
}

func (d *workspace) write(name, content string) {
	d.t.Helper()
	if err := d.Write(name, content); err != nil {
		d.t.Fatal(err)
	}
}

// replace changes text that is in the configuration.
func (d *workspace) replace(from, to string) {
	d.t.Helper()
	const name = "main.tf"
	text := read(d.t, filepath.Join(d.Dir, name))
	if !strings.Contains(text, from) {
		d.t.Fatalf("%s does not contain %q", name, from)
	}
	d.write(name, strings.ReplaceAll(text, from, to))
}

// checkStatus checks a project's status on the server.
func (d *workspace) checkStatus(project, status string) {
	d.t.Helper()
	if got := d.server.ProjectStatus(dn(project)); got != status {
		d.t.Errorf("%s is %s, want %s", project, got, status)
	}
}

func installed(t *testing.T) *realcli.CLI {
	t.Helper()
	return acctest.InstalledCLI(t)
}

func TestMain(m *testing.M) { acctest.Main(m) }
