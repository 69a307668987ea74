package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
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

// busy is the CPU time that a process has taken so far, without its children: two
// counts of hundredths of a second, behind a name that may contain anything.
func busy(pid int) time.Duration {
	stat, _ := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	fields := strings.Fields(string(stat[bytes.LastIndexByte(stat, ')')+1:]))
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// providersOf are the children of a process that run a provider by now.
func providersOf(pid int) []int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	var found []int
	for _, file := range lists {
		children, _ := os.ReadFile(file)
		for child := range strings.FieldsSeq(string(children)) {
			target, _ := os.Readlink("/proc/" + child + "/exe")
			if number, err := strconv.Atoi(child); err == nil && strings.HasPrefix(filepath.Base(target), "terraform-provider-") {
				found = append(found, number)
			}
		}
	}
	return found
}
