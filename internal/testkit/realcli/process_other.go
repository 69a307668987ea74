//go:build !unix

package realcli

import (
	"context"
	"os/exec"
)

func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	// The terminal's Ctrl-C has reached the CLI already.
	cmd.Cancel = func() error { return nil }
	cmd.WaitDelay = shutdownTimeout
	return cmd
}

// killGroup does nothing: there is no group of processes to end.
func killGroup(*exec.Cmd) {}

// Finding another program's processes is only known for Linux; elsewhere only the CLI and its
// providers together are killed.
func killProcesses(string) bool { return false }

// Providers is not known here.
func (c *CLI) Providers() int { return 0 }
