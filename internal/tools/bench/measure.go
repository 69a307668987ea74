package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"slices"
	"time"
)

// sample is what one run cost. CPU time is that of the process and of all its
// children; memory is the peak of what is resident, in bytes, 0 where that can't
// be known.
type sample struct {
	wall, cpu     time.Duration
	own           time.Duration // of the CPU time, what the CLI took by itself
	cli, provider int64
	requests      int
}

// plus is one run after another.
func (s sample) plus(o sample) sample {
	return sample{s.wall + o.wall, s.cpu + o.cpu, s.own + o.own, max(s.cli, o.cli), max(s.provider, o.provider), s.requests + o.requests}
}

// measure runs a command, which has to end with one of the codes.
func measure(ctx context.Context, cmd *exec.Cmd, codes ...int) (sample, error) {
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	begin := time.Now()
	if err := cmd.Start(); err != nil {
		return sample{}, err
	}
	watched, stop := context.WithCancel(ctx)
	peaks := make(chan peak, 1)
	go func() { peaks <- watch(watched, cmd.Process.Pid) }()
	err := cmd.Wait()
	wall := time.Since(begin)
	stop()
	p := <-peaks
	if ctx.Err() != nil {
		return sample{}, ctx.Err()
	}
	if state := cmd.ProcessState; state == nil || !slices.Contains(codes, state.ExitCode()) {
		return sample{}, fmt.Errorf("%v: %w\n%s", cmd.Args, err, out.String())
	}
	return sample{
		wall: wall, cpu: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime(), own: p.cpu,
		cli: p.process, provider: p.providers,
	}, nil
}

// peak is the most memory that a process, and the largest of the providers that
// it started, has had, and the CPU time of the process alone.
type peak struct {
	process, providers int64
	cpu                time.Duration
}

// firstLook and lookEvery: a short process is looked at more often.
const (
	firstLook = time.Millisecond
	lookEvery = 10 * time.Millisecond
)

// watch looks at the processes until there is nothing more to see.
func watch(ctx context.Context, pid int) peak {
	var p peak
	for pause := firstLook; ; pause = min(2*pause, lookEvery) {
		p.process, p.cpu = max(p.process, resident(pid)), max(p.cpu, busy(pid))
		for _, child := range providersOf(pid) {
			p.providers = max(p.providers, resident(child))
		}
		select {
		case <-ctx.Done():
			return p
		case <-time.After(pause):
		}
	}
}

// median of one figure of several runs.
func median[T int | int64 | time.Duration | float64](samples []sample, figure func(sample) T) T {
	values := make([]T, 0, len(samples))
	for _, s := range samples {
		values = append(values, figure(s))
	}
	return middle(values)
}

func middle[T int | int64 | time.Duration | float64](values []T) T {
	slices.Sort(values)
	return values[len(values)/2]
}

// typical is the median of each figure.
func typical(samples []sample) sample {
	return sample{
		wall:     median(samples, func(s sample) time.Duration { return s.wall }),
		cpu:      median(samples, func(s sample) time.Duration { return s.cpu }),
		own:      median(samples, func(s sample) time.Duration { return s.own }),
		cli:      median(samples, func(s sample) int64 { return s.cli }),
		provider: median(samples, func(s sample) int64 { return s.provider }),
		requests: median(samples, func(s sample) int { return s.requests }),
	}
}
