package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// resident is the most memory that a process has had so far (VmHWM), in bytes.
func resident(pid int) int64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	for line := range bytes.Lines(status) {
		if value, is := bytes.CutPrefix(line, []byte("VmHWM:")); is {
			kB, _ := strconv.ParseInt(strings.TrimSpace(strings.TrimSuffix(string(bytes.TrimSpace(value)), "kB")), 10, 64)
			return kB << 10
		}
	}
	return 0
}

// providersOf are the children of a process that run a provider by now.
func providersOf(pid int) []int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	var found []int
	for _, file := range lists {
		children, _ := os.ReadFile(file)
		for _, child := range strings.Fields(string(children)) {
			target, _ := os.Readlink("/proc/" + child + "/exe")
			if number, err := strconv.Atoi(child); err == nil && strings.HasPrefix(filepath.Base(target), "terraform-provider-") {
				found = append(found, number)
			}
		}
	}
	return found
}
