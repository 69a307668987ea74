//go:build unix

package realcli

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"syscall"
)

// command is a process that leads a group of its own: a Ctrl-C in the terminal reaches this program
// alone, which then interrupts the CLI once (twice would make it drop everything), and after a
// while ends it together with its providers.
func command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGINT) }
	cmd.WaitDelay = shutdownTimeout
	return cmd
}

// killGroup ends what an interrupted command left behind.
func killGroup(cmd *exec.Cmd) {
	if cmd.Process != nil {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
	}
}

// killProcesses kills every process that runs a binary, and reports whether there was one.
func killProcesses(binary string) bool {
	hit := false
	for _, pid := range running(binary) {
		hit = syscall.Kill(pid, syscall.SIGKILL) == nil || hit
	}
	return hit
}

// Providers is how many processes of the provider are running.
func (c *CLI) Providers() int { return len(running(c.Binary())) }

func running(binary string) []int {
	links, _ := filepath.Glob("/proc/[0-9]*/exe")
	var pids []int
	for _, link := range links {
		if target, err := os.Readlink(link); err != nil || target != binary {
			continue
		}
		if pid, err := strconv.Atoi(filepath.Base(filepath.Dir(link))); err == nil {
			pids = append(pids, pid)
		}
	}
	return pids
}
