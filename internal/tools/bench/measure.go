package main

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"
)

// usage is what one command cost. CPU time includes all child processes; memory is the peak of
// resident memory of the provider, in bytes, 0 where the system does not show it.
type usage struct {
	wall, cpu time.Duration
	memory    int64
	requests  int
}

func (u usage) String() string {
	memory := float64(u.memory) / megabyte
	return fmt.Sprintf("%.3f s (CPU %.3f s, provider %.1f MB)", u.wall.Seconds(), u.cpu.Seconds(), memory)
}

// measure runs a command that has to end with the exit code.
func measure(ctx context.Context, cmd *exec.Cmd, code int) (usage, error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	began := time.Now()
	if err := cmd.Start(); err != nil {
		return usage{}, err
	}
	watched, stop := context.WithCancel(ctx)
	peak := make(chan int64, 1)
	go func() { peak <- peakOfProviders(watched, cmd.Process.Pid) }()
	err := cmd.Wait()
	u := usage{wall: time.Since(began)}
	stop()
	u.memory = <-peak
	if ctx.Err() != nil {
		return usage{}, ctx.Err()
	}
	if cmd.ProcessState.ExitCode() != code {
		return usage{}, fmt.Errorf("%v: %w\n%s", cmd.Args, err, out.String())
	}
	u.cpu = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	return u, nil
}

// peakOfProviders watches the providers that a process starts until the context ends.
func peakOfProviders(ctx context.Context, pid int) int64 {
	var peak int64
	for pause := time.Millisecond; ; pause = min(2*pause, 10*time.Millisecond) {
		for _, child := range providersOf(pid) {
			peak = max(peak, resident(child))
		}
		select {
		case <-ctx.Done():
			return peak
		case <-time.After(pause):
		}
	}
}

// resident is the peak of a process's resident memory so far (VmHWM of Linux), in bytes.
func resident(pid int) int64 {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	fields := strings.Fields(rest)
	if len(fields) == 0 {
		return 0
	}
	kB, _ := strconv.ParseInt(fields[0], 10, 64)
	return kB << 10
}

// providersOf lists the child processes that run a provider.
func providersOf(pid int) []int {
	lists, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", pid))
	var found []int
	for _, file := range lists {
		children, _ := os.ReadFile(file)
		for child := range strings.FieldsSeq(string(children)) {
			binary, _ := os.Readlink("/proc/" + child + "/exe")
			number, err := strconv.Atoi(child)
			if err == nil && strings.HasPrefix(filepath.Base(binary), "terraform-provider-") {
				found = append(found, number)
			}
		}
	}
	return found
}

// median of one figure of several values.
func median[V any, T cmp.Ordered](values []V, figure func(V) T) T {
	all := make([]T, len(values))
	for i, v := range values {
		all[i] = figure(v)
	}
	slices.Sort(all)
	return all[len(all)/2]
}

func medianUsage(all []usage) usage {
	return usage{
		wall:     median(all, func(u usage) time.Duration { return u.wall }),
		cpu:      median(all, func(u usage) time.Duration { return u.cpu }),
		memory:   median(all, func(u usage) int64 { return u.memory }),
		requests: median(all, func(u usage) int { return u.requests }),
	}
}

// inTurn measures one after the other, repeatedly, and returns the median of each.
func (l *lab) inTurn(each ...func() (usage, error)) ([]usage, error) {
	taken := make([][]usage, len(each))
	for range l.repeat {
		for i, one := range each {
			u, err := one()
			if err != nil {
				return nil, err
			}
			taken[i] = append(taken[i], u)
		}
	}
	medians := make([]usage, len(each))
	for i := range each {
		medians[i] = medianUsage(taken[i])
	}
	return medians, nil
}
