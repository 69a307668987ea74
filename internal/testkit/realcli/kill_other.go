//go:build !linux

package realcli

// Finding another program's processes is only known for Linux; elsewhere only
// the CLI and its providers together are killed.
func killProcesses(string) bool { return false }

// Providers is not known here.
func (c *CLI) Providers() int { return 0 }
