package main

import (
	"context"
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

//go:embed config
var configuration embed.FS

// cli is a real CLI with one of the demo's configurations in its directory.
type cli struct{ *realcli.CLI }

// newCLIs prepares a CLI for each configuration. They share the provider, and nothing else.
func newCLIs(dir string, s *server) (team, approver cli, err error) {
	base, err := realcli.New(dir)
	if err != nil {
		return team, approver, err
	}
	if team, err = newCLI(base, "team", s.environment(pipeline)); err != nil {
		return team, approver, err
	}
	approver, err = newCLI(base, "approver", s.environment(decider))
	return team, approver, err
}

func newCLI(base *realcli.CLI, name string, environment []string) (cli, error) {
	c := base.In(filepath.Join(base.Dir, name))
	c.Env = append(slices.Clone(c.Env), environment...)
	work, err := fs.Sub(configuration, "config/"+name)
	if err != nil {
		return cli{}, err
	}
	return cli{c}, os.CopyFS(c.Dir, work)
}

func (t cli) do(ctx context.Context, args ...string) error {
	_, err := t.Do(ctx, args...)
	return err
}

// change is a planned change of one resource.
type change struct {
	Address string `json:"address"`
	Change  struct {
		Actions []string       `json:"actions"`
		Before  map[string]any `json:"before"`
		After   map[string]any `json:"after"`
	} `json:"change"`
}

// plan writes a plan to the file and returns what the CLI prints and what would change. No changes
// mean that the CLI called the plan empty.
func (t cli) plan(ctx context.Context, file string) (printed string, changes []change, err error) {
	result, err := t.Do(ctx, "plan", "-input=false", "-detailed-exitcode", "-out="+file)
	if err != nil || result.Code == 0 {
		return result.Stdout, nil, err
	}
	var shown struct {
		Changes []change `json:"resource_changes"`
	}
	if err := t.Decode(ctx, &shown, "show", "-json", file); err != nil {
		return "", nil, err
	}
	var wanted []change
	for _, c := range shown.Changes {
		if c.Change.Actions[0] != "no-op" && c.Change.Actions[0] != "read" {
			wanted = append(wanted, c)
		}
	}
	return result.Stdout, wanted, nil
}
