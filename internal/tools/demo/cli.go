package main

import (
	"embed"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"github.com/codesign-tf/terraform-provider-codesign/internal/testkit/realcli"
)

//go:embed config
var configuration embed.FS

// newCLI is a CLI with one of the demo's configurations and the environment of a user. The CLIs share
// the provider, and nothing else.
func newCLI(base *realcli.CLI, name string, environment []string) (*realcli.CLI, error) {
	c := base.In(filepath.Join(base.Dir, name))
	c.Env = append(slices.Clone(c.Env), environment...)
	work, err := fs.Sub(configuration, "config/"+name)
	if err != nil {
		return nil, err
	}
	return c, os.CopyFS(c.Dir, work)
}
