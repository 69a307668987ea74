//go:build unix

package realcli

import (
	"context"
	"os/exec"
	"syscall"
)

// command is a process that leads a group of its own: a Ctrl-C in the terminal reaches this program alone, which then
// interrupts the CLI once (twice would make it drop everything), and after a while ends it together with its providers.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.WaitDelay = graceful
	return cmd
}

// endGroup ends what an interrupted command left behind.
func endGroup(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
}
