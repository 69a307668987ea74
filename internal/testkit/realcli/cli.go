// Package realcli runs a real Terraform or OpenTofu with the provider built from this checkout, the
// way a user gets it: from a mirror, through init, with a lock file. The user's own CLI
// configuration plays no part.
package realcli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"time"
)

const (
	// Module is the path of this module.
	Module = "github.com/codesign-tf/terraform-provider-codesign"
	// Version is the one under which the mirror has the provider.
	Version = "0.1.0"
	// shutdownTimeout is how long an interrupted CLI may take to end by itself.
	shutdownTimeout = 10 * time.Second
)

// CLI is one Terraform or OpenTofu in a directory of its own.
type CLI struct {
	Path, Dir, mirror string
	Env               []string // of every command, after the process's own
}

// find is the CLI to use: what TF_ACC_TERRAFORM_PATH says, else terraform or tofu on PATH.
func find() (string, error) {
	if path := os.Getenv("TF_ACC_TERRAFORM_PATH"); path != "" {
		return path, nil
	}
	for _, name := range []string{"terraform", "tofu"} {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", errors.New("neither terraform nor tofu is on PATH; the make targets find or build one")
}

// New prepares a CLI whose work directory and mirror are below dir.
func New(dir string, env ...string) (*CLI, error) {
	path, err := find()
	if err != nil {
		return nil, err
	}
	c := &CLI{Path: path, Dir: filepath.Join(dir, "work"), mirror: filepath.Join(dir, "mirror")}
	if err := os.MkdirAll(c.Dir, 0o750); err != nil {
		return nil, err
	}
	rc := filepath.Join(dir, "cli.tfrc")
	installation := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", c.mirror)
	if err := os.WriteFile(rc, []byte(installation), 0o600); err != nil {
		return nil, err
	}
	c.Env = append([]string{
		"TF_CLI_CONFIG_FILE=" + rc, "TF_CLI_ARGS=-no-color", "CHECKPOINT_DISABLE=1",
		"TF_IN_AUTOMATION=1",
	}, env...)
	return c, nil
}

// Binary is where the mirror has the provider, under the registry's name that this CLI gives to a
// source without one.
func (c *CLI) Binary() string {
	host := os.Getenv("TF_ACC_PROVIDER_HOST")
	switch {
	case host != "":
	case filepath.Base(c.Path) == "tofu":
		host = "registry.opentofu.org"
	default:
		host = "registry.terraform.io"
	}
	binary := filepath.Join(c.mirror, host, "codesign-tf", "codesign", Version, runtime.GOOS+"_"+runtime.GOARCH,
		"terraform-provider-codesign_v"+Version)
	if runtime.GOOS == "windows" {
		binary += ".exe"
	}
	return binary
}

// In is the same CLI with the same mirror in another work directory.
func (c CLI) In(dir string) *CLI {
	c.Dir = dir
	return &c
}

// Install builds the provider into the mirror.
func (c *CLI) Install(ctx context.Context) error { return Build(ctx, Module, c.Binary()) }

// Use puts a provider that was built before into the mirror.
func (c *CLI) Use(binary string) error {
	if err := os.MkdirAll(filepath.Dir(c.Binary()), 0o750); err != nil {
		return err
	}
	return os.Link(binary, c.Binary())
}

// Build builds a provider, a package of this module. The flags are those of go build.
func Build(ctx context.Context, pkg, binary string, flags ...string) error {
	args := append([]string{"build", "-trimpath"}, flags...)
	if out, err := command(ctx, "go", append(args, "-o", binary, pkg)...).CombinedOutput(); err != nil {
		return fmt.Errorf("building the provider: %w\n%s", err, out)
	}
	return nil
}

// Write puts a file into the work directory.
func (c *CLI) Write(name, content string) error {
	if err := os.MkdirAll(c.Dir, 0o750); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(c.Dir, name), []byte(content), 0o600)
}

// Complete adds the source of the provider to a configuration that does not name it, as an example
// that has only what its page shows.
func (c *CLI) Complete() error {
	files, err := filepath.Glob(filepath.Join(c.Dir, "*.tf"))
	if err != nil {
		return err
	}
	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil || bytes.Contains(content, []byte("required_providers")) {
			return err
		}
	}
	return c.Write("source.tf", `terraform {
  required_providers {
    codesign = { source = "codesign-tf/codesign" }
  }
}
`)
}

// Result is what a command left: the exit code, and all that it wrote.
type Result struct {
	Code           int
	Stdout, Stderr string
}

// Command is a command that is not started yet.
func (c *CLI) Command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := command(ctx, c.Path, args...)
	cmd.Dir, cmd.Env = c.Dir, append(os.Environ(), c.Env...)
	return cmd
}

// ended is the error of a command that could not be run or was interrupted.
func ended(ctx context.Context, cmd *exec.Cmd, err error) error {
	if ctx.Err() != nil {
		killGroup(cmd)
		return ctx.Err()
	}
	if _, ok := errors.AsType[*exec.ExitError](err); ok {
		return nil
	}
	return err
}

// Run runs a command to its end. A code other than 0 is not an error; the error is for a command that
// could not be run or was interrupted.
func (c *CLI) Run(ctx context.Context, args ...string) (Result, error) {
	var stdout, stderr bytes.Buffer
	cmd := c.Command(ctx, args...)
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	return Result{cmd.ProcessState.ExitCode(), stdout.String(), stderr.String()}, ended(ctx, cmd, err)
}

// Do is Run for a command that has to succeed; 2 is success for a plan with -detailed-exitcode.
func (c *CLI) Do(ctx context.Context, args ...string) (Result, error) {
	result, err := c.Run(ctx, args...)
	if err == nil && result.Code != 0 && result.Code != 2 {
		err = fmt.Errorf("%s %v ended with %d\n%s%s", filepath.Base(c.Path), args, result.Code, result.Stdout,
			result.Stderr)
	}
	return result, err
}

// Decode decodes the JSON that a command writes.
func (c *CLI) Decode(ctx context.Context, into any, args ...string) error {
	result, err := c.Do(ctx, args...)
	if err != nil {
		return err
	}
	if err := json.Unmarshal([]byte(result.Stdout), into); err != nil {
		return fmt.Errorf("reading what %s wrote: %w", args[0], err)
	}
	return nil
}

// RunAndKill runs a command and, if it is not done by then, kills after the delay either the CLI
// together with its providers, or the providers alone. It reports whether there was anything to kill.
func (c *CLI) RunAndKill(
	ctx context.Context, after time.Duration, providersOnly bool, args ...string,
) (Result, bool, error) {
	var out bytes.Buffer
	cmd := c.Command(ctx, args...)
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Start(); err != nil {
		return Result{}, false, err
	}
	killed := make(chan bool, 1)
	timer := time.AfterFunc(after, func() { killed <- c.kill(cmd, providersOnly) })
	err := cmd.Wait()
	hit := !timer.Stop() && <-killed
	return Result{Code: cmd.ProcessState.ExitCode(), Stdout: out.String()}, hit, ended(ctx, cmd, err)
}

func (c *CLI) kill(cmd *exec.Cmd, providersOnly bool) bool {
	if !providersOnly {
		killGroup(cmd)
		return true
	}
	return killProcesses(c.Binary())
}
