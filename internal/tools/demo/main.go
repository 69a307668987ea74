// Command demo shows the provider's main job: a real CLI goes from init to destroy against the
// embedded server, and each step is checked, so that what is said is also true.
package main

import (
	"context"
	"embed"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
	"github.com/codesign-tf/terraform-provider-codesign/internal/tools/program"
)

func main() {
	os.Exit(program.Main("Server, provider and temporary files are gone.", (&demo{out: os.Stdout}).run))
}

// demo is one showing. Everything it writes is below a directory of its own in temp, which it removes.
type demo struct {
	temp           string // empty: the system's
	out            io.Writer
	server         *server
	team, approver *realcli.CLI // two pipelines, each with its own credentials and state
	err            error        // the first one; after it no command runs and nothing is printed
}

func (d *demo) run(ctx context.Context) error {
	begin := time.Now()
	dir, err := os.MkdirTemp(d.temp, "codesign-demo-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if d.server, err = startServer(); err != nil {
		return err
	}
	defer d.server.simulator.Close()
	base, err := realcli.New(dir)
	if err != nil {
		return err
	}
	d.team, d.approver = d.newCLI(base, "team", pipeline), d.newCLI(base, "approver", decider)
	if err := d.steps(ctx); err != nil {
		return err
	}
	d.print("\nEach step was checked against the server, in %.0f s. Next: README.md, or make demo-server.",
		time.Since(begin).Seconds())
	return nil
}

//go:embed config
var configurations embed.FS

// newCLI is a CLI with one of the demo's configurations and the environment of a user. The CLIs share
// the provider, and nothing else.
func (d *demo) newCLI(base *realcli.CLI, name, user string) *realcli.CLI {
	c := base.In(filepath.Join(base.Dir, name))
	c.Env = slices.Concat(c.Env, d.server.environment(user))
	files, err := fs.Sub(configurations, "config/"+name)
	d.check(err)
	d.check(os.CopyFS(c.Dir, files))
	return c
}
