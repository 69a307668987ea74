package main

import (
	"bytes"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

//go:embed config
var configuration embed.FS

const (
	version = "0.0.1"
	// graceful is how long an interrupted CLI may take to end by itself.
	graceful = 10 * time.Second
)

// cli runs one Terraform or OpenTofu in a directory of its own, with a configuration that finds providers in a
// filesystem mirror and nowhere else.
type cli struct {
	path, dir, mirror string
	environment       []string
}

func newCLI(path, dir string, environment []string) (*cli, error) {
	work, err := fs.Sub(configuration, "config")
	if err != nil {
		return nil, err
	}
	t := &cli{path: path, dir: filepath.Join(dir, "work"), mirror: filepath.Join(dir, "mirror")}
	if err := os.CopyFS(t.dir, work); err != nil {
		return nil, err
	}
	rc := filepath.Join(dir, "cli.tfrc")
	installation := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", t.mirror)
	if err := os.WriteFile(rc, []byte(installation), 0o600); err != nil {
		return nil, err
	}
	t.environment = append(os.Environ(), append(environment, "TF_CLI_CONFIG_FILE="+rc, "TF_CLI_ARGS=-no-color")...)
	return t, nil
}

// install builds the provider into the mirror, under the registry's name that this CLI gives to a source without one.
func (t *cli) install(ctx context.Context, root string) error {
	host := os.Getenv("TF_ACC_PROVIDER_HOST")
	if host == "" {
		host = "registry.terraform.io"
	}
	binary := filepath.Join(t.mirror, host, "codesign-tf", "codesign", version, runtime.GOOS+"_"+runtime.GOARCH,
		"terraform-provider-codesign_v"+version)
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	build := command(ctx, "go", "build", "-trimpath", "-o", binary, ".")
	build.Dir = root
	if out, err := build.CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	return nil
}

// run returns what the CLI wrote to standard output and its exit code, 0 or 2; every other code is an error with all
// that the CLI said.
func (t *cli) run(ctx context.Context, args ...string) (out []byte, code int, err error) {
	var stdout, stderr bytes.Buffer
	cmd := command(ctx, t.path, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = t.dir, t.environment, &stdout, &stderr
	err = cmd.Run()
	if ctx.Err() != nil {
		endGroup(cmd)
		return nil, -1, ctx.Err()
	}
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() == 2 {
		return stdout.Bytes(), 2, nil
	}
	if err != nil {
		return nil, -1, fmt.Errorf("%s %v: %w\n%s%s", filepath.Base(t.path), args, err, stdout.Bytes(), stderr.Bytes())
	}
	return stdout.Bytes(), 0, nil
}

func (t *cli) do(ctx context.Context, args ...string) error {
	_, _, err := t.run(ctx, args...)
	return err
}

// change is what a plan wants to do with one resource.
type change struct {
	Address string `json:"address"`
	Change  struct {
		Actions []string       `json:"actions"`
		Before  map[string]any `json:"before"`
		After   map[string]any `json:"after"`
	} `json:"change"`
}

// plan writes a plan to the file and returns what it would change; nothing means that the CLI called the plan empty.
func (t *cli) plan(ctx context.Context, file string, more ...string) ([]change, error) {
	_, code, err := t.run(ctx, append([]string{"plan", "-input=false", "-detailed-exitcode", "-out=" + file}, more...)...)
	if err != nil || code == 0 {
		return nil, err
	}
	out, _, err := t.run(ctx, "show", "-json", file)
	if err != nil {
		return nil, err
	}
	var shown struct {
		Changes []change `json:"resource_changes"`
	}
	if err := json.Unmarshal(out, &shown); err != nil {
		return nil, fmt.Errorf("reading the plan: %w", err)
	}
	var wanted []change
	for _, c := range shown.Changes {
		if c.Change.Actions[0] != "no-op" && c.Change.Actions[0] != "read" {
			wanted = append(wanted, c)
		}
	}
	return wanted, nil
}

func (t *cli) output(ctx context.Context, name string, value any) error {
	out, _, err := t.run(ctx, "output", "-json", name)
	if err != nil {
		return err
	}
	return json.Unmarshal(out, value)
}
