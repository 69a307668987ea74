package realcli

import (
	"os"
	"path/filepath"
	"strconv"
	"syscall"
)

// killProcesses kills every process that runs a binary, and tells whether there
// was one.
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
