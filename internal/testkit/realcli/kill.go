package realcli

import (
	"bytes"
	"context"
	"os"
	"os/exec"
	"time"
)

// RunAndKill runs a command and, if it is not done by then, kills after the
// delay either the CLI together with its providers, or the providers alone. It
// tells whether there was anything to kill.
func (c *CLI) RunAndKill(ctx context.Context, after time.Duration, providersOnly bool, args ...string) (Result, bool, error) {
	var out bytes.Buffer
	cmd := command(ctx, c.Path, args...)
	cmd.Dir, cmd.Env, cmd.Stdout, cmd.Stderr = c.Dir, append(os.Environ(), c.Env...), &out, &out
	if err := cmd.Start(); err != nil {
		return Result{}, false, err
	}
	killed := make(chan bool, 1)
	timer := time.AfterFunc(after, func() { killed <- c.kill(cmd, providersOnly) })
	err := cmd.Wait()
	hit := !timer.Stop() && <-killed
	result := Result{Code: cmd.ProcessState.ExitCode(), Stdout: out.String()}
	if ctx.Err() != nil {
		endGroup(cmd)
		return result, hit, ctx.Err()
	}
	if _, exited := err.(*exec.ExitError); exited { //nolint:errorlint // what Wait returns is never wrapped
		err = nil
	}
	return result, hit, err
}

func (c *CLI) kill(cmd *exec.Cmd, providersOnly bool) bool {
	if !providersOnly {
		endGroup(cmd)
		return true
	}
	return killProcesses(c.Binary())
}
